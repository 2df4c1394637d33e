#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# paint.sh BUILD [NAME...]: paints the style pictures again, all or those named
#
# Replaces the JPEG files in plugin/data/styles.  BUILD is a build folder.
# Needs ImageMagick.
set -eu

styles=$(dirname -- "$0")/../../plugin/data/styles
build=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ $# -eq 0 ]; then
  for picture in "$styles"/*.jpg; do
    set -- "$@" "$(basename "$picture" .jpg)"
  done
fi
for name; do
  "$build/tests/painter/paint-style" "$name" 800 "$scratch/painted.ppm"
  convert "$scratch/painted.ppm" -sampling-factor 4:2:0 -quality 82 \
          -strip "$styles/$name.jpg"
done
