#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install-packages.sh [PURPOSE] [--list]: the Debian packages we need
#
#   build       what building the plug-in and running the demo takes (default)
#   tests       that, and what the tests of run.sh use
#   long-tests  that, and what those of "run.sh long" use
#   sanitize    what tests use, and sanitize.sh and fuzz.sh
#   aarch64     what tests use, and aarch64.sh
#   packages    what build takes, and plugin/packages/debian.sh and folder.sh
#   arm64       what debian.sh takes to build for arm64
#   bare        GIMP, where tests/packages tries packages
#   --list      print the names and install nothing
#
# Installs what is missing with apt-get, as root or through sudo.  Says nothing
# and uses no network when nothing is missing.  Debian 12 has GIMP 2.10, later
# releases have GIMP 3.  Exit status: 0 all is there, 1 it could not be had.
set -eu

purpose=build
list=no
for argument in "$@"; do
  case $argument in
    build|tests|long-tests|sanitize|aarch64|packages|arm64|bare)
      purpose=$argument ;;
    --list) list=yes ;;
    *) echo "usage: install-packages.sh [PURPOSE] [--list]" >&2
       exit 1 ;;
  esac
done

release=$(. /etc/os-release; echo "${VERSION_ID:-99}")
packages="gimp libgegl-dev libvips-dev libjson-glib-dev libopenblas-dev
          libarchive-dev gcc libc6-dev pkg-config meson ninja-build gettext"
case $release in
  12) packages="$packages libgimp2.0-dev" ;;
  # libheif has its decoders and encoders in packages of their own there.
  *)  packages="$packages libgimp-3.0-dev libheif-plugin-libde265
                libheif-plugin-x265 libheif-plugin-aomdec libheif-plugin-aomenc"
      ;;
esac
case $purpose in
  build)
    ;;
  packages)
    packages="$packages build-essential debhelper lintian patchelf" ;;
  bare)
    packages=gimp ;;
  arm64)
    libraries=
    for package in $packages; do
      case $package in
        *-dev) libraries="$libraries $package:arm64" ;;
      esac
    done
    packages="meson ninja-build gettext build-essential debhelper lintian
              patchelf
              crossbuild-essential-arm64 pkgconf:arm64 qemu-user$libraries" ;;
  *)
    packages="$packages curl gegl python3-pil appstream locales dbus parallel
              libopenblas0-pthread libopenblas0-openmp libopenblas0-serial
              xvfb xauth xdotool x11-utils openbox imagemagick
              clang-format"
    # The roots in which GIMP 3 is tested: tests/debian-root.sh.
    [ "$release" != 12 ] || packages="$packages debootstrap" ;;
esac
# With libclang-rt-dev clang has its sanitizers' libraries, with libc6-dbg
# valgrind the names it needs.
[ $purpose != sanitize ] ||
  packages="$packages clang libclang-rt-dev valgrind libc6-dbg"
[ $purpose != long-tests ] || packages="$packages python3-torch"
[ $purpose != aarch64 ] || packages="$packages gcc-aarch64-linux-gnu qemu-user"

if [ $list = yes ]; then
  printf '%s\n' $packages
  exit 0
fi

missing=
for package in $packages; do
  case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
    ?i*) ;;
    *)   missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing, and there is no sudo; as root, run:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

apt_get ()
{
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o Acquire::Retries=3 "$@"
}

echo "Installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt_get update &&
       apt_get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "apt-get could not install:$missing" >&2
  exit 1
fi
