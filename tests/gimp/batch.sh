#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# batch.sh GIMP-CONSOLE PLUG-IN PICTURES
#
# Lets GIMP repaint a folder of 100 pictures, with batch.scm; three of them are
# broken.  Equal pictures have to come out equal.  Writes TAP.
set -eu

console=$1 plug_in=$2 pictures=$3
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
outputs=
. "$here/../tap.sh"

batch=$(mktemp -d)
trap 'rm -rf "$batch"' EXIT
mkdir "$batch/photos" "$batch/paintings"
for height in 192 200 208 216; do
  "$pictures" content 256 $height "$batch/$height.ppm"
done
for i in $(seq 101 197); do
  cp "$batch/$((192 + i % 4 * 8)).ppm" "$batch/photos/$i.ppm"
done
# Broken at several places of the batch; batch.scm makes one that the plug-in
# refuses of refused.ppm.
echo "Not a picture" >"$batch/photos/120-text.ppm"
head -c 5 "$batch/192.ppm" >"$batch/photos/150-cut.ppm"
cp "$batch/192.ppm" "$batch/refused.ppm"

TIME_LIMIT=2400 "$here/headless.sh" "$console" "$plug_in" "$pictures" \
  "$here/batch.scm" "$batch" >"$batch/tap" || { cat "$batch/tap"; exit 1; }
if grep -q '^1\.\.0' "$batch/tap"; then
  cat "$batch/tap"
  exit 0
fi
# The plan comes at the end of this.
sed '/^1\.\./d' "$batch/tap"
n=$(sed -n 's/^1\.\.//p' "$batch/tap")

# different FOLDER: how many different pictures there are
different ()
{
  md5sum "$batch/$1"/1[0-9][0-9].ppm | cut -d ' ' -f 1 | sort -u | wc -l
}

check "there are 97 results" \
  test "$(ls "$batch/paintings" | wc -l)" -eq 97
check "there are as many different ones as there were pictures" \
  test "$(different paintings)" -eq "$(different photos)"
finish
