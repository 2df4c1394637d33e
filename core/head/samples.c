/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.c: the training and validation pictures, as features and labels */
#include "samples.h"

#include <string.h>

#include "core/base/error.h"

#define FIRST_ROOM 64

void
pst_samples_init (PstSamples *samples, int n_features)
{
  *samples = (PstSamples){ .n_features = n_features };
}

void
pst_samples_clear (PstSamples *samples)
{
  for (int i = 0; i < samples->n_train + samples->n_validation; i++)
    g_free (samples->all[i].features);
  g_free (samples->all);
  *samples = (PstSamples){ 0 };
}

static gboolean
fail_memory (GError **error)
{
  return pst_fail_memory (error);
}

static gboolean
grow (PstSamples *samples, GError **error)
{
  int        room = MAX (FIRST_ROOM, 2 * samples->room);
  PstSample *grown = g_try_renew (PstSample, samples->all, room);

  if (! grown)
    return fail_memory (error);
  samples->all = grown;
  samples->room = room;
  return TRUE;
}

gboolean
pst_samples_add (PstSamples *samples,
                 int         label,
                 float      *features,
                 GError    **error)
{
  if (samples->n_train == samples->room && ! grow (samples, error))
    {
      g_free (features);
      return FALSE;
    }
  samples->all[samples->n_train++] = (PstSample){ label, features };
  return TRUE;
}

void
pst_samples_count (const PstSamples *samples, int n_labels, int *ret_counts)
{
  memset (ret_counts, 0, sizeof (int) * n_labels);
  for (int i = 0; i < samples->n_train; i++)
    ret_counts[samples->all[i].label]++;
}

gboolean
pst_samples_hold_out (PstSamples *samples,
                      int         n_labels,
                      double      share,
                      GRand      *random,
                      GError    **error)
{
  int                   n = samples->n_train;
  g_autofree int       *wanted = g_new (int, n_labels);
  g_autofree PstSample *held_out = g_try_new (PstSample, n);
  int                   n_kept = 0;
  int                   n_validation = 0;

  if (! held_out)
    return fail_memory (error);
  pst_samples_count (samples, n_labels, wanted);
  for (int c = 0; c < n_labels; c++)
    wanted[c] = CLAMP ((int) (wanted[c] * share + 0.5), 1, wanted[c] - 1);

  pst_samples_shuffle (samples, random);
  for (int i = 0; i < n; i++)
    {
      PstSample sample = samples->all[i];

      if (wanted[sample.label]-- > 0)
        held_out[n_validation++] = sample;
      else
        samples->all[n_kept++] = sample;
    }
  memcpy (samples->all + n_kept, held_out, sizeof (PstSample) * n_validation);
  samples->n_train = n_kept;
  samples->n_validation = n_validation;
  return TRUE;
}

void
pst_samples_shuffle (PstSamples *samples, GRand *random)
{
  for (int i = samples->n_train - 1; i > 0; i--)
    {
      PstSample *a = &samples->all[i];
      PstSample *b = &samples->all[g_rand_int_range (random, 0, i + 1)];
      PstSample  sample = *a;

      *a = *b;
      *b = sample;
    }
}

void
pst_samples_gather (const PstSamples *samples,
                    int               first,
                    int               n,
                    float            *features,
                    int              *labels)
{
  for (int i = 0; i < n; i++)
    {
      const PstSample *sample = &samples->all[first + i];

      labels[i] = sample->label;
      memcpy (features + (gsize) i * samples->n_features, sample->features,
              sizeof (float) * samples->n_features);
    }
}
