#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# failures.sh PASTICHE HELPER: what cannot be done, exit code 1
. "$(dirname -- "$0")/common.sh"

# fails LABEL TEXT ARGUMENT...
fails ()
{
  label=$1
  text=$2
  shift 2
  case " $* " in
    *" --output "*) ;;
    *) set -- --output o.png "$@" ;;
  esac
  check "fails: $label" filled 1 "$@"
  check "fails: $label: said" says "$text"
}

echo "no picture" >../text.png
head -c 400 content.png >../cut.png
head -c 5000 "$pastiche" >../net.safetensors
mkdir ../directory.png

fails "no such content" "nothing.png" --content nothing.png
fails "no such style" "nothing.png" --style nothing.png
mkdir ../empty
fails "no pictures in a folder" "empty" --content ../empty
fails "a folder as style" "empty" --style ../empty
fails "no such start" "nothing.png" --start nothing.png
fails "a start that is no picture" "text.png" --start ../text.png
fails "no such mask" "nothing.png" --region nothing.png
fails "not a picture" "text.png" --content ../text.png
fails "unknown network" '"nowhere"' --model nowhere
fails "network that is none" "net.safetensors" --model ../net.safetensors
run --content ../cut.png --style style.png --output o.png
check "fails: damaged picture" is $? 1
check "fails: damaged picture: said" grep -q '"../cut.png" is damaged' ../err

# Before the work: the wrong content is not even looked at.
fails "no such folder" "no/folder" --content nothing.png \
  --output no/folder/o.png
fails "output is a folder" "directory.png" --content nothing.png \
  --output ../directory.png
fails "unknown extension" "o.xyz" --content nothing.png --output o.xyz
fails "no extension" '"o"' --content nothing.png --output o
mkfifo ../pipe.png
fails "output is a pipe" "it is not a regular file" --content nothing.png \
  --output ../pipe.png
for device in stdout fd/1; do
  fails "report is an open file: $device" "it is not a regular file" \
    --content nothing.png --report /dev/$device
done
fails "report in no folder" "no/report" --content nothing.png --report no/report
if [ "$(id -u)" -ne 0 ]; then
  : >../locked.png
  chmod 444 ../locked.png
  fails "write-protected output" "locked.png" --output ../locked.png
fi
check "failures leave nothing" only

# No room for the result: a file of 4 blocks at most.  What was there stays.
cp content.png old.png
head -c 400 content.png >old-unfinished.png
recorded old-unfinished.png
(trap '' XFSZ; ulimit -f 4; exec "$pastiche" --content content.png \
  --style style.png --quality draft --size 64 --output old.png \
  2>../err </dev/null)
check "no room for the result" is $? 1
check "no room: said" grep -q '"old.png" cannot be written' ../err
check "no room: the old picture stays" cmp -s content.png old.png
check "no room: what was unfinished stays" [ -s old-unfinished.png ]
check "no room: nothing is left" only old.png old-unfinished.png \
  old-unfinished.png.job
rm old.png old-unfinished.png*

finish
