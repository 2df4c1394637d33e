/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.h: average pooling of 2x2, stride 2, and its gradient
 *
 * Sizes are rounded up, as Caffe does: a window that is cut off by the right or
 * lower border is averaged over the pixels that it has.  So every picture of at
 * least one pixel can be pooled, and no pixel goes unseen.
 */
#pragma once

#include "shape.h"
#include "workers.h"

/* ceil (height / 2), ceil (width / 2), same channels. */
PstShape pst_pool_shape    (PstShape     x);

/* @x: [shape]   @y: [pst_pool_shape (shape)], overwritten */
void     pst_pool_forward  (PstWorkers  *workers,
                            PstShape     shape,
                            const float *x,
                            float       *y);

/* @dy: [pst_pool_shape (shape)]   @dx: [shape], overwritten */
void     pst_pool_backward (PstWorkers  *workers,
                            PstShape     shape,
                            const float *dy,
                            float       *dx);
