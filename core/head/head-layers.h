/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-layers.h: the layers of a head, and their prediction
 *
 * Linear (features -> hidden), batch normalization, ReLU, Linear (hidden ->
 * labels), softmax.  The first linear layer has no bias: the normalization
 * would take it away again.  Batch normalization: Ioffe, Szegedy, "Batch
 * Normalization", 2015.
 */
#pragma once

#include <glib.h>

/* Added to every variance, as in PyTorch. */
#define PST_HEAD_EPSILON 1e-5

typedef struct
{
  int    n_features;
  int    n_hidden;
  int    n_labels;
  gsize  n_decayed; /* values that weight decay acts on: hidden and output */
  gsize  n_train;   /* and the rest that has a gradient */
  gsize  n_values;  /* and what is measured */
  float *values;    /* [n_values], owned; all that follow, in this order */
  float *hidden;    /* [n_hidden][n_features] */
  float *output;    /* [n_labels][n_hidden] */
  float *scale;     /* [n_hidden], of the normalization */
  float *shift;     /* [n_hidden] */
  float *bias;      /* [n_labels] */
  float *mean;      /* [n_hidden], before the normalization, of all training
                     * pictures */
  float *variance;  /* [n_hidden] */
} PstHeadLayers;

/* pst_head_layers_init:
 * Zeros.  To be ended with pst_head_layers_clear().  The numbers are at most
 * 2^16.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_head_layers_init (PstHeadLayers *layers,
                               int            n_features,
                               int            n_hidden,
                               int            n_labels,
                               GError       **error);
void     pst_head_layers_clear (PstHeadLayers *layers);

/* Initial values for training, as PyTorch has them: uniform within 1 / sqrt
 * (inputs); the normalization changes nothing. */
void pst_head_layers_randomize (PstHeadLayers *layers, GRand *random);

/* pst_softmax:
 * In place: @n values become their exponentials, divided by the sum of these.
 * Returns the logarithm of that sum. */
double pst_softmax (int n, double *values);

/* Floats of scratch that pst_head_layers_predict() needs for @n pictures. */
gsize pst_head_layers_scratch (const PstHeadLayers *layers, int n);

/* pst_head_layers_predict:
 * The probability of each label, normalized by mean and variance of all
 * training pictures.
 * @features: [n][n_features], of @n pictures
 * @probabilities: [n][n_labels], overwritten; NaN on overflow
 * @scratch: [pst_head_layers_scratch ()] */
void pst_head_layers_predict (const PstHeadLayers *layers,
                              int                  n,
                              const float         *features,
                              double              *probabilities,
                              float               *scratch);
