/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-grams.h: the Gram matrices of a style picture, in each style layer */
#pragma once

#include "core/base/workers.h"
#include "core/model/model.h"
#include "core/picture/picture.h"

typedef struct
{
  double *taps[PST_MODEL_MAX_TAPS]; /* [c][c] of each tap that is wanted, else
                                     * NULL; all within one block */
  guint32 wanted;                   /* bits of these style taps */
  double *block;                    /* owned */
  gsize   n;                        /* doubles in it */
} PstGrams;

/* pst_grams_init:
 * @taps: bits; those of them that are style taps are wanted
 * Matrices of zeros.  Errors: PST_ERROR_MEMORY; @grams is then empty. */
gboolean pst_grams_init (PstGrams       *grams,
                         const PstModel *model,
                         guint32         taps,
                         GError        **error);

/* An empty one is allowed. */
void pst_grams_clear (PstGrams *grams);

/* Bytes in the block of pst_grams_init(). */
gsize pst_grams_bytes (const PstModel *model, guint32 taps);

/* @grams += @share * @other, of the same taps */
void pst_grams_add (PstGrams *grams, double share, const PstGrams *other);

/* pst_grams_compute:
 * The matrices of @style, weighted by its alpha, overwrite @grams.  The network
 * runs no further than to the last tap that is wanted, at least one.
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
gboolean pst_grams_compute (PstGrams         *grams,
                            const PstModel   *model,
                            PstWorkers       *workers,
                            const PstPicture *style,
                            GError          **error);

/* Bytes that pst_grams_compute() allocates for a style with alpha. */
gsize pst_grams_measure (const PstModel *model,
                         guint32         taps,
                         PstWorkers     *workers,
                         int             height,
                         int             width);

/* Floats that adding up the matrix of any tap needs (pst_gram_scratch()). */
gsize pst_grams_scratch (const PstModel *model, PstWorkers *workers);
