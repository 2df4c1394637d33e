#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# interrupted.sh GIMP PLUG-IN PICTURES SCREENSHOTS FAULT
#
# Runs in GIMP's windows that do not end by themselves: cancelled, stopped and
# killed at several moments, with an undo in between, two at once, closed and
# quit; and runs with several layers selected.  GIMP's Script-Fu server tells
# the state of the image, which also shows that GIMP answers.  Writes TAP.
# SCREENSHOTS is a folder for screenshots; FAULT is the library made of fault.c.
# Needs no display.
set -eu

. "$(dirname -- "$0")/desktop.sh"
. "$here/server.sh"
outputs=
. "$here/../tap.sh"

find_layers ()
{
  ask "(begin (define image (car (open-images)))
              (define content (car (layers-of image)))
              (define style (cadr (layers-of image))))" >/dev/null
}

state="(text-of (state-of image))"
layers="(text-of (states-of-layers image))"
names="(text-of (names-of-layers image))"
result='\"Pastiche (style)\"'
others='\"content\" \"style\"'
more='\"more\"'

# ---- runs -------------------------------------------------------------------

# run [RUN-MODE]: to its end, with a window unless it is RUN-NONINTERACTIVE
run ()
{
  ask "(text-of (error-of (lambda ()
         (repaint image content style
                  'run-mode ${1:-RUN-WITH-LAST-VALS}))))" >"$scratch/answer"
}

# A process that stands still would outlive GIMP.
end_all ()
{
  local process
  process=$(find_plug_in) && kill -KILL "$process"
  stop_all
}
trap end_all EXIT

is_halted ()
{
  grep -q '^State:.T' "/proc/$(find_plug_in)/status"
}

# halt_run MOMENT [RUN-MODE]: begins one that stands still at MOMENT
halt_run ()
{
  echo "$1 halt" >"$scratch/fault"
  run "${2:-}" &
  asking=$!
  wait_for "a run that stands still" is_halted
}

# halt_repeated MOMENT: the same, of the dialog's last run, which is repeated
halt_repeated ()
{
  echo "$1 halt" >"$scratch/fault"
  press "$main" ctrl+f
  wait_for "a run that stands still" is_halted
}

# finish_run: that of halt_run goes on, to its end
finish_run ()
{
  kill -CONT "$(find_plug_in)"
  wait "$asking"
}

# forget_styles: those that the dialog remembers are layers of an image that was
# closed
forget_styles ()
{
  echo '{"source": "layers"}' >"$GIMP2_DIRECTORY/pastiche.json"
}

select_both ()
{
  ask "(gimp-image-set-selected-layers image (vector content style))" >/dev/null
}

# title_has TEXT
title_has ()
{
  xdotool getwindowname "$main" | grep -q -e "$1"
}

# click_cancel: somewhere at the right end of the line below the canvas; Escape
# does not do it
click_cancel ()
{
  local x
  for x in $(seq 1010 -15 905); do
    xdotool mousemove $x 888 click 1
    ! patience=1 comes_true has_no_plug_in || return 0
  done
  return 1
}

# GIMP tells the two apart by a number; either may be the first to end.
has_both_results ()
{
  value_is '(text-of (map (lambda (name) (car (strbreakup name " #")))
                          (names-of-layers image)))' \
           "\"($result $result $others)\""
}

# wait_both: whether two runs have the folder that change-lock.c locks
wait_both ()
{
  [ "$(find /proc/[0-9]*/fd -lname "$GIMP2_DIRECTORY" 2>/dev/null |
         wc -l)" -eq 2 ]
}

# interrupt NAME MOMENT HAPPENING: a run, by fault.c
interrupt ()
{
  echo "$2 $3" >"$scratch/fault"
  run
  check "$1: it has happened" test ! -e "$scratch/fault"
}

preparing="g_main_loop_run 1"
working="gtk_progress_bar_set_fraction 1"
inserting="gimp_image_insert_layer 1"
freezing="gimp_image_undo_freeze 1"
shown="gimp_displays_flush 1"
cancel="respond -6"
keep="respond -3"

# ---- the story --------------------------------------------------------------

