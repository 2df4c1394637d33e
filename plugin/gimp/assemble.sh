#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# assemble.sh FOLDER STAMP PROGRAM NETWORK ICON [STYLE.jpg|TRANSLATION...]
#
# Puts a GIMP plug-in together in FOLDER, which is replaced.  A TRANSLATION is
# .../LANGUAGE/LC_MESSAGES/pastiche.mo.  STAMP is touched at the end.
set -eu

folder=$1 stamp=$2 program=$3 network=$4 icon=$5
shift 5

rm -rf "$folder"
mkdir -p "$folder/models" "$folder/styles"
cp "$program" "$folder/pastiche"
cp "$network" "$folder/models/"
cp "$icon" "$folder/"
for file; do
  case $file in
    *.jpg)
      cp "$file" "$folder/styles/" ;;
    *)
      messages=$(dirname "$file")
      language=$(basename "$(dirname "$messages")")
      mkdir -p "$folder/locale/$language/LC_MESSAGES"
      cp "$file" "$folder/locale/$language/LC_MESSAGES/" ;;
  esac
done
touch "$stamp"
