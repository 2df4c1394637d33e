#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# in-root.sh WHAT FILE... <ARCHIVE: what run.sh runs in a root
#
# ARCHIVE has photo.png and the FILEs.  WHAT is
#   gimp-pastiche, pastiche   these packages for Debian
#   arm64                     pastiche, and gimp-pastiche, which is started, but
#                             not in GIMP
#   folder                    to unpack into GIMP's plug-ins
#
# Writes an archive to stdout:
#   painting.png   the photo, repainted
#   report         what was done, sizes, seconds
#   left           which files it left, or changed, or took away
set -eu

what=$1 file=$2
shift
work=/tmp/pastiche
mkdir $work
cd $work
tar -x
exec 3>&1 >&2
trap 'tar -c $(ls painting.png report left) >&3' EXIT
. /src/tests/gimp-batch.sh

# list_files: all but what tools and programs keep for themselves
list_files ()
{
  find / -xdev \
    \( -path /proc -o -path /tmp -o -path /root -o -path /var/cache \
       -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/log \
       -o -path /etc/ld.so.cache -o -name icon-theme.cache \) -prune \
    -o ! -type d -printf '%p %m %s %l\n' -o -printf '%p %m\n' | sort
}

report ()
{
  echo "$*" | tee -a report
}

# report_time WHAT: since the package was there, and the processor's time of all
# commands so far, of users and the system
report_time ()
{
  times >times
  report "$1 after $(($(date +%s) - started)) s (processor: $(tail -n 1 times))"
}

# find_gimp: sets console, series and the folder of the user's plug-ins; GIMP
# looks at all fonts once
find_gimp ()
{
  for version in 3.2 3.0 2.10; do
    console=gimp-console-$version
    ! command -v $console >/dev/null || break
  done
  series=${version%%.*}
  plug_ins=$HOME/.config/GIMP/$version/plug-ins
  run_batch $console "(gimp-version)"
}

# paint_in_gimp STYLE
paint_in_gimp ()
{
  run_batch $console \
    "(begin (load \"/src/tests/packages/paint-$series.scm\")
            (paint \"$work/photo.png\" \"$1\" \"$work/painting.png\"))"
  report_time painted
}

# install_package FILE NAME
install_package ()
{
  apt-get -q install -y --no-install-recommends "./$1"
  report_time installed
  report "$(dpkg-query -W -f 'KiB on the disk: ${Installed-Size}' "$2")"
  report "$(dpkg-query -W -f 'needs ${Depends}' "$2")"
}

# list_packages: those that are installed
list_packages ()
{
  dpkg-query -W -f '${binary:Package} ${db:Status-Abbrev}\n' |
    sed -n 's/ ii *$//p' | sort
}

# remove_packages: all that were not there before.  "apt-get autoremove" would
# leave OpenBLAS, which other packages accept in place of their BLAS.
remove_packages ()
{
  list_packages | comm -13 packages - | xargs apt-get -q purge -y
}

case $what in
  folder|gimp-pastiche) find_gimp ;;
esac
[ $what = folder ] || apt-get -q update
list_packages >packages
list_files >before
report "bytes of the package: $(stat -c %s "$@" | tr '\n' ' ')"
started=$(date +%s)
report_time begun

case $what in
  gimp-pastiche)
    install_package "$file" gimp-pastiche
    paint_in_gimp "$(dpkg -L gimp-pastiche | grep styles/woodcut.jpg)"
    remove_packages
    ;;
  pastiche)
    install_package "$file" pastiche
    pastiche --content photo.png --style woodcut --output painting.png
    report_time painted
    remove_packages
    ;;
  arm64)
    # GIMP cannot be installed next to tools of another architecture.
    dpkg-deb -x "$2" plug-in
    plug_in=$(find plug-in -path '*/plug-ins/pastiche/pastiche')
    report "plug-in: $(qemu-aarch64 "$plug_in" 2>&1 | grep GIMP)"
    install_package "$file" pastiche
    qemu-aarch64 /usr/bin/pastiche --content photo.png --style woodcut \
      --output painting.png --quality draft --iterations 3
    report_time painted
    remove_packages
    ;;
  folder)
    if find / -xdev -name 'libopenblas*' | grep .; then
      echo "The root has OpenBLAS" >&2
      exit 1
    fi
    mkdir -p "$plug_ins"
    tar -xf "$file" -C "$plug_ins"
    report_time installed
    paint_in_gimp "$plug_ins/pastiche/styles/woodcut.jpg"
    rm -r "$plug_ins/pastiche"
    ;;
esac
list_files >after
diff before after >left || true
report "removed"
