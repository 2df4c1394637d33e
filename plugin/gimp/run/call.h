/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.h: a call of a procedure, in each of GIMP's three run modes */
#pragma once

#include "plugin/params.h"
#include "sketch.h"
#include "plugin/gimp/image/styles.h"

/* What a procedure was called with.  The user is asked for what is missing, or
 * it is taken from the last call. */
typedef struct
{
  GimpRunMode run_mode;
  gboolean    with_window; /* the plug-in may show windows */
  PstContent  content;
  PstStyles   styles; /* first those selected together with the content */
  PstParams   params;
  PstSketch   sketch; /* of these choices; empty: none */
} PstCall;

/* pst_call_init:
 * @drawable: the active layer, or its mask.
 * Without styles, and with default parameters; @call is to be cleared in any
 * case.
 * Errors: as pst_content_find(). */
gboolean pst_call_init (PstCall       *call,
                        GimpRunMode    run_mode,
                        PstImageRef    image,
                        PstDrawableRef drawable,
                        GError       **error);
void     pst_call_clear (PstCall *call);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstCall, pst_call_clear)

/* Shows the dialog with the styles and parameters of @call, and changes them,
 * and the sketch, to what was chosen.  Returns FALSE if the user cancels. */
typedef gboolean (*PstCallAsk) (PstCall *call, gpointer data);

/* pst_call_run:
 * The first procedure.  The series has put into @call what a script said, or
 * the parameters to begin with.  Returns the new layer.
 * Errors: as pst_run(). */
PstLayerRef
pst_call_run (PstCall *call, PstCallAsk ask, gpointer data, GError **error);

/* pst_call_paint:
 * Runs with the choices in @call, as they are.
 * Errors: as pst_run(). */
PstLayerRef pst_call_paint (PstCall *call, GError **error);

/* For a user who does not want a run.  Returns FALSE. */
gboolean pst_call_set_cancelled (GError **error);
