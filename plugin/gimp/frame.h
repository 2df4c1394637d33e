/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.h: what the dialogs of both series have in common
 *
 * The preview at the left, at the right presets, the controls that each dialog
 * puts in, what is under Advanced, and the forecast.
 */
#pragma once

#include <gtk/gtk.h>

#include "content.h"
#include "plugin/presets.h"
#include "sketch.h"
#include "styles.h"

typedef struct _PstFrame PstFrame;

/* Called when a preset was chosen. */
typedef void (*PstFrameChosen) (const PstPreset *preset, gpointer data);

/* pst_frame_new:
 * @dialog: whose content this becomes, and whose OK it makes sensitive;
 *   destroyed before the frame is freed.
 * @content: must outlive the frame. */
PstFrame *pst_frame_new (GtkDialog        *dialog,
                         const PstContent *content,
                         PstFrameChosen    chosen,
                         gpointer          data);

/* Vertical boxes, to be filled by the dialog. */
GtkBox *pst_frame_get_controls (PstFrame *frame);
GtkBox *pst_frame_get_advanced (PstFrame *frame);

/* To be called when the dialog is shown, and after each change of a choice.
 * Both are copied. */
void pst_frame_update (PstFrame        *frame,
                       const PstStyles *styles,
                       const PstParams *params);

/* What the preview has painted, see pst_preview_take_sketch(); once, when the
 * dialog has been answered. */
void pst_frame_take_sketch (PstFrame        *frame,
                            const PstStyles *styles,
                            const PstParams *params,
                            PstSketch       *ret_sketch);

/* NULL is allowed. */
void pst_frame_free (PstFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstFrame, pst_frame_free)
