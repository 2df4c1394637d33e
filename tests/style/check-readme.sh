#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-readme.sh PRINT-PARAMETERS SOURCE: whether the table of parameters in
# plugin/gimp/README.md is the one that the program prints, whether the scripts
# there and in plugin/model/README.md are what the tests run, whether the
# settings for Batcher name arguments that there are, and whether links in the
# pages lead to files
set -eu

print_parameters=$1 source=$2
scripts=$(dirname "$0")/../gimp
status=0

# contains PAGE: whether it contains all of stdin's lines, in a row
contains ()
{
  python3 -c '
import sys
sys.exit(sys.stdin.read() not in open(sys.argv[1], encoding="utf-8").read())
' "$source/$1"
}

complain ()
{
  echo "README.md: $1" >&2
  status=1
}

LC_ALL=C.UTF-8 "$print_parameters" | contains plugin/gimp/README.md ||
  complain "the table is not what tests/plugin/print-parameters prints"
sed '1,2d' "$scripts/readme-3.py" | contains plugin/gimp/README.md ||
  complain "the Python is not that of tests/gimp/readme-3.py"
for script in readme-2.10.scm readme-3.scm \
              readme-folder-2.10.scm readme-folder-3.scm \
              readme-classify-2.10.scm readme-classify-3.scm; do
  case $script in
    *-classify-*) page=plugin/model/README.md ;;
    *)            page=plugin/gimp/README.md ;;
  esac
  sed '/^;/d' "$scripts/$script" | contains $page ||
    complain "the Script-Fu is not that of tests/gimp/$script"
done
# Batcher itself is not here.
LC_ALL=C.UTF-8 "$print_parameters" | python3 -c '
import json, re, sys
actions = json.load(open(sys.argv[1]))["plug-in-batch-convert"]
for name in "all_settings", "main", "actions", "plug-in-pastiche", "arguments":
    actions = next(s for s in actions if s["name"] == name)["settings"]
known = set(re.findall("^[|] `([a-z-]+)`", sys.stdin.read(), re.MULTILINE))
assert "strength" in known
unknown = {a["name"] for a in actions} - known
sys.exit(unknown != {"image", "drawables", "style-file"})
' "$scripts/readme-batcher.json" ||
  complain "tests/gimp/readme-batcher.json has arguments that there are not"
for page in README.md CONTRIBUTING.md SECURITY.md models/README.md \
            plugin/gimp/README.md plugin/cli/README.md plugin/model/README.md
do
  for link in $(sed -n 's/](\([^)#:]*\)[^)]*)/\n&\n/gp' "$source/$page" |
                sed -n 's/^](\([^)#:]*\)[^):]*)$/\1/p'); do
    [ -e "$source/$(dirname $page)/$link" ] ||
      complain "$page links to $link, which is not there"
  done
done
exit $status
