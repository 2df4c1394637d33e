/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mask.h: the weight of each pixel, at the taps of the network
 *
 * A mask holds a weight >= 0 for each pixel, [height][width]: alpha, or where a
 * region is.  NULL stands for one that is 1 everywhere.
 */
#pragma once

#include "core/base/shape.h"
#include "core/base/workers.h"

/* pst_mask_pool:
 * Averages @mask, [height][width], down to @shape by halvings, as the network's
 * poolings do.
 * @buffers: two of pst_mask_scratch() floats
 * @pooled: [shape.height][shape.width], overwritten */
void  pst_mask_pool (PstWorkers  *workers,
                     int          height,
                     int          width,
                     const float *mask,
                     PstShape     shape,
                     float *const buffers[2],
                     float       *pooled);
gsize pst_mask_scratch (int height, int width);

/* Sum over the pixels of @shape, whose channels do not matter. */
double pst_mask_sum (PstShape shape, const float *mask);
