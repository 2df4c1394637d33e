/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mask.h: the weight of each pixel, at the taps of the network
 *
 * A mask holds a weight >= 0 for each pixel, [height][width]: alpha, or where a
 * region is.  NULL stands for one that is 1 everywhere.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/shape.h"
#include "core/base/workers.h"

/* Averages masks of one size down to the sizes of taps. */
typedef struct
{
  PstWorkers *workers; /* borrowed */
  int         height;  /* of the masks */
  int         width;
  float      *buffers[2]; /* masks on their way, the arena's */
} PstMaskPool;

/* pst_mask_pool_init:
 * Takes its buffers from @arena.
 * @used: FALSE: there will be no masks, and no buffers are needed */
void pst_mask_pool_init (PstMaskPool *pool,
                         PstArena    *arena,
                         PstWorkers  *workers,
                         int          height,
                         int          width,
                         gboolean     used);

/* pst_mask_pool_run:
 * Averages @mask, [height][width], down to @shape by halvings, as the network's
 * pooling layers do.
 * @pooled: [shape.height][shape.width], overwritten */
void pst_mask_pool_run (const PstMaskPool *pool,
                        const float       *mask,
                        PstShape           shape,
                        float             *pooled);

/* Sum over the pixels of @shape, whose channels do not matter. */
double pst_mask_sum (PstShape shape, const float *mask);
