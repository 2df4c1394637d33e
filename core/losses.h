/* SPDX-License-Identifier: GPL-3.0-or-later */
/* losses.h: what is minimised
 *
 * Each loss returns its value as a double and adds weight times its gradient to
 * a buffer.  Sums that decide something are doubles; every sum is split in fixed
 * places, so that no result depends on the number of threads.
 *
 * Where weights are given, weights[i] >= 0 is the weight of pixel i (its alpha)
 * and means are weighted means; NULL: all are 1.
 */
#pragma once

#include "shape.h"
#include "workers.h"

/* pst_gram:
 * @f: [n][c]   @weights: [n] or NULL   @ret_gram: [c][c]
 * G = sum over i of weights[i] f[i] f[i]^T / sum of weights.
 * Gatys et al. 2016, equation 3, divided by the number of positions.
 * @scratch: pst_gram_scratch (c) floats for each worker */
void   pst_gram                 (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights,
                                 double       *ret_gram,
                                 float        *scratch);
gsize  pst_gram_scratch         (int           c);

/* pst_style_loss:
 * @gram, @target: [c][c]
 * Returns |gram - target|^2 / |target|^2 (Frobenius), and in @ret_slope [c][c]
 * weight * d loss / d f = weights[i] slope f[i] (slope is symmetric).
 * @total: sum of weights, n without */
double pst_style_loss           (int           c,
                                 const double *gram,
                                 const double *target,
                                 double        weight,
                                 double        total,
                                 float        *ret_slope);

/* Adds weights[i] slope f[i] to df[i].  @f, @df: [n][c]
 * @scratch: pst_gram_scratch (c) floats for each worker */
void   pst_style_gradient       (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights,
                                 const float  *slope,
                                 float        *df,
                                 float        *scratch);

/* Variance of f over positions, each channel about its own mean, averaged over
 * channels: the unit of the content loss. */
double pst_feature_variance     (gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights);

/* pst_content_loss:
 * Weighted mean over positions and channels of (f - target)^2, divided by
 * @variance.  Adds weight * gradient to @df unless that is NULL.
 * Gatys et al. 2016, equation 1, made relative. */
double pst_content_loss         (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *target,
                                 const float  *weights,
                                 double        variance,
                                 double        weight,
                                 float        *df);

/* pst_range_loss:
 * @x: [n] values.  Mean of max (0, -x)^2 + max (0, x - 1)^2: keeps the picture
 * in the displayable range while it is optimised. */
double pst_range_loss           (PstWorkers   *workers,
                                 gsize         n,
                                 const float  *x,
                                 double        weight,
                                 float        *dx);

/* pst_smoothness_loss:
 * @x: [height][width][3].  Total variation, squared: the sum of the squared
 * differences to the right and the lower neighbour, divided by the number of
 * values.  Mahendran and Vedaldi, "Understanding Deep Image Representations by
 * Inverting Them", CVPR 2015, with beta = 2. */
double pst_smoothness_loss      (PstWorkers   *workers,
                                 int           height,
                                 int           width,
                                 const float  *x,
                                 double        weight,
                                 float        *dx);
