#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [long]: installs what the tests need, builds, and runs the tests
#
# On Debian 12 they run here, with GIMP 2.10, and then in a Debian 13 root, with
# GIMP 3.0 (debian-root.sh): those that GIMP or the libraries may make another
# thing of.  On later releases GIMP 3 is tested here.
#
# long, of continuous integration: here also the suite "slow", whose tests need
# PyTorch or minutes each; all others in the Debian 13 root, too; those in
# GIMP's windows in a Debian 14 root, with GIMP 3.2; then the short forms of
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
set --   # the arguments of summary.py

# run_suite FOLDER: what this form runs here
run_suite ()
{
  case $form in
    short) ./tests/suite.sh "$1" --no-suite slow ;;
    *)     ./tests/suite.sh "$1" ;;
  esac
}

# test_in_root RELEASE PURPOSE [SELECTION]: builds in a folder of the root,
# another one for each source tree; Meson's log comes out on stdout.
test_in_root ()
{
  build_there=/var/tmp/pastiche-build-$(pwd | cksum | cut -d " " -f 1)
  PURPOSE=$2 ./tests/debian-root.sh "$1" sh -c '
    build='$build_there'
    tests/suite.sh "$build" '"${3:-}"' >&2
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

# The roots, and which tests run there.
roots=
[ "$release" != "debian 12" ] || roots=13
case $form in
  short) select_13="--suite debian13 --suite files --no-suite slow" ;;
  *)     select_13="--no-suite slow" roots="$roots 14" ;;
esac
select_14="--suite window"

logs=
for root in $roots; do
  echo "== Tests in a Debian $root root"
  log=$(mktemp)
  logs="$logs $log"
  case $root in
    13) test_in_root 13 tests "$select_13" >"$log" ;;
    14) test_in_root 14 tests "$select_14" >"$log" ;;
  esac
  status=$?
  missing="all tests in a Debian $root root, which cannot be made"
  if [ $status -ne 77 ]; then
    set -- "$@" --suite "debian $root" $status "$log"
  elif [ -n "${CI:-}" ] && [ "$root" = 13 ]; then
    set -- "$@" --failed "$missing"
  else
    set -- "$@" --skipped "$missing"
  fi
done

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
rm -f $logs
exit $status