make_pictures 64 48
start_display
start_server
# To the terminal, not to windows that would take the keys.
ask "(gimp-message-set-handler 1)" >/dev/null
find_layers
original=$(ask "$layers")
# A step of undo that the window's title tells of.
ask "(let ((more (car (gimp-layer-new-from-drawable style image))))
       (gimp-item-set-name more \"more\")
       (gimp-image-insert-layer image more 0 2)
       (select-layer image content))" >/dev/null
before=$(ask "$state")

interrupt "cancelled while it prepares" "$preparing" "$cancel"
check "cancelled while it prepares: the image is what it was" \
  value_is "$state" "$before"
interrupt "cancelled while it works" "$working" "$cancel"
check "cancelled while it works: the image is what it was" \
  value_is "$state" "$before"
interrupt "cancelled while the picture is shown" "$inserting" "$cancel"
check "cancelled while the picture is shown: the image is what it was" \
  value_is "$state" "$before"

interrupt "stopped while it prepares" "$preparing" "$keep"
check "stopped while it prepares: the result is there" \
  value_is "$names" "\"($result $others $more)\""
press "$main" ctrl+z
wait_for "the result to be undone" value_is "$state" "$before"

interrupt "killed while it works" "$working" kill
check "killed while it works: the image is what it was" \
  value_is "$state" "$before"
interrupt "killed while the picture is shown" "$shown" kill
check "killed while the picture is shown: that remains" \
  value_is "$names" "\"($result $others $more)\""
ask "(begin (gimp-image-undo-freeze image)
            (gimp-image-remove-layer image (car (layers-of image)))
            (gimp-image-undo-thaw image))" >/dev/null
check "killed while the picture is shown: nothing else is another" \
  value_is "$state" "$before"

# GIMP's own button.  GIMP 2.10 shows none to a script of a server.
if [ $series = 3 ]; then
  halt_run "gimp_progress_update 1" RUN-NONINTERACTIVE
  wait_for "GIMP's Cancel to end the plug-in" click_cancel
  wait "$asking"
  check "GIMP's Cancel: the image is what it was" \
    value_is "$state" "$before"
fi

# The user undoes a step while the picture is shown.
halt_run "$shown"
wait_for "the developing picture" title_has '4 layers'
press "$main" ctrl+z
wait_for "the step to be undone" title_has '3 layers'
finish_run
check "undone during a run: the result is there" \
  value_is "$names" "\"($result $others)\""
press "$main" ctrl+z
check "none of all these has left a step of undo" \
  comes_true value_is "$layers" "$original"

# Both layers are selected.
if [ $series = 3 ]; then
  select_both
  open_dialog
  answer dialog alt+o
  wait_for "the end of the run" has_no_plug_in
  check "two layers are selected: the lower is painted in the upper's style" \
    value_is "$names" \
    '"(\"content\" \"Pastiche (content)\" \"style\")"'
  select_both
  press "$main" ctrl+shift+k
  wait_for "the other dialog" find_window restyle
  answer restyle alt+o
  wait_for "the end of the run" has_no_plug_in
  check "two layers are selected: restyled" value_is "$names" \
    '"(\"content\" \"Pastiche (content) #1\" \"Pastiche (content)\" \"style\")"'
  press "$main" ctrl+z
  press "$main" ctrl+z
  wait_for "the results to be undone" value_is "$layers" "$original"
  ask "(select-layer image content)" >/dev/null
  forget_styles
fi

# Another run on the same layer, from the dialog.
halt_run "$shown"
first=$(find_plug_in)
open_dialog
choose_and_run
wait_for "the second picture" title_has '4 layers'
kill -CONT "$first"
wait "$asking"
wait_for "the end of both runs" has_no_plug_in
check "two at once: both results are there" has_both_results
press "$main" ctrl+z
press "$main" ctrl+z
check "two at once: one step for each" \
  comes_true value_is "$layers" "$original"

# One of them stands still in the middle of a change that is no step, when the
# other wants to make one.
halt_repeated "$freezing"
first=$(find_plug_in)
run RUN-NONINTERACTIVE &
asking=$!
wait_for "the other run to wait" wait_both
kill -CONT "$first"
wait "$asking"
wait_for "the end of both runs" has_no_plug_in
check "one waits for the other: both results are there" \
  has_both_results
