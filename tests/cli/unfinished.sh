#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# unfinished.sh PASTICHE HELPER: going on after an interruption
. "$(dirname -- "$0")/common.sh"

"$helper" draw large.png 256 192 "R'G'B' u8" sRGB

# short ARGUMENT...: all sizes, few iterations.
short ()
{
  filled 0 --content large.png --iterations 2 "$@"
}

# interrupted ARGUMENT...: the signal comes when " left" is seen.
interrupted ()
{
  "$helper" on-terminal INT "$pastiche" --style style.png "$@" \
    >../err </dev/null
}

check "not interrupted" short --output plain.png --report ../report.json
"$helper" members ../report.json >../members
size=$(sed -n 's/^scales.1.width //p' ../members)
check "there are several sizes" [ -n "$size" ]

# ---- cut short, and the same again

interrupted --content large.png --quality best --output o.png
check "interrupted" is $? 130
check "interrupted: no result" only large.png plain.png o-unfinished.png
check "the same again" short --output o.png --report ../report.json
check "the same again: said" says 'Resuming from "o-unfinished.png".'
check "the same again: the size" is "$(format_of o.png)" "256x192 R'G'B' u8"
check "the same again: complete" only large.png plain.png o.png
"$helper" members ../report.json >../members
check "the same again: the report" \
  grep -qx 'start "o-unfinished.png"' ../members
check "the same again: complete, in the report" grep -qx 'complete true' \
  ../members

# ---- at its size

"$helper" draw o-unfinished.png "$size" $((size * 3 / 4)) "R'G'B' u8" sRGB
check "of the second size" short --output o.png --report ../report.json
"$helper" members ../report.json >../members
check "of the second size: the first is left out" \
  grep -qx 'scales.0.iterations 0' ../members
check "of the second size: another picture" sh -c '! cmp -s o.png plain.png'
check "of the second size: gone" [ ! -e o-unfinished.png ]

# Cut short once more, in the second size: it is written at that.
"$helper" draw o-unfinished.png "$size" $((size * 3 / 4)) "R'G'B' u8" sRGB
cp o-unfinished.png ../before.png
interrupted --content large.png --quality best --output o.png
check "cut short once more" is $? 130
check "cut short once more: the size" is "$(format_of o-unfinished.png)" \
  "${size}x$((size * 3 / 4)) R'G'B' u8"
check "cut short once more: another picture" \
  sh -c '! cmp -s o-unfinished.png ../before.png'
rm o-unfinished.png

# ---- before the first iteration

# The message that it goes on has the word for which the helper waits, and
# preparing what is large takes its time after that.
"$helper" draw wide.png 1600 1200 "R'G'B' u8" sRGB
cp wide.png "w left-unfinished.png"
interrupted --content wide.png --quality best --output "w left.png"
check "before the first iteration" is $? 130
check "before the first iteration: said" \
  grep -q 'unfinished.png" is unchanged' ../err
check "before the first iteration: as it was" cmp wide.png \
  "w left-unfinished.png"
rm wide.png "w left-unfinished.png"

# ---- not from there

"$helper" draw o-unfinished.png 200 200 "R'G'B' u8" sRGB
check "of another run" short --output o.png
check "of another run: said" \
  says 'pastiche: "o-unfinished.png" belongs to another run. Starting over.'
check "of another run: from the beginning" cmp o.png plain.png

cp style.png o-unfinished.png
check "--force" short --force --output o.png
check "--force: nothing is said" silent
check "--force: from the beginning" cmp o.png plain.png
check "--force: gone" [ ! -e o-unfinished.png ]

for broken in cut text empty; do
  case $broken in
    cut) head -c 400 content.png >o-unfinished.png ;;
    text) echo "no picture" >o-unfinished.png ;;
    empty) : >o-unfinished.png ;;
  esac
  rm -f o.png
  check "broken, $broken" short --output o.png
  check "broken, $broken: said" is \
    "$(grep -c '^pastiche: "o-unfinished.png" .*Starting over.$' ../err)" 1
  check "broken, $broken: from the beginning" cmp o.png plain.png
  check "broken, $broken: gone" [ ! -e o-unfinished.png ]
done

# ---- other kinds of files

for kind in jpg tif webp; do
  interrupted --content alpha.png --quality best --output o.$kind
  check "$kind: interrupted" is $? 130
  check "$kind: kept" [ -s o-unfinished.$kind ]
  check "$kind: the same again" filled 0 --content alpha.png --iterations 2 \
    --output o.$kind
  check "$kind: went on" says "Resuming from \"o-unfinished.$kind\"."
  check "$kind: gone" [ ! -e o-unfinished.$kind ]
done

finish
