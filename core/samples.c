/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.c: the pictures that a head learns from, as features and labels */
#include "samples.h"

#include <string.h>

static PstSample *
sample_at (const GArray *array,
           guint         i)
{
  return &g_array_index (array, PstSample, i);
}

void
pst_samples_init (PstSamples *samples,
                  int         n_features)
{
  *samples = (PstSamples) {
    .n_features = n_features,
    .learnt = g_array_new (FALSE, FALSE, sizeof (PstSample)),
    .held_out = g_array_new (FALSE, FALSE, sizeof (PstSample))
  };
}

static void
free_all (GArray *array)
{
  for (guint i = 0; i < array->len; i++)
    g_free (sample_at (array, i)->features);
  g_array_unref (array);
}

void
pst_samples_clear (PstSamples *samples)
{
  g_clear_pointer (&samples->learnt, free_all);
  g_clear_pointer (&samples->held_out, free_all);
}

void
pst_samples_add (PstSamples *samples,
                 int         label,
                 float      *features)
{
  PstSample sample = { .label = label, .features = features };

  g_array_append_val (samples->learnt, sample);
}

void
pst_samples_count (const PstSamples *samples,
                   int               n_labels,
                   int              *ret_counts)
{
  memset (ret_counts, 0, sizeof (int) * n_labels);
  for (guint i = 0; i < samples->learnt->len; i++)
    ret_counts[sample_at (samples->learnt, i)->label]++;
}

void
pst_samples_hold_out (PstSamples *samples,
                      int         n_labels,
                      double      share,
                      GRand      *random)
{
  GArray          *all = samples->learnt;
  g_autofree int  *wanted = g_new (int, n_labels);
  guint            n_kept = 0;

  pst_samples_count (samples, n_labels, wanted);
  for (int c = 0; c < n_labels; c++)
    wanted[c] = CLAMP ((int) (wanted[c] * share + 0.5), 1, wanted[c] - 1);

  pst_samples_shuffle (samples, random);
  for (guint i = 0; i < all->len; i++)
    {
      PstSample sample = *sample_at (all, i);

      if (wanted[sample.label]-- > 0)
        g_array_append_val (samples->held_out, sample);
      else
        *sample_at (all, n_kept++) = sample;
    }
  g_array_set_size (all, n_kept);
}

void
pst_samples_shuffle (PstSamples *samples,
                     GRand      *random)
{
  for (int i = (int) samples->learnt->len - 1; i > 0; i--)
    {
      PstSample *a = sample_at (samples->learnt, i);
      PstSample *b = sample_at (samples->learnt,
                                g_rand_int_range (random, 0, i + 1));
      PstSample  sample = *a;

      *a = *b;
      *b = sample;
    }
}

void
pst_samples_gather (const PstSamples *samples,
                    const GArray     *array,
                    int               first,
                    int               n,
                    float            *features,
                    int              *labels)
{
  for (int i = 0; i < n; i++)
    {
      const PstSample *sample = sample_at (array, first + i);

      labels[i] = sample->label;
      memcpy (features + (gsize) i * samples->n_features, sample->features,
              sizeof (float) * samples->n_features);
    }
}
