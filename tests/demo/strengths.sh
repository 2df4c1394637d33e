#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# strengths.sh BUILD RESULT: the README's strip of five strengths
#
# Paints the pictures of the demonstration with strength 0, 25, 50, 75 and 100,
# and puts the results side by side.  BUILD is a build folder, RESULT a picture
# file.  Needs ImageMagick.
set -eu

build=$1 result=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for picture in content style; do
  "$build/tests/demo/demo-pictures" $picture 240 180 "$scratch/$picture.ppm"
  convert "$scratch/$picture.ppm" -quality 97 "$scratch/$picture.jpg"
done

set --
for strength in 0 25 50 75 100; do
  "$build/plugin/pastiche" --content "$scratch/content.jpg" \
    --style "$scratch/style.jpg" --strength $strength \
    --output "$scratch/$strength.png"
  set -- "$@" "$scratch/$strength.png"
done
convert "$@" -bordercolor white -border 4x0 +append -shave 4x0 \
  -quality 90 "$result"
