# SPDX-License-Identifier: GPL-3.0-or-later
# profile.sh: a GIMP of our own; read with "." by the other scripts

# make_profile FOLDER PLUG-IN: settings below FOLDER, with a copy of PLUG-IN
make_profile ()
{
  export GIMP2_DIRECTORY="$1/profile" GIMP3_DIRECTORY="$1/profile"
  export XDG_CACHE_HOME="$1/cache" XDG_DATA_HOME="$1/data"
  export XDG_CONFIG_HOME="$1/config" LC_ALL=C.UTF-8
  unset PASTICHE_MODELS

  # GIMP fills a folder that exists already only in part.
  for part in brushes fonts gradients palettes patterns plug-ins tmp \
              tool-presets; do
    mkdir -p "$1/profile/$part"
  done
  cp -R "$2" "$1/profile/plug-ins/"
}
