/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-body.h: what the dialogs of both series have in common
 *
 * The preview at the left, at the right presets, the controls that each dialog
 * puts in, what is under Advanced, and the summary.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/run/call.h"
#include "plugin/presets.h"

typedef struct _PstDialogBody PstDialogBody;

/* Called when a preset was chosen. */
typedef void (*PstPresetChosen) (const PstPreset *preset, gpointer data);

/* pst_dialog_body_new:
 * @dialog: whose content this becomes, and whose OK it makes sensitive;
 *   destroyed before the body is freed.
 * @call: must outlive the body; the dialog changes its styles and parameters.
 */
PstDialogBody *pst_dialog_body_new (GtkDialog      *dialog,
                                    PstCall        *call,
                                    PstPresetChosen chosen,
                                    gpointer        data);

/* Vertical boxes, to be filled by the dialog. */
GtkBox *pst_dialog_body_get_controls (PstDialogBody *body);
GtkBox *pst_dialog_body_get_advanced (PstDialogBody *body);

/* To be called when the dialog is shown, and after each change of a choice. */
void pst_dialog_body_update (PstDialogBody *body);

/* Puts into the call what the preview has painted, see
 * pst_preview_take_sketch(); once, when the dialog has been answered. */
void pst_dialog_body_take_sketch (PstDialogBody *body);

/* NULL is allowed. */
void pst_dialog_body_free (PstDialogBody *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstDialogBody, pst_dialog_body_free)
