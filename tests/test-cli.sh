#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-cli.sh PASTICHE HELPER: the command line, from outside
#
# PASTICHE is the program, HELPER what cli-helper.c becomes.  Writes TAP.
set -u

pastiche=$1
helper=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tmp" "$folder/work"
TMPDIR=$folder/tmp
LC_ALL=C.UTF-8
export TMPDIR LC_ALL
cd "$folder/work" || exit 1

n=0
failed=0

# check NAME COMMAND...: one point, passed if the command succeeds.
check ()
{
  name=$1
  shift
  n=$((n + 1))
  if "$@"; then
    echo "ok $n $name"
  else
    echo "not ok $n $name"
    failed=1
    echo "# command: $*"
    [ ! -s ../err ] || sed 's/^/# stderr: /' ../err
  fi
}

# run ARGUMENT...: runs the program; its outputs are in ../out and ../err.
run ()
{
  "$pastiche" "$@" >../out 2>../err </dev/null
}

# exits CODE ARGUMENT...: whether the program exits so.
exits ()
{
  expected=$1
  shift
  run "$@"
  code=$?
  [ $code -eq "$expected" ] || echo "# exit code $code, not $expected"
  [ $code -eq "$expected" ]
}

# quick ARGUMENT...: a short run.
quick ()
{
  exits 0 --content content.png --style style.png --quality draft --size 48 "$@"
}

silent ()
{
  [ ! -s ../out ] && [ ! -s ../err ]
}

# says TEXT: whether one line of error names it, and nothing else is printed.
says ()
{
  [ ! -s ../out ] && [ "$(wc -l <../err)" -eq 1 ] && grep -qF -- "$1" ../err
}

# only NAME...: whether nothing else was left in any folder.
only ()
{
  left=$(ls -A . ../tmp | grep -v -e '^$' -e ':$' | LC_ALL=C sort | tr '\n' ' ')
  set -- content.png style.png alpha.png deep.png "$@"
  wanted=$(printf '%s\n' "$@" | LC_ALL=C sort | tr '\n' ' ')
  [ "$left" = "$wanted" ] || echo "# there is: $left"
  [ "$left" = "$wanted" ]
}

is ()
{
  [ "$1" = "$2" ] || echo "# \"$1\" is not \"$2\""
  [ "$1" = "$2" ]
}

format_of ()
{
  "$helper" format "$1"
}

"$helper" draw content.png 64 48 "R'G'B' u8"
"$helper" draw style.png 80 60 "R'G'B' u8"
"$helper" draw alpha.png 64 48 "R'G'B'A u8"
"$helper" draw deep.png 64 48 "R'G'B' u16"

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
for option in content style output strength style-scale colors structure size \
  quality model seed threads precision memory-limit report estimate version help; do
  run --help
  check "--$option is in the help" grep -q -e "--$option" ../out
done

check "--version" exits 0 --version
check "version looks so" grep -qx 'pastiche [0-9]*\.[0-9]*\.[0-9]*' ../out
check "--estimate" exits 0 --content content.png --style style.png \
  --size 32 --estimate
check "the estimate tells the size" grep -q '32 x 24' ../out
check "the estimate tells the memory" grep -q 'Memory: .*[0-9] MiB$' ../out
check "the estimate writes nothing" only

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
usage "stray argument" picture.png
usage "missing value" --strength
for value in abc "" 101 -1 nan 1e3 50x; do
  usage "--strength \"$value\"" --strength "$value"
done
usage "--style-scale too small" --style-scale 0.2
for value in 12.5 -1 16385 1e30; do
  usage "--size $value" --size "$value"
done
usage "--seed too large" --seed 2147483648
usage "--threads too many" --threads 65
usage "--precision" --precision half
usage "--memory-limit below 0" --memory-limit -1
usage "--colors" --colors green
usage "--structure" --structure Close
usage "--quality" --quality ""
check "wrong usage leaves nothing" only

# ---- failures: 1

# fails LABEL TEXT ARGUMENT...
fails ()
{
  label=$1
  text=$2
  shift 2
  check "fails: $label" exits 1 --content content.png --style style.png \
    --output o.png "$@"
  check "fails: $label: said" says "$text"
}

echo "no picture" >../text.png
head -c 400 content.png >../cut.png
head -c 5000 "$pastiche" >../net.safetensors
mkdir ../directory.png

fails "no such content" "nothing.png" --content nothing.png
fails "no such style" "nothing.png" --style nothing.png
fails "a folder as content" ".." --content ..
fails "not a picture" "text.png" --content ../text.png
fails "unknown network" '"nowhere"' --model nowhere
fails "network that is none" "net.safetensors" --model ../net.safetensors
run --content ../cut.png --style style.png --output o.png
check "fails: damaged picture" is $? 1
check "fails: damaged picture: said" grep -q '"../cut.png" is damaged' ../err

# Before the work: the wrong content is not even looked at.
fails "no such folder" "no/folder" --content nothing.png --output no/folder/o.png
fails "output is a folder" "directory.png" --content nothing.png \
  --output ../directory.png
