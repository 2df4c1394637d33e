#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh PASTICHE-MODEL CORPUS: models/fetch.sh and pastiche-model import
#
# Files that torch wrote come from a server on this machine, well and badly.
# Writes TAP.
set -u

model=$1
weights=$2   # the folder of fuzz/corpus/weights.tar
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
folder=$(mktemp -d)
outputs=$folder/out
. "$tree/tests/tap.sh"
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY

if ! command -v curl >/dev/null; then
  echo "1..0 # SKIP curl is not installed"
  exit 0
fi

# run CODE COMMAND...: whether the command exits so; its output is in out.
run ()
{
  expected=$1
  shift
  code=0
  "$@" >"$folder/out" 2>&1 </dev/null || code=$?
  [ $code -eq "$expected" ]
}

says ()
{
  grep -qF -- "$1" "$folder/out"
}

# The published names tell the hash; so do ours.
# serve FILE NETWORK: offers it as NETWORK-XXXXXXXX.pth, whose name is printed
serve ()
{
  digits=$(sha256sum "$weights/$1" | cut -c 1-8)
  cp "$weights/$1" "$folder/served/$2-$digits.pth"
  echo "$2-$digits.pth"
}

mkdir "$folder/served" "$folder/bin"
ln -s "$model" "$folder/bin/pastiche-model"
PATH=$folder/bin:$PATH
XDG_CACHE_HOME=$folder/cache
XDG_DATA_HOME=$folder/data
PASTICHE_MODELS=
LC_ALL=C.UTF-8
export PATH XDG_CACHE_HOME XDG_DATA_HOME PASTICHE_MODELS LC_ALL

stream=$(serve good-vgg19-stream vgg19)
archive=$(serve good-vgg16-archive vgg16)
evil=$(serve bad-call-system evil)
cp "$folder/served/$stream" "$folder/served/vgg19-00000000.pth"

python3 "$tree/tests/cli/fetch-server.py" "$folder/served" "$folder/port" \
  >"$folder/requests" 2>&1 &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ -e "$folder/port" ] || sleep 0.5
done
from=http://127.0.0.1:$(cat "$folder/port")

installed=$folder/data/pastiche/models
part=$folder/cache/pastiche/$stream.part

fetch ()
{
  expected=$1
  shift
  run "$expected" "$tree/models/fetch.sh" "$@"
}

no_network ()
{
  [ ! -e "$installed/vgg19.safetensors" ]
}

check "wrong usage" fetch 2 vgg20
check "before: list says what could be" run 0 pastiche-model list
check "before: and how" says "models/fetch.sh vgg19"

# ---- badly

check "no such file" fetch 1 vgg19 "$from/good/vgg19-12345678.pth"
check "no such file: said" says "(404)"
check "a name without a hash" fetch 1 vgg19 "$from/good/vgg19.pth"
check "wrong hash" fetch 1 vgg19 "$from/good/vgg19-00000000.pth"
check "wrong hash: said" says "not the file that was published"
check "a web page" fetch 1 vgg19 "$from/page/$stream"
check "a web page: said" says "web page"
check "nobody there" fetch 1 vgg19 "http://127.0.0.1:9/$stream"
check "nothing of these stays" [ -z "$(ls "$folder/cache/pastiche")" ]

full_disk ()
{
  (trap '' XFSZ; ulimit -f 4; fetch 1 vgg19 "$from/good/$stream")
}
check "no room for the download" full_disk
check "no room: said" says "not enough space"
rm -f "$part"

check "a file that would call something" fetch 1 vgg19 "$from/good/$evil"
check "it is said what" says "posix.system"
check "and not done" [ ! -e executed ]
rm -f "$folder/cache/pastiche/$evil.part"
check "no network came of all that" no_network

# ---- well

check "cut off" fetch 1 vgg19 "$from/cut/$stream"
check "cut off: said" says "again to resume"
check "cut off: a part is there" [ -s "$part" ]
check "the rest" fetch 0 vgg19 "$from/cut/$stream"
check "the rest alone was asked for" \
  grep -q "/cut/$stream.* bytes=[1-9]" "$folder/requests"
check "the network is there" [ -s "$installed/vgg19.safetensors" ]
check "the download is not" [ ! -e "$part" ]

head -c 3000 "$folder/served/$stream" >"$part"
check "a server that cannot go on" fetch 0 vgg19 "$from/plain/$stream"
cp "$folder/served/$stream" "$part"
check "all was there already" fetch 0 vgg19 "$from/good/$stream"
check "an archive" fetch 0 vgg16 "$from/good/$archive"

# ---- pastiche-model

