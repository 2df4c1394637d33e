#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# terminal.sh PASTICHE HELPER: progress and signals
. "$(dirname -- "$0")/common.sh"

# Large enough to be at work still when a signal comes.
"$helper" draw large.png 256 192 "R'G'B' u8" sRGB

# terminal SIGNALS ARGUMENT...
terminal ()
{
  signals=$1
  shift
  "$helper" on-terminal "$signals" "$pastiche" --content large.png \
    --style style.png "$@" >../err </dev/null
}

terminal none --quality draft --size 128 --output o.png
check "on a terminal" is $? 0
check "progress: scale" \
  grep -q 'scale 1/1 128x96, iteration [0-9]*/[0-9]*' ../err
check "progress: percent, time" grep -q '[0-9] %, [0-9]* s left' ../err
check "the last word" grep -q 'Wrote "o.png"' ../err
rm o.png

# As Ctrl-C does a terminal's end and a queue's warning, which may come twice,
# and may be followed by a request to end.
for signal in INT TERM HUP USR1 USR2 XCPU ALRM HUP,HUP XCPU,XCPU USR1,TERM; do
  terminal $signal --quality best --report ../report.json --output o.png
  check "interrupted by $signal" is $? 130
  check "$signal: said" \
    grep -q 'Interrupted: .* written to "o-unfinished.png"' ../err
  size=$(sed -n 's/.*scale [0-9]*\/[0-9]* \([0-9x]*\), iteration.*/\1/p' ../err)
  check "$signal: the picture" is "$(format_of o-unfinished.png)" \
    "$size R'G'B' u8"
  "$helper" members ../report.json >../members
  check "$signal: the report" grep -qx "complete false" ../members
  check "$signal: nothing is left over" only large.png o-unfinished.png \
    o-unfinished.png.job
  rm o-unfinished.png*
done

terminal close --quality best --output o.png
check "the terminal goes away" is $? 130
check "the terminal goes away: kept" only large.png o-unfinished.png \
  o-unfinished.png.job
rm o-unfinished.png*

# What was ignored when the program started stays so, as under nohup.
"$helper" on-terminal HUP sh -c 'trap "" HUP; exec "$@"' sh "$pastiche" \
  --content large.png --style style.png --iterations 2 --output o.png \
  >../err </dev/null
check "nohup: goes on" is $? 0
check "nohup: the picture" only large.png o.png
rm o.png

terminal PIPE --iterations 2 --output o.png
check "a broken pipe is no reason to stop" is $? 0
rm o.png

terminal INT,TERM --quality best --output o.png
code=$?
check "interrupted twice: by a signal" [ $code -eq 130 -o $code -eq 143 ]
check "interrupted twice: nothing said" sh -c '! grep -q Interrupted ../err'
check "interrupted twice: nothing is left" only large.png

finish
