#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# aarch64.sh short|long [PROCESSOR...]: tests on an emulated aarch64
#
#   max          QEMU's best: half precision, SVE
#   cortex-a72   ARMv8.0: what every aarch64 has
#
# long: with max the suites kernels, threads, torch and cli, with others
# kernels; hours.  short, of continuous integration: with max some of each, with
# others the innermost loops; five minutes.  The programs are built in one
# folder, which is kept, with Meson's logs in meson-logs/PROCESSOR.json.
#
#   BUILD=folder   prefix of the folder's name, default: build in the tree
#   CI=true        warnings are errors
#
# Emulated, arithmetic takes a hundred times as long.  So the command line is
# tested with a network of an eighth of the channels (slim-network.py), and
# cli/limits.sh leaves out what needs a larger one.
#
# The libraries are Debian 12's of arm64, unpacked and not installed, in
#   ${XDG_CACHE_HOME:-$HOME/.cache}/pastiche/aarch64
# outside the source tree; it may be deleted at any time.  The first call makes
# it (half a minute, 0.5 GB), as does one for which the list below has changed.
# DEBIAN_MIRROR names another mirror than http://deb.debian.org/debian.
#
# Installs what is missing.  Exit status: 0 if all passed.
set -eu

cd "$(dirname -- "$0")/.."
usage="usage: aarch64.sh short|long [PROCESSOR...]"
form=${1:?$usage}
shift
case $form in
  short|long) ;;
  *) echo "$usage" >&2; exit 2 ;;
esac
[ $# -gt 0 ] || set -- max cortex-a72

packages="libc6-dev libglib2.0-dev libjson-glib-dev libgegl-dev libvips-dev
          libarchive-dev libgdk-pixbuf-2.0-dev libopenblas-dev
          libopenblas0-pthread libopenblas0-openmp libopenblas0-serial"
werror=false
[ -z "${CI:-}" ] || werror=true
mkdir -p "${BUILD:-build}-aarch64"
folder=$(CDPATH='' cd -- "${BUILD:-build}-aarch64" && pwd)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/pastiche
root=$cache/aarch64
stamp=pastiche-packages
triplet=aarch64-linux-gnu
export QEMU_LD_PREFIX="$root"   # where QEMU finds files, before it looks here

# apt_get FOLDER ARGUMENT...: apt-get for arm64, which keeps all it knows in
# FOLDER, and thinks that nothing is installed
apt_get ()
{
  APT_CONFIG=$1/apt.conf
  export APT_CONFIG
  mkdir -p "$1/lists/partial" "$1/archives/partial"
  : >"$1/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
    "$mirror bookworm main" >"$1/sources.list"
  cat >"$1/apt.conf" <<END
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "$1";
Dir::State::status "$1/status";
Dir::Cache "$1";
Dir::Etc "$1";
END
  shift
  apt-get -q -y "$@"
}

# make_root: under another name until it is complete
make_root ()
{
  echo "Making $root" >&2
  unfinished=$(mktemp -d "$root.XXXXXX")
  trap 'rm -rf "$unfinished"' EXIT
  apt=$unfinished/apt
  mkdir -p "$apt"
  for name in bin lib sbin; do
    mkdir -p "$unfinished/usr/$name"
    ln -s usr/$name "$unfinished"
  done
  if ! { apt_get "$apt" update &&
         apt_get "$apt" install --download-only $packages; } \
       >"$root.log" 2>&1; then
    tail -n 5 "$root.log" >&2
    echo "No packages for arm64, see $root.log" >&2
    exit 1
  fi
  for package in "$apt"/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
      tar -x -C "$unfinished" --keep-directory-symlink
  done
  rm -r "$apt"

  # What dpkg's alternatives would do, and links that lead out of here.
  for name in libopenblas.so.0 libblas.so.3 liblapack.so.3; do
    ln -s openblas-pthread/$name "$unfinished/usr/lib/$triplet"
  done
  find "$unfinished/usr/lib/$triplet" -lname '/*' | while read -r link; do
    ln -sfnr "$unfinished$(readlink "$link")" "$link"
  done

  echo $packages >"$unfinished/$stamp"
  rm -rf "$root"
  mv "$unfinished" "$root"
  trap - EXIT
}

# configure: the build folder
configure ()
{
  cat >"$root/cross.ini" <<END
[binaries]
c = ['$triplet-gcc', '--sysroot=$root']
ar = '$triplet-ar'
strip = '$triplet-strip'
pkgconfig = 'pkg-config'
exe_wrapper = 'qemu-aarch64'

[properties]
needs_exe_wrapper = true
sys_root = '$root'
pkg_config_libdir = ['$root/usr/lib/$triplet/openblas-pthread/pkgconfig',
                     '$root/usr/lib/$triplet/pkgconfig',
                     '$root/usr/share/pkgconfig']

[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'aarch64'
endian = 'little'
END
  if [ -e "$folder/build.ninja" ]; then
    meson configure "$folder" -Dwerror=$werror
  else
    meson setup "$folder" --cross-file "$root/cross.ini" -Dgimp=none \
      -Dwerror=$werror
  fi
}

# run_tests PROCESSOR
run_tests ()
{
  processor=$1
  case $form-$processor in
    short-max) set -- conv conv-bf16 conv-strided bf16 losses lbfgs-history \
                 lbfgs-direction golden cli-options fetch ;;
    short-*)   set -- conv ;;
    long-max)  set -- --suite kernels --suite threads --suite torch \
                 --suite cli ;;
    long-*)    set -- --suite kernels ;;
  esac
  status=0
  rm -f "$folder/meson-logs/testlog.json" "$folder/meson-logs/$processor.json"
  QEMU_CPU=$processor PASTICHE_MODELS=$folder/slim \
    meson test -C "$folder" --no-rebuild --print-errorlogs \
      --timeout-multiplier 40 "$@" || status=1
  mv "$folder/meson-logs/testlog.json" "$folder/meson-logs/$processor.json"
  return $status
}

./tests/install-packages.sh aarch64
mkdir -p "$cache"

# One call makes the root, the others wait.
exec 9>"$root.lock"
flock 9
[ "$(cat "$root/$stamp" 2>/dev/null)" = "$(echo $packages)" ] || make_root
exec 9>&-

configure
meson compile -C "$folder"
mkdir -p "$folder/slim"
./tests/slim-network.py models/compact.safetensors \
  "$folder/slim/compact.safetensors"
failed=0
for processor; do
  echo "== $processor"
  run_tests "$processor" || failed=1
done
exit $failed
