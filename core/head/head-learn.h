/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-learn.h: a head's layers go through all samples, and are judged by those
 * held out
 */
#pragma once

#include "core/base/arena.h"
#include "head-gradient.h"
#include "samples.h"

/* Buffers, and what the optimizer remembers; for layers of one size. */
typedef struct
{
  PstAdam adam;
  float  *features; /* of a batch */
  float  *gradient;
  float  *scratch;
  double *moments;       /* of the hidden units */
  double *probabilities; /* of a batch */
} PstLearner;

/* Takes the buffers from @arena, and starts over unless that measures. */
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
 * What @layers make of the samples held out.  Returns the mean loss.
 * @ret_counts: [n_labels][n_labels]; row: what they are, column: what they are
 *   taken for */
double pst_learner_evaluate (const PstLearner    *learner,
                             const PstHeadLayers *layers,
                             const PstSamples    *samples,
                             int                 *ret_counts);
