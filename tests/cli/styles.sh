#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# styles.sh PASTICHE HELPER: several styles, by weight, by region and by name
. "$(dirname -- "$0")/common.sh"

differ ()
{
  ! cmp -s "$1" "$2"
}

# apart LESS|MORE N A B: whether the colors of A and B are that far away.
apart ()
{
  distance=$("$helper" distance "$3" "$4")
  echo "# distance $distance"
  case $1 in
    less) [ "${distance%.*}" -lt "$2" ] ;;
    more) [ "${distance%.*}" -ge "$2" ] ;;
  esac
}

# ---- weights

"$helper" draw other.png 50 90 "R'G'B' u8" sRGB
check "one style" quick --style style.png --output a.png
check "another" quick --style other.png --output b.png
check "both" quick --style style.png --style other.png --output ab.png \
  --report ../report.json
check "both: not the one" differ ab.png a.png
check "both: not the other" differ ab.png b.png
check "weights" quick --style style.png --weight 3 --style other.png \
  --weight 3 --output equal.png
check "weights: their ratio counts" cmp equal.png ab.png
check "weights: another ratio" quick --style style.png --weight 3 \
  --style other.png --output t.png
check "weights: another ratio: another picture" differ t.png ab.png
"$helper" members ../report.json >../members
check "report: second style" grep -qx 'styles.1.file "other.png"' ../members
check "report: its weight" grep -q '^styles.1.weight 1' ../members
check "name of a result" filled 0 --style style.png --style other.png \
  --size 24 --quality draft --output "{style}.png"
check "name of a result: both" [ -f style+other.png ]

# ---- by the name of a picture that comes with us

mkdir ../shelf
check "a shelf" quick --style style.png --output ../shelf/odd.jpg
PASTICHE_STYLES=$folder/shelf
export PASTICHE_STYLES
check "--list-styles" exits 0 --list-styles
check "--list-styles: name and title" grep -qx 'odd  *odd' ../out
check "by path" quick --style ../shelf/odd.jpg --output a.png
check "by name" quick --style odd --output t.png
check "by name: the same" cmp a.png t.png
check "by name: name of a result" quick --style odd --output "by-{style}.png"
check "by name: its name" cmp a.png by-odd.png
check "by name: mixed" quick --style odd --weight 2 --style other.png \
  --output t.png
check "by name: mixed: another picture" differ a.png t.png
cp style.png odd
check "a file of that name" quick --style odd --output t.png
check "a file of that name: goes first" differ a.png t.png
rm odd
check "an unknown name" filled 2 --style even --output t.png
check "an unknown name: says which there are" grep -q '"even".*odd' ../err
check "the name of a file that is missing" filled 1 --style even.jpg \
  --output u.png
check "the name of a file that is missing: names it" says even.jpg
check "the name of a file that is missing: no result" [ ! -e u.png ]
unset PASTICHE_STYLES

# ---- regions

if command -v convert >/dev/null; then
  # The left half; and the same as transparency, at another size.
  convert -size 64x48 xc:black -fill white -draw "rectangle 0,0 31,47" mask.png
  convert -size 32x24 xc:none -fill white -draw "rectangle 0,0 15,23" clear.png
  convert mask.png -negate other-mask.png

  # quarters NAME: its left and right quarter.
  quarters ()
  {
    convert "$1.png" -strip -crop 16x48+0+0 +repage "../$1-left.tif"
    convert "$1.png" -strip -crop 16x48+48+0 +repage "../$1-right.tif"
  }
  quarters content

  # region NAME ARGUMENT...: a run at full size.
  region ()
  {
    name=$1
    shift
    check "$name" filled 0 --quality draft --strength 100 "$@" --output t.png
    quarters t
  }

  region "a region" --style style.png --region mask.png
  check "a region: painted" apart more 8 ../content-left.tif ../t-left.tif
  check "a region: the rest stays" apart less 1 ../content-right.tif \
    ../t-right.tif
  region "a transparent mask" --style style.png --region clear.png
  check "a transparent mask: painted" apart more 8 ../content-left.tif \
    ../t-left.tif
  check "a transparent mask: the rest stays" apart less 1 ../content-right.tif \
    ../t-right.tif
  region "two styles, a mask each" --style style.png --region mask.png \
    --style other.png --region other-mask.png
  check "two masks: left" apart more 8 ../content-left.tif ../t-left.tif
  check "two masks: right" apart more 8 ../content-right.tif ../t-right.tif
  region "two styles, one mask" --style style.png --region mask.png \
    --style other.png --region mask.png
  check "one mask: the rest stays" apart less 1 ../content-right.tif \
    ../t-right.tif
  cp mask.png content-style.png
  region "a mask for each content" --style style.png \
    --region "{name}-{style}.png"
  check "a mask for each content: the rest stays" apart less 1 \
    ../content-right.tif ../t-right.tif
  check "--estimate with regions" exits 0 --content content.png \
    --style style.png --region mask.png --style other.png --estimate
fi

finish
