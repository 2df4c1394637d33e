# SPDX-License-Identifier: GPL-3.0-or-later
# profile.sh: a GIMP of our own; sourced by the other scripts, after
# ../gimp-batch.sh
#
# At its first start GIMP asks each of its plug-ins what it is, and looks at all
# fonts, which takes longer than many a test.  So this is done once, without our
# plug-in, in the folder $GIMP_TEMPLATE, where that is set; each profile is a
# copy.  GEGL has no operations there that read or write files: GIMP does not
# need them, and their libraries take most of the time in which GIMP and each of
# its plug-ins start.
#
# With $SLIM_NETWORK, a file, the plug-in has that network; with $READ_PICTURES,
# a program, there is that plug-in too.

# enter_profile FOLDER: what is started from now on has its settings there
enter_profile ()
{
  export GIMP2_DIRECTORY="$1/profile" GIMP3_DIRECTORY="$1/profile"
  export XDG_CACHE_HOME="$1/cache" XDG_DATA_HOME="$1/data"
  export XDG_CONFIG_HOME="$1/config" LC_ALL=C.UTF-8
  unset PASTICHE_MODELS
  [ ! -d "$1/gegl" ] || export GEGL_PATH="$1/gegl"

  # GIMP fills a folder that exists already only in part.
  for part in brushes fonts gradients palettes patterns plug-ins tmp \
              tool-presets; do
    mkdir -p "$1/profile/$part"
  done
}

# make_template CONSOLE: under another name until it is complete
make_template ()
{
  rm -rf "$GIMP_TEMPLATE.new"
  mkdir -p "$GIMP_TEMPLATE.new/gegl"
  for module in "$(pkg-config --variable=pluginsdir gegl-0.4)"/*.so; do
    case $module in
      *-load.so|*-save.so|*/v4l.so) ;;
      *) ln -s "$module" "$GIMP_TEMPLATE.new/gegl" ;;
    esac
  done
  (preloaded=
   enter_profile "$GIMP_TEMPLATE.new"
   run_batch "$1" "(gimp-version)" >/dev/null 2>&1)
  # With what babl remembers here every plug-in takes a quarter of a gigabyte.
  # Where it can keep nothing, it takes what all programs left in /tmp.
  rm -rf "$GIMP_TEMPLATE.new/cache/babl"
  mv "$GIMP_TEMPLATE.new" "$GIMP_TEMPLATE"
}

# make_profile FOLDER PLUG-IN CONSOLE: settings below FOLDER, with a copy of
# PLUG-IN, for CONSOLE and the GIMP of its series
make_profile ()
{
  if [ -n "${GIMP_TEMPLATE:-}" ]; then
    # One test makes it, the others wait.
    (flock 9
     [ -d "$GIMP_TEMPLATE" ] || make_template "$3") 9>"$GIMP_TEMPLATE.lock"
    cp -a "$GIMP_TEMPLATE/." "$1/"
  fi
  enter_profile "$1"
  cp -R "$2" "$1/profile/plug-ins/"
  [ -z "${SLIM_NETWORK:-}" ] ||
    cp "$SLIM_NETWORK" "$1/profile/plug-ins/pastiche/models/compact.safetensors"
  if [ -n "${READ_PICTURES:-}" ]; then
    mkdir "$1/profile/plug-ins/read-pictures"
    cp "$READ_PICTURES" "$1/profile/plug-ins/read-pictures/read-pictures"
  fi
}
