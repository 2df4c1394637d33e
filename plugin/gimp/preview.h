/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.h: the developing picture in the dialog
 *
 * One source for GTK 2 and GTK 3.  It looks at its trial 25 times a second and
 * never waits for it.
 */
#pragma once

#include <gtk/gtk.h>

#include "content.h"
#include "styles.h"
#include "trial.h"

typedef struct _PstPreview PstPreview;

/* Called when the facts have changed. */
typedef void (*PstPreviewChanged) (gpointer data);

/* @content: must outlive the preview. */
PstPreview *pst_preview_new (const PstContent *content,
                             PstPreviewChanged changed,
                             gpointer          data);

/* To be packed into the dialog, which is destroyed before the preview is
 * freed. */
GtkWidget *pst_preview_get_widget (PstPreview *preview);

/* pst_preview_show:
 * Begins anew with these choices, unless they are those of before; NULL: there
 * is nothing to be shown.  Both are copied. */
void pst_preview_show (PstPreview      *preview,
                       const PstStyles *styles,
                       const PstParams *params);

/* What the trial says, or why there is none. */
PstTrialFacts pst_preview_get_facts (const PstPreview *preview);

/* pst_preview_take_sketch:
 * Ends the trial.  Hands over its picture, see pst_trial_take_sketch(), if a
 * run with these choices, begun now, would be of the same content, regions and
 * styles. */
void pst_preview_take_sketch (PstPreview      *preview,
                              const PstStyles *styles,
                              const PstParams *params,
                              PstSketch       *ret_sketch);

/* NULL is allowed. */
void pst_preview_free (PstPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPreview, pst_preview_free)
