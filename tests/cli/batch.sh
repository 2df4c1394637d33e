#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# batch.sh PASTICHE HELPER: folders in folders, folders of styles, names of
# results that clash or cannot be written
. "$(dirname -- "$0")/common.sh"

# many CODE ARGUMENT...: a short run.
many ()
{
  filled "$@" --size 24 --quality draft --iterations 1
}

# holds FOLDER NAME...: whether these are all files in it and below.
holds ()
{
  left=$(cd "$1" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs)
  shift
  is "$left" "$(printf '%s\n' "$@" | LC_ALL=C sort | xargs)"
}

# ---- folders in folders

mkdir -p ../photos/2024/may ../photos/empty ../photos/.hidden ../results
cp content.png ../photos/a.png
cp content.png ../photos/2024/a.png
cp content.png ../photos/2024/may/b.png
cp content.png ../photos/.hidden/c.png
ln -s ../photos/2024 ../photos/link
ln -s nowhere ../photos/broken.png
mkfifo ../photos/pipe.png
echo "no picture" >../photos/2024/notes.txt

check "one folder" many 1 --content ../photos --output "../results/{name}.png"
check "one folder: results" holds ../results a.png
named='"../photos/2024", "../photos/empty", "../photos/link"'
check "one folder: folders are named" grep -qx \
  "Skipped (use --recursive to read them): $named." ../err
check "one folder: what is no file is named" \
  is "$(grep -c '^pastiche: "../photos/[bp].*.png" cannot be read: ' ../err)" 2
rm ../results/*

rm ../photos/broken.png ../photos/pipe.png
check "--recursive" many 0 --content ../photos --recursive \
  --output "../results/{folder}/{name}.png" \
  --report "../results/{folder}/{name}.json"
check "--recursive: results" holds ../results a.png a.json 2024/a.png \
  2024/a.json 2024/may/b.png 2024/may/b.json
check "--recursive: a file is named" grep -qx \
  'Skipped, in no supported format: "../photos/2024/notes.txt".' ../err
check "--recursive: a link is named" grep -qx \
  'Skipped folders, which are links: "../photos/link".' ../err
rm ../results/2024/a.png
check "--recursive, again" many 0 --content ../photos/ --recursive \
  --output "../results/{folder}/{name}.png"
check "--recursive, again: what is missing" [ -f ../results/2024/a.png ]
rm -r ../results/*

check "equal names in folders" many 2 --content ../photos --recursive \
  --output "../results/{name}.png"
check "equal names in folders: which" grep -q \
  '2024/a.png" and "../photos/a.png" would both write "../results/a.png"' ../err
check "equal names in folders: what to do" grep -q \
  "use --output '../results/{folder}/{name}.png'" ../err
check "nothing was done" holds ../results

# As a shell makes them of photos/*/*.png.
check "{folder} of files" many 0 --content ../photos/2024/a.png \
  ../photos/a.png ../photos/2024/may/b.png \
  --output "../results/{folder}-{name}.png"
check "{folder} of files: results" holds ../results photos-a.png 2024-a.png \
  may-b.png
