#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# results.sh PASTICHE HELPER: what is written, and what it replaces
. "$(dirname -- "$0")/common.sh"

check "a run" quick --output o.png --report ../report.json
check "nothing is printed" silent
check "nothing but the result is left" only o.png
check "size and format" is "$(format_of o.png)" "48x36 R'G'B' u8"

"$helper" members ../report.json >../members
for member in version model cpu threads peak_bytes seconds complete \
  scales.0.width scales.0.height scales.0.iterations scales.0.seconds \
  scales.0.content_loss scales.0.style_loss scales.0.total_loss \
  scales.0.first_content_loss scales.0.first_style_loss \
  scales.0.first_total_loss; do
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

BABL_TOLERANCE=0.0
export BABL_TOLERANCE
check "another conversion" quick --output t.png
check "another conversion: the same picture" cmp t.png o.png
unset BABL_TOLERANCE

for change in "--strength 90" "--freedom 0" "--freedom 100" \
  "--structure loose" "--style-scale 2" "--colors content" \
  "--colors match" "--quality normal" "--seed 5" "--loss gatys"; do
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
mkdir ../elsewhere
ln -s ../elsewhere/new.png next.png
ln -s next.png link-to-nothing.png
check "through links to no file" quick --output link-to-nothing.png
check "the links stay" [ -L link-to-nothing.png -a -L next.png ]
check "the file is made" cmp ../elsewhere/new.png o.png
rm -r link-to-nothing.png next.png ../elsewhere
cp content.png both.png
check "onto the content" exits 2 --content both.png --style style.png \
  --output both.png
check "onto the content: it stays" cmp both.png content.png
check "onto the style" exits 2 --content content.png --style both.png \
  --output both.png
check "onto the style: it stays" cmp both.png content.png
check "no file is left over" only o.png old.png link.png both.png
rm -f old.png link.png both.png o.png

finish
