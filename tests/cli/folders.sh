#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# folders.sh PASTICHE HELPER: many contents in one run
. "$(dirname -- "$0")/common.sh"

# holds FOLDER NAME...: whether it holds these files, hidden ones included.
holds ()
{
  left=$(ls -A "$1" | LC_ALL=C sort | xargs)
  shift
  is "$left" "$(printf '%s\n' "$@" | LC_ALL=C sort | xargs)"
}

# many CODE ARGUMENT...: paints ../photos.
many ()
{
  code_wanted=$1
  shift
  filled "$code_wanted" --content ../photos --size 32 --quality draft "$@"
}

mkdir ../photos ../results
cp content.png ../photos/a.png
"$helper" draw ../photos/b.png 32 48 "R'G'B' u8" sRGB
cp alpha.png ../photos/c.PNG
cp deep.png ../photos/.hidden.png
echo "no picture" >../photos/notes.txt

# ---- a folder

check "a folder" many 0 --output "../results/{name}.png" \
  --report "../results/{name}-{style}.json"
check "a folder: what is skipped is named once, and nothing else" \
  says 'Skipped, in no supported format: "../photos/notes.txt".'
check "a folder: results and reports" holds ../results a.png b.png c.png \
  a-style.json b-style.json c-style.json
for name in a.png b.png c.PNG; do
  check "$name alone" filled 0 --content ../photos/$name --size 32 \
    --quality draft --output t.png
  check "$name: the same as alone" cmp t.png "../results/${name%.*}.png"
