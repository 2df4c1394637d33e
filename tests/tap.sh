# SPDX-License-Identifier: GPL-3.0-or-later
# tap.sh: points of the Test Anything Protocol; tests in shell source it
#
# $outputs: the files, from the script's folder, that say why a point failed

n=0
failed=0

# check NAME COMMAND...: one point, passed if the command succeeds.
check ()
{
  name=$1
  shift
  n=$((n + 1))
  if "$@"; then
    echo "ok $n $name"
    return
  fi
  echo "not ok $n $name"
  failed=1
  echo "# command: $*"
  for output in $outputs; do
    [ ! -s "$output" ] || sed "s|^|# ${output##*/}: |" "$output"
  done
}

# skip NAME WHY: a point that cannot be tested here
skip ()
{
  n=$((n + 1))
  echo "ok $n $1 # SKIP $2"
}

# finish: the last line; the script ends with the exit status.
finish ()
{
  echo "1..$n"
  exit $failed
}
