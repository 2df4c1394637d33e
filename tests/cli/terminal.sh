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

for signal in INT TERM; do
  terminal $signal --quality best --report ../report.json --output o.png
  check "interrupted by $signal" is $? 130
  check "$signal: said" \
    grep -q 'Interrupted: .* written to "o-unfinished.png"' ../err
  size=$(sed -n 's/.*scale [0-9]*\/[0-9]* \([0-9x]*\), iteration.*/\1/p' ../err)
  check "$signal: the picture" is "$(format_of o-unfinished.png)" \
    "$size R'G'B' u8"
  "$helper" members ../report.json >../members
  check "$signal: the report" grep -qx "complete false" ../members
  check "$signal: nothing is left over" only large.png o-unfinished.png
  rm o-unfinished.png
done

terminal INT,TERM --quality best --output o.png
code=$?
check "interrupted twice: by a signal" [ $code -eq 130 -o $code -eq 143 ]
check "interrupted twice: nothing said" sh -c '! grep -q Interrupted ../err'
check "interrupted twice: nothing is left" only large.png

finish
