/* SPDX-License-Identifier: GPL-3.0-or-later */
/* avgpool.h: average pooling of 2x2, stride 2, and its gradient
 *
 * Sizes are rounded up, as Caffe does: a window that is cut off by the right or
 * lower border is averaged over the pixels that it has.  So every picture of at
 * least one pixel can be pooled, and no pixel goes unseen.
 */
#pragma once

#include "core/base/shape.h"
#include "core/base/workers.h"

/* ceil (height / 2), ceil (width / 2), same channels. */
PstShape pst_pool_shape (PstShape x);

/* pst_pool_forward:
 * Rows @begin .. @end - 1 of y.
 * @x: [shape], rows @x_top and following
 * @y: [pst_pool_shape (shape)], rows @y_top and following, overwritten */
void pst_pool_forward (PstWorkers  *workers,
                       PstShape     shape,
                       const float *x,
                       int          x_top,
                       float       *y,
                       int          y_top,
                       int          begin,
                       int          end);

/* pst_pool_backward:
 * Rows @begin .. @end - 1 of dx; @begin is even, and @end unless it is the
 * height.
 * @dy: [pst_pool_shape (shape)], rows @dy_top and following
 * @dx: [shape], rows @dx_top and following
 * @add: to dx, instead of overwriting it */
void pst_pool_backward (PstWorkers  *workers,
                        PstShape     shape,
                        const float *dy,
                        int          dy_top,
                        float       *dx,
                        int          dx_top,
                        gboolean     add,
                        int          begin,
                        int          end);
