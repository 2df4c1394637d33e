#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# window.sh GIMP PLUG-IN PICTURES SCREENSHOTS STALL
#
# Works with the plug-in as a user does, in GIMP on an X server of its own
# (desktop.sh): runs it to the end, repeats that, stops and keeps the
# picture, cancels a third run, and the dialog while its preview is being made.
# Saves the image in between; window-check.scm looks at what was saved, and
# writes the TAP.  SCREENSHOTS is a folder for a picture of each step; STALL is
# the library made of stall.c.  Needs no display.
set -eu

. "$(dirname -- "$0")/desktop.sh"

# ---- what the user does here ------------------------------------------------

# dialog_picture: what the left half of the dialog looks like
dialog_picture ()
{
  import -window "$(find_window dialog)" -crop 50%x40%+0+0 rgb:- | md5sum
}

# wait_for_change COUNT: until the preview has changed COUNT times
wait_for_change ()
{
  local before
  for _ in $(seq "$1"); do
    before=$(dialog_picture)
    wait_for "the preview to develop" differs_from "$before"
  done
}

differs_from ()
{
  [ "$(dialog_picture)" != "$1" ]
}

# start_run NAME: with the choices that the dialog opens with
start_run ()
{
  open_dialog
  screenshot "$1-dialog"
  press "$(find_window dialog)" alt+o
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
  sleep 1
  screenshot "$1-running"
}

end_run ()
{
  wait_for "the end of the run" has_no_window
  sleep 1
  screenshot "$1-end"
}

was_saved ()
{
  ! cmp -s "$scratch/work.xcf" "$scratch/last.xcf"
}

# save NAME: the image, which is another one than when it was last saved
save ()
{
  press "$main" ctrl+s
  wait_for "the saved image $1" was_saved
  sleep 0.5
  cp "$scratch/work.xcf" "$scratch/last.xcf"
  cp "$scratch/work.xcf" "$scratch/$1.xcf"
}

# check_unchanged WHEN: there is no mark of unsaved changes
check_unchanged ()
{
  case $(xdotool getwindowname "$main") in
    \**) fail "the image is marked as changed: $1" ;;
  esac
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

start_run whole
end_run whole
save whole
press "$main" ctrl+z
sleep 0.5
save undone

repeat_run kept
press "$(find_window run)" alt+s
end_run kept
save kept
press "$main" ctrl+z
sleep 0.5
save undone-kept

check_unchanged "it was saved"
start_run cancelled
check_unchanged "the developing picture is shown"
press "$(find_window run)" alt+c
end_run cancelled
check_unchanged "the run was cancelled"

# The preview develops, starts anew, and leaves no trace.
open_dialog
wait_for_change 2
press "$(find_window dialog)" alt+a
xdotool key Up Up
wait_for_change 2
screenshot preview
check_unchanged "a preview is shown"
press "$(find_window dialog)" alt+c
wait_for "the dialog to go" has_no_window
check_unchanged "the dialog was cancelled"

press "$main" ctrl+y
sleep 0.5
save redone

report_stalls

"$here/headless.sh" "$console" "$plug_in" "$pictures" \
  "$here/window-check.scm" "$scratch"