done
"$helper" members ../results/b-style.json >../members
check "its report: content" grep -qx 'content "../photos/b.png"' ../members
check "its report: output" grep -qx 'output "../results/b.png"' ../members
check "its report: style" grep -qx 'styles.0.file "style.png"' ../members
check "its report: size" grep -qx 'scales.0.height 32' ../members
rm ../results/*.json

# ---- again

state ()
{
  ls -li --time-style=full-iso ../results
}

before=$(state)
check "again" many 0 --output "../results/{name}.png"
check "again: nothing is done" is "$(state)" "$before"
cp ../results/b.png ../b.png
rm ../results/b.png
echo "not finished" >../results/b-unfinished.png
check "one is not ours" many 1 --output "../results/{name}.png"
check "one is not ours: said" grep -q \
  '^pastiche: "../results/b-unfinished.png" would be replaced .* Move it' ../err
check "one is not ours: it stays" grep -qx "not finished" \
  ../results/b-unfinished.png
recorded ../results/b-unfinished.png
check "one is missing" many 0 --output "../results/{name}.png"
check "one is missing: made" cmp ../results/b.png ../b.png
check "one is missing: the others stay" is \
  "$(state | grep -v ' b[.-]' | tail -n +2)" \
  "$(echo "$before" | grep -v ' b\.' | tail -n +2)"
check "one is missing: nothing unfinished" [ ! -e ../results/b-unfinished.png ]
check "--force" many 0 --output "../results/{name}.png" --force
check "--force: made again" sh -c '[ "$1" != "$2" ]' sh "$(state)" "$before"
check "--force: the same" cmp ../results/b.png ../b.png

# ---- broken pictures among them

rm ../results/*
head -c 400 content.png >../photos/aa.png
: >../photos/bb.png
echo "no picture" >../photos/d.jpg
check "broken ones" many 1 --output "../results/{name}.png"
for name in aa.png bb.png d.jpg; do
  check "broken ones: $name" grep -q "^pastiche: \"../photos/$name\" " ../err
done
check "broken ones: nothing else is said" is "$(grep -c '^pastiche: ' ../err)" 3
check "broken ones: the others are done" holds ../results a.png b.png c.png
rm ../photos/aa.png ../photos/bb.png ../photos/d.jpg ../results/*

# ---- what cannot be opened

ln -s nowhere ../photos/lost.jpg
ln -s nowhere ../photos/lost.txt
ln -s loop.jpg ../photos/loop.jpg
mkfifo ../photos/pipe.jpg ../photos/pipe
wanted=3
if [ "$(id -u)" -ne 0 ]; then
  cp content.png ../photos/locked
  chmod 0 ../photos/locked
  wanted=4
  check "what cannot be opened, without permission" many 1 \
    --output "../results/{name}.png"
  check "what cannot be opened: permission" grep -qx \
    'pastiche: "../photos/locked" cannot be read: Permission denied.' ../err
fi
check "what cannot be opened" many 1 --output "../results/{name}.png"
check "what cannot be opened: a link" \
  grep -q '"../photos/lost.jpg" cannot be read: it is a link that lea' ../err
check "what cannot be opened: a loop" \
  grep -q '"../photos/loop.jpg" cannot be read: .*symbolic links' ../err
check "what cannot be opened: a pipe" \
  grep -q '"../photos/pipe.jpg" cannot be read: it is not a reg' ../err
check "what cannot be opened: no more" \
  is "$(grep -c '^pastiche: ' ../err)" $wanted
check "what cannot be opened: what may be no picture" grep -q \
  'Skipped, .*: "../photos/lost.txt", "../photos/notes.txt", "../photos/pipe"' \
  ../err
check "what cannot be opened: the others are done" holds ../results a.png \
  b.png c.png
rm -f ../photos/lo* ../photos/pipe* ../results/*

# ---- several contents, not as a folder

check "several files" filled 0 --output "../results/{name}.png" --size 32 \
  --quality draft ../photos/a.png ../photos/b.png --content content.png
check "several files: results" holds ../results a.png b.png content.png
rm ../results/*

# ---- shards

check "shard 2/2" many 0 --output "../results/{name}.png" --shard 2/2
check "shard 2/2: results" holds ../results b.png
check "shard 1/2" many 0 --output "../results/{name}.png" --shard 1/2
check "shard 1/2: results" holds ../results a.png b.png c.png
check "a shard without pictures" many 0 --output "../results/{name}.png" \
  --shard 4/4 --force
rm ../results/*

# ---- results that would be mistaken for contents, or replace them

for run in first second; do
  check "next to the contents: $run run" many 0 \
    --output "../photos/{name}-x.png"
  check "next to the contents: $run run: results" holds ../photos a.png b.png \
    c.PNG a-x.png b-x.png c-x.png .hidden.png notes.txt
  echo "not finished" >../photos/b-x-unfinished.png
  recorded ../photos/b-x-unfinished.png
  rm -f ../photos/b-x.png
  check "next to the contents: unfinished ones" many 0 \
    --output "../photos/{name}-x.png"
done
rm ../photos/*-x.png

check "onto the contents" many 2 --output "../photos/{name}.png"
check "onto the contents: said" grep -q 'photos/a.png"' ../err
cp content.png ../photos/a.jpg
check "two contents of one name" many 2 --output "../results/{name}.png"
check "two contents of one name: what to do" \
  grep -q "\"../photos/a.jpg\" and \"../photos/a.png\" would both write \
\"../results/a.png\".* --output '../results/{name}-{extension}.png'" ../err
rm ../photos/a.jpg
check "nothing was done" holds ../results

# ---- Ctrl-C

"$helper" on-terminal INT "$pastiche" --content ../photos --style style.png \
  --iterations 500 --output "../results/{name}.png" >../err </dev/null
check "interrupted" is $? 130
check "interrupted: which of them" grep -q '1 of 3: scale' ../err
check "interrupted: said" grep -q 'written to "../results/a-unfinished.png"' \
  ../err
check "interrupted: what is left" holds ../results a-unfinished.png \
  a-unfinished.png.job
check "then finished" filled 0 --content ../photos --iterations 2 \
  --output "../results/{name}.png"
check "then finished: went on" grep -qx \
  'Resuming from "../results/a-unfinished.png".' ../err
check "then finished: results" holds ../results a.png b.png c.png
rm ../results/*

# The result next to its content, under the same name.
mkdir ../own
"$helper" draw ../own/a.tif 64 48 "R'G'B' u8" sRGB
own ()
{
  filled 0 --content ../own --iterations 2 --output "../own/{name}.png"
}
"$helper" on-terminal INT "$pastiche" --content ../own --style style.png \
  --iterations 500 --output "../own/{name}.png" >../err </dev/null
check "interrupted, next to the content" is $? 130
check "interrupted, next to the content: what is left" holds ../own a.tif \
  a-unfinished.png a-unfinished.png.job
check "interrupted, next to the content: finished" own
check "interrupted, next to the content: went on" grep -qx \
  'Resuming from "../own/a-unfinished.png".' ../err
check "interrupted, next to the content: result" holds ../own a.tif a.png

# Again, and with another picture: results are no contents.
own_state ()
{
  stat -c '%n %i %Y' ../own/a.*
}

before=$(own_state)
check "again, beside the content" own
check "again, beside the content: said" says \
  'neither painted nor replaced: "../own/a.png". For photos, choose another -'
check "again, beside the content: nothing is done" is "$(own_state)" "$before"
"$helper" draw ../own/b.tif 48 64 "R'G'B' u8" sRGB
check "another one, beside the content" own
check "another one, beside the content: painted" holds ../own a.tif a.png \
  b.tif b.png
check "another one, beside the content: the first stays" is "$(own_state)" \
  "$before"
check "contents and results, named one by one" filled 0 --iterations 2 \
  --content ../own/* --output "../own/{name}.png"
check "a photo with the name of a result: --force" filled 2 --content ../own \
  --iterations 2 --output "../own/{name}.png" --force
check "a photo with the name of a result: said" grep -q \
  -e '--force would replace "../own/a.png", which may be a photo' ../err
check "a photo with the name of a result: it stays" is "$(own_state)" "$before"
rm ../own/a.tif
"$helper" draw ../own/c.tif 48 64 "R'G'B' u8" sRGB
check "a result without its content" own
check "a result without its content: said" \
  says 'neither painted nor replaced: "../own/a.png", "../own/b.png". For'
check "a result without its content: the rest goes on" holds ../own a.png \
  b.png b.tif c.png c.tif
check "a result without its content: it stays" is "$(own_state)" \
  "$(echo "$before" | grep -v tif)"
check "a result without its content: --force" filled 2 --content ../own \
  --iterations 2 --output "../own/{name}.png" --force
rm ../own/b.* ../own/c.*
check "only a result" filled 2 --content ../own --output "../own/{name}.png"
check "only a result: said" grep -q \
  'would overwrite "../own/a.png", which is a content' ../err
check "only a result: it stays" holds ../own a.png

finish
