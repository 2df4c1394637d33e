#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh NETWORK [ADDRESS]: downloads the weights of a network, imports them,
# and installs the model for this user
#
#   models/fetch.sh vgg19        575 MB, of which 26 MB are kept
#   models/fetch.sh vgg16        553 MB, of which 20 MB are kept
#   models/fetch.sh resnet50     103 MB, of which 47 MB are kept
#
# ADDRESS is another place to download from; it must end in -XXXXXXXX.pth, where
# the eight digits are the first of the file's SHA-256, as in the publishers'
# names.  An interrupted download resumes.
#
#   ${XDG_CACHE_HOME:-~/.cache}/pastiche/         downloads, deleted at the end
#   ${XDG_DATA_HOME:-~/.local/share}/pastiche/models/     the model
#
# Needs curl, and pastiche-model in PATH or in the build folder.  Exit status: 0
# done, 1 it failed, 2 wrong usage.
set -eu

fail ()
{
  echo "fetch.sh: $*" >&2
  exit 1
}

publisher=https://download.pytorch.org/models
case ${1:-} in
  vgg19) address=$publisher/vgg19-dcbb9e9d.pth ;;
  vgg16) address=$publisher/vgg16-397923af.pth ;;
  resnet50) address=$publisher/resnet50-0676ba61.pth ;;
  *) echo "usage: fetch.sh vgg19|vgg16|resnet50 [ADDRESS]" >&2; exit 2 ;;
esac
network=$1
address=${2:-$address}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
import=$(command -v pastiche-model ||
         echo "$here/../build/plugin/pastiche-model")
[ -x "$import" ] || fail "pastiche-model was not found; build the project first"
command -v curl >/dev/null || fail "curl is not installed"

file=${address##*/}
digits=$(echo "$file" | sed -n 's/.*-\([0-9a-f]\{8\}\)\.pth$/\1/p')
[ "$digits" ] || fail "the name \"$file\" does not contain the file's SHA-256"
downloads=${XDG_CACHE_HOME:-$HOME/.cache}/pastiche
models=${XDG_DATA_HOME:-$HOME/.local/share}/pastiche/models
mkdir -p "$downloads" "$models"
part=$downloads/$file.part

# download: to $part, resuming; sets status, and answer, the HTTP status
download ()
{
  status=0
  bar=--silent
  [ ! -t 2 ] || bar=--progress-bar
  answer=$(curl --fail --location --show-error $bar --connect-timeout 30 \
                --speed-limit 1 --speed-time 60 --continue-at - \
                --output "$part" --write-out '%{http_code}' "$address") ||
    status=$?
}

echo "Getting $address"
download
if [ $status -eq 33 ]; then
  # The server cannot resume downloads.
  rm -f "$part"
  download
fi
case $status in
  0) ;;
  22) # Range not satisfiable: nothing is left to get.
      [ "$answer" = 416 ] || fail "the server has no \"$file\" ($answer)" ;;
  23) fail "there is not enough space for the download in $downloads" ;;
  *) fail "the download was interrupted; run the command again to resume it" ;;
esac

if [ "$(head -c 1 "$part" 2>/dev/null)" = "<" ]; then
  rm -f "$part"
  fail "the server sent a web page instead of \"$file\""
fi
found=$(sha256sum "$part" | cut -c 1-8)
if [ "$found" != "$digits" ]; then
  rm -f "$part"
  fail "\"$file\" is not the file that was published: its SHA-256 begins with" \
       "$found, not $digits; it was deleted"
fi

"$import" import "$part" -o "$models/$network.safetensors" ||
  fail "the download was kept: $part"
rm -f "$part"
echo "Installed $models/$network.safetensors"
