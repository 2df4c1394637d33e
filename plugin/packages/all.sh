#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# all.sh FOLDER: makes all packages in FOLDER, and SHA256SUMS, their checksums
set -eu

folder=${1:?usage: all.sh FOLDER}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$folder"
"$here/source.sh" "$folder"
for release in 12 13 14; do
  "$here/debian.sh" $release "$folder"
  "$here/debian.sh" $release arm64 "$folder"
done
for series in 2.10 3; do
  "$here/folder.sh" $series "$folder"
done
cd "$folder"
sha256sum ./*.deb ./*.tar.[gx]z >SHA256SUMS
