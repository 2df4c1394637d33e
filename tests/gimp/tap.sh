# SPDX-License-Identifier: GPL-3.0-or-later
# tap.sh: checks of shell scripts, written as TAP; read with "." by them

# check NAME COMMAND...
n_checks=0
failed=no
check ()
{
  n_checks=$((n_checks + 1))
  name=$1
  shift
  if "$@"; then
    echo "ok $n_checks - $name"
  else
    echo "not ok $n_checks - $name"
    failed=yes
  fi
}
