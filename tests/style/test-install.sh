#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-install.sh BUILD INSTALL_PLUG_IN: what "meson install" puts where
#
# Into an empty DESTDIR, and the plug-ins into a user's folder as well.  Every
# program among it has to be hardened: position-independent, relocations
# read-only before main() (full RELRO), stack guarded and not executable, calls
# of the C library checked (_FORTIFY_SOURCE), no library searched in folders of
# the build, and nothing of its own that opens a connection.
set -u

build=$1
install_plug_in=$2
number=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# check STATUS NAME
check ()
{
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
  fi
}

# has PATTERN TEXT; hasnt PATTERN TEXT
has ()   { printf '%s\n' "$2" | grep -Eq -- "$1"; }
hasnt () { ! has "$1" "$2"; }

# found NAME...: whether each is somewhere among what was installed
found ()
{
  for name; do
    [ -n "$(find "$folder/system" -type f -path "*$name")" ] || return 1
  done
}

# hardened PROGRAM NAME
hardened ()
{
  header=$(LC_ALL=C readelf -hW "$1")
  segments=$(LC_ALL=C readelf -lW "$1")
  dynamic=$(LC_ALL=C readelf -dW "$1")
  imports=$(LC_ALL=C readelf --dyn-syms -W "$1" | grep ' UND ')

  has 'Type: +DYN' "$header" && has 'Flags:.* PIE' "$dynamic"
  check $? "$2 can be loaded anywhere (PIE)"
  has 'GNU_RELRO' "$segments" && has 'BIND_NOW|Flags:.* NOW' "$dynamic"
  check $? "$2 has its relocations read-only (full RELRO)"
  has 'GNU_STACK.* RW ' "$segments"
  check $? "$2 has no executable stack"
  has ' __stack_chk_fail' "$imports"
  check $? "$2 guards its stack"
  has ' __[a-z]+_chk(@| |$)' "$imports"
  check $? "$2 has calls of the C library checked (_FORTIFY_SOURCE)"
  hasnt . "$(printf '%s\n' "$dynamic" | sed -n 's/.*PATH).*\[\(.*\)\]/\1/p' |
             tr : '\n' | grep -v '^/usr/lib/')"
  check $? "$2 searches libraries in the system's folders only"
  hasnt ' (socket|connect|getaddrinfo|g_socket_[a-z_]+)(@| |$)' "$imports"
  check $? "$2 opens no connection"
}

(umask 077
 DESTDIR=$folder/system meson install -C "$build" --no-rebuild --quiet) >&2
check $? "meson install succeeds"

found /bin/pastiche /bin/pastiche-model /models/compact.safetensors \
      pastiche/styles/woodcut.jpg locale/de/LC_MESSAGES/pastiche.mo \
      man1/pastiche.1 man1/pastiche-model.1
check $? "programs, model, styles, translations and manual are there"

[ -z "$(find "$folder/system" -mindepth 1 ! -type l \
        \( -perm /6022 -o ! -perm -444 \))" ]
check $? "everyone may read it, nobody else may write it, nothing is setuid"

for plug_in in "$build"/plugin/gimp/gimp-*/pastiche; do
  [ -d "$plug_in" ] || continue
  series=$(basename "$(dirname "$plug_in")")
  user=$folder/home/.config/GIMP/$series/plug-ins

  "$install_plug_in" "$plug_in" "$user" >&2 &&
    diff -r "$plug_in" "$user/pastiche" >&2
  check $? "the plug-in of $series goes to a user's folder, complete"
  found plug-ins/pastiche/pastiche \
        plug-ins/pastiche/models/compact.safetensors \
        plug-ins/pastiche/styles/woodcut.jpg \
        plug-ins/pastiche/pastiche.svg \
        plug-ins/pastiche/locale/de/LC_MESSAGES/pastiche.mo
  check $? "the plug-in of $series is in that GIMP's own folder, complete"
  found apps/pastiche.svg apps/pastiche-symbolic.svg Pastiche.metainfo.xml
  check $? "the icons and metainfo of the plug-in are there"
done

for program in $(find "$folder/system" -type f -perm -100 -name 'pastiche*'); do
  hardened "$program" "${program#"$folder/system"}"
done
echo "1..$number"
