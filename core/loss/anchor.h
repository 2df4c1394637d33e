/* SPDX-License-Identifier: GPL-3.0-or-later */
/* anchor.h: holds what a coarser scale painted while a finer one adds brushwork
 *
 * The loss compares means over blocks of pixels with those of the picture that
 * the scale started from: what is smaller than a block is free, what is larger
 * stays.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/workers.h"

/* Side of a block, pixels. */
#define PST_ANCHOR_BLOCK 4

typedef struct
{
  int     height; /* of the picture */
  int     width;
  float  *means; /* [blocks in a column][blocks in a row][3] */
  double *sums;  /* [blocks in a column] */
} PstAnchor;

/* Takes its buffers from @arena. */
void
pst_anchor_init (PstAnchor *anchor, PstArena *arena, int height, int width);

/* @x: [height][width][3], the picture to be held */
void pst_anchor_set (PstAnchor *anchor, PstWorkers *workers, const float *x);

/* pst_anchor_loss:
 * Mean over blocks and channels of (mean of @x in the block - mean held)^2;
 * adds @weight times the gradient to @dx.  Blocks at the right and the lower
 * border are smaller.
 * @x, @dx: [height][width][3] */
double pst_anchor_loss (const PstAnchor *anchor,
                        PstWorkers      *workers,
                        const float     *x,
                        double           weight,
                        float           *dx);
