/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gram.h: Gram matrices, and the style loss between two of them
 *
 * Sums are doubles and split in fixed places, so that no result depends on the
 * number of threads.  Where weights are given, weights[i] >= 0 is the weight of
 * position i; NULL: all are 1.
 */
#pragma once

#include "core/base/workers.h"

/* pst_gram_add:
 * Adds up a Gram matrix from some of the positions at a time.
 * @f: [n][c]   @weights: [n] or NULL
 * @gram: [c][c], of which at least the part on and right of the diagonal gets
 *   the sum over i of weights[i] f[i] f[i]^T added
 * @bf16: f, and what its weights make of it, rounded to half precision, where
 *   the machine has it and c % PST_CHANNEL_GROUP == 0
 * @scratch: pst_gram_scratch() floats, aligned for doubles */
void  pst_gram_add (PstWorkers  *workers,
                    gsize        n,
                    int          c,
                    const float *f,
                    const float *weights,
                    gboolean     bf16,
                    double      *gram,
                    float       *scratch);
gsize pst_gram_scratch (int c, int n_workers);

/* pst_gram_finish:
 * G = sum / @total, and the part left of the diagonal.
 * Gatys et al. 2016, equation 3, divided by the number of positions.
 * @total: sum of the weights */
void pst_gram_finish (int c, double total, double *gram);

/* |gram|^2 (Frobenius), never 0: the unit of the style loss. */
double pst_gram_norm (int c, const double *gram);

/* pst_style_loss:
 * @gram, @target: [c][c]
 * Returns |gram - target|^2 / unit, and in @ret_gram_gradient [c][c]
 * weight * d loss / d f = weights[i] slope f[i] (slope is symmetric).
 * @total: sum of weights, n without */
double pst_style_loss (int           c,
                       const double *gram,
                       const double *target,
                       double        unit,
                       double        weight,
                       double        total,
                       float        *ret_gram_gradient);

/* Adds weights[i] slope f[i] to df[i].  @f, @df: [n][c], any of the positions.
 * @scratch: as pst_gram_add() takes it */
void pst_style_gradient (PstWorkers  *workers,
                         gsize        n,
                         int          c,
                         const float *f,
                         const float *weights,
                         const float *gram_gradient,
                         float       *df,
                         float       *scratch);
