/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-learn.h: epochs of training, and evaluation on the validation samples
 */
#pragma once

#include "core/base/arena.h"
#include "head-gradient.h"
#include "samples.h"

/* Buffers and the state of the optimizer, for layers of one size. */
typedef struct
{
  PstAdam adam;
  float  *features; /* of a batch */
  float  *gradient;
  float  *scratch;
  double *moments;       /* of the hidden units */
  double *probabilities; /* of a batch */
} PstLearner;

/* Takes the buffers from @arena; unless that measures, the optimizer starts
 * over. */
void pst_learner_init (PstLearner          *learner,
                       const PstHeadLayers *layers,
                       PstArena            *arena);

/* pst_learner_epoch:
 * Shuffles the training samples and learns each once, in batches; then measures
 * mean and variance over all of them.  There are at least two.
 * Returns the mean training loss. */
double pst_learner_epoch (PstLearner    *learner,
                          PstHeadLayers *layers,
                          PstSamples    *samples,
                          GRand         *random);

/* pst_learner_evaluate:
 * Returns the mean loss of @layers on the validation samples.
 * @ret_counts: [n_labels][n_labels]; row: the true label, column: the predicted
 *   one */
double pst_learner_evaluate (const PstLearner    *learner,
                             const PstHeadLayers *layers,
                             const PstSamples    *samples,
                             int                 *ret_counts);