check "list" run 0 pastiche-model list
check "list says where" says "$installed/vgg16.safetensors"
check "show" run 0 pastiche-model show vgg19
check "show says the layers" says "conv5_1"
check "show says the taps" says "relu4_2"
check "verify" run 0 pastiche-model verify vgg19
check "verify says the hash" says "SHA-256"
check "not installed" run 1 pastiche-model show alexnet
check "not installed: where it was looked for" says "$installed"
check "not installed: what there is" says "vgg16, vgg19"

# The last byte is of a bias; another value is as good to the engine.
cp "$installed/vgg19.safetensors" "$folder/spoilt.safetensors"
size=$(wc -c <"$folder/spoilt.safetensors")
printf '\070' | dd of="$folder/spoilt.safetensors" bs=1 seek=$((size - 1)) \
  conv=notrunc 2>/dev/null
check "damaged" run 1 pastiche-model verify "$folder/spoilt.safetensors"
check "damaged: said" says "is damaged"

check "no command" run 2 pastiche-model
check "unknown command" run 2 pastiche-model export vgg19
check "import without a place" run 2 pastiche-model import \
  "$folder/served/$stream"
check "no such weights" run 1 pastiche-model import nowhere -o x.safetensors
check "--help" run 0 pastiche-model --help

# ---- the input, and files of other kinds

import ()
{
  expected=$1
  shift
  run "$expected" pastiche-model import "$@" -o "$folder/x.safetensors"
}

one_line ()
{
  [ "$(wc -l <"$folder/out")" -eq 1 ]
}

check "an assumed input" import 0 "$weights/good-vgg19-within-state_dict"
check "an assumed input: said" says "torchvision; --caffe changes"
check "an assumed input: in one line" one_line
check "Gatys' names" import 0 "$weights/good-caffe-vgg19-blocks"
check "Gatys' names: said" says "Caffe, as the names"
check "a chosen input" import 0 --caffe-rgb "$weights/good-vgg19-archive"
check "a chosen input: nothing is said" [ ! -s "$folder/out" ]
check "two inputs" import 2 --caffe --torchvision "$weights/good-vgg19-archive"
check "a model is not imported" import 1 "$installed/vgg19.safetensors"
check "a model is not imported: said" says "already"

# Where the model goes is looked at first.
into ()
{
  run "$1" pastiche-model import "$2" -o "$folder/$3"
}

echo old >"$folder/old.safetensors"
ln -s old.safetensors "$folder/link.safetensors"
mkfifo "$folder/pipe"
check "through a link" into 0 "$weights/good-vgg16-archive" link.safetensors
check "through a link: it stays" [ -L "$folder/link.safetensors" ]
check "through a link: its file is replaced" \
  run 0 pastiche-model verify "$folder/old.safetensors"
check "onto a pipe" into 1 nowhere pipe
check "onto a pipe: said" says 'pipe" cannot be written: it is not a regular'
check "onto a pipe: it stays" [ -p "$folder/pipe" ]
check "into no folder" into 1 nowhere no/x.safetensors
check "into no folder: said" says 'no/x.safetensors" cannot be written'
check "onto a folder" into 1 nowhere served
check "onto a folder: said" says 'served" cannot be written'

cp "$weights/bad-foreign-lfs" "$folder/lfs.safetensors"
cp "$weights/good-vgg19-stream" "$folder/vgg19.pth"
for command in import show verify; do
  set -- "$command" "$folder/lfs.safetensors"
  [ "$command" != import ] || set -- "$@" -o "$folder/x.safetensors"
  check "$command: a pointer" run 1 pastiche-model "$@"
  check "$command: a pointer: said" says "git lfs pull"
done
truncate -s 1500M "$folder/large.safetensors"
check "a large model" run 1 pastiche-model show "$folder/large.safetensors"
check "a large model: said" says "larger than 1024 MB"
truncate -s 4G "$folder/large.safetensors"
check "a large checkpoint" import 1 "$folder/large.safetensors"
check "a large checkpoint: said" says "larger than 3072 MB"
check "a folder" import 1 "$folder"
check "a folder: said" says "is not a file"

cd "$folder" || exit 1
check "weights instead of a model" run 1 pastiche-model show vgg19.pth
check "weights instead of a model: said" says "pastiche-model import"

no_room_for_network ()
{
  (trap '' XFSZ; ulimit -f 4
   run 1 pastiche-model import "$folder/served/$stream" \
     -o "$folder/small.safetensors")
}
check "no room for the network" no_room_for_network
check "no room for the network: nothing stays" \
  [ -z "$(ls "$folder" | grep small)" ]

finish
