# SPDX-License-Identifier: GPL-3.0-or-later
# gimp-batch.sh: GIMP evaluates Script-Fu; sourced by other scripts

# batch_interpreter GIMP: prints the option that GIMP 3 needs with -b; it
# evaluates Script-Fu unless $interpreter is another procedure
batch_interpreter ()
{
  case $1 in
    *-2.10) ;;
    *)      echo "--batch-interpreter=${interpreter:-plug-in-script-fu-eval}" ;;
  esac
}

# run_batch GIMP EXPRESSION...: evaluates them without a window, and quits.
# GIMP 2.10 waits for ever after some errors, so it has $time_limit seconds.
# $preloaded, where set, is a library that is preloaded into GIMP.
run_batch ()
{
  run_batch_gimp=$1
  shift
  for expression; do
    set -- "$@" -b "$expression"
    shift
  done
  case $run_batch_gimp in
    *-2.10) set -- "$@" -b "(gimp-quit 0)" ;;
    *)      set -- --quit "$(batch_interpreter "$run_batch_gimp")" "$@" ;;
  esac
  timeout "${time_limit:-400}" env LD_PRELOAD="${preloaded:-}" \
    "$run_batch_gimp" -idf "$@"
}
