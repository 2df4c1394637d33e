#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# start.sh PASTICHE HELPER: a picture to begin from
. "$(dirname -- "$0")/common.sh"

# starts LABEL PICTURE: makes t.png of it, another picture than without.
starts ()
{
  check "$1" quick --start "$2" --output t.png
  check "$1: the size" is "$(format_of t.png)" "48x36 R'G'B' u8"
  check "$1: another picture" sh -c '! cmp -s t.png plain.png'
}

quick --output plain.png
"$helper" draw small.png 12 9 "R'G'B' u8" sRGB
"$helper" draw big.png 200 150 "R'G'B' u8" sRGB
"$helper" draw tall.png 20 70 "R'G'B' u8" sRGB

starts "of the content's size" style.png
starts "smaller" small.png
starts "larger than the result" big.png
starts "of another shape" tall.png
starts "16 bits" deep.png
check "as a JPEG" quick --content big.png --output ../big.jpg
starts "a JPEG" ../big.jpg

starts "opaque" content.png
mv t.png opaque.png
starts "half transparent" alpha.png
check "half transparent: that does not count" cmp t.png opaque.png

check "onto itself" quick --start t.png --output t.png
check "a pattern, one content" quick --start style.png --output "{name}-t.png"
mv content-t.png t.png

# ---- where it begins

"$helper" draw large.png 256 192 "R'G'B' u8" sRGB
check "several sizes" filled 0 --content large.png --iterations 2 \
  --output ../large.png --report ../report.json
"$helper" members ../report.json >../members
size=$(sed -n 's/^scales.1.width //p' ../members)
check "there are several" [ -n "$size" ]
check "nothing to begin from: not in the report" sh -c \
  '! grep -q ^start ../members'
"$helper" draw second.png "$size" $((size * 3 / 4)) "R'G'B' u8" sRGB
check "of the second size" filled 0 --content large.png --iterations 2 \
  --output ../large.png --report ../report.json --start second.png
"$helper" members ../report.json >../members
check "of the second size: the report" grep -qx 'start "second.png"' ../members
check "of the second size: the first is left out" \
  grep -qx 'scales.0.iterations 0' ../members
check "of the second size: the second is not" \
  grep -qx 'scales.1.iterations 2' ../members

# ---- next to an unfinished picture

starts "a start" style.png
mv t.png alone.png
cp content.png t-unfinished.png
recorded t-unfinished.png
check "next to an unfinished picture" quick --start style.png --output t.png
check "next to an unfinished picture: said" says \
  'pastiche: "t-unfinished.png" belongs to another run, and will be replaced.'
check "next to an unfinished picture: it does not count" cmp t.png alone.png
check "next to an unfinished picture: it is gone" [ ! -e t-unfinished.png ]
cp content.png t-unfinished.png
recorded t-unfinished.png
check "from the unfinished picture" quick --start t-unfinished.png \
  --output t.png
check "from the unfinished picture: it stays" cmp content.png t-unfinished.png

finish
