#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# window.sh GIMP PLUG-IN PICTURES SCREENSHOTS STALL
#
# Works with the plug-in as a user does, in GIMP on an X server of its own
# (desktop.sh): runs it to the end, repeats that, stops and keeps the
# picture, cancels a third run, and the dialog while its preview is being made,
# with a detail of it.  Saves the image in between; window-check.scm looks at
# what was saved, and writes the TAP.  SCREENSHOTS is a folder for a picture of
# each step; STALL is the library made of stall.c.  Needs no display.
set -eu

. "$(dirname -- "$0")/desktop.sh"

# ---- what the user does here ------------------------------------------------

# dialog_picture: what the left half of the dialog looks like
dialog_picture ()
{
  import -window "$dialog" -crop 50%x40%+0+0 rgb:- | md5sum
}

# inset_picture: what is above the preview's picture, which is a wide one, at
# the right
inset_picture ()
{
  import -window "$dialog" -crop 200x60+180+100 rgb:- | md5sum
}

# click_dialog X Y
click_dialog ()
{
  xdotool mousemove --window "$dialog" "$1" "$2" click 1
}

# canvas_picture: what the middle of GIMP's window looks like
canvas_picture ()
{
  import -window "$main" -crop 50%x50%+300+200 rgb:- | md5sum
}

# wait_for_changes COUNT PICTURE: until what PICTURE prints has changed so often
wait_for_changes ()
{
  local before
  for _ in $(seq "$1"); do
    before=$($2)
    wait_for "the picture to develop" differs_from "$before" "$2"
  done
}

shows_no_inset ()
{
  [ "$(inset_picture)" = "$empty" ]
}

differs_from ()
{
  [ "$($2)" != "$1" ]
}

# reset_settings: to what the dialog has opened with
reset_settings ()
{
  press "$dialog" alt+r
  case $gimp in
    *-2.10) ;;
    *)      sleep 0.5
            xdotool key Return ;;   # the first line of the menu that opens
  esac
}

# run_with_settings: Strength is typed and reset; Freedom is typed, and the
# field not left
run_with_settings ()
{
  open_dialog
  sleep 1
  press "$dialog" alt+h
  xdotool key 7 0 Tab
  screenshot typed
  reset_settings
  sleep 0.5
  screenshot reset
  answer dialog alt+y space alt+f 3 0 alt+o
  wait_for_preview whole
}

# start_run NAME: with the settings that the dialog opens with
start_run ()
{
  open_dialog
  screenshot "$1-dialog"
  choose_and_run
  wait_for_preview "$1"
}

# repeat_run NAME: Filters, Repeat Last; there is no dialog
repeat_run ()
{
  press "$main" ctrl+f
  wait_for_preview "$1"
}

wait_for_preview ()
{
  wait_for "the run's window" find_window run
  wait_for "the developing picture" has_three_layers
  wait_for_changes 2 canvas_picture
  screenshot "$1-running"
}

end_run ()
{
  wait_for "the end of the run" has_no_plug_in
  screenshot "$1-end"
}

was_saved ()
{
  ! cmp -s "$scratch/work.xcf" "$scratch/last.xcf"
}

# is_changed: whether GIMP's window shows the mark of unsaved changes
is_changed ()
{
  case $(xdotool getwindowname "$main") in
    \**) ;;
    *)   return 1 ;;
  esac
}

is_unchanged ()
{
  ! is_changed
}

# save NAME: the image, which is another one than when it was last saved
save ()
{
  wait_for "the image to be changed" is_changed
  press "$main" ctrl+s
  wait_for "the saved image $1" was_saved
  wait_for "the end of saving" is_unchanged
  cp "$scratch/work.xcf" "$scratch/last.xcf"
  cp "$scratch/work.xcf" "$scratch/$1.xcf"
}

# check_unchanged WHEN: there is no mark of unsaved changes
check_unchanged ()
{
  is_unchanged || fail "the image is marked as changed: $1"
}

# Windows answer within 50 ms; where the machine is busy with other things, at
# least this thread was not at work for longer.
report_stalls ()
{
  local longest busy
  while read -r longest busy; do
    echo "# a window did not answer for $longest ms at the most, $busy of work"
    [ "$longest" -le 50 ] || [ "$busy" -le 50 ] ||
      fail "a window did not answer for $longest ms"
  done <"$scratch/stalls"
}

# ---- the story --------------------------------------------------------------

make_pictures 320 120
start_display
cp "$scratch/original.xcf" "$scratch/last.xcf"
start_gimp STALL_FILE="$scratch/stalls"

run_with_settings
end_run whole
save whole
press "$main" ctrl+z
save undone

repeat_run kept
answer run Escape
end_run kept
save kept
press "$main" ctrl+z
save undone-kept

check_unchanged "it was saved"
start_run cancelled
check_unchanged "the developing picture is shown"
answer run alt+c
end_run cancelled
check_unchanged "the run was cancelled"

# The preview develops, restarts, and leaves no trace.
open_dialog
wait_for_changes 2 dialog_picture
press "$dialog" alt+a
xdotool key Up Up
wait_for_changes 2 dialog_picture
screenshot preview

# A click shows the spot in the farthest corner, a click there closes it.
empty=$(inset_picture)
click_dialog 110 310
wait_for_changes 2 inset_picture
screenshot detail
click_dialog 280 130
wait_for "the detail to be closed" shows_no_inset
check_unchanged "a preview is shown"
answer dialog alt+c
wait_for "the end of the plug-in" has_no_plug_in
check_unchanged "the dialog was cancelled"

press "$main" ctrl+y
save redone

report_stalls

"$here/headless.sh" "$console" "$plug_in" "$pictures" \
  "$here/window-check.scm" "$scratch"
