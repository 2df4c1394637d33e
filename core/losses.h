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

/* pst_gram_add:
 * Adds up a Gram matrix from some of the positions at a time.
 * @f: [n][c]   @weights: [n] or NULL
 * @gram: [c][c], of which at least the part on and right of the diagonal gets the
 *   sum over i of weights[i] f[i] f[i]^T added
 * @half: f, and what its weights make of it, rounded to half precision, where the
 *   machine has it and c % PST_CHANNEL_GROUP == 0
 * @scratch: pst_gram_scratch() floats, aligned for doubles */
void   pst_gram_add             (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights,
                                 gboolean      half,
                                 double       *gram,
                                 float        *scratch);
gsize  pst_gram_scratch         (int           c,
                                 int           n_workers);

/* pst_gram_finish:
 * G = sum / @total, and the part left of the diagonal.
 * Gatys et al. 2016, equation 3, divided by the number of positions.
 * @total: sum of the weights */
void   pst_gram_finish          (int           c,
                                 double        total,
                                 double       *gram);

/* |gram|^2 (Frobenius), never 0: the unit of the style loss. */
double pst_gram_norm            (int           c,
                                 const double *gram);

/* pst_style_loss:
 * @gram, @target: [c][c]
 * Returns |gram - target|^2 / unit, and in @ret_slope [c][c]
 * weight * d loss / d f = weights[i] slope f[i] (slope is symmetric).
 * @total: sum of weights, n without */
double pst_style_loss           (int           c,
                                 const double *gram,
                                 const double *target,
                                 double        unit,
                                 double        weight,
                                 double        total,
                                 float        *ret_slope);

/* Adds weights[i] slope f[i] to df[i].  @f, @df: [n][c], any of the positions.
 * @scratch: as pst_gram_add() takes it */
void   pst_style_gradient       (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights,
                                 const float  *slope,
                                 float        *df,
                                 float        *scratch);

/* pst_feature_moments:
 * Adds the sums of weights[i] f[i] and of weights[i] f[i]^2, for each channel, to
 * @sums and @squares, [c]. */
void   pst_feature_moments      (gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *weights,
                                 double       *sums,
                                 double       *squares);

/* Variance over positions, each channel about its own mean, averaged over
 * channels: the unit of the content loss.
 * @total: sum of the weights */
double pst_feature_variance     (int           c,
                                 double        total,
                                 const double *sums,
                                 const double *squares);

/* pst_content_loss:
 * The share of some positions in the weighted mean over positions and channels of
 * (f - target)^2, divided by @variance.  Adds weight * gradient to @df.
 * Gatys et al. 2016, equation 1, made relative.
 * @total: sum of the weights of all positions */
double pst_content_loss         (PstWorkers   *workers,
                                 gsize         n,
                                 int           c,
                                 const float  *f,
                                 const float  *target,
                                 const float  *weights,
                                 double        total,
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
