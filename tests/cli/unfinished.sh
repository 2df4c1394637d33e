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

interrupted --content large.png --iterations 500 --output o.png
check "interrupted" is $? 130
check "interrupted: no result" only large.png plain.png o-unfinished.png \
  o-unfinished.png.job
check "the same again" short --output o.png --report ../report.json
check "the same again: said" says 'Resuming from "o-unfinished.png".'
check "the same again: the size" is "$(format_of o.png)" "256x192 R'G'B' u8"
check "the same again: complete" only large.png plain.png o.png
"$helper" members ../report.json >../members
check "the same again: the report" \
  grep -qx 'start "o-unfinished.png"' ../members
check "the same again: complete, in the report" grep -qx 'complete true' \
  ../members

# ---- at its size, and only what was left to do

WAIT_FOR="x192, iteration 2/" interrupted --content large.png --iterations 12 \
  --output o.png
check "in the second size" is $? 130
check "in the second size: the size" is "$(format_of o-unfinished.png)" \
  "${size}x$((size * 3 / 4)) R'G'B' u8"
read -r checksum before <o-unfinished.png.job
cp o-unfinished.png o-unfinished.png.job ..
check "in the second size, the same again" short --iterations 12 \
  --output o.png --report ../report.json
"$helper" members ../report.json >../members
check "in the second size: the first is left out" \
  grep -qx 'scales.0.iterations 0' ../members
check "in the second size: what was done counts" is \
  "$(sed -n 's/^scales.1.iterations //p' ../members)" $((12 - before))
check "in the second size: another picture" sh -c '! cmp -s o.png plain.png'
check "in the second size: gone" only large.png plain.png o.png

# Cut short once more, in the second size: it is written at that.
cp ../o-unfinished.png* .
interrupted --content large.png --iterations 400 --output o.png
check "cut short once more" is $? 130
check "cut short once more: the size" is "$(format_of o-unfinished.png)" \
  "${size}x$((size * 3 / 4)) R'G'B' u8"
check "cut short once more: another picture" \
  sh -c '! cmp -s o-unfinished.png ../o-unfinished.png'
read -r checksum after <o-unfinished.png.job
check "cut short once more: further" [ "$after" -gt "$before" ]
rm o-unfinished.png* o.png

# However short the time, it comes to an end.
runs=0
code=130
while [ $code -eq 130 ] && [ $runs -lt 30 ]; do
  interrupted --content large.png --iterations 3 --output o.png
  code=$?
  runs=$((runs + 1))
done
echo "# $runs runs"
check "in many short runs" is $code 0
check "in many short runs: more than one" [ $runs -gt 1 ]
check "in many short runs: the result" only large.png plain.png o.png

# ---- before the first iteration

# The message that it goes on has the word for which the helper waits, and
# preparing what is large takes its time after that.
"$helper" draw wide.png 1600 1200 "R'G'B' u8" sRGB
WAIT_FOR="iteration 1/" interrupted --content wide.png --iterations 500 \
  --output "w left.png"
cp "w left-unfinished.png" ..
interrupted --content wide.png --iterations 500 --output "w left.png"
check "before the first iteration" is $? 130
check "before the first iteration: said" \
  grep -q 'unfinished.png" is unchanged' ../err
check "before the first iteration: as it was" \
  cmp "../w left-unfinished.png" "w left-unfinished.png"
rm wide.png "w left-unfinished.png"*

# ---- not from there

# of_another_run NAME: whether ../o-unfinished.png* is taken for that
of_another_run ()
{
  check "$1" short --output o.png
  check "$1: said" \
    says 'pastiche: "o-unfinished.png" belongs to another run, and will'
  check "$1: from the beginning" cmp o.png plain.png
  check "$1: gone" only large.png plain.png o.png
}

