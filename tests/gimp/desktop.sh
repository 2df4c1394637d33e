# SPDX-License-Identifier: GPL-3.0-or-later
# desktop.sh GIMP PLUG-IN PICTURES SCREENSHOTS LIBRARY
#
# GIMP (gimp-2.10, gimp-3.0, gimp-3.2) on its own X server, and what a user does
# there; sourced by bash scripts with these arguments.  SCREENSHOTS is a folder
# for screenshots; LIBRARY is preloaded.  Ends the script, with all tests
# skipped, if a program is missing.

gimp=$1 plug_in=$2 pictures=$3 screenshots=$4 preloaded=$5
console=gimp-console-${gimp#gimp-}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/../gimp-batch.sh"
. "$here/profile.sh"
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

# have_ended PROCESS...: whether none of them runs
have_ended ()
{
  local process
  for process; do
    ! grep -q '^State:.[^Z]' "/proc/$process/status" 2>/dev/null || return 1
  done
}

stop_all ()
{
  kill -TERM "${started[@]}" 2>/dev/null || true
  patience=1
  comes_true have_ended "${started[@]}" ||
    kill -KILL "${started[@]}" 2>/dev/null || true
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
  # $a\ ends the last line, which may be unfinished.
  tail -n 20 "$scratch/gimp.log" | sed -e 's/^/# GIMP: /' -e '$a\'
  echo "Bail out! $*"
  exit 1
}

# comes_true COMMAND...: waits until COMMAND succeeds; fails if it never does
comes_true ()
{
  local end=$((SECONDS + patience))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

# wait_for WHAT COMMAND...: the same, but the test ends if it never succeeds
wait_for ()
{
  local what=$1
  shift
  comes_true "$@" || fail "waited $patience seconds for $what"
}

# make_pictures WIDTH HEIGHT: the image that is worked on, content above style
make_pictures ()
{
  mkdir -p "$screenshots"
  "$pictures" content "$1" "$2" "$scratch/content.ppm"
  "$pictures" style $(($1 * 4 / 5)) $(($2 * 4 / 5)) "$scratch/style.ppm"
  "$here/headless.sh" "$console" "$plug_in" "$pictures" \
    "$here/window-make.scm" "$scratch" >"$scratch/make.log" ||
    { cat "$scratch/make.log"; exit 1; }
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

# No questions at the first start, layers in the gallery, and keys for the
# dialogs: Ctrl-K, and with Shift that of Restyle.  GIMP 3.2 does nothing at
# function keys here.
write_settings ()
{
  local version
  [ -e "$GIMP2_DIRECTORY/pastiche.json" ] ||
    echo '{"source": "layers"}' >"$GIMP2_DIRECTORY/pastiche.json"
  version=$("$console" --version | sed -n 's/.* \([0-9.]*\)$/\1/p')
  case $gimp in
    *-2.10)
      echo '(check-updates no)' ;;
    *)
      echo "(check-updates no) (show-welcome-dialog no)"
      echo "(config-version \"$version\") (prev-language \"C.UTF-8\")" ;;
  esac >"$GIMP2_DIRECTORY/gimprc"
  case $gimp in
    *-2.10)
      printf '(gtk_accel_path "<Actions>/plug-in/%s" "%s")\n' \
        plug-in-pastiche '<Primary>k' \
        plug-in-pastiche-restyle '<Primary><Shift>k' \
        >"$GIMP2_DIRECTORY/menurc" ;;
    *)
      printf '%s\n' '(file-version 1)' \
        '(action "plug-in-pastiche" "<Primary>k")' \
        '(action "plug-in-pastiche-restyle" "<Primary><Shift>k")' \
        >"$GIMP2_DIRECTORY/shortcutsrc" ;;
  esac
}

# start_gimp VARIABLE=VALUE ARGUMENT...: with the library $preloaded, that in
# its environment, and more arguments
start_gimp ()
{
  make_profile "$scratch" "$plug_in" "$console"
  write_settings
  cp "$scratch/original.xcf" "$scratch/work.xcf"
  env "$1" LD_PRELOAD="$preloaded" \
    "$gimp" --no-splash "${@:2}" "$scratch/work.xcf" >"$scratch/gimp.log" 2>&1 &
  gimp_process=$!
  started+=($gimp_process)
  wait_for "GIMP's window" xdotool search --onlyvisible --name 'work.*GIMP'
  main=$(xdotool search --onlyvisible --name 'work.*GIMP' | head -n 1)
  xdotool windowsize "$main" 1260 860 windowmove "$main" 5 25
  wait_for "GIMP's window to be large" is_large "$main"
}

is_large ()
{
  [ "$(xdotool getwindowgeometry --shell "$1" | sed -n 's/^WIDTH=//p')" = 1260 ]
}

# ---- what a user does -------------------------------------------------------

# find_visible NAME: prints the windows with a title like NAME.  xdotool ends in
# an X error if a window disappears during the search.
find_visible ()
{
  local found
  until found=$(xdotool search --onlyvisible --name "$1" \
                  2>"$scratch/search.log") ||
        ! grep -q "X Error" "$scratch/search.log"; do
    sleep 0.1
  done
  echo "$found"
}

# find_window run|dialog|restyle: prints the plug-in's window, fails if there is
# none
find_window ()
{
  local window kind
  if [ "$1" = restyle ]; then
    window=$(find_visible '^Restyle with Settings of Layer$')
    echo "$window"
    [ -n "$window" ]
    return
  fi
  for window in $(find_visible '^Neural Style Transfer$'); do
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

# find_plug_in: prints the number of the process that repaints
find_plug_in ()
{
  local found
  found=$(find /proc/[0-9]*/exe -maxdepth 0 \
            -lname "$GIMP2_DIRECTORY/plug-ins/pastiche/pastiche" 2>/dev/null |
            head -n 1)
  [ -n "$found" ] && basename "${found%/exe}"
}

has_no_plug_in ()
{
  ! find_plug_in
}

# is_active WINDOW: after it has been asked for
is_active ()
{
  xdotool windowactivate "$1" || true
  [ "$(xdotool getactivewindow)" = "$1" ] &&
    [ "$(xdotool getwindowfocus)" = "$1" ]
}

# press WINDOW KEY
press ()
{
  wait_for "a window to become the active one" is_active "$1"
  xdotool key "$2"
}

# open_dialog: $dialog is its window
open_dialog ()
{
  press "$main" ctrl+k
  wait_for "the dialog" set_dialog
}

set_dialog ()
{
  dialog=$(find_window dialog)
}

# answer run|dialog|restyle KEY...: presses until the window is gone; one that
# has just come may not listen yet
answer ()
{
  wait_for "the window to go" has_answered "$@"
}

# choose_and_run: with the style that the gallery's keys are at, which is the
# chosen one, or else the first
choose_and_run ()
{
  answer dialog alt+y space alt+o
}

has_answered ()
{
  local window
  window=$(find_window "$1") || return 0
  ! is_active "$window" || xdotool key "${@:2}"
  patience=2 comes_true has_gone "$1"
}

has_gone ()
{
  ! find_window "$1"
}

has_three_layers ()
{
  xdotool getwindowname "$main" | grep -q '3 layers'
}
