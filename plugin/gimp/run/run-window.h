/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-window.h: what the user sees of a running transfer, and how to end it
 *
 * GIMP's own progress bar has a Cancel button that kills the plug-in, so an
 * interactive run shows this window instead of it.
 */
#pragma once

#include "core/pastiche.h"

typedef enum
{
  PST_RUN_GO_ON,
  PST_RUN_KEEP,  /* stop, keep the picture as it is */
  PST_RUN_CANCEL /* stop, leave the image as it was */
} PstRunAnswer;

typedef struct _PstRunWindow PstRunWindow;

/* @name: of the layer that is being made.  gimp_ui_init() has been called. */
PstRunWindow *pst_run_window_new (const char *name);

/* @left: expected seconds from now; < 0: not known */
void pst_run_window_update (PstRunWindow      *window,
                            const PstProgress *progress,
                            double             left);

/* Which button was pressed; after that, none can be. */
PstRunAnswer pst_run_window_get_answer (const PstRunWindow *window);

/* NULL is allowed. */
void pst_run_window_free (PstRunWindow *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstRunWindow, pst_run_window_free)