fails "unknown extension" "o.xyz" --content nothing.png --output o.xyz
fails "no extension" '"o"' --content nothing.png --output o
fails "report in no folder" "no/report" --content nothing.png --report no/report
if [ "$(id -u)" -ne 0 ]; then
  : >../locked.png
  chmod 444 ../locked.png
  fails "write-protected output" "locked.png" --output ../locked.png
fi
check "failures leave nothing" only

# No room for the result: a file of 4 blocks at most.  What was there stays.
cp content.png old.png
(trap '' XFSZ; ulimit -f 4; exec "$pastiche" --content content.png \
  --style style.png --quality draft --size 64 --output old.png \
  2>../err </dev/null)
check "no room for the result" is $? 1
check "no room: said" grep -q '"old.png" cannot be written' ../err
check "no room: the old picture stays" cmp -s content.png old.png
check "no room: nothing is left" only old.png
rm old.png

# ---- results

check "a run" quick --output o.png --report ../report.json
check "nothing is printed" silent
check "nothing but the result is left" only o.png
check "size and format" is "$(format_of o.png)" "48x36 R'G'B' u8"

"$helper" members ../report.json >../members
for member in version model cpu threads peak_bytes seconds complete \
  scales.0.width scales.0.height scales.0.iterations scales.0.seconds \
  scales.0.content_loss scales.0.style_loss scales.0.total_loss; do
  check "report: $member" grep -q "^$member ." ../members
done
check "report: width" grep -qx "scales.0.width 48" ../members
check "report: height" grep -qx "scales.0.height 36" ../members
check "report: complete" grep -qx "complete true" ../members
check "report: name of the network" grep -qx 'model "compact"' ../members
check "report: memory" grep -q "^peak_bytes [1-9][0-9]\{6\}" ../members

check "own size, never enlarged" exits 0 --content content.png \
  --style style.png --quality draft --size 4000 --output own.png
check "own size" is "$(format_of own.png)" "64x48 R'G'B' u8"

for threads in 1 2 3; do
  check "$threads threads" quick --threads $threads --output t.png
  check "$threads threads: same bytes" cmp t.png o.png
done

for change in "--strength 90" "--structure loose" "--style-scale 2" \
  "--colors content" "--colors match" "--quality normal" "--seed 5"; do
  # shellcheck disable=SC2086
  check "$change" quick $change --output t.png
  check "$change: another picture" sh -c '! cmp -s t.png o.png'
done

check "alpha" quick --content alpha.png --size 64 --output t.png
check "alpha: format" is "$(format_of t.png)" "64x48 R'G'B'A u8"
check "alpha: the same" "$helper" same-alpha alpha.png t.png
check "16 bits" quick --content deep.png --output t.png
check "16 bits: format" is "$(format_of t.png)" "48x36 R'G'B' u16"
check "TIFF" quick --content deep.png --output t.tif
check "TIFF: format" is "$(format_of t.tif)" "48x36 R'G'B' u16"
check "JPEG" quick --content alpha.png --output t.JPG
mv t.JPG t.jpg
check "JPEG: format" is "$(format_of t.jpg)" "48x36 R'G'B' u8"
check "JPEG as content" quick --content t.jpg --output t.png
cp t.jpg misnamed.png
check "the contents tell the kind" quick --content misnamed.png --output t.png
check "spaces and letters in names" quick --output "a  b é.png"
rm -f own.png t.* misnamed.png "a  b é.png"

# ---- replacing

: >old.png
chmod 640 old.png
ln -s old.png link.png
check "through a link" quick --output link.png
check "the link stays" [ -L link.png ]
check "its file is replaced" cmp old.png o.png
check "permissions stay" is "$(ls -l old.png | cut -c1-10)" "-rw-r-----"
cp content.png both.png
check "onto the content" quick --content both.png --output both.png
check "onto the content: replaced" cmp both.png o.png
check "no file is left over" only o.png old.png link.png both.png
rm -f old.png link.png both.png o.png

# ---- on a terminal

# terminal SIGNALS ARGUMENT...
terminal ()
{
  signals=$1
  shift
  "$helper" on-terminal "$signals" "$pastiche" --content content.png \
    --style style.png "$@" >../err </dev/null
}

terminal none --quality draft --size 48 --output o.png
check "on a terminal" is $? 0
check "progress: scale" grep -q 'scale 1/1 48x36, iteration [0-9]*/[0-9]*' ../err
check "progress: percent, time" grep -q '[0-9] %, [0-9]* s left' ../err
check "the last word" grep -q '"o.png" was written' ../err
rm o.png

for signal in INT TERM; do
  terminal $signal --quality best --report ../report.json --output o.png
  check "interrupted by $signal" is $? 130
  check "$signal: said" grep -q 'Interrupted: .* written to "o.png"' ../err
  check "$signal: the picture" is "$(format_of o.png)" "64x48 R'G'B' u8"
  "$helper" members ../report.json >../members
  check "$signal: the report" grep -qx "complete false" ../members
  check "$signal: nothing is left over" only o.png
  rm o.png
done

terminal INT,TERM --quality best --output o.png
code=$?
check "interrupted twice: by a signal" [ $code -eq 130 -o $code -eq 143 ]
check "interrupted twice: nothing said" sh -c '! grep -q Interrupted ../err'
check "interrupted twice: nothing is left" only

echo "1..$n"
exit $failed
