# SPDX-License-Identifier: GPL-3.0-or-later
# common.sh: what the tests of the command line share; sourced by each
#
# A test is called with PASTICHE HELPER: the program, and what cli-helper.c
# becomes.  It works in a folder of its own, in which some pictures stand, and
# writes TAP.
set -u

outputs=../err
. "$(dirname -- "$0")/../tap.sh"

pastiche=$1
helper=$2
folder=$(mktemp -d)
trap "rm -rf '$folder'" EXIT   # this one, whatever becomes of the name
mkdir "$folder/tmp" "$folder/work"
TMPDIR=$folder/tmp
# What babl remembers of the user's work makes it take a quarter of a gigabyte.
XDG_CACHE_HOME=$folder/cache
# What the user has installed would hide what the build folder lacks.
XDG_DATA_HOME=$folder/data
LC_ALL=C.UTF-8
export TMPDIR XDG_CACHE_HOME XDG_DATA_HOME LC_ALL
cd "$folder/work" || exit 1

# run ARGUMENT...: runs the program; its outputs are in ../out and ../err.
run ()
{
  "$pastiche" "$@" >../out 2>../err </dev/null
}

# exits CODE ARGUMENT...: whether the program exits so.
exits ()
{
  expected=$1
  shift
  run "$@"
  code=$?
  [ $code -eq "$expected" ] || echo "# exit code $code, not $expected"
  [ $code -eq "$expected" ]
}

# filled CODE ARGUMENT...: the same, with a content and a style unless given.
filled ()
{
  expected=$1
  shift
  case " $* " in
    *" --style "*) ;;
    *) set -- --style style.png "$@" ;;
  esac
  case " $* " in
    *" --content "*) ;;
    *) set -- --content content.png "$@" ;;
  esac
  exits "$expected" "$@"
}

# quick ARGUMENT...: a short run.
quick ()
{
  filled 0 --quality draft --size 48 "$@"
}

silent ()
{
  [ ! -s ../out ] && [ ! -s ../err ]
}

# says TEXT: whether one line of error names it, and nothing else is printed.
says ()
{
  [ ! -s ../out ] && [ "$(wc -l <../err)" -eq 1 ] && grep -qF -- "$1" ../err
}

# only NAME...: whether nothing else was left in any folder.
only ()
{
  left=$(ls -A . ../tmp | grep -v -e '^$' -e ':$' | LC_ALL=C sort | tr '\n' ' ')
  set -- content.png style.png alpha.png deep.png "$@"
  wanted=$(printf '%s\n' "$@" | LC_ALL=C sort | tr '\n' ' ')
  [ "$left" = "$wanted" ] || echo "# there is: $left"
  [ "$left" = "$wanted" ]
}

is ()
{
  [ "$1" = "$2" ] || echo "# \"$1\" is not \"$2\""
  [ "$1" = "$2" ]
}

# recorded FILE...: gives each a record, as a run that was interrupted does.
recorded ()
{
  for unfinished in "$@"; do
    printf '%064d 1\n' 0 >"$unfinished.job"
  done
}

format_of ()
{
  "$helper" format "$1"
}

"$helper" draw content.png 64 48 "R'G'B' u8" sRGB
"$helper" draw style.png 80 60 "R'G'B' u8" sRGB
"$helper" draw alpha.png 64 48 "R'G'B'A u8" sRGB
"$helper" draw deep.png 64 48 "R'G'B' u16" sRGB
