#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sheet.sh BUILD PAINTINGS RESULT [PHOTO...]: styles, and what they make of
# photos
#
# Paints three photos in each style, into the folder PAINTINGS, where what is
# there already stays, and puts small copies into RESULT: the photos, and in
# each row below them two styles, each followed by the photos painted in it.
# Without PHOTO, those that tests/demo makes.  BUILD is a build folder.  Needs
# ImageMagick.
set -eu

styles=$(dirname -- "$0")/../../plugin/data/styles
build=$1 paintings=$2 result=$3
shift 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ $# -eq 0 ]; then
  for photo in lake canal fruit; do
    subject=$photo
    [ $photo != lake ] || subject=content
    "$build/tests/demo/demo-pictures" $subject 512 384 "$scratch/$photo.ppm"
    convert "$scratch/$photo.ppm" -quality 95 "$scratch/$photo.jpg"
    set -- "$@" "$scratch/$photo.jpg"
  done
fi

"$build/plugin/pastiche" --content "$@" --style "$styles" --size 320 \
  --quality draft --output "$paintings/{style}-{name}.jpg"

# small NUMBER PICTURE: a copy for the sheet
small ()
{
  convert "$2" -resize 176x132^ -gravity center -extent 176x132 \
          -bordercolor white -border 2 "$scratch/small-$1.png"
}

# join NUMBER: the small pictures, one row of the sheet's left or right half
join ()
{
  convert "$scratch"/small-*.png +append "$scratch/row-$1.png"
}

convert -size 176x132 xc:white "$scratch/empty.png"
small 0 "$scratch/empty.png"
column=1
for photo; do
  small $column "$photo"
  column=$((column + 1))
done
join 10
join 11
row=12
for style in "$styles"/*.jpg; do
  name=$(basename "$style" .jpg)
  small 0 "$style"
  column=1
  for photo; do
    base=$(basename "$photo")
    small $column "$paintings/$name-${base%.*}.jpg"
    column=$((column + 1))
  done
  join $row
  row=$((row + 1))
done
set -- "$scratch"/row-*.png
while [ $# -gt 1 ]; do
  convert "$1" \( -size 10x10 xc:white \) "$2" -background white +append \
          "$1-two.png"
  shift 2
done
[ $# -eq 0 ] || cp "$1" "$1-two.png"
convert "$scratch"/*-two.png -append -strip -quality 80 "$result"
