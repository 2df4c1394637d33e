#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# suite.sh BUILD: builds the tree in the folder BUILD and runs all its tests
#
# The part of run.sh that is the same on this machine and in the Debian 13
# root.  In continuous integration ($CI is set) warnings are errors.  Leaves
# Meson's log in BUILD/meson-logs/testlog.json.  Exit status: 0 all passed.
set -eu

build=$1
source_tree=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
werror=false
[ -z "${CI:-}" ] || werror=true

rm -f "$build/meson-logs/testlog.json"
if [ -e "$build/build.ninja" ]; then
  meson configure "$build" -Dwerror=$werror
else
  meson setup "$build" "$source_tree" -Dwerror=$werror
fi
meson compile -C "$build"
# A shared or slow machine may take several times as long as ours.
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4
