/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-body.h: the dialog of both series, but for its window
 *
 * At the left the preview, which takes the room that the window has, and what
 * the run will make and need; at the right the styles and the parameters.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/run/call.h"

typedef struct _PstDialogBody PstDialogBody;

/* Called after the call's parameters were changed by the user. */
typedef void (*PstParamsChanged) (gpointer data);

/* pst_dialog_body_new:
 * @dialog: whose content this becomes, and whose OK it makes sensitive;
 *   destroyed before the body is freed.
 * @call: must outlive the body; the dialog changes its styles and parameters.
 * @changed: NULL is allowed.
 */
PstDialogBody *pst_dialog_body_new (GtkDialog       *dialog,
                                    PstCall         *call,
                                    PstParamsChanged changed,
                                    gpointer         data);

/* Shows the call's parameters after they were changed elsewhere. */
void pst_dialog_body_refresh (PstDialogBody *body);

/* Puts into the call what the preview has painted, see
 * pst_preview_take_sketch(); once, when the dialog has been answered. */
void pst_dialog_body_take_sketch (PstDialogBody *body);

/* NULL is allowed. */
void pst_dialog_body_free (PstDialogBody *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstDialogBody, pst_dialog_body_free)
