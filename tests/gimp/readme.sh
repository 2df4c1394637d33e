#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# readme.sh GIMP-CONSOLE PLUG-IN PICTURES EXAMPLE
#
# Runs an example of the README for this GIMP, with pictures of the names in
# it, and looks at what it saved.  In a folder there are broken ones too.
# Writes TAP.
set -eu

console=$1 plug_in=$2 pictures=$(realpath "$3") example=$(realpath "$4")
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

for program in "$console" convert; do
  if ! command -v "$program" >/dev/null; then
    echo "1..0 # SKIP $program is not installed"
    exit 0
  fi
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. "$here/../gimp-batch.sh"
. "$here/profile.sh"
outputs=log
. "$here/../tap.sh"
make_profile "$scratch" "$plug_in" "$console"

cd "$scratch"
for picture in content style; do
  "$pictures" $picture 48 32 $picture.ppm
done
convert content.ppm photo.jpg
convert style.ppm style.jpg
convert style.ppm -rotate 90 other.jpg
convert style.ppm -negate third.jpg
mkdir photos paintings
cp photo.jpg photos/one.jpg
convert photo.jpg -flop photos/two.jpg
echo "Not a picture" >photos/text.jpg
head -c 300 photo.jpg >photos/cut.jpg
# The plug-in refuses this one.
convert content.ppm -colors 8 photo.gif
mv photo.gif photos/indexed.jpg
case $example in
  *-folder-*) saved="one two" broken="text cut indexed" ;;
  *)          saved="" broken="" ;;
esac

case $example in
  *.py) interpreter=python-fu-eval comment='#' ;;
  *)    comment=';' ;;
esac
status=0
run_batch "$console" "$(grep -v "^$comment" "$example")" >log 2>&1 ||
  status=$?
check "GIMP's exit status" test $status -eq 0

has_size ()
{
  [ "$(identify -format '%wx%h' "$1")" = "$2" ]
}

# differs A B: by more than a mean of 2 %
differs ()
{
  error=$(compare -metric MAE "$1" "$2" null: 2>&1 | sed 's/.*(\(.*\))/\1/')
  awk -v error="$error" 'BEGIN { exit ! (error > 0.02) }'
}

# check_painting PHOTO PAINTING
check_painting ()
{
  check "$2 is saved" test -s "$2"
  check "$2 has the photo's size" has_size "$2" 48x32
  check "$2 is not the photo" differs "$2" "$1"
}

for name in $saved; do
  check_painting photos/$name.jpg paintings/$name.jpg
done
for name in $broken; do
  check "$name.jpg is named" grep -q "photos/$name.jpg: skipped" log
done
[ -n "$saved" ] || check_painting photo.jpg painting.png
case $example in
  *.py)
    # What is in the region, and the rest.
    for side in West East; do
      for picture in photo.jpg painting.png; do
        convert $picture -gravity $side -crop 24x32+0+0 +repage $side-$picture
      done
      check "the half in the $side is painted" \
        differs $side-painting.png $side-photo.jpg
    done ;;
esac
finish
