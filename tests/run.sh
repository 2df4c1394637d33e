#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh: installs what the tests need, builds, and runs every test
#
# On Debian 12 the tests run twice: here, with GIMP 2.10, and in a Debian 13
# root, with GIMP 3 (debian13.sh).  On later releases GIMP 3 is tested here.
#
#   BUILD=folder   the build folder, default: build in the tree
#   CI=true        warnings are errors, a Debian 13 root that cannot be made is a
#                  failure rather than a skip, and the short forms of
#                  sanitize.sh and aarch64.sh follow
#
# The last line is "N passed, N failed, N skipped", where N counts Meson tests.
# Exit status: 0 if nothing failed and something passed.
set -u

cd "$(dirname -- "$0")/.." || exit 1
build=${BUILD:-build}
release=$(. /etc/os-release; echo "${ID:-unknown} ${VERSION_ID:-}")
no_gimp3="all tests with GIMP 3 (no Debian 13 root)"
set --   # the arguments of summary.py

# Builds in a folder of its own; Meson's log comes out on stdout.  After a
# failure the folder is kept, for its logs and screenshots.
test_in_debian13 ()
{
  ./tests/debian13.sh sh -c '
    build=$(mktemp -d /var/tmp/pastiche-build.XXXXXX)
    tests/suite.sh "$build" >&2
    status=$?
    cat "$build/meson-logs/testlog.json"
    rm -rf /var/tmp/pastiche-failed
    [ $status -eq 0 ] || cp -R "$build" /var/tmp/pastiche-failed
    rm -rf "$build"
    [ $status -ne 77 ] || status=1
    exit $status'
}

./tests/install-packages.sh tests ||
  exec ./tests/summary.py --failed "installation of packages"

echo "== Tests on $release"
./tests/suite.sh "$build"
set -- "$@" --suite "$release" $? "$build/meson-logs/testlog.json"

if [ "$release" = "debian 12" ]; then
  echo "== Tests in a Debian 13 root, with GIMP 3"
  log=$(mktemp)
  test_in_debian13 >"$log"
  status=$?
  if [ $status -ne 77 ]; then
    set -- "$@" --suite "debian 13" $status "$log"
  elif [ -n "${CI:-}" ]; then
    set -- "$@" --failed "$no_gimp3"
  else
    set -- "$@" --skipped "$no_gimp3"
  fi
fi

if [ -n "${CI:-}" ]; then
  for variant in gcc-address clang-thread valgrind; do
    BUILD=$build ./tests/sanitize.sh short $variant
    set -- "$@" --suite $variant $? "$build-$variant/meson-logs/sanitize.json"
  done
  for processor in max cortex-a72; do
    BUILD=$build ./tests/aarch64.sh short $processor
    set -- "$@" --suite "aarch64, $processor" $? \
      "$build-aarch64/meson-logs/$processor.json"
  done
fi

echo
./tests/summary.py "$@"
status=$?
rm -f "${log:-}"
exit $status
