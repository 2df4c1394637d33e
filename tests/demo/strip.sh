#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# strip.sh BUILD WHAT RESULT [CONTENT STYLE]: a strip of pictures for the README
#
# Paints CONTENT in STYLE, small, and puts the results side by side.  Without
# them the pictures of the demonstration are taken.  WHAT is strength or
# freedom, at 0, 25, 50, 75 and 100, or presets, the four of plugin/presets.c.
# BUILD is a build folder, RESULT a picture file.  Needs ImageMagick.
set -eu

build=$1 what=$2 result=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ $# -eq 5 ]; then
  content=$4 style=$5
else
  content=$scratch/content.jpg style=$scratch/style.jpg
  for picture in content style; do
    "$build/tests/demo/demo-pictures" $picture 480 360 "$scratch/$picture.ppm"
    convert "$scratch/$picture.ppm" -quality 97 "$scratch/$picture.jpg"
  done
fi

# paint NUMBER OPTION...
paint ()
{
  number=$1
  shift
  "$build/plugin/pastiche" --content "$content" --style "$style" \
    --size 256 --output "$scratch/$number.png" "$@"
}

case $what in
  presets)
    paint 1 --strength 20 --freedom 10 --style-scale 0.75
    paint 2
    paint 3 --strength 65 --freedom 70 --style-scale 1.5 --structure loose
    paint 4 --freedom 100 --structure none ;;
  *)
    number=1
    for value in 0 25 50 75 100; do
      paint $number --"$what" $value
      number=$((number + 1))
    done ;;
esac
convert "$scratch"/[1-5].png -bordercolor white -border 4x0 +append \
  -shave 4x0 -quality 90 "$result"