press "$main" ctrl+z
press "$main" ctrl+z
check "one waits for the other: one step for each" \
  comes_true value_is "$layers" "$original"

# The user repeats the dialog's run and closes the image, which asks nothing if
# nothing is unsaved.
ask "(gimp-image-clean-all image)" >/dev/null
halt_repeated "$shown"
press "$main" ctrl+w
wait_for "the image to be closed" title_has '^GNU'
kill -CONT "$(find_plug_in)"
check "the image is closed during a run: it is gone" \
  comes_true value_is "(length (open-images))" 0
check "the image is closed during a run: the user is told" \
  comes_true grep -q "image was closed" "$scratch/gimp.log"

# Sixteen megapixels, with the names and sizes of the layers for a state:
# samples of them would take minutes.
sizes="(text-of (map size-of (layers-of image)))"
patience=600
ask "(begin (define large (load-image \"$scratch/original.xcf\"))
            (gimp-layer-scale (car (layers-of large)) 4000 4000 FALSE)
            (gimp-image-resize-to-layers large)
            (gimp-display-new large))" >/dev/null
forget_styles
find_layers
ask "(gimp-image-clean-all image)" >/dev/null
before=$(ask "$sizes")
interrupt "16 megapixels, cancelled" "$shown" "$cancel"
check "16 megapixels, cancelled: the layers are what they were" \
  value_is "$sizes" "$before"
check "16 megapixels, cancelled: there are no unsaved changes" \
  value_is "(car (gimp-image-is-dirty image))" 0
interrupt "16 megapixels, stopped" "$shown" "$keep"
check "16 megapixels, stopped: the result is there" \
  value_is "$names" "\"($result $others)\""
check "16 megapixels, stopped: it is as large as the content" \
  value_is "$sizes" "\"((4000 4000) ${before#\"(}"
press "$main" ctrl+z
wait_for "the result to be undone" value_is "$sizes" "$before"
press "$main" ctrl+w
wait_for "the image to be gone" value_is "(length (open-images))" 0

# While the dialog is open, the selection leaves the layer and comes back.
ask "(let ((other (load-image \"$scratch/original.xcf\")))
       (gimp-layer-resize (car (layers-of other)) 40 40 0 0)
       (gimp-image-select-rectangle other CHANNEL-OP-REPLACE 8 8 20 20)
       (gimp-image-clean-all other)
       (gimp-display-new other))" >/dev/null
find_layers
open_dialog
press "$dialog" alt+y
xdotool key space
ask "(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 45 8 10 20)" \
  >/dev/null
sleep 2   # the dialog looks once a second
screenshot unselected
press "$dialog" alt+o
check "the selection leaves the layer: nothing can be painted" \
  eval '! patience=3 comes_true find_window run'
check "the selection leaves the layer: the dialog stays" \
  comes_true find_window dialog
ask "(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 8 8 20 20)" \
  >/dev/null
answer dialog alt+o
wait_for "the end of the run" has_no_plug_in
check "the selection comes back: it is painted" value_is \
  "(text-of (size-of (car (layers-of image))))" '"(20 20)"'
press "$main" ctrl+z
wait_for "the result to be undone" value_is "$names" "\"($others)\""
ask "(gimp-image-clean-all image)" >/dev/null
forget_styles

# The image is closed while the dialog is open, which then asks for the regions
# that a style can have there.
open_dialog
press "$main" ctrl+w
wait_for "the image to be closed" title_has '^GNU'
press "$dialog" alt+y
xdotool key space
sleep 1
screenshot closed
check "the image is closed while the dialog is open: that stays" \
  comes_true find_window dialog
answer dialog alt+c
check "the image is closed while the dialog is open: it can be cancelled" \
  comes_true has_no_plug_in

# The user quits GIMP.
ask "(gimp-display-new (load-image \"$scratch/original.xcf\"))" >/dev/null
forget_styles
find_layers
ask "(gimp-image-clean-all image)" >/dev/null
halt_run "$shown"
press "$main" ctrl+q
check "GIMP is quit during a run: it ends" \
  comes_true have_ended $gimp_process
kill -CONT "$(find_plug_in)" 2>/dev/null || true
check "GIMP is quit during a run: nothing of it is left" \
  comes_true has_no_plug_in

finish
