/* SPDX-License-Identifier: GPL-3.0-or-later */
/* losses.h: the terms of the loss
 *
 * Each loss returns its value as a double and adds weight times its gradient to
 * a buffer.  Sums that decide something are doubles; every sum is split in
 * fixed places, so that no result depends on the number of threads.
 * With weights, means are weighted means.
 */
#pragma once

#include "core/base/shape.h"
#include "core/base/workers.h"
#include "features.h"

/* pst_feature_moments:
 * Adds the sums of weights[i] f[i] to @sums, [c], those of weights[i] f[i]^2 to
 * @squares, [c]. */
void pst_feature_moments (const PstFeatures *features,
                          double            *sums,
                          double            *squares);

/* Variance over positions, each channel about its own mean, averaged over
 * channels: the unit of the content loss.
 * @total: sum of the weights */
double pst_feature_variance (int           c,
                             double        total,
                             const double *sums,
                             const double *squares);

/* What features are compared with. */
typedef struct
{
  const float *f;        /* [n][c], of the same positions */
  double       total;    /* sum of the weights of all positions */
  double       variance; /* the unit; 1: absolute */
} PstContentTarget;

/* pst_content_loss:
 * The share of some positions in the weighted mean over positions and channels
 * of (f - target)^2, divided by the variance.  Adds weight * gradient to @df.
 * Gatys et al. 2016, equation 1, made relative. */
double pst_content_loss (PstWorkers             *workers,
                         const PstFeatures      *features,
                         const PstContentTarget *target,
                         double                  weight,
                         float                  *df);

/* pst_range_loss:
 * @x: [n] values.  Mean of max (0, -x)^2 + max (0, x - 1)^2: keeps the picture
 * in the displayable range while it is optimized. */
double pst_range_loss (PstWorkers  *workers,
                       gsize        n,
                       const float *x,
                       double       weight,
                       float       *dx);

/* pst_smoothness_loss:
 * @x: [height][width][3].  Total variation, squared: the sum of the squared
 * differences to the right and the lower neighbor, divided by the number of
 * values.  Mahendran and Vedaldi, "Understanding Deep Image Representations by
 * Inverting Them", CVPR 2015, with beta = 2. */
double pst_smoothness_loss (PstWorkers  *workers,
                            int          height,
                            int          width,
                            const float *x,
                            double       weight,
                            float       *dx);
