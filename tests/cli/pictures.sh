#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pictures.sh PASTICHE HELPER: Exif orientation, and color profiles
. "$(dirname -- "$0")/common.sh"

# ---- orientation, as ImageMagick understands it

if command -v convert >/dev/null; then
  check "upright" quick --output upright.png

  # Stored so that it is the content again when it is set upright.
  # lay NAME OPERATION...
  lay ()
  {
    name=$1
    shift
    convert content.png -strip "$@" -orient "$name" ../lying.tif
    check "$name" quick --content ../lying.tif --output t.png
    check "$name: the same" cmp t.png upright.png
  }
  lay TopRight -flop
  lay BottomRight -rotate 180
  lay BottomLeft -flip
  lay LeftTop -transpose
  lay RightTop -rotate 270
  lay RightBottom -transverse
  lay LeftBottom -rotate 90

  # The same with Exif data, in the kinds of files that have them.
  convert content.png -rotate 270 -quality 95 ../base.jpg
  {
    printf '\377\330\377\341\000\042Exif\000\000MM\000\052\000\000\000\010'
    printf '\000\001\001\022\000\003\000\000\000\001\000\006\000\000'
    printf '\000\000\000\000'
    tail -c +3 ../base.jpg
  } >../lying.jpg
  for kind in jpg png webp; do
    [ $kind = jpg ] || convert ../lying.jpg ../lying.$kind
    check "orientation in $kind" quick --content ../lying.$kind --output t.png
    check "orientation in $kind: upright" is "$(format_of t.png)" \
      "48x36 R'G'B' u8"
  done

  convert style.png -strip -rotate 270 -orient RightTop ../lying.tif
  check "orientation of the style" quick --style ../lying.tif --output t.png
  check "orientation of the style: the same" cmp t.png upright.png
fi

# keep ARGUMENT...: the content, hardly changed.
keep ()
{
  quick --strength 0 --freedom 0 --smoothness 0 --colors content \
    --iterations 1 "$@"
}

# ---- kinds of files: the first bytes count

if command -v convert >/dev/null; then
  mkdir kinds
  for name in a.JPG b.jfif c.jpe d.avif e.dng f.bmp; do
    cp ../base.jpg kinds/$name
  done
  keep --content style.png --output kinds/g.avif
  keep --content style.png --output kinds/h.jxl
  convert style.png kinds/i.gif
  head -c 900 ../base.jpg >kinds/cut.jpg
  echo "no picture" >kinds/notes.txt
  check "a folder of many kinds" filled 1 --content kinds --size 32 \
    --quality draft --iterations 1 --output 'k-{name}.png'
  check "a folder of many kinds: all done" is "$(ls k-*.png | wc -l)" 9
  check "a folder of many kinds: the damaged one is named" \
    grep -q '"kinds/cut.jpg" is damaged' ../err
  check "a folder of many kinds: what is none is named" \
    is "$(grep -c 'notes.txt' ../err)" 1
  rm -r kinds k-*.png
fi

# ---- color profiles

# near A B: whether colors differ by no more than some iterations, and JPEG,
# make of them; the profile's values, taken for sRGB, were 15 away.
near ()
{
  distance=$("$helper" distance "$1" "$2")
  echo "# distance $distance"
  [ "${distance%.*}" -lt 12 ]
}

"$helper" draw wide.png 64 48 "R'G'B' u16" Adobish
check "in sRGB" keep --content deep.png --output srgb.png
for kind in png jpg tif; do
  check "color profile: $kind" keep --content wide.png --output t.$kind
  check "color profile: $kind: kept" "$helper" same-space wide.png t.$kind
  check "color profile: $kind: same colors" near t.$kind srgb.png
done

keep --content wide.png --output t.png
check "color profile in PNG" grep -qa iCCP t.png
for chunk in gAMA cHRM sRGB; do
  check "color profile in PNG: no $chunk with it" \
    is "$(grep -ca $chunk t.png)" 0
done
check "no color profile for sRGB" is "$(grep -ca iCCP srgb.png)" 0
check "color profile in WebP" keep --content wide.png --output t.webp
check "color profile in WebP: written" grep -qa ICCP t.webp
check "a style with a profile, a content without" quick --style wide.png \
  --output t.png
check "color profile of the style: no matter" sh -c \
  '! "$1" same-space wide.png t.png' sh "$helper"
check "a batch with different profiles" quick --content content.png \
  --content wide.png --iterations 1 --output 'b-{name}.png'
check "a batch: profile of one" "$helper" same-space wide.png b-wide.png
check "a batch: none of the other" is "$(grep -ca iCCP b-content.png)" 0

finish
