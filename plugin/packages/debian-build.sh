#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# debian-build.sh RELEASE ARCHITECTURE: what debian.sh runs in the root
#
# Builds a copy of the source tree.  Writes an archive of the packages to
# stdout, and all messages to stderr.
set -eu

release=$1 architecture=$2
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$tree/plugin/packages/release-field.sh"
scratch=$(mktemp -d /var/tmp/pastiche-packages.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
exec 3>&1 >&2

case $release in
  12) suite=bookworm ;;
  13) suite=trixie ;;
  14) suite=forky ;;
esac
date=$(LC_ALL=C date -R -u -d "$(release_field "$tree" date)")
mkdir "$scratch/pastiche"
cd "$scratch/pastiche"
tar -c -C "$tree" --exclude=./.git --exclude='./build*' . | tar -x
cp -R plugin/packages/debian .
sed -e "s/@VERSION@/$(release_field "$tree" version)-1~deb${release}u1/" \
    -e "s/@SUITE@/$suite/" \
    -e "s/@DATE@/$date/" \
    debian/changelog.in >debian/changelog
rm debian/changelog.in

DEB_BUILD_OPTIONS="noautodbgsym parallel=$(nproc)" \
  dpkg-buildpackage -b -us -uc --host-arch "$architecture"
cd ..
lintian --fail-on error ./*.changes
tar -c ./*.deb >&3
