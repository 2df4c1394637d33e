/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.h: a call of a procedure, in each of GIMP's three run modes */
#pragma once

#include "plugin/gimp/image/origin.h"
#include "plugin/gimp/image/styles.h"
#include "plugin/params.h"
#include "sketch.h"

/* What a procedure was called with.  The user is asked for what is missing, or
 * it is taken from the last call. */
typedef struct
{
  GimpRunMode run_mode;
  gboolean    with_window; /* the plug-in may show windows */
  PstContent  content;
  PstStyles   styles; /* first those selected together with the content */
  PstParams   params;
  PstSketch   sketch;   /* of these choices; empty: none */
  double      promised; /* seconds, that the user was told; 0: none */

  /* When the active layer is a result, unless a script calls: */
  PstLayerRef result;   /* it; else PST_NO_ITEM */
  PstOrigin   origin;   /* its own.  If its content is gone, the result is the
                         * content. */
  gboolean    replaces; /* the new result takes its place */
} PstCall;

/* pst_call_init:
 * @drawable: the active layer, or its mask.  Unless a script calls, the content
 *   of a result is what that was painted from.
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
 * the parameters to begin with; the dialog begins with those of a result that
 * is active.  Returns the new layer.
 * Errors: as pst_call_paint(). */
PstLayerRef
pst_call_run (PstCall *call, PstCallAsk ask, gpointer data, GError **error);

/* Whether the content is a result whose own content is not known, or not there
 * any more. */
gboolean pst_call_is_orphan (const PstCall *call);

/* Whether the new result may take the place of the active layer. */
gboolean pst_call_may_replace (const PstCall *call);

/* pst_call_paint:
 * Runs with the choices in @call, as they are.
 * Errors: as pst_run(); PST_ERROR_IMAGE, the content is an orphan and the user
 * was not asked. */
PstLayerRef pst_call_paint (PstCall *call, GError **error);

/* For a user who does not want a run.  Returns FALSE. */
gboolean pst_call_set_cancelled (GError **error);
