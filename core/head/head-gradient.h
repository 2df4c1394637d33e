/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-gradient.h: the loss of a head's layers, its gradient, and Adam
 *
 * The loss is the cross entropy of softmax, the mean over a batch of pictures.
 * The optimizer is Adam with decoupled weight decay: Kingma, Ba, "Adam", 2015;
 * Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019.
 */
#pragma once

#include "head-layers.h"

/* Floats of scratch that pst_head_gradient() needs for a batch of @n. */
gsize pst_head_gradient_scratch (const PstHeadLayers *layers, int n);

/* pst_head_gradient:
 * Returns the loss of a batch of @n >= 2 pictures, normalized by its own mean
 * and variance.
 * @features: [n][n_features]    @labels: [n], 0 .. n_labels - 1
 * @gradient: [n_train], in the order of the values; overwritten
 * @scratch: [pst_head_gradient_scratch ()], aligned as doubles are */
double pst_head_gradient (const PstHeadLayers *layers,
                          int                  n,
                          const float         *features,
                          const int           *labels,
                          float               *gradient,
                          float               *scratch);

/* pst_head_add_moments:
 * Adds the hidden units of @n pictures, before the normalization, and their
 * squares to @sums, [2][n_hidden].
 * @scratch: [n][n_hidden] */
void pst_head_add_moments (const PstHeadLayers *layers,
                           int                  n,
                           const float         *features,
                           double              *sums,
                           float               *scratch);

/* Sets mean and variance to those of the @n pictures in @sums. */
void pst_head_set_moments (PstHeadLayers *layers, int n, const double *sums);

/* The state of Adam. */
typedef struct
{
  double rate;    /* learning rate */
  double decay;   /* weight decay: the share that the first n_decayed values
                   * lose in a step, divided by the rate */
  int    n_steps; /* done; 0 to begin with */
  float *first;   /* [n_train], averages of the gradient and of its square; */
  float *second;  /* zeros to begin with */
} PstAdam;

/* One step of @layers along @gradient, [n_train]. */
void
pst_adam_step (PstAdam *adam, PstHeadLayers *layers, const float *gradient);
