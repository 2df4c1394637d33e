#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# debian.sh 12|13|14 [arm64] FOLDER: makes Debian packages in FOLDER
#
#   gimp-pastiche_VERSION_amd64.deb   the plug-in of that Debian's GIMP
#   pastiche_VERSION_amd64.deb        pastiche and pastiche-model
#
# They are built in a root of that Debian (tests/debian-root.sh), with arm64 by
# a cross compiler; an error of lintian is a failure.  VERSION ends in ~debNu1,
# so that an upgrade of Debian upgrades them.
#
# Needs root or sudo, debootstrap and the network.  Exit status: 0 if the
# packages are in FOLDER.
set -eu

architecture=amd64
[ $# -ne 3 ] || [ "$2" != arm64 ] || architecture=arm64
case $#:$architecture:${1:-} in
  2:amd64:1[234]|3:arm64:1[234]) release=$1 ;;
  *) echo "usage: debian.sh 12|13|14 [arm64] FOLDER" >&2; exit 2 ;;
esac
shift $(($# - 1))
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
purpose=packages
[ $architecture = amd64 ] || purpose=arm64

mkdir -p "$1"
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
PURPOSE=$purpose "$here/../../tests/debian-root.sh" "$release" \
  plugin/packages/debian-build.sh "$release" $architecture >"$archive"
tar -xvf "$archive" -C "$1"
