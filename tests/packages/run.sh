#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh FOLDER: tries the packages in FOLDER, as plugin/packages made them
#
# In roots that have nothing but Debian's minimum and GIMP: each is installed,
# paints a picture in a style that it brings, and is removed, after which the
# root has to be as it was before (in-root.sh).  Packages for arm64 run in QEMU,
# the command line alone.  The pictures are left in FOLDER/pictures.
#
# Not part of the other tests: the roots take minutes and the network.  Writes
# TAP; needs root or sudo, debootstrap and ImageMagick.
set -eu

folder=$(CDPATH='' cd -- "${1:?usage: run.sh FOLDER}" && pwd)
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
outputs=
. "$here/../tap.sh"

# size PICTURE
size ()
{
  identify -format '%wx%h' "$1"
}

same_size ()
{
  [ "$(size "$1")" = "$(size "$2")" ]
}

# differs A B: by more than a mean of 2 %
differs ()
{
  error=$(compare -metric MAE "$1" "$2" null: 2>&1 | sed 's/.*(\(.*\))/\1/')
  awk -v error="$error" 'BEGIN { exit ! (error + 0 > 0.02) }'
}

# accepted LOG: GIMP did not complain of what the plug-in has told it
accepted ()
{
  ! grep -q '^gimp_plug_in' "$1"
}

left_nothing ()
{
  [ -e "$1" ] && [ ! -s "$1" ]
}

# try_in RELEASE PURPOSE FILES WHAT SIZE: in a root, as in-root.sh describes,
# with a photo of that size: a part of the picture in the README
try_in ()
{
  title="$4 on Debian $1"
  pictures=$folder/pictures/$4-$1
  rm -rf "$pictures"
  mkdir -p "$pictures"
  outputs="$pictures/log"
  convert "$here/../../plugin/data/pictures/demo.jpg" -crop "$5+0+0" +repage \
    "$pictures/photo.png"
  tar -c -C "$folder" $3 -C "$pictures" photo.png >"$pictures/in.tar"
  PURPOSE=$2 "$here/../debian-root.sh" "$1" \
    tests/packages/in-root.sh "$4" $3 \
    <"$pictures/in.tar" 2>"$pictures/log" >"$pictures/out.tar" || true
  tar -xf "$pictures/out.tar" -C "$pictures" || true
  rm "$pictures"/*.tar
  check "$title is installed" grep -q '^installed' "$pictures/report"
  check "$title paints" test -s "$pictures/painting.png"
  check "$title: of the same size" \
    same_size "$pictures/photo.png" "$pictures/painting.png"
  check "$title: another picture" \
    differs "$pictures/photo.png" "$pictures/painting.png"
  check "$title: GIMP does not complain" accepted "$pictures/log"
  check "$title is removed" grep -q '^removed' "$pictures/report"
  check "$title left nothing" left_nothing "$pictures/left"
  sed 's/^/# /' "$pictures/report" "$pictures/left" || true
}

cd "$folder"
for release in 12 13 14; do
  for what in gimp-pastiche pastiche; do
    for file in "${what}_"*~deb${release}u1_amd64.deb; do
      [ ! -e "$file" ] || try_in $release bare "$file" $what 320x240
    done
  done
  for file in pastiche_*~deb${release}u1_arm64.deb; do
    [ ! -e "$file" ] ||
      try_in $release arm64 "$file gimp-$file" arm64 64x48
  done
done
for file in pastiche-*-gimp-*-linux-x86_64.tar.gz; do
  case $file in
    *-gimp-2.10-*) try_in 12 bare "$file" folder 320x240 ;;
    *-gimp-3-*)    try_in 13 bare "$file" folder 320x240
                   try_in 14 bare "$file" folder 320x240 ;;
  esac
done
finish
