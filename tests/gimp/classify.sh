#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# classify.sh GIMP-CONSOLE PLUG-IN PICTURES PASTICHE-MODEL EXAMPLE
#
# Trains a head on pictures of two kinds, and runs classify.scm, and in it the
# README's EXAMPLE, in a folder with the files that the example names.  There is
# a style for one of the two labels only, so the right one has to be found.
# Writes TAP.
set -eu

console=$1 plug_in=$2 pictures=$(realpath "$3")
pastiche_model=$(realpath "$4") example=$(realpath "$5")
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

for program in "$console" convert; do
  if ! command -v "$program" >/dev/null; then
    echo "1..0 # SKIP $program is not installed"
    exit 0
  fi
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mkdir -p classes/scene classes/pattern styles
for size in 24 28 32 36 40 44; do
  "$pictures" content $((size + 16)) $size picture.ppm
  convert picture.ppm classes/scene/$size.png
  "$pictures" style $((size + 8)) $size picture.ppm
  convert picture.ppm classes/pattern/$size.png
done
convert classes/scene/32.png photo.jpg
convert classes/pattern/32.png styles/scene.jpg
"$pastiche_model" train-head --images classes -o head.safetensors >train.log
cp "$example" example.scm

"$here/headless.sh" "$console" "$plug_in" "$pictures" "$here/classify.scm" \
  "$folder"
