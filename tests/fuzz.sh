#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz.sh SECONDS [TARGET...]: looks for bytes that are trouble, with libFuzzer,
# AddressSanitizer and UndefinedBehaviorSanitizer
#
# Each target (default: all), tests/fuzz/fuzz-TARGET.c, runs for SECONDS from
# its corpus, tests/fuzz/corpus/TARGET.tar.  What it finds is kept in the build
# folder, under found/TARGET: inputs that reach new code, and as crash-*,
# leak-*, oom-* and timeout-* those that are trouble.  Needs clang.
#
#   BUILD=folder   the build folder, default: build-fuzz in the tree
#
# Exit status: 0 if there was no trouble.
set -eu

cd "$(dirname -- "$0")/.."
build=${BUILD:-build-fuzz}
seconds=${1:?usage: fuzz.sh SECONDS [TARGET...]}
shift
[ $# -gt 0 ] || set -- model head weights settings picture

[ -d "$build" ] ||
  CC=clang meson setup "$build" -Dgimp=none -Dfuzz=true -Db_lundef=false \
    -Db_sanitize=address,undefined
for target; do
  ninja -C "$build" "tests/fuzz/fuzz-$target" "tests/fuzz/$target"
done

status=0
for target; do
  found=$build/found/$target
  mkdir -p "$found"
  echo "== $target"
  # libpng allocates as much as a chunk claims to have, and does not use it.
  [ "$target" = picture ] && limit=4096 || limit=256
  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
  "$build/tests/fuzz/fuzz-$target" -max_total_time="$seconds" -timeout=60 \
    -rss_limit_mb=1024 -malloc_limit_mb=$limit -print_final_stats=1 \
    -artifact_prefix="$found/" "$found" "$build/tests/fuzz/$target" || status=1
done
exit $status
