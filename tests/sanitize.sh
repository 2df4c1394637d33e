#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sanitize.sh short|long [VARIANT...]: tests under sanitizers and valgrind
#
#   gcc-address, clang-address   AddressSanitizer, UndefinedBehaviorSanitizer
#   gcc-thread, clang-thread     ThreadSanitizer
#   valgrind                     Memcheck: nothing is read that was never set
#
# long: each variant runs all suites it can, those of the lesser instruction
# sets included; under valgrind, which makes minutes of seconds, not what takes
# long.  short, of continuous integration: gcc-address, clang-thread and
# valgrind, and what takes long is left out.  Each variant is built in a folder
# of its own, which is kept, with Meson's log in meson-logs/sanitize.json.
#
#   BUILD=folder   what their names begin with, default: build in the tree
#   CI=true        warnings are errors
#
# Installs what is missing.  Exit status: 0 if nothing was found.
set -eu

cd "$(dirname -- "$0")/.."
usage="usage: sanitize.sh short|long [VARIANT...]"
form=${1:?$usage}
shift
case $form in
  short) variants="gcc-address clang-thread valgrind" ;;
  long)  variants="gcc-address clang-address gcc-thread clang-thread
                   valgrind" ;;
  *)     echo "$usage" >&2; exit 2 ;;
esac
[ $# -gt 0 ] || set -- $variants
source_tree=$(pwd)
build=${BUILD:-build}
werror=false
[ -z "${CI:-}" ] || werror=true

export G_SLICE=always-malloc

# configure VARIANT FOLDER
configure ()
{
  case $1 in
    *-address) sanitize=address,undefined ;;
    *-thread)  sanitize=thread ;;
    *)         sanitize=none ;;
  esac
  case $1 in
    clang-*) compiler=clang ;;
    *)       compiler=gcc ;;
  esac
  if [ -e "$2/build.ninja" ]; then
    meson configure "$2" -Dwerror=$werror
  else
    CC=$compiler meson setup "$2" -Dgimp=none -Dbuildtype=debugoptimized \
      -Dwerror=$werror -Db_lundef=false -Db_sanitize=$sanitize
  fi
}

# run_tests VARIANT FOLDER
run_tests ()
{
  variant=$1
  folder=$2
  case $form-$variant in
    short-valgrind) set -- --suite fuzz --suite files ;;
    *-valgrind)     set -- --no-suite cli --no-suite memory --no-suite torch \
                      --no-suite long ;;
    short-*-thread) set -- --suite threads --no-suite long ;;
    *-thread)       set -- --suite threads --suite engine --suite kernels \
                      --suite files --suite plugin \
                      --no-suite foreign-threads ;;
    short-*)        set -- --no-suite cli --no-suite torch --no-suite long ;;
    *)              set -- ;;
  esac
  if [ "$variant" = valgrind ]; then
    set -- "$@" --no-suite style --timeout-multiplier 50 \
      --wrap "valgrind --quiet --error-exitcode=9"
  else
    set -- "$@" --setup sanitizer --timeout-multiplier 20
  fi
  status=0
  rm -f "$folder"/meson-logs/*.json
  meson test -C "$folder" --print-errorlogs "$@" || status=1
  mv "$folder"/meson-logs/testlog*.json "$folder/meson-logs/sanitize.json"
  return $status
}

./tests/install-packages.sh sanitize
failed=0
for variant; do
  folder=$build-$variant
  echo "== $variant"
  configure "$variant" "$folder" && run_tests "$variant" "$folder" || failed=1
done
exit $failed