rm ../results/*

mkdir ../photos/out
check "results below the contents" many 0 --content ../photos --recursive \
  --output "../photos/out/{folder}/{name}.png"
check "results below the contents, again" many 0 --content ../photos \
  --recursive --output "../photos/out/{folder}/{name}.png"
check "results below the contents: no results of results" \
  holds ../photos/out a.png 2024/a.png 2024/may/b.png
rm -r ../photos/out

rm ../photos/a.png
check "only folders" many 1 --content ../photos --output "../results/{name}.png"
check "only folders: what to do" says "--recursive"
cp content.png ../photos/a.png
if [ "$(id -u)" -ne 0 ]; then
  chmod 0 ../photos/empty
  check "a folder that cannot be read" many 1 --content ../photos --recursive \
    --output "../results/{folder}/{name}.png"
  check "a folder that cannot be read: named" grep -q 'photos/empty' ../err
  check "a folder that cannot be read: the others" holds ../results a.png \
    2024/a.png 2024/may/b.png
  rm -r ../results/*
fi

# ---- {extension}

mkdir ../kinds
cp content.png ../kinds/a.png
cp content.png ../kinds/a.PNG
cp content.png ../kinds/a.jpg
check "{extension}" many 0 --content ../kinds \
  --output "../results/{name}-{extension}.png"
check "{extension}: results" holds ../results a-png.png a-PNG.png a-jpg.png
rm ../results/*
check "one content, named twice" many 0 --content ../kinds/a.png \
  ../kinds/../kinds/a.png --output ../results/o.png
check "one content, named twice: one result" holds ../results o.png
rm ../results/*

# ---- folders of styles

mkdir ../styles
cp style.png ../styles/one.png
cp content.png ../styles/two.png
echo "no picture" >../styles/notes.txt
check "a folder of styles" many 0 --content ../kinds/a.png --style ../styles \
  --output "../results/{style}.png" --report "../results/{style}.json"
check "a folder of styles: results" holds ../results one.png two.png one.json \
  two.json
check "a folder of styles: what is skipped" \
  says 'Skipped, in no supported format: "../styles/notes.txt".'
for style in one two; do
  check "style $style alone" many 0 --content ../kinds/a.png \
    --style ../styles/$style.png --output t.png
  check "style $style: the same as alone" cmp t.png ../results/$style.png
  rm t.png
  "$helper" members ../results/$style.json >../members
  check "style $style: its report" \
    grep -qx "styles.0.file \"../styles/$style.png\"" ../members
done
rm ../results/one.png
check "a folder of styles, again" many 0 --content ../kinds/a.png \
  --style ../styles --output "../results/{style}.png"
check "a folder of styles, again: what is missing" [ -f ../results/one.png ]
rm ../results/*

check "each content in each style" many 0 --content ../kinds/a.png \
  --content content.png --style ../styles \
  --output "../results/{style}/{name}.png"
check "each content in each style: results" holds ../results one/a.png \
  two/a.png one/content.png two/content.png
rm -r ../results/*
check "a shard of them" many 0 --content ../kinds/a.png \
  --style ../styles --output "../results/{style}/{name}.png" --shard 2/2
check "a shard of them: results" holds ../results two/a.png
rm -r ../results/*

echo "no picture" >../styles/broken.png
check "a broken style" many 1 --content ../kinds/a.png --content content.png \
  --style ../styles --output "../results/{style}-{name}.png"
check "a broken style: named once" is "$(grep -c broken.png ../err)" 1
check "a broken style: the others" holds ../results one-a.png two-a.png \
  one-content.png two-content.png
rm ../results/*

# ---- results that cannot be written

long=$(printf '%0236d' 0)
mkdir ../names ../results/b.png
cp content.png ../names/a.png
cp content.png ../names/b.png
cp content.png "../names/$long.png"
cp content.png "../names/0$long.png"
check "names that cannot be written" many 1 --content ../names \
  --output "../results/{name}.png" \
  --report "../results/{name}-of-the-long-report.json"
check "names that cannot be written: the others" holds ../results a.png \
  a-of-the-long-report.json
check "names that cannot be written: a folder" \
  grep -q '^pastiche: "../results/b.png" cannot be written: Is a dir' ../err
for named in "$long-of-the-long-report.json" "0$long-unfinished.png.job"; do
  check "names that cannot be written: too long" grep -q \
    "^pastiche: \"../results/$named\" cannot be written: .*long" ../err
done
check "names that cannot be written: once each" \
  is "$(grep -c '^pastiche: ' ../err)" 3
rm ../results/a*

check "names that just fit" many 0 --content "../names/$long.png" \
  --output "../results/{name}.png" \
  --report "../results/{name}-of-the-report.json"
check "names that just fit: written" \
  [ -s "../results/$long-of-the-report.json" ]
rm "../results/$long"*

echo >../no-folder
check "no folder for any" many 1 --content ../names \
  --output "../no-folder/{name}.png"
check "no folder for any: said once" is "$(grep -c '^pastiche: ' ../err)" 1
check "a kind that cannot be written" many 1 --content ../kinds/a.png \
  --content style.png --output "../results/{name}.{name}"
check "a kind that cannot be written: said once" \
  is "$(grep -c '^pastiche: ' ../err)" 1
: >../results/a.png
check "an empty file is no result" many 0 --content ../kinds/a.png \
  --output "../results/{name}.png"
check "an empty file is no result: painted" [ -s ../results/a.png ]

finish
