#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# demo.sh: a photo turned into a painting by real GIMP, from nothing
#
# Installs what is needed, builds, installs the plug-in into your GIMP's folder,
# and lets GIMP's Script-Fu repaint a picture: content, style and result lie
# side by side in demo.png, and the content in six styles in demo-styles.png.
# The content is made by a program of ours (tests/demo).  Works on Debian 12
# (GIMP 2.10) and 13 (GIMP 3), as root or with sudo.  Exit status: 0 if the
# pictures are there.
set -eu

cd "$(dirname -- "$0")/.."
tree=$(pwd)
build=$tree/build-demo
result=$tree/demo.png
sheet=$tree/demo-styles.png
config=${XDG_CONFIG_HOME:-$HOME/.config}/GIMP
time_limit=1200   # seconds
started=$(date +%s)
. tests/gimp-batch.sh

fail ()
{
  echo "demo.sh: $*" >&2
  exit 1
}

seconds ()
{
  echo "$(($(date +%s) - started)) s"
}

# find_gimp: sets series, console, script and the user's folder of that GIMP
find_gimp ()
{
  for version in 3.2 3.0 2.10; do
    console=gimp-console-$version
    series=3
    profile=${GIMP3_DIRECTORY:-$config/$version}
    if [ $version = 2.10 ]; then
      series=$version
      profile=${GIMP2_DIRECTORY:-$config/$version}
    fi
    if command -v $console >/dev/null &&
       pkg-config --exists "gimpui-${series%.10}.0"; then
      return
    fi
  done
  fail "no GIMP with its development files was found"
}

build_and_install ()
{
  meson setup "$build" --prefix "$HOME/.local" -Dgimp=$series \
        -Dplugindir="$profile/plug-ins" &&
  meson compile -C "$build" plugin/pastiche plugin/pastiche-model \
        pastiche-gmo demo-pictures "gimp-$series-plug-in" &&
  meson install -C "$build" --no-rebuild
}

# run_gimp EXPRESSION: in Script-Fu; nothing is shown unless it fails
run_gimp ()
{
  (export LC_ALL=C.UTF-8
   run_batch "$console" "$1") >"$build/gimp.log" 2>&1
}

./tests/install-packages.sh build
find_gimp
echo "Building for $($console --version | sed 1q)"

rm -rf "$build"
mkdir "$build"
# GIMP completes its folder only if it makes it itself.
[ -d "$profile" ] || run_gimp "(gimp-version)" || true
build_and_install >"$build/build.log" 2>&1 ||
  { tail -n 30 "$build/build.log" >&2
    fail "the build failed, see $build/build.log"; }
echo "Installed in $profile/plug-ins after $(seconds)"

"$build/tests/demo/demo-pictures" content 512 384 "$build/content.ppm"

# style NAME: the file, as a string of Script-Fu
style ()
{
  echo "\"$tree/plugin/data/styles/$1.jpg\""
}

styles=
for name in impasto watercolor stained-glass mosaic ink-wash woodcut; do
  styles="$styles $(style $name)"
done
echo "GIMP is painting..."
rm -f "$result" "$sheet"
before=$(date +%s)
run_gimp "(begin (load \"$tree/tests/demo/demo-$series.scm\")
                 (demo \"$build/content.ppm\" $(style impasto) \"$result\")
                 (demo-sheet \"$build/content.ppm\" (list $styles)
                             \"$sheet\"))" || rm -f "$sheet"
if [ ! -s "$sheet" ]; then
  tail -n 30 "$build/gimp.log" >&2
  fail "GIMP did not finish the pictures, see $build/gimp.log"
fi
echo "GIMP took $(($(date +%s) - before)) s, everything together $(seconds)"
echo "Content, style and result, side by side: $result"
echo "The content in six styles: $sheet"
