#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [long]: installs what the tests need, builds, and runs the tests
#
# On Debian 12 they run here, with GIMP 2.10, and then in a Debian 13 root, with
# GIMP 3 (debian13.sh): those that GIMP or the libraries may make another thing
# of.  On later releases GIMP 3 is tested here.
#
# long, of continuous integration: all of them in both places, those of the
# suite "slow" too, which need PyTorch or minutes each; then the short forms of
# sanitize.sh and aarch64.sh.
#
#   BUILD=folder   the build folder, default: build in the tree
#   CI=true        warnings are errors, and a Debian 13 root that cannot be made
#                  is a failure rather than a skip
#
# The last line is "N passed, N failed, N skipped", where N counts Meson tests.
# Exit status: 0 if nothing failed and something passed.
set -u

cd "$(dirname -- "$0")/.." || exit 1
build=${BUILD:-build}
case $* in
  "")   form=short purpose=tests ;;
  long) form=long purpose=long-tests ;;
  *)    echo "usage: run.sh [long]" >&2; exit 2 ;;
esac
release=$(. /etc/os-release; echo "${ID:-unknown} ${VERSION_ID:-}")
no_gimp3="all tests with GIMP 3 (no Debian 13 root)"
set --   # the arguments of summary.py

# run_suite FOLDER: what this form runs here
run_suite ()
{
  case $form in
    short) ./tests/suite.sh "$1" --no-suite slow ;;
    *)     ./tests/suite.sh "$1" ;;
  esac
}

# Builds in a folder of the root, another one for each source tree; Meson's log
# comes out on stdout.
test_in_debian13 ()
{
  selected=
  [ $form = long ] ||
    selected="--suite debian13 --suite files --no-suite slow"
  build_there=/var/tmp/pastiche-build-$(pwd | cksum | cut -d " " -f 1)
  PURPOSE=$purpose ./tests/debian13.sh sh -c '
    build='$build_there'
    tests/suite.sh "$build" '"$selected"' >&2
    status=$?
    cat "$build/meson-logs/testlog.json"
    [ $status -ne 77 ] || status=1
    exit $status'
}

./tests/install-packages.sh $purpose ||
  exec ./tests/summary.py --failed "installation of packages"

echo "== Tests on $release"
run_suite "$build"
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

if [ $form = long ]; then
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
