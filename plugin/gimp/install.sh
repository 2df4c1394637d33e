#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install.sh FOLDER PLUG-INS: copies the assembled plug-in FOLDER into PLUG-INS
#
# Called by "meson install"; honors DESTDIR.  The program and the translations
# of an older version are taken away first; networks that the user has put into
# "models" stay.
set -eu

target=${DESTDIR:-}$2/pastiche
echo "Installing $1 to $target"
rm -rf "$target/pastiche" "$target/locale"
mkdir -p "$target"
cp -R "$1/." "$target"
find "$target" -type d -exec chmod 755 {} +
find "$target" -type f -exec chmod 644 {} +
chmod 755 "$target/pastiche"
