/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maxpool.h: the largest of a window, stride 2, and its gradient
 *
 * Windows of 2x2, the first at the first pixel, or of 3x3, the first around it;
 * of those that reach beyond the picture, what is inside.  Sizes are rounded
 * up, as in avgpool.h.
 */
#pragma once

#include "core/base/shape.h"
#include "core/base/workers.h"

/* pst_maxpool_forward:
 * Rows @begin .. @end - 1 of y.
 * @shape: of x     @size: of the windows, 2 or 3
 * @x: rows @x_top and following
 * @y: [pst_pool_shape (shape)], rows @y_top and following, overwritten
 * @argmax: like y, rows @argmax_top and following: which pixel of the window it
 *   was, counted along the rows; of several the first.  NULL is allowed */
void pst_maxpool_forward (PstWorkers  *workers,
                          PstShape     shape,
                          int          size,
                          const float *x,
                          int          x_top,
                          float       *y,
                          int          y_top,
                          guint8      *argmax,
                          int          argmax_top,
                          int          begin,
                          int          end);

/* pst_maxpool_backward:
 * Rows @begin .. @end - 1 of dx.
 * @dy: [pst_pool_shape (shape)], rows @dy_top and following
 * @dx: [shape], rows @dx_top and following
 * @add: to dx, instead of overwriting it */
void pst_maxpool_backward (PstWorkers   *workers,
                           PstShape      shape,
                           int           size,
                           const float  *dy,
                           int           dy_top,
                           const guint8 *argmax,
                           int           argmax_top,
                           float        *dx,
                           int           dx_top,
                           gboolean      add,
                           int           begin,
                           int           end);
