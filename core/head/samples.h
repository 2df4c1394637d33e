/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.h: the training and validation pictures, as features and labels */
#pragma once

#include <glib.h>

typedef struct
{
  int    label;    /* 0 .. n_labels - 1 */
  float *features; /* [n_features], owned */
} PstSample;

typedef struct
{
  int        n_features;
  PstSample *all;     /* owned: the training samples, then the validation
                       * samples */
  int        n_train; /* all, before pst_samples_hold_out() */
  int        n_validation;
  int        room; /* samples that there is memory for */
} PstSamples;

void pst_samples_init (PstSamples *samples, int n_features);
void pst_samples_clear (PstSamples *samples);

/* pst_samples_add:
 * Adds a training sample, before pst_samples_hold_out().  Takes ownership of
 * @features, even on failure.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_samples_add (PstSamples *samples,
                          int         label,
                          float      *features,
                          GError    **error);

/* How many training samples have each label.
 * @ret_counts: [n_labels], overwritten */
void
pst_samples_count (const PstSamples *samples, int n_labels, int *ret_counts);

/* pst_samples_hold_out:
 * Makes the share @share of each label's samples, chosen at random, validation
 * samples: at least one, and never all.  Each label has at least two.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_samples_hold_out (PstSamples *samples,
                               int         n_labels,
                               double      share,
                               GRand      *random,
                               GError    **error);

/* Puts the training samples into a random order. */
void pst_samples_shuffle (PstSamples *samples, GRand *random);

/* pst_samples_gather:
 * Copies @n of all samples, from number @first on.
 * @features: [n][n_features]   @labels: [n] */
void pst_samples_gather (const PstSamples *samples,
                         int               first,
                         int               n,
                         float            *features,
                         int              *labels);
