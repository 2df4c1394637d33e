#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# window.sh GIMP PLUG-IN PICTURES SCREENSHOTS STALL
#
# Works with the plug-in as a user does, in GIMP (gimp-2.10, gimp-3.0) on an X
# server of its own: runs it to the end, repeats that, stops and keeps the
# picture, cancels a third run, and the dialog while its preview is being made.
# Saves the image in between; window-check.scm looks at what was saved, and
# writes the TAP.  SCREENSHOTS is a folder for a picture of each step; STALL is
# the library made of stall.c.  Needs no display.
set -eu

gimp=$1 plug_in=$2 pictures=$3 screenshots=$4 stall=$5
console=gimp-console-${gimp#gimp-}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
patience=180   # seconds for each step

for program in "$gimp" "$console" Xvfb openbox xdotool xprop import; do
  if ! command -v "$program" >/dev/null; then
    echo "1..0 # SKIP $program is not installed"
    exit 0
  fi
done

# ---- beginning and end ------------------------------------------------------

scratch=$(mktemp -d)
started=()

stop_all ()
{
  for signal in TERM KILL; do
    for process in "${started[@]}"; do
      kill -$signal "$process" 2>/dev/null || true
    done
    [ $signal = KILL ] || sleep 1
  done
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap stop_all EXIT
trap 'exit 1' INT TERM

# screenshot NAME
screenshot ()
{
  import -window root "$screenshots/$1.png" &&
    echo "# screenshot: $screenshots/$1.png"
}

fail ()
{
  screenshot failure || true
  tail -n 20 "$scratch/gimp.log" | sed 's/^/# GIMP: /'
  echo "Bail out! $*"
  exit 1
}

# wait_for WHAT COMMAND...: until COMMAND succeeds
wait_for ()
{
  local what=$1 end=$((SECONDS + patience))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "waited $patience seconds for $what"
    sleep 0.1
  done
}

start_display ()
{
  Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp \
       3>"$scratch/display" 2>"$scratch/xvfb.log" &
  started+=($!)
  wait_for "the X server" test -s "$scratch/display"
  DISPLAY=:$(cat "$scratch/display")
  export DISPLAY
  openbox >"$scratch/openbox.log" 2>&1 &
  started+=($!)
  wait_for "the window manager" has_window_manager
}

has_window_manager ()
{
  xprop -root _NET_SUPPORTING_WM_CHECK | grep -q window
}

# No questions at the first start.
write_settings ()
{
  local version
  version=$("$console" --version | sed -n 's/.* \([0-9.]*\)$/\1/p')
  case $gimp in
    *-2.10)
      echo '(check-updates no)' ;;
    *)
      echo "(check-updates no) (show-welcome-dialog no)"
      echo "(config-version \"$version\") (prev-language \"C.UTF-8\")" ;;
  esac >"$GIMP2_DIRECTORY/gimprc"
}

start_gimp ()
{
  make_profile "$scratch" "$plug_in"
  write_settings
  cp "$scratch/original.xcf" "$scratch/work.xcf"
  cp "$scratch/original.xcf" "$scratch/last.xcf"
  LD_PRELOAD=$stall STALL_FILE=$scratch/stalls \
    "$gimp" --no-splash "$scratch/work.xcf" >"$scratch/gimp.log" 2>&1 &
  started+=($!)
  wait_for "GIMP's window" xdotool search --onlyvisible --name 'work.*GIMP'
  main=$(xdotool search --onlyvisible --name 'work.*GIMP' | head -n 1)
  xdotool windowsize "$main" 1260 860 windowmove "$main" 5 25
  sleep 2
}

# ---- what a user does -------------------------------------------------------

# find_window run|dialog: prints the plug-in's window, fails if there is none
find_window ()
{
  local window kind
  for window in $(xdotool search --onlyvisible \
                          --name '^Neural Style Transfer$'); do
    kind=dialog
    ! xprop -id "$window" WM_WINDOW_ROLE | grep -q pastiche-run || kind=run
    if [ $kind = "$1" ]; then
      echo "$window"
      return 0
    fi
  done
  return 1
}

has_no_window ()
{
  ! find_window run && ! find_window dialog
}

# press WINDOW KEY
press ()
{
  xdotool windowactivate --sync "$1"
  sleep 0.3
  xdotool key "$2"
}

open_dialog ()
{
  xdotool windowactivate --sync "$main" mousemove 600 800
  sleep 0.5
  xdotool key slash
  sleep 1.5
  xdotool type "neural style"
  sleep 1.5
  xdotool key Return
  wait_for "the dialog" find_window dialog
  sleep 1
}

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

has_three_layers ()
{
  xdotool getwindowname "$main" | grep -q '3 layers'
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

. "$here/profile.sh"
mkdir -p "$screenshots"
"$pictures" content 160 120 "$scratch/content.ppm"
"$pictures" style 128 96 "$scratch/style.ppm"
"$here/headless.sh" "$console" "$plug_in" "$pictures" \
  "$here/window-make.scm" "$scratch" >"$scratch/make.log" ||
  { cat "$scratch/make.log"; exit 1; }

start_display
start_gimp

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