rm o.png
for record in none text folder; do
  cp ../o-unfinished.png .
  named=o-unfinished.png.job
  case $record in
    none) named=o-unfinished.png ;;
    text) echo "A job for the painter" >o-unfinished.png.job ;;
    folder) mkdir o-unfinished.png.job ;;
  esac
  check "without a record, $record" filled 1 --content large.png --force \
    --output o.png
  check "without a record, $record: said" \
    says "pastiche: \"$named\" would be replaced if the run were interrupted."
  check "without a record, $record: it stays" \
    cmp o-unfinished.png ../o-unfinished.png
  check "without a record, $record: nothing is painted" [ ! -e o.png ]
  rm -r o-unfinished.png*
done
ln -s nowhere o-unfinished.png
check "a link in its place" filled 1 --output o.png
check "a link in its place: it stays" [ -L o-unfinished.png ]
rm o-unfinished.png

cp plain.png o-unfinished.png
cp ../o-unfinished.png.job .
of_another_run "another picture"
cp ../o-unfinished.png .
echo "$checksum" >o-unfinished.png.job
of_another_run "a record that is cut short"

# other NAME ARGUMENT...: the same, but what an argument says
other ()
{
  name=$1
  shift
  cp ../small/* .
  check "$name" filled 0 --iterations 2 "$@" --output o.png
  check "$name: said" \
    says 'pastiche: "o-unfinished.png" belongs to another run, and will'
}

interrupted --content content.png --iterations 500 --output o.png
check "interrupted, a small one" is $? 130
mkdir ../small
mv o-unfinished.png* ../small
"$helper" draw flat.png 64 48 "R'G'B'A u8" sRGB
other "another content" --content flat.png
other "another style" --style content.png
other "one style more" --style style.png --style content.png
other "another weight" --style style.png --weight 2
other "a region" --style style.png --region flat.png
other "another strength" --strength 60
other "another seed" --seed 1
other "another quality" --quality draft
other "another structure" --structure none
cp ../small/* .
cp style.png same.png
check "a style of another name" filled 0 --iterations 2 --style same.png \
  --threads 1 --output o.png
check "a style of another name: the same job" \
  says 'Resuming from "o-unfinished.png".'
rm same.png flat.png

# Where it started from is part of the job, too.
interrupted --content large.png --start alpha.png --iterations 500 \
  --output o.png
check "interrupted, with --start" is $? 130
cp o-unfinished.png o-unfinished.png.job ..
check "with --start, the same again" short --start alpha.png --output o.png
check "with --start: said" says 'Resuming from "o-unfinished.png".'
cp ../o-unfinished.png* .
check "with another --start" short --start deep.png --output o.png
check "with another --start: said" \
  says 'pastiche: "o-unfinished.png" belongs to another run, and will'
cp ../o-unfinished.png* .
of_another_run "without --start"

cp ../o-unfinished.png* .
check "--force" short --start alpha.png --force --output o.png
check "--force: nothing is said" silent
check "--force: gone" [ ! -e o-unfinished.png ]

for broken in cut text empty; do
  case $broken in
    cut) head -c 400 content.png >o-unfinished.png ;;
    text) echo "no picture" >o-unfinished.png ;;
    empty) : >o-unfinished.png ;;
  esac
  recorded o-unfinished.png
  rm -f o.png
  check "broken, $broken" short --output o.png
  check "broken, $broken: said" is \
    "$(grep -c '^pastiche: "o-unfinished.png" .* replaced.$' ../err)" 1
  check "broken, $broken: from the beginning" cmp o.png plain.png
  check "broken, $broken: gone" [ ! -e o-unfinished.png ]
done

# ---- other kinds of files

for kind in jpg tif webp; do
  interrupted --content alpha.png --iterations 500 --output o.$kind
  check "$kind: interrupted" is $? 130
  check "$kind: kept" [ -s o-unfinished.$kind ]
  check "$kind: the same again" filled 0 --content alpha.png --iterations 2 \
    --output o.$kind
  check "$kind: went on" says "Resuming from \"o-unfinished.$kind\"."
  check "$kind: gone" [ ! -e o-unfinished.$kind ]
done

finish
