#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# headless.sh GIMP-CONSOLE PLUG-IN PICTURES SCRIPT [FOLDER]
#
# Runs the checks of SCRIPT (Script-Fu) in GIMP without a display, and writes
# TAP.  GIMP gets a profile of its own with a copy of the plug-in in the folder
# PLUG-IN.  PICTURES is the program demo-pictures.  The script finds its files
# in "folder", which is FOLDER or a new one that is removed at the end.
# Inputs of its own are in "inputs", which is $INPUTS.
# What fault.c makes of the environment's $FAULT, a library, happens; $CRASHES
# is how many plug-ins it kills, default: 0.
#
# Exit status: 0, and a plan, if the script came to its end; failed checks are
# in the TAP.  Skips everything if there is no such GIMP.
set -eu

console=$1 plug_in=$2 pictures=$3 script=$4 given_folder=${5:-}
time_limit=${TIME_LIMIT:-400}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if ! command -v "$console" >/dev/null; then
  echo "1..0 # SKIP $console is not installed"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. "$here/../gimp-batch.sh"
. "$here/profile.sh"
make_profile "$scratch" "$plug_in" "$console"

folder=${given_folder:-$scratch}
"$pictures" content 48 32 "$scratch/content.ppm"
"$pictures" style 40 30 "$scratch/style.ppm"
echo "Not a picture" >"$scratch/text.png"

case $console in
  *-2.10) series=2.10 ;;
  *)      series=3 ;;
esac
status=0
FAULT_FILE=$scratch/fault preloaded=${FAULT:-}
export FAULT_FILE
run_batch "$console" "(begin (define folder \"$folder\")
                 (define pictures \"$scratch\")
                 (define inputs \"${INPUTS:-}\")
                 (define series \"$here/series-$series.scm\")
                 (load series)
                 (load \"$here/check.scm\")
                 (load \"$here/pictures.scm\")
                 (load \"$here/no-trace.scm\")
                 (load \"$script\")
                 (end-checks))" >"$scratch/log" 2>&1 || status=$?

sed -n 's/^script-fu-Warning: TAP //p' "$scratch/log" | tee "$scratch/tap"

# What else was said, without what GIMP says in every such run.
grep -Ev -e '^script-fu-Warning: TAP ' -e '^$' \
     -e '^Failed to parse tag cache' -e 'Gtk-WARNING.*cannot open display' \
     -e 'gimp_wire_read\(\): unexpected EOF' -e 'gimp_flush\(\): error' \
     -e 'script_fu_add_resource_arg' -e 'Welcome to GIMP' \
     -e 'GeglBuffers leaked' -e 'gegl_tile_cache_destroy' \
     -e 'gimp:.*g_object_unref: assertion' -e 'a stray image' \
     -e 'PDB procedure returned NULL GIMP object' \
     -e 'using gegl copy' -e 'batch command executed successfully' \
     -e 'Missing arg type: GimpExportOptions' \
     "$scratch/log" | sed 's/^/# GIMP: /' || true

fail ()
{
  echo "Bail out! $*"
  exit 1
}

[ $status -eq 0 ] || fail "$console exited with status $status"
n_crashes=$(grep -c 'Plug-in crashed' "$scratch/log" || true)
[ "$n_crashes" -eq "${CRASHES:-0}" ] || fail "$n_crashes plug-ins crashed"
! grep -q '(pastiche:[0-9]*): .*CRITICAL' "$scratch/log" ||
  fail "the plug-in has a programming error"
# GIMP 2.10 goes on after an error in a file that is being loaded.
! grep -q 'batch command experienced an execution error' "$scratch/log" ||
  fail "$script has an error"
grep -q '^1\.\.' "$scratch/tap" || fail "$script did not come to its end"
