# SPDX-License-Identifier: GPL-3.0-or-later
# server.sh: questions to the GIMP of desktop.sh, which comes before it, by its
# Script-Fu server; sourced by bash scripts
#
# $FAULT_FILE of the plug-in, see fault.c, is $scratch/fault.

case $gimp in
  *-2.10) series=2.10 ;;
  *)      series=3 ;;
esac

start_server ()
{
  port=$("$here/script-fu-client.py" --port)
  case $gimp in
    *-2.10)
      set -- -b "(plug-in-script-fu-server 1 \"127.0.0.1\" $port \"\")" ;;
    *)
      set -- "$(batch_interpreter "$gimp")" \
        -b "(plug-in-script-fu-server #:run-mode 1 #:ip \"127.0.0.1\"
                                      #:port $port)" ;;
  esac
  start_gimp FAULT_FILE="$scratch/fault" "$@"
  wait_for "the Script-Fu server" ask "#t"
  # It would outlive a GIMP that is killed.
  started+=($(ask '(call-with-input-file "/proc/self/stat" read)'))
  for file in series-${series} check pictures no-trace; do
    ask "(load \"$here/$file.scm\")" >/dev/null
  done
}

# ask EXPRESSION: prints its value; fails after an error
ask ()
{
  timeout $patience "$here/script-fu-client.py" "$port" "$1"
}

# value_is EXPRESSION VALUE
value_is ()
{
  [ "$(ask "$1")" = "$2" ]
}
