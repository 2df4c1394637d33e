# SPDX-License-Identifier: GPL-3.0-or-later
# release-field.sh: sourced by the other scripts

# release_field TREE NAME: the attribute "version" or "date" of the newest
# release in the AppStream data
release_field ()
{
  sed -n "s/.*<release .*$2=\"\([^\"]*\)\".*/\1/p" \
    "$1/plugin/data/org.gimp.GIMP.Plugin.Pastiche.metainfo.xml" | sed 1q
}
