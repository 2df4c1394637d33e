/* SPDX-License-Identifier: GPL-3.0-or-later */
/* join.h: the sum of two activations, and the mean of one
 *
 * What residual networks have beside convolutions: K. He et al., "Deep Residual
 * Learning for Image Recognition", CVPR 2016.  Rows are given from the first
 * that is to be done.
 */
#pragma once

#include "conv-window.h"
#include "core/base/shape.h"
#include "core/base/workers.h"

/* pst_join_forward:
 * y = a + b, or ReLU of it.
 * @shape: of the rows to be done   @a, @b, @y: [shape]
 * @bits: [height][width][groups], where y > 0; or NULL */
void pst_join_forward (PstWorkers  *workers,
                       PstShape     shape,
                       const float *a,
                       const float *b,
                       gboolean     relu,
                       float       *y,
                       PstBits     *bits);

/* pst_join_backward:
 * dx = dy, where the bits are set; the same for both of the sum's parts.
 * @bits: NULL: all are
 * @add: to dx, instead of overwriting it */
void pst_join_backward (PstWorkers    *workers,
                        PstShape       shape,
                        const float   *dy,
                        const PstBits *bits,
                        gboolean       add,
                        float         *dx);

/* @mean: [channels] of all pixels of @x, [shape]. */
void pst_mean_forward (PstWorkers  *workers,
                       PstShape     shape,
                       const float *x,
                       float       *mean);

/* pst_mean_backward:
 * @shape: of the whole activation   @n_rows: of it to be done
 * @dx: [n_rows][width][channels]    @add: as above */
void pst_mean_backward (PstWorkers  *workers,
                        PstShape     shape,
                        int          n_rows,
                        const float *dmean,
                        gboolean     add,
                        float       *dx);
