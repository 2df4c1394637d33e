#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# replace.sh GIMP PLUG-IN PICTURES SCREENSHOTS FAULT
#
# The dialog on a result, in GIMP's windows: the result is replaced, or another
# is added, always as one step of undo; the content may be gone.  Then the
# second dialog.  Writes TAP.  SCREENSHOTS is a folder for screenshots; FAULT is
# the library made of fault.c.  Needs no display.
set -eu

. "$(dirname -- "$0")/desktop.sh"
. "$here/server.sh"
outputs=
. "$here/../tap.sh"

layers="(text-of (states-of-layers image))"
names="(text-of (names-of-layers image))"
others='\"content\" \"style\"'
selected="(text-of (map name-of (selected-layers image)))"

# What stays when a layer is replaced.
attributes="(text-of (attributes (layer-named \"mine\")))"

# undo, redo: until the layers are those of $1
undo ()
{
  press "$main" ctrl+z
  comes_true value_is "$layers" "$1"
}

redo ()
{
  press "$main" ctrl+y
  comes_true value_is "$layers" "$1"
}

# run_dialog SCREENSHOT KEY...: opens the dialog, presses the keys there, and
# waits for the end of the run
run_dialog ()
{
  local name=$1
  shift
  open_dialog
  [ $# -eq 0 ] || press "$dialog" "$1"
  [ $# -lt 2 ] || xdotool key "${@:2}"
  sleep 0.5
  screenshot "$name"
  answer dialog alt+o
  wait_for "the end of the run" has_no_plug_in
}

select_named ()
{
  ask "(select-layer image (layer-named \"$1\"))" >/dev/null
}

# differs EXPRESSION VALUE
differs ()
{
  ! value_is "$1" "$2"
}

has_parameter ()
{
  [ "$(ask "(contains? (parameters-of (layer-named \"$1\")) \"$2\")")" = "#t" ]
}

# ---- the story --------------------------------------------------------------

make_pictures 64 48
start_display
start_server
# To the terminal, not to windows that would take the keys.
ask "(gimp-message-set-handler 1)" >/dev/null
ask "(begin
  (define image (car (open-images)))
  (define (name-of layer) (car (gimp-item-get-name layer)))
  (define (layer-named name)
    (let loop ((layers (layers-of image)))
      (if (string=? (name-of (car layers)) name)
          (car layers)
          (loop (cdr layers)))))
  (define (attributes layer)
    (list (car (gimp-layer-get-opacity layer))
          (car (gimp-layer-get-mode layer))
          (car (gimp-layer-get-lock-alpha layer))
          (car (gimp-item-get-lock-position layer))
          (car (gimp-item-get-color-tag layer))
          (car (gimp-item-get-tattoo layer))
          (gimp-drawable-get-offsets layer) (size-of layer)
          (cadr (place-of image layer))
          (checksum (sample (car (gimp-layer-get-mask layer))))
          (if has-effects
              (vector-length (car (gimp-drawable-get-filters layer)))))))" \
  >/dev/null
echo "{\"styles\": [{\"name\": \"style\", \"weight\": 1.0,
                   \"file\": \"file://$scratch/style.ppm\"}]}" \
  >"$GIMP2_DIRECTORY/pastiche.json"

original=$(ask "$layers")
run_dialog first
check "the first result" value_is "$names" \
  '"(\"Pastiche (style)\" \"content\" \"style\")"'
check "the content is still selected" value_is "$selected" '"(\"content\")"'
first=$(ask "$layers")
check "the first result is one step of undo" undo "$original"
check "which can be redone" redo "$first"

# All that a user may do to a result.
ask "(let ((result (layer-named \"Pastiche (style)\")))
       (gimp-item-set-name result \"mine\")
       (gimp-layer-set-opacity result 40)
       (gimp-layer-set-mode result LAYER-MODE-MULTIPLY)
       (gimp-layer-set-offsets result 5 3)
       (gimp-item-set-color-tag result 3)
       (gimp-layer-add-mask result
         (car (gimp-layer-create-mask result ADD-MASK-ALPHA)))
       (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 5 3 20 20)
       (gimp-context-set-foreground '(90 90 90))
       (gimp-drawable-edit-fill (car (gimp-layer-get-mask result))
                                FILL-FOREGROUND)
       (gimp-selection-none image)
       (if has-effects (add-effect result \"gegl:invert-gamma\"))
       (gimp-layer-set-lock-alpha result TRUE)
       (gimp-image-lower-item image result)
       (gimp-image-lower-item image result)
       (gimp-item-set-lock-position result TRUE)
       (select-layer image result))" >/dev/null
before=$(ask "$layers")
kept=$(ask "$attributes")
pixels=$(ask "(checksum (sample (layer-named \"mine\")))")

# replaced TITLE: checks that the result is another picture, with all the rest
replaced ()
{
  check "$1: there are as many layers" value_is "$names" \
    '"(\"content\" \"style\" \"mine\")"'
  check "$1: all that belongs to the layer has stayed" \
    value_is "$attributes" "$kept"
  check "$1: it is still selected" value_is "$selected" '"(\"mine\")"'
}

run_dialog replace alt+h $(yes Up | head -n 20)
replaced "replaced"
check "replaced: it is another picture" differs \
  "(checksum (sample (layer-named \"mine\")))" "$pixels"
check "replaced: it has the settings of the dialog" \
  has_parameter mine '\"strength\":70'
after=$(ask "$layers")
check "replaced: it is one step of undo" undo "$before"
check "replaced: it can be redone" redo "$after"
# GIMP 3.0 forgets the effects of a layer that comes back by redo.
redone=$(ask "$attributes")
run_dialog replace-again alt+h $(yes Down | head -n 20)
kept=$redone replaced "replaced again"
check "replaced again: it has the settings of the dialog" \
  has_parameter mine '\"strength\":50'
check "replaced again: it is one step of undo" undo "$after"
check "replaced: it can be undone after that" undo "$before"

run_dialog add alt+k
check "added: there is one layer more, above the content" value_is "$names" \
  '"(\"Pastiche (style)\" \"content\" \"style\" \"mine\")"'
check "added: the earlier result is what it was" \
  value_is "$attributes" "${kept/) 2 /) 3 }"
check "added: that is selected" value_is "$selected" '"(\"mine\")"'
check "added: it is one step of undo" undo "$before"

# Another part than before: a new layer, unless the user wants it otherwise.
ask "(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 8 8 30 20)" \
  >/dev/null
run_dialog part
check "a part is selected: that is added" value_is \
  "(text-of (size-of (car (layers-of image))))" '"(30 20)"'
check "a part is selected: it is one step of undo" undo "$before"
run_dialog replace-part alt+k Up
check "replaced by a part: there are as many layers" value_is "$names" \
  '"(\"content\" \"style\" \"mine\")"'
check "replaced by a part: it has its size, and so has its mask" value_is \
  "(text-of (map size-of (list (layer-named \"mine\")
                (car (gimp-layer-get-mask (layer-named \"mine\"))))))" \
  '"((30 20) (30 20))"'
check "replaced by a part: it is one step of undo" undo "$before"
ask "(gimp-selection-none image)" >/dev/null

# Our own name says what is different.
ask "(begin (gimp-item-set-name (layer-named \"mine\") \"Pastiche (style)\")
            (select-layer image (layer-named \"content\")))" >/dev/null
run_dialog other alt+h Up Up
another='\"Pastiche (style): Strength 52\"'
check "another result is told apart by its name" value_is "$names" \
  "\"($another $others \\\"Pastiche (style)\\\")\""
check "the content is selected again" value_is "$selected" '"(\"content\")"'
press "$main" ctrl+z

# The content is gone: the user is told, and the result itself is painted.
ask "(begin (gimp-item-set-name (layer-named \"Pastiche (style)\") \"mine\")
            (gimp-image-remove-layer image (layer-named \"content\"))
            (gimp-item-set-lock-position (layer-named \"mine\") FALSE)
            (select-layer image (layer-named \"mine\")))" >/dev/null
before=$(ask "$layers")
press "$main" ctrl+f
check "repeated without the content: the user is told" \
  comes_true grep -q "no longer in the image" "$scratch/gimp.log"
check "repeated without the content: nothing is changed" \
  value_is "$layers" "$before"
run_dialog gone
check "without the content the result itself is painted" value_is "$names" \
  '"(\"style\" \"Pastiche (style)\" \"mine\")"'
check "without the content: it is one step of undo" undo "$before"

# The second dialog, answered with Return.
select_named style
press "$main" ctrl+shift+k
wait_for "the second dialog" find_window restyle
sleep 0.5
screenshot restyle
answer restyle Return
wait_for "the end of the run" has_no_plug_in
check "the second dialog: Return is OK" value_is "$names" \
  '"(\"Pastiche (style)\" \"style\" \"mine\")"'
check "the second dialog: it is one step of undo" undo "$before"

finish
