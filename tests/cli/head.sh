#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# head.sh PASTICHE-MODEL HELPER: train-head and classify, from outside
#
# PASTICHE-MODEL is the program, HELPER what cli-helper.c becomes.  The labels
# are "color" and "gray pictures", of pictures that are the one or the other.
# Writes TAP.
set -u

outputs="../out ../err"
. "$(dirname -- "$0")/../tap.sh"

program=$1
helper=$2
folder=$(mktemp -d)
trap "rm -rf '$folder'" EXIT   # this one, whatever becomes of the name
mkdir "$folder/work"
# What babl remembers of the user's work makes it take a quarter of a gigabyte.
XDG_CACHE_HOME=$folder/cache
LC_ALL=C.UTF-8
export XDG_CACHE_HOME LC_ALL
cd "$folder/work" || exit 1
tab=$(printf '\t')

# exits CODE ARGUMENT...: whether the program exits so; its outputs are in
# ../out and ../err.
exits ()
{
  expected=$1
  shift
  "$program" "$@" >../out 2>../err </dev/null
  [ $? -eq "$expected" ]
}

says ()
{
  grep -qF -- "$1" ../err
}

silent ()
{
  [ ! -s ../err ]
}

absent ()
{
  [ ! -e "$1" ]
}

prints ()
{
  grep -qx -- "$1" ../out
}

mkdir -p images/color "images/gray pictures" images/.hidden
for size in 30 34 38 42 46 50; do
  "$helper" draw images/color/$size.png $size 32 "R'G'B' u8" sRGB
  "$helper" draw "images/gray pictures/$size.png" 32 $size "Y' u8" sRGB
done
"$helper" draw new-color.png 64 48 "R'G'B' u16" sRGB
"$helper" draw new-gray.png 48 64 "Y' u8" sRGB
echo "Not a picture" >images/color/list.txt

# ---- wrong usage: 2

check "train-head alone" exits 2 train-head
check "train-head alone: said" says "--images"
check "without an output" exits 2 train-head --images images
check "a stray argument" exits 2 train-head --images images -o h.safetensors x
check "an unknown option" exits 2 train-head --images images --epochs 3
check "a seed below 0" exits 2 train-head --images images -o h --seed -1
check "classify alone" exits 2 classify
check "classify alone: said" says "--head"
check "classify no picture" exits 2 classify --head h.safetensors

# ---- failures: 1

check "no such folder" exits 1 train-head --images nothing -o h.safetensors
check "no such folder: said" says "nothing"
check "no such network" exits 1 train-head --images images -o h.safetensors \
  --model nowhere
check "no such network: said" says '"nowhere"'
check "no such layer" exits 1 train-head --images images -o h.safetensors \
  --layer relu9_9
check "no such layer: said" says "relu5_1"
check "a single label" exits 1 train-head --images . -o h.safetensors
check "a single label: said" says "the number of labels is 1"
check "no folders of labels" exits 1 train-head --images images/color \
  -o h.safetensors
check "no folders of labels: said" says "needs a folder for each label"
check "no place for the head" exits 1 train-head --images nothing \
  -o no/folder/h.safetensors
check "no place for the head: said" says "no/folder"
check "failures leave nothing" absent h.safetensors

# ---- training

check "train-head" exits 0 train-head --images images -o h.safetensors
check "what is no picture is left out" says "list.txt"
rm images/color/list.txt
check "train-head again" exits 0 train-head --images images -o again.safetensors
check "nothing else to say" silent
check "the same again" cmp -s h.safetensors again.safetensors
check "the table: labels" grep -q 'color  gray pictures$' ../out
check "the table: color" prints 'color  *[01]  *[01]'
check "the table: gray pictures" prints 'gray pictures  *[01]  *[01]'
check "another seed" exits 0 train-head --images images -o again.safetensors \
  --seed 1
check "another seed: another head" \
  sh -c '! cmp -s h.safetensors again.safetensors'
check "another layer" exits 0 train-head --images images -o again.safetensors \
  --layer relu1_1

# ---- classifying

check "classify" exits 0 classify --head h.safetensors \
  new-color.png new-gray.png
check "nothing else is said" silent
check "color" prints "new-color.png${tab}color${tab}[01][.][0-9]*"
check "gray pictures" \
  prints "new-gray.png${tab}gray pictures${tab}[01][.][0-9]*"
check "a line for each" [ "$(wc -l <../out)" -eq 2 ]
cp ../out ../short
check "--all" exits 0 classify --all --head h.safetensors new-color.png
check "--all: the likeliest first" \
  [ "$(head -n 1 ../out)" = "$(head -n 1 ../short)" ]
check "--all: a line for each label" [ "$(wc -l <../out)" -eq 2 ]
check "--all: the sum" \
  awk -F'\t' '{ sum += $3 } END { exit ! (sum > 0.999 && sum < 1.001) }' ../out

for command in --help list "show compact" "verify compact" \
  "classify --head h.safetensors new-color.png"; do
  # shellcheck disable=SC2086
  "$program" $command >/dev/full 2>../err
  check "$command to a full disk" [ $? -eq 1 ]
  check "$command to a full disk: said" [ "$(cat ../err)" = \
    "pastiche-model: The standard output could not be written." ]
done
check "one picture is missing" exits 1 classify --head h.safetensors \
  new-gray.png missing.png new-color.png
check "one is missing: said" says "missing.png"
check "one is missing: the others" cmp -s ../out - <<END
$(sed -n 2p ../short)
$(sed -n 1p ../short)
END
check "no such head" exits 1 classify --head nothing.safetensors new-gray.png
check "no such head: said" says "nothing.safetensors"
check "a picture as head" exits 1 classify --head new-gray.png new-gray.png
check "a picture as head: said" says "this is a picture, not a model"
for command in show verify; do
  check "$command a head" exits 1 $command h.safetensors
  check "$command a head: said" says '"h.safetensors" is a head, not a network'
done
check "a head as network" exits 1 classify --head h.safetensors \
  --model ./h.safetensors new-gray.png
check "a head as network: said" says "h.safetensors"

check "--help after a command" exits 0 train-head --help
check "--help after a command: printed" grep -q "^Usage: " ../out

finish
