#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# source.sh FOLDER: makes the archive of the sources, FOLDER/pastiche-*.tar.xz
#
# Of what is committed (meson dist), the network included.  The archive is then
# unpacked, built without GIMP, and has to pass its quick tests.  Needs what
# tests/install-packages.sh tests installs, and git.  Exit status: 0 if the
# archive is in FOLDER.
set -eu

folder=${1:?usage: source.sh FOLDER}
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

meson setup "$scratch/dist" "$tree" -Dgimp=none
meson dist -C "$scratch/dist" --no-tests --formats xztar
cd "$scratch"
tar -xf dist/meson-dist/pastiche-*.tar.xz
meson setup build pastiche-* -Dgimp=none
meson compile -C build
meson test -C build --no-rebuild --print-errorlogs --suite quick \
  --timeout-multiplier 10
cp dist/meson-dist/pastiche-*.tar.xz "$folder"
