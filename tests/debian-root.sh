#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# debian-root.sh RELEASE COMMAND...: runs COMMAND in a root of another Debian
#
# RELEASE is 12, which has GIMP 2.10, 13, which has GIMP 3.0, or 14 (forky,
# testing), which has GIMP 3.2.
# The root is made by the first call (two minutes, 2 GB) and kept in
#   ${XDG_CACHE_HOME:-$HOME/.cache}/pastiche/debianRELEASE
# outside the source tree; it may be deleted at any time.  When the list in
# install-packages.sh changes, the next call installs what is new.
#
# COMMAND sees the source tree, read-only, as /src, and starts there.  Builds go
# to a folder in the root, such as /var/tmp/pastiche-build.  All mounts are in a
# mount namespace of this call: nothing stays mounted, several calls may run at
# once.
#
#   tests/debian-root.sh 13 gimp-console-3.0 --version
#
# PURPOSE, one of install-packages.sh, is what is installed there, default:
# tests.  For "bare" and "arm64" it is a root of its own, named so, in which
# nothing remains of what COMMAND does.
#
# Only COMMAND writes to stdout.  Needs root or sudo, debootstrap, and for the
# first call the network; DEBIAN_MIRROR names another mirror than
# http://deb.debian.org/debian.  Exit status: that of COMMAND; 77 when there
# cannot be such a root here.
set -eu

skip ()
{
  echo "debian-root.sh: no Debian $release root: $*" >&2
  exit 77
}

release=${1:-}
case $#:$release in
  [01]:*) release= ;;
  *:12)   suite=bookworm ;;
  *:13)   suite=trixie ;;
  *:14)   suite=forky ;;
  *)      release= ;;
esac
[ -n "$release" ] ||
  { echo "usage: debian-root.sh 12|13|14 COMMAND..." >&2; exit 2; }
shift

source_tree=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
purpose=${PURPOSE:-tests}

if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || skip "neither root nor sudo"
  sudo true                  || skip "sudo was refused"
  exec sudo -- env XDG_CACHE_HOME="$cache" DEBIAN_MIRROR="$mirror" \
       PURPOSE="$purpose" \
       http_proxy="${http_proxy:-}" \
       "$source_tree/tests/debian-root.sh" "$release" "$@"
fi

case $purpose in
  bare|arm64) kind=$purpose ;;
  *)          kind=debian ;;
esac
root=$cache/pastiche/$kind$release
stamp=etc/pastiche-packages
# debootstrap has a script for each suite, all of them the same; that of Debian
# 12 knows no "forky".
scripts=/usr/share/debootstrap/scripts

# enter ROOT COMMAND...: mounts what programs expect, then COMMAND in ROOT
enter ()
{
  tree=$source_tree layer=${layer:-} \
  unshare --mount --propagation private sh -eu -c '
    root=$1
    shift
    if [ -n "$layer" ]; then
      mount -t tmpfs tmpfs "$layer"
      mkdir "$layer/upper" "$layer/work" "$layer/root"
      options=lowerdir=$root,upperdir=$layer/upper,workdir=$layer/work
      root=$layer/root
      mount -t overlay -o "$options" overlay "$root"
    fi
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for node in null zero full random urandom tty; do
      : >"$root/dev/$node"
      mount --bind "/dev/$node" "$root/dev/$node"
    done
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s fd/0 "$root/dev/stdin"
    ln -s fd/1 "$root/dev/stdout"
    ln -s fd/2 "$root/dev/stderr"
    mkdir -p "$root/dev/shm" "$root/dev/pts" "$root/src"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount --bind "$tree" "$root/src"
    mount -o remount,bind,ro "$root/src"
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      DEBIAN_FRONTEND=noninteractive TERM="${TERM:-dumb}" CI="${CI:-}" \
      ${http_proxy:+http_proxy="$http_proxy"} \
      sh -c "cd /src && exec \"\$@\"" sh "$@"
  ' enter "$@"
}

# install_packages ROOT: what is missing there; then the list, as the stamp
install_packages ()
{
  rm -f "$1/$stamp"
  [ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$1/etc/resolv.conf"
  enter "$1" sh -c 'dpkg --configure -a &&
                    tests/install-packages.sh '"$purpose"' &&
                    apt-get -q clean' >&2 &&
  wanted_packages "$1" >"$1/$stamp"
}

wanted_packages ()
{
  enter "$1" tests/install-packages.sh "$purpose" --list
}

# make_root: under another name until it is complete
make_root ()
{
  command -v debootstrap >/dev/null || skip "debootstrap is not installed"
  echo "Making a Debian $release root in $root (two minutes, once)" >&2
  unfinished=$(mktemp -d "$root.XXXXXX")
  trap 'rm -rf --one-file-system "$unfinished"' EXIT
  chmod 755 "$unfinished"
  unshare --mount --propagation private \
    debootstrap --variant=minbase "$suite" "$unfinished" "$mirror" \
    "$scripts/sid" >"$root.log" 2>&1 ||
    { tail -n 5 "$root.log" >&2; skip "debootstrap failed, see $root.log"; }
  # A list of testing's packages is valid for a week; a mirror may be behind.
  echo 'Acquire::Check-Valid-Until "false";' \
    >"$unfinished/etc/apt/apt.conf.d/99pastiche"
  [ "$purpose" != arm64 ] || enter "$unfinished" dpkg --add-architecture arm64
  install_packages "$unfinished" || skip "its packages could not be installed"
  mv "$unfinished" "$root"
  trap - EXIT
}

reason=$(unshare --mount true 2>&1) || skip "$reason"
mkdir -p "$cache/pastiche"

# One call makes or updates the root, the others wait.
exec 9>"$root.lock"
flock 9
if [ ! -d "$root" ]; then
  make_root
else
  enter "$root" true || skip "$root cannot be entered; delete it, try again"
  if [ ! -e "$root/$stamp" ] ||
     [ "$(wanted_packages "$root")" != "$(cat "$root/$stamp")" ]; then
    install_packages "$root" ||
      skip "its packages could not be updated; delete $root and try again"
  fi
fi
exec 9>&-

if [ $kind != debian ]; then
  layer=$root.changes
  mkdir -p "$layer"
fi
enter "$root" "$@"
