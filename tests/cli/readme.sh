#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# readme.sh PASTICHE HELPER PAGE: runs each example for the command line
#
# Those in PAGE, plugin/cli/README.md, and in the README of the source tree.
# In a folder with small pictures of the names that are in the examples, with
# one iteration.  Slurm is a script here, which runs the jobs one by one.
page=$3
. "$(dirname -- "$0")/common.sh"

# commands: the pages' commands for this program, one a line
commands ()
{
  cat "$page" "$(dirname -- "$page")/../../README.md" | sed -n '/^    /p' |
    sed -e ':next' -e '/\\$/{N;s/ *\\\n */ /;b next' -e '}' -e 's/^ *//' |
    grep -E '^(pastiche|parallel|sbatch) '
}

# holds FOLDER NAME...: whether these files are in it and in its folders.
holds ()
{
  left=$(cd "$1" && find . -type f | LC_ALL=C sort | xargs)
  shift
  is "$left" "$(printf './%s\n' "$@" | LC_ALL=C sort | xargs)"
}

# execute COMMAND
execute ()
{
  PATH=$folder/work/bin:$PATH HOME=$folder sh -c "$1" >../out 2>../err \
    </dev/null
}

mkdir -p bin photos/lake paintings ../shelf
cat >bin/pastiche <<END
#!/bin/sh
exec "$pastiche" "\$@" --iterations 1
END
cat >bin/sbatch <<'END'
#!/bin/sh
last=${1#--array=1-}
for SLURM_ARRAY_TASK_ID in $(seq "$last"); do
  export SLURM_ARRAY_TASK_ID
  sh -c "$3" || exit 1
done
END
chmod +x bin/pastiche bin/sbatch
for picture in photo painting waves stars moss mask paintings/old photos/one \
               photos/two photos/three photos/lake/four; do
  "$helper" draw $picture.png 40 30 "R'G'B' u8" sRGB
  mv $picture.png $picture.jpg
done
mv mask.jpg mask.png
cp style.png paintings/new.jpg
cp style.png ../shelf/woodcut.jpg
PASTICHE_STYLES=$folder/shelf
export PASTICHE_STYLES

commands >../commands
check "the pages have examples" [ "$(wc -l <../commands)" -ge 9 ]
while read -r command; do
  title=$(printf '%s\n' "$command" | cut -c 1-60)
  rm -rf result.png out
  case $command in
    parallel*)
      if ! command -v parallel >/dev/null; then
        skip "$title" "GNU parallel is not installed"
        continue
      fi ;;
  esac
  check "$title" execute "$command"
  case $command in
    *--recursive*)
      check "$title: results" holds out one-new.png one-old.png two-new.png \
        two-old.png three-new.png three-old.png lake/four-new.png \
        lake/four-old.png ;;
    *out/*) check "$title: results" holds out one.png two.png three.png ;;
    *)      check "$title: result" [ -s result.png ] ;;
  esac
done <../commands

finish
