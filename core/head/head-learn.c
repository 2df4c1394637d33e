/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-learn.c: epochs of training, and evaluation on the validation samples
 */
#include "head-learn.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define BATCH 32   /* samples, at most */
#define RATE  3e-4 /* of learning */
#define DECAY 1e-2 /* of weights */

void
pst_learner_init (PstLearner          *learner,
                  const PstHeadLayers *layers,
                  PstArena            *arena)
{
  gsize size = sizeof (float) * layers->n_train;

  *learner = (PstLearner){
    .adam = { .rate = RATE,
              .decay = DECAY,
              .first = pst_arena_bytes (arena, size),
              .second = pst_arena_bytes (arena, size) },
    .features = pst_arena_floats (arena, (gsize) BATCH * layers->n_features),
    .gradient = pst_arena_bytes (arena, size),
    .scratch =
      pst_arena_floats (arena, pst_head_gradient_scratch (layers, BATCH)),
    .moments = pst_arena_doubles (arena, 2 * layers->n_hidden),
    .probabilities = pst_arena_doubles (arena, (gsize) BATCH * layers->n_labels)
  };
  if (! learner->adam.first)
    return;
  memset (learner->adam.first, 0, size);
  memset (learner->adam.second, 0, size);
}

/* Sets mean and variance to those of all samples to learn.  Running averages
 * would need hundreds of batches to settle; there may be three in an epoch. */
static void
measure (PstLearner *learner, PstHeadLayers *layers, const PstSamples *samples)
{
  int n = samples->n_train;
  int labels[BATCH];

  memset (learner->moments, 0, sizeof (double) * 2 * layers->n_hidden);
  for (int first = 0; first < n; first += BATCH)
    {
      int count = MIN (BATCH, n - first);

      pst_samples_gather (samples, first, count, learner->features, labels);
      pst_head_add_moments (layers, count, learner->features, learner->moments,
                            learner->scratch);
    }
  pst_head_set_moments (layers, n, learner->moments);
}

double
pst_learner_epoch (PstLearner    *learner,
                   PstHeadLayers *layers,
                   PstSamples    *samples,
                   GRand         *random)
{
  int    n = samples->n_train;
  int    n_batches = (n + BATCH - 1) / BATCH;
  int    labels[BATCH];
  double sum = 0;

  pst_samples_shuffle (samples, random);
  for (int b = 0; b < n_batches; b++)
    {
      /* Batches have about the same size, so that none is a single picture. */
      int first = (gint64) n * b / n_batches;
      int count = (int) ((gint64) n * (b + 1) / n_batches) - first;

      pst_samples_gather (samples, first, count, learner->features, labels);
      sum += count
             * pst_head_gradient (layers, count, learner->features, labels,
                                  learner->gradient, learner->scratch);
      pst_adam_step (&learner->adam, layers, learner->gradient);
    }
  measure (learner, layers, samples);
  return sum / n;
}

static int
most_likely (int n_labels, const double *probabilities)
{
  int best = 0;

  for (int c = 1; c < n_labels; c++)
    if (probabilities[c] > probabilities[best])
      best = c;
  return best;
}

double
pst_learner_evaluate (const PstLearner    *learner,
                      const PstHeadLayers *layers,
                      const PstSamples    *samples,
                      int                 *ret_counts)
{
  int    n = samples->n_validation;
  int    n_labels = layers->n_labels;
  int    labels[BATCH];
  double loss = 0;

  memset (ret_counts, 0, sizeof (int) * n_labels * n_labels);
  for (int first = 0; first < n; first += BATCH)
    {
      int count = MIN (BATCH, n - first);

      pst_samples_gather (samples, samples->n_train + first, count,
                          learner->features, labels);
      pst_head_layers_predict (layers, count, learner->features,
                               learner->probabilities, learner->scratch);
      for (int i = 0; i < count; i++)
        {
          const double *row = learner->probabilities + (gsize) i * n_labels;

          loss -= log (MAX (row[labels[i]], DBL_MIN));
          ret_counts[labels[i] * n_labels + most_likely (n_labels, row)]++;
        }
    }
  return loss / n;
}
