#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install.sh FOLDER PLUG-INS: copies the assembled plug-in FOLDER into PLUG-INS
#
# Called by "meson install"; honours DESTDIR.  What an older version has left is
# taken away first.
set -eu

target=${DESTDIR:-}$2/pastiche
echo "Installing $1 to $target"
rm -rf "$target"
mkdir -p "$target"
cp -R "$1/." "$target"
find "$target" -type d -exec chmod 755 {} +
find "$target" -type f -exec chmod 644 {} +
chmod 755 "$target/pastiche"
