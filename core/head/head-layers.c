/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-layers.c: the layers of a head, and their prediction */
#include "head-layers.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/kernels/blas.h"

gboolean
pst_head_layers_init (PstHeadLayers *layers,
                      int            n_features,
                      int            n_hidden,
                      int            n_labels,
                      GError       **error)
{
  gsize hidden_size = (gsize) n_hidden * n_features;
  gsize output_size = (gsize) n_labels * n_hidden;

  *layers = (PstHeadLayers){ .n_features = n_features,
                             .n_hidden = n_hidden,
                             .n_labels = n_labels,
                             .n_decayed = hidden_size + output_size };
  layers->n_train = layers->n_decayed + 2 * n_hidden + n_labels;
  layers->n_values = layers->n_train + 2 * n_hidden;
  layers->values = g_try_new0 (float, layers->n_values);
  if (! layers->values)
    return pst_fail (error, PST_ERROR_MEMORY,
                     _ ("There is not enough memory for a head of %d "
                        "features and %d labels."),
                     n_features, n_labels);

  layers->hidden = layers->values;
  layers->output = layers->hidden + hidden_size;
  layers->scale = layers->output + output_size;
  layers->shift = layers->scale + n_hidden;
  layers->bias = layers->shift + n_hidden;
  layers->mean = layers->bias + n_labels;
  layers->variance = layers->mean + n_hidden;
  return TRUE;
}

void
pst_head_layers_clear (PstHeadLayers *layers)
{
  g_clear_pointer (&layers->values, g_free);
}

static void
fill_uniform (GRand *random, gsize n, double bound, float *values)
{
  for (gsize i = 0; i < n; i++)
    values[i] = g_rand_double_range (random, -bound, bound);
}

void
pst_head_layers_randomize (PstHeadLayers *layers, GRand *random)
{
  double output_bound = 1 / sqrt (layers->n_hidden);

  fill_uniform (random, (gsize) layers->n_hidden * layers->n_features,
                1 / sqrt (layers->n_features), layers->hidden);
  fill_uniform (random, (gsize) layers->n_labels * layers->n_hidden,
                output_bound, layers->output);
  fill_uniform (random, layers->n_labels, output_bound, layers->bias);
  for (int h = 0; h < layers->n_hidden; h++)
    {
      layers->scale[h] = layers->variance[h] = 1;
      layers->shift[h] = layers->mean[h] = 0;
    }
}

double
pst_softmax (int n, double *values)
{
  double most = values[0];
  double sum = 0;

  for (int i = 1; i < n; i++)
    most = MAX (most, values[i]);
  for (int i = 0; i < n; i++)
    sum += values[i] = exp (values[i] - most);
  for (int i = 0; i < n; i++)
    values[i] /= sum;
  return most + log (sum);
}

gsize
pst_head_layers_scratch (const PstHeadLayers *layers, int n)
{
  return (gsize) n * (layers->n_hidden + layers->n_labels);
}

void
pst_head_layers_predict (const PstHeadLayers *layers,
                         int                  n,
                         const float         *features,
                         double              *probabilities,
                         float               *scratch)
{
  int    n_hidden = layers->n_hidden;
  int    n_labels = layers->n_labels;
  float *hidden = scratch;                        /* [n][n_hidden] */
  float *output = scratch + (gsize) n * n_hidden; /* [n][n_labels] */

  pst_gemm_nt (n, n_hidden, layers->n_features, features, layers->n_features,
               layers->hidden, layers->n_features, hidden, n_hidden);
  for (gsize i = 0; i < (gsize) n * n_hidden; i++)
    {
      int    h = i % n_hidden;
      double normal = (hidden[i] - layers->mean[h])
                      / sqrt (layers->variance[h] + PST_HEAD_EPSILON);

      hidden[i] = MAX (normal * layers->scale[h] + layers->shift[h], 0.0);
    }
  pst_gemm_nt (n, n_labels, n_hidden, hidden, n_hidden, layers->output,
               n_hidden, output, n_labels);
  for (int i = 0; i < n; i++, probabilities += n_labels)
    {
      for (int c = 0; c < n_labels; c++)
        probabilities[c] = (double) output[i * n_labels + c] + layers->bias[c];
      pst_softmax (n_labels, probabilities);
    }
}
