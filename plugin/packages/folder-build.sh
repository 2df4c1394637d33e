#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# folder-build.sh SERIES: what folder.sh runs in the root
#
# Writes an archive that contains the archive to stdout, all messages to stderr.
set -eu

series=$1
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$tree/plugin/packages/release-field.sh"
scratch=$(mktemp -d /var/tmp/pastiche-folder.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
exec 3>&1 >&2

# OpenBLAS from its static library, whose symbols no other library sees: GEGL
# may have an OpenBLAS of its own.
triplet=$(gcc -print-multiarch)
blas=openblas-pthread
mkdir "$scratch/pkgconfig"
cat >"$scratch/pkgconfig/openblas.pc" <<END
Name: openblas
Description: OpenBLAS, static
Version: 0
Cflags: -I/usr/include/$triplet/$blas
Libs: -Wl,--exclude-libs,libopenblas.a /usr/lib/$triplet/$blas/libopenblas.a -lm
END
export PKG_CONFIG_PATH="$scratch/pkgconfig"

# The tests show that the static library computes what it should.
meson setup "$scratch/build" "$tree" -Dgimp="$series" -Dplugindir=/plug-ins
meson test -C "$scratch/build" --print-errorlogs --timeout-multiplier 10 \
  blas conv golden
meson compile -C "$scratch/build" "gimp-$series-plug-in"

cd "$scratch"
cp -R "build/plugin/gimp/gimp-$series/pastiche" .
strip pastiche/pastiche
mkdir pastiche/licenses
cp "$tree/COPYING" pastiche/licenses/
cp "/usr/share/doc/libopenblas0-pthread/copyright" \
  pastiche/licenses/OpenBLAS.txt
chmod -R u=rwX,go=rX pastiche

archive=pastiche-$(release_field "$tree" version)-gimp-$series-linux-x86_64
tar -c --sort=name --mtime="$(release_field "$tree" date)" --owner=0 --group=0 \
  --numeric-owner pastiche | gzip -9n >"$archive.tar.gz"
tar -c "$archive.tar.gz" >&3
