/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.h: the developing picture in the dialog
 *
 * One source for GTK 2 and GTK 3.  It looks at its run 25 times a second and
 * never waits for it.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/run/preview-run.h"
#include "plugin/gimp/image/request.h"

typedef struct _PstPreview PstPreview;

/* Called when the status has changed. */
typedef void (*PstPreviewChanged) (gpointer data);

/* @request: whose content is shown until something is painted */
PstPreview *
pst_preview_new (PstRequest *request, PstPreviewChanged changed, gpointer data);

/* To be packed into the dialog, which is destroyed before the preview is
 * freed. */
GtkWidget *pst_preview_get_widget (PstPreview *preview);

/* pst_preview_show:
 * Begins anew with this request, unless it equals the one of before; with
 * nothing if it cannot be met, see pst_request_check(). */
void pst_preview_show (PstPreview *preview, PstRequest *request);

/* What the run says, or why there is none. */
PstPreviewStatus pst_preview_get_status (const PstPreview *preview);

/* pst_preview_take_sketch:
 * Ends the run.  Hands over its picture, see pst_preview_run_take_sketch(), if
 * it is of this request, and GIMP's pixels still are what they were. */
void pst_preview_take_sketch (PstPreview       *preview,
                              const PstRequest *request,
                              PstSketch        *ret_sketch);

/* NULL is allowed. */
void pst_preview_free (PstPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPreview, pst_preview_free)
