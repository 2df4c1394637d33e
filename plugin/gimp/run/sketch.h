/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketch.h: what a preview has painted, for the run that goes on with it */
#pragma once

#include "core/pastiche.h"

/* Empty when it is zero. */
typedef struct
{
  PstImage *picture;    /* as the engine made it; owned, NULL: none */
  int       iterations; /* see pst_transfer_begin_from() */
} PstSketch;

/* pst_sketch_begin:
 * Makes @transfer start from the picture, which is of the same content, styles
 * and settings; from the beginning if there is none.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_sketch_begin (const PstSketch *sketch,
                           PstTransfer     *transfer,
                           GError         **error);

/* Leaves it empty. */
void pst_sketch_clear (PstSketch *sketch);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstSketch, pst_sketch_clear)
