/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gram.h: Gram matrices, and the style loss between two of them
 *
 * Sums are doubles and split in fixed places, so that no result depends on the
 * number of threads.
 */
#pragma once

#include "core/base/workers.h"
#include "features.h"

/* pst_gram_add:
 * Adds up a Gram matrix from some of the positions at a time.
 * @features: of these positions
 * @gram: [c][c], of which at least the part on and right of the diagonal gets
 *   the sum over i of weights[i] f[i] f[i]^T added
 * @bf16: f, and what its weights make of it, rounded to half precision, where
 *   the machine has it and c % PST_CHANNEL_GROUP == 0
 * @scratch: pst_gram_scratch() floats, aligned for doubles */
void  pst_gram_add (PstWorkers        *workers,
                    const PstFeatures *features,
                    gboolean           bf16,
                    double            *gram,
                    float             *scratch);
gsize pst_gram_scratch (int c, int n_workers);

/* pst_gram_finish:
 * G = sum / @total, and the part left of the diagonal.
 * Gatys et al. 2016, equation 3, divided by the number of positions.
 * @total: sum of the weights */
void pst_gram_finish (int c, double total, double *gram);

/* |gram|^2 (Frobenius), never 0: the unit of the style loss. */
double pst_gram_norm (int c, const double *gram);

/* What a Gram matrix is compared with. */
typedef struct
{
  const double *gram; /* [c][c], borrowed */
  double        unit; /* of the loss, above 0 */
} PstStyleTarget;

/* pst_style_loss:
 * Returns |gram - target|^2 / unit (Gatys et al. 2016, equation 4), and in
 * @ret_gram_gradient, [c][c], the symmetric matrix A of
 * weight * d loss / d f[i] = weights[i] A f[i].
 * @gram: [c][c]
 * @total: sum of the weights of the positions; without weights their number */
double pst_style_loss (int                   c,
                       const double         *gram,
                       const PstStyleTarget *target,
                       double                weight,
                       double                total,
                       float                *ret_gram_gradient);

/* Adds weights[i] gram_gradient f[i] to df[i].
 * @features: of any of the positions   @df: [n][c], of the same
 * @scratch: as pst_gram_add() takes it */
void pst_style_gradient (PstWorkers        *workers,
                         const PstFeatures *features,
                         const float       *gram_gradient,
                         float             *df,
                         float             *scratch);
