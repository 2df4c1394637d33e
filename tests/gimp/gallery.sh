#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# gallery.sh GIMP PLUG-IN PICTURES SCREENSHOTS STALL DRAG
#
# Chooses styles in GIMP's windows: none at first; of a folder of two thousand
# pictures by keys; again after GIMP was killed while it painted; the way back
# to a mix; and files that are dropped.  What the plug-in remembers tells what
# was chosen.  Writes TAP.  SCREENSHOTS is a folder for screenshots; STALL is
# the library made of stall.c, DRAG the program made of drag.c.  Needs no
# display.
set -eu

drag=$6
. "$(dirname -- "$0")/desktop.sh"
outputs=
. "$here/../tap.sh"

# ---- what there is ----------------------------------------------------------

# Two thousand names of one picture, one that is broken, one that only GIMP can
# open, and no picture.
make_folder ()
{
  local i
  mkdir "$scratch/many"
  "$pictures" style 300 200 "$scratch/many/picture 1.ppm"
  for i in $(seq 2 2000); do
    ln "$scratch/many/picture 1.ppm" "$scratch/many/picture $i.ppm"
  done
  echo "Not a picture" >"$scratch/many/picture 2b.png"
  cp "$scratch/original.xcf" "$scratch/many/picture 2c.xcf"
  echo "Notes" >"$scratch/many/notes.txt"
}

# remember SOURCE: the folder, and which part of the gallery is shown
remember ()
{
  echo "{\"folders\": [\"file://$scratch/many\"], \"source\": \"$1\"}" \
    >"$GIMP2_DIRECTORY/pastiche.json"
}

# styles_are NAME...: those that the last run began with
styles_are ()
{
  /usr/bin/python3 - "$GIMP2_DIRECTORY/pastiche.json" "$@" <<'END'
import json
import sys
with open(sys.argv[1], encoding="utf-8") as file:
    styles = json.load(file).get("styles", [])
sys.exit([style["name"] for style in styles] != sys.argv[2:])
END
}

# ---- what the user does -----------------------------------------------------

# in_gallery KEY...: in the pictures of the gallery
in_gallery ()
{
  wait_for "the dialog to become the active window" is_active "$dialog"
  xdotool key alt+y "$@"
}

# begin_run KEY...: in the gallery; the pictures may not be there yet
begin_run ()
{
  wait_for "the run's window" begins "$@"
}

begins ()
{
  ! find_window run || return 0
  find_window dialog || return 1
  in_gallery "$@"
  sleep 0.5
  xdotool key alt+o
  patience=5 comes_true find_window run
}

cancel_run ()
{
  answer run alt+c
  wait_for "the end of the plug-in" has_no_plug_in
}

cancel_dialog ()
{
  answer dialog alt+c
  wait_for "the end of the plug-in" has_no_plug_in
}

# The window to drag from is there: $source.
find_source ()
{
  source=$(find_visible "^Files to drag$")
  [ -n "$source" ]
}

# drop_file PATH-OR-URI: onto the middle of the gallery
drop_file ()
{
  local x y process
  "$drag" "$1" >"$scratch/drag.log" 2>&1 &
  process=$!
  started+=($process)
  wait_for "the window to drag from" find_source
  xdotool windowmove --sync "$source" 2 2
  eval "$(xdotool getwindowgeometry --shell "$dialog" | sed 's/^/g_/')"
  x=$((g_X + g_WIDTH - 200)) y=$((g_Y + 150))
  xdotool windowraise "$source" mousemove 40 60 mousedown 1
  for _ in $(seq 10); do
    xdotool mousemove_relative --sync 5 3
  done
  xdotool mousemove --sync $((x - 20)) $y
  sleep 0.3
  xdotool mousemove --sync $x $y
  sleep 0.3
  screenshot dragged
  xdotool mouseup 1
  wait_for "the end of the drag" have_ended $process
}

# was_dropped NAME: the plug-in remembers that file
was_dropped ()
{
  grep -q "/$1\"" "$GIMP2_DIRECTORY/pastiche.json"
}

report_stalls ()
{
  local longest busy
  while read -r longest busy; do
    echo "# a window did not answer for $longest ms at the most, $busy of work"
    check "windows answer within 50 ms" test "$longest" -le 50 -o \
      "$busy" -le 50
  done <"$scratch/stalls"
}

# ---- the story --------------------------------------------------------------

make_pictures 640 480
make_folder
start_display
start_gimp STALL_FILE="$scratch/stalls"

# The other layer is in the gallery, but nobody has chosen it.
remember layers
open_dialog
sleep 1
screenshot none
xdotool key alt+o
check "without a style nothing is painted" \
  eval '! patience=2 comes_true find_window run'
check "the dialog stays" comes_true find_window dialog
begin_run space
cancel_run
check "the other layer can be chosen" styles_are style

remember "file://$scratch/many"
open_dialog
sleep 1
screenshot folder
in_gallery Page_Down Page_Down Page_Down Page_Down Page_Down Page_Down
sleep 1
screenshot folder-below
in_gallery End
sleep 1
screenshot folder-end
in_gallery Home
begin_run Home space Right ctrl+space Right ctrl+space ctrl+space
screenshot mixed-run
kill -KILL "$gimp_process" "$(find_plug_in)"
check "two of the folder are mixed, which outlives GIMP" \
  styles_are "picture 1" "picture 2"
wait_for "the end of the plug-in" has_no_plug_in

start_gimp STALL_FILE="$scratch/stalls"
open_dialog
sleep 1
screenshot again
answer dialog alt+o
wait_for "the run's window" find_window run
cancel_run
check "they are chosen again" styles_are "picture 1" "picture 2"

# Another one instead, and by Tab to the way back.
open_dialog
sleep 1
in_gallery End
sleep 1
in_gallery space
# Tab goes by the places of widgets, which they do not have at once.
sleep 0.5
xdotool key Tab Tab Tab Tab
sleep 0.5
screenshot replaced
xdotool key space
sleep 0.5
answer dialog alt+o
wait_for "the run's window" find_window run
cancel_run
check "a mix that was replaced comes back" styles_are "picture 1" "picture 2"

# What is no picture leaves the choice as it is.
open_dialog
drop_file "$scratch/many/notes.txt"
drop_file "https://example.org/picture.png"
drop_file "$scratch/many/picture 2b.png"
sleep 1
screenshot not-dropped
answer dialog alt+o
wait_for "the run's window" find_window run
cancel_run
check "what is no picture is not the style" styles_are "picture 1" "picture 2"
check "it is not remembered" eval \
  '! was_dropped notes.txt && ! was_dropped picture.png'

cp "$scratch/style.ppm" "$scratch/dropped.ppm"
open_dialog
drop_file "$scratch/dropped.ppm"
wait_for "the file to be dropped" was_dropped dropped.ppm
sleep 0.5
screenshot dropped
answer dialog alt+o
wait_for "the run's window" find_window run
cancel_run
check "a file that is dropped is the style" styles_are dropped

report_stalls
finish
