#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# folder.sh 2.10|3 FOLDER: makes an archive of the plug-in for any Linux
#
#   FOLDER/pastiche-VERSION-gimp-SERIES-linux-x86_64.tar.gz
#
# To be unpacked into GIMP's plug-ins folder.  OpenBLAS is part of the program;
# what else it needs is in GIMP's own process.  It is built in a Debian root
# (tests/debian-root.sh), the older the better, because the C library of the
# user has to be as new as that: Debian 12 has GIMP 2.10, 13 GIMP 3.
#
# Needs root or sudo, debootstrap and the network.  Exit status: 0 if the
# archive is in FOLDER.
set -eu

case $#:${1:-} in
  2:2.10) release=12 ;;
  2:3)    release=13 ;;
  *) echo "usage: folder.sh 2.10|3 FOLDER" >&2; exit 2 ;;
esac
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$2"
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
PURPOSE=packages "$here/../../tests/debian-root.sh" $release \
  plugin/packages/folder-build.sh "$1" >"$archive"
tar -xvf "$archive" -C "$2"
