#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# options.sh PASTICHE HELPER: help, and wrong usage
. "$(dirname -- "$0")/common.sh"

# ---- information

check "--help" exits 0 --help
check "help goes to the standard output" [ ! -s ../err ]
check "lines of the help are short" sh -c '! grep -q ".\{80\}" ../out'

# Without a value, an option that exists is refused for that reason only.
unknown=
for option in $(sed -n 's/^  \(-h, \)\{0,1\}\(--[a-z-]*\).*/\2/p' ../out); do
  run "$option"
  ! grep -q Unknown ../err || unknown="$unknown $option"
done
check "every option of the help exists" is "$unknown" ""
for option in content style output start strength freedom style-scale colors \
  structure size quality model seed loss threads precision memory-limit report \
  estimate version help weight region force shard recursive; do
  run --help
  check "--$option is in the help" grep -q -e "--$option" ../out
done

check "--version" exits 0 --version
check "version looks so" grep -qx 'pastiche [0-9]*\.[0-9]*\.[0-9]*' ../out
check "--estimate" exits 0 --content content.png --style style.png \
  --size 32 --estimate
check "the estimate tells the size" grep -q '32 x 24' ../out
check "the estimate tells the memory" grep -q 'Memory: .*[0-9] MB$' ../out
check "the estimate writes nothing" only

# What is printed must arrive.
for option in --help --version --list-styles --estimate; do
  "$pastiche" --content content.png --style style.png --size 32 $option \
    >/dev/full 2>../err </dev/null
  check "$option to a full disk" is $? 1
  check "$option to a full disk: said" \
    is "$(cat ../err)" "pastiche: The standard output could not be written."
done
"$pastiche" --version >&- 2>../err
check "no standard output" is $? 1

# ---- wrong usage: 2

usage ()
{
  label=$1
  shift
  check "usage: $label" exits 2 --content content.png --style style.png \
    --output o.png "$@"
  check "usage: $label: said" grep -q "^pastiche: " ../err
}

check "no options at all" exits 2
for missing in content style output; do
  set -- --content content.png --style style.png --output o.png
  case $missing in
    content) set -- "$3" "$4" "$5" "$6" ;;
    style) set -- "$1" "$2" "$5" "$6" ;;
    output) set -- "$1" "$2" "$3" "$4" ;;
  esac
  check "without --$missing" exits 2 "$@"
  check "without --$missing: said" grep -q -e "--$missing" ../err
done
usage "unknown option" --strenght 50
for option in output report region; do
  for word in nope Name file_name na-me; do
    usage "{$word} in --$option" --$option "{name}-{$word}.png"
    check "usage: {$word} in --$option: what there is" grep -q -e \
      "--$option has {$word}, .* {name}, {extension}, {folder} and {style}" \
      ../err
  done
done
for braces in '{' '}' '{}' '{1}' '{a,b}' '{name' 'name}' '{na me}'; do
  check "braces around no word: $braces" exits 2 --content content.png \
    --style style.png --output "$braces.png" --report "$braces.png"
  check "braces around no word: $braces: taken as they are" grep -q \
    'name the same file' ../err
done
usage "two contents, one output" picture.png
usage "two contents, one report" picture.png --output "{name}.png" --report r
mkdir ../styles ../other-styles
cp style.png ../styles/one.png
cp style.png ../styles/two.png
cp style.png ../other-styles
check "usage: two styles in a folder, one output" exits 2 --style ../styles \
  --content content.png --output "{name}.png"
check "usage: two styles in a folder, one output: said" \
  grep -q 'must contain {style}, because there are several styles' ../err
check "usage: two folders of styles" exits 2 --style ../styles \
  --style ../other-styles --content content.png --output "{style}.png"
usage "two contents, one start" picture.png --output "{name}.png" \
  --start content.png
mkdir ../two
cp content.png ../two/a.png
cp content.png ../two/b.png
check "usage: a folder, one start" exits 2 --content ../two --style style.png \
  --output "../two/{name}.png" --start content.png
cp content.png o-unfinished.png
check "usage: unfinished, it would be the content" exits 2 \
  --content o-unfinished.png --style style.png --output o.png
usage "unfinished, it would be a style" --style ./o-unfinished.png
usage "unfinished, it would be a mask" --region o-unfinished.png
usage "unfinished, it would be the mask of this content" \
  --region "{name}-unfinished.png" --output content.png
mkdir ../dots
cp content.png ../dots/a.b.png
check "usage: unfinished, it would be the mask of a name with dots" exits 2 \
  --content ../dots/a.b.png --style style.png --output ../dots/a.b.png.png \
  --region "../dots/{name}.png-unfinished.png"
rm o-unfinished.png
usage "the report would be the result" --output o.png --report ./o.png
usage "the report would be what is unfinished" --output o.png \
  --report o-unfinished.png
usage "the report would be the content" --report content.png
usage "the report would be a style" --report style.png
usage "--weight 0" --weight 0
for value in 0/2 3/2 1 1/ /2 1/0 a/b 1.5/2; do
  usage "--shard $value" --shard $value
done
usage "missing value" --strength
for value in abc "" 101 -1 nan 1e3 50x; do
  usage "--strength \"$value\"" --strength "$value"
done
usage "--style-scale too small" --style-scale 0.2
for value in 101 -1 noise; do
  usage "--freedom $value" --freedom "$value"
done
for value in 12.5 -1 16385 1e30; do
  usage "--size $value" --size "$value"
done
usage "--seed too large" --seed 2147483648
usage "--threads too many" --threads 65
usage "--precision" --precision half
usage "--memory-limit below 0" --memory-limit -1
usage "--colors" --colors green
usage "--structure" --structure Close
usage "--loss" --loss mse
usage "--quality" --quality ""
check "usage: --weight first" exits 2 --weight 2 --content content.png \
  --style style.png --output o.png
set --
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  set -- "$@" --style style.png
done
usage "17 styles" "$@"
check "wrong usage leaves nothing" only

finish
