#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# large.sh PASTICHE HELPER: a picture of 16 megapixels is read, one of 4 written
. "$(dirname -- "$0")/common.sh"

"$helper" draw large.png 4608 3456 "R'G'B' u8" sRGB

check "a small result" quick --content large.png --output o.png
check "a small result: its size" is "$(format_of o.png)" "48x36 R'G'B' u8"
rm o.png

check "too little memory" filled 1 --content large.png --output o.png \
  --memory-limit 1000
check "too little memory: said" says "Set the size to"
check "too little memory: nothing is left" only large.png

# As soon as it works, long before it is done.
"$helper" on-terminal INT "$pastiche" --content large.png --style style.png \
  --quality best --memory-limit 3000 --output o.png >../err </dev/null
check "interrupted" is $? 130
check "interrupted: said" \
  grep -q 'Interrupted: .* written to "o-unfinished.png"' ../err
check "interrupted: what is left" only large.png \
  o-unfinished.png o-unfinished.png.job
rm large.png o-unfinished.png*

"$helper" draw large.png 2304 1728 "R'G'B' u8" sRGB
check "a large result" filled 0 --content large.png --start large.png \
  --iterations 1 --output o.png
check "a large result: its size" is "$(format_of o.png)" "2304x1728 R'G'B' u8"
# One color would make a tenth of that.
check "a large result: a picture" [ "$(wc -c <o.png)" -gt 250000 ]

finish
