#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# suite.sh BUILD [ARGUMENT...]: builds the tree in the folder BUILD and runs its
# tests, those that the arguments of "meson test" select
#
# The part of run.sh that is the same on this machine and in the roots.  In
# continuous integration ($CI is set) warnings are errors.  Meson's log is in
# BUILD/meson-logs/testlog.json.  Exit status: 0 all passed.
set -eu

build=$1
shift
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
# Tests in GIMP's windows wait most of the time: one more than there are
# processors.
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 \
  --num-processes $(($(nproc) + 1)) "$@"
