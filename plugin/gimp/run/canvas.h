/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.h: the developing picture and the result, as layers of the image */
#pragma once

#include "plugin/gimp/image/request.h"

typedef struct _PstCanvas PstCanvas;

/* pst_canvas_new:
 * @request: what is being painted; must outlive the canvas.  The layers keep
 *   its settings.
 * @name: of the layers
 * @replaced: the result that the new one is to replace, see replacement.h;
 *   PST_NO_ITEM: none.  One that cannot be replaced any more stays.
 * Nothing is added to the image yet. */
PstCanvas *pst_canvas_new (const PstRequest *request,
                           const char       *name,
                           PstLayerRef       replaced);

/* pst_canvas_show:
 * @picture: of the content's size; taken over
 * Starts to show it as a layer above the content, until the canvas is freed.
 * The image's undo history and its mark of unsaved changes stay as they are. */
void pst_canvas_show (PstCanvas *canvas, PstImage *picture);

/* Continues for about 20 ms.  Returns whether more remains to be done. */
gboolean pst_canvas_show_more (PstCanvas *canvas);

/* pst_canvas_is_intact:
 * Errors: PST_ERROR_IMAGE, the user has removed the layer that was shown. */
gboolean pst_canvas_is_intact (PstCanvas *canvas, GError **error);

/* pst_canvas_finish:
 * @picture: of the content's size
 * Puts the result above the content, or in place of the earlier one, as one
 * undo step, and removes what was shown.  What the user has selected stays
 * selected.  Returns the new layer.
 * Errors: PST_ERROR_IMAGE, GIMP does not take the layer; PST_ERROR_MEMORY. */
PstLayerRef
pst_canvas_finish (PstCanvas *canvas, const PstImage *picture, GError **error);

/* Removes what was shown.  NULL is allowed. */
void pst_canvas_free (PstCanvas *canvas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstCanvas, pst_canvas_free)
