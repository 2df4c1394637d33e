/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-gradient.c: the loss of a head's layers, its gradient, and Adam */
#include "head-gradient.h"

#include <math.h>

#include "core/kernels/blas.h"

#define FIRST_DECAY  0.9 /* the usual constants of Adam */
#define SECOND_DECAY 0.999
#define ADAM_EPSILON 1e-8

/* A batch on its way through the layers. */
typedef struct
{
  const PstHeadLayers *layers;
  int                  n;
  float               *normal; /* [n][n_hidden], before scale and shift */
  float               *hidden; /* [n][n_hidden], after ReLU; then the gradient
                                * there */
  float               *output; /* [n][n_labels]; then the gradient there */
  float               *deviation; /* [n_hidden] */
  double              *row;       /* [n_labels], of the output */
} Batch;

/* Where the gradient of @part, one of the layers' pointers, is. */
static float *
gradient_of (const PstHeadLayers *layers, const float *part, float *gradient)
{
  return gradient + (part - layers->values);
}

gsize
pst_head_gradient_scratch (const PstHeadLayers *layers, int n)
{
  return 2 * layers->n_labels
         + (gsize) n * (2 * layers->n_hidden + layers->n_labels)
         + layers->n_hidden;
}

/* ---- forward ------------------------------------------------------------ */

/* Gives column @h of batch->normal the mean 0 and the variance 1. */
static void
normalize (const Batch *batch, int h)
{
  int    n = batch->n;
  int    stride = batch->layers->n_hidden;
  float *x = batch->normal + h;
  double mean = 0, variance = 0;

  for (int i = 0; i < n; i++)
    mean += x[i * stride];
  mean /= n;
  for (int i = 0; i < n; i++)
    variance += (x[i * stride] - mean) * (x[i * stride] - mean);
  variance /= n;

  batch->deviation[h] = sqrt (variance + PST_HEAD_EPSILON);
  for (int i = 0; i < n; i++)
    x[i * stride] = (x[i * stride] - mean) / batch->deviation[h];
}

/* The hidden units of @n pictures, before the normalization. */
static void
run_hidden (const PstHeadLayers *layers,
            int                  n,
            const float         *features,
            float               *hidden)
{
  pst_gemm_nt (n, layers->n_hidden, layers->n_features, features,
               layers->n_features, layers->hidden, layers->n_features, hidden,
               layers->n_hidden);
}

static void
run_forward (const Batch *batch, const float *features)
{
  const PstHeadLayers *layers = batch->layers;
  int                  n_hidden = layers->n_hidden;

  run_hidden (layers, batch->n, features, batch->normal);
  for (int h = 0; h < n_hidden; h++)
    normalize (batch, h);
  for (gsize i = 0; i < (gsize) batch->n * n_hidden; i++)
    batch->hidden[i] = MAX (batch->normal[i] * layers->scale[i % n_hidden]
                              + layers->shift[i % n_hidden],
                            0.0f);
  pst_gemm_nt (batch->n, layers->n_labels, n_hidden, batch->hidden, n_hidden,
               layers->output, n_hidden, batch->output, layers->n_labels);
}

/* Returns the mean cross entropy; batch->output becomes the gradient there. */
static double
cross_entropy (const Batch *batch, const int *labels)
{
  int     n_labels = batch->layers->n_labels;
  double *row = batch->row;
  double  loss = 0;

  for (int i = 0; i < batch->n; i++)
    {
      float *output = batch->output + (gsize) i * n_labels;
      double wanted;

      for (int c = 0; c < n_labels; c++)
        row[c] = (double) output[c] + batch->layers->bias[c];
      wanted = row[labels[i]];
      loss += pst_softmax (n_labels, row) - wanted;
      row[labels[i]] -= 1;
      for (int c = 0; c < n_labels; c++)
        output[c] = row[c] / batch->n;
    }
  return loss / batch->n;
}

/* ---- backward ----------------------------------------------------------- */

/* From the gradient at the output to that of the second linear layer, and to
 * that at the hidden units, before ReLU. */
static void
output_backward (const Batch *batch, float *gradient)
{
  const PstHeadLayers *layers = batch->layers;
  int                  n_hidden = layers->n_hidden;
  int                  n_labels = layers->n_labels;
  float               *bias = gradient_of (layers, layers->bias, gradient);

  pst_gemm_tn (n_labels, n_hidden, batch->n, batch->output, n_labels,
               batch->hidden, n_hidden,
               gradient_of (layers, layers->output, gradient), n_hidden);
  for (int c = 0; c < n_labels; c++)
    {
      double sum = 0;

      for (int i = 0; i < batch->n; i++)
        sum += batch->output[i * n_labels + c];
      bias[c] = sum;
    }
  pst_gemm (batch->n, n_hidden, n_labels, batch->output, n_labels,
            layers->output, n_hidden, 0, batch->hidden, n_hidden);
  for (gsize i = 0; i < (gsize) batch->n * n_hidden; i++)
    if (batch->normal[i] * layers->scale[i % n_hidden]
          + layers->shift[i % n_hidden]
        <= 0)
      batch->hidden[i] = 0;
}

/* Column @h of the gradient, from the output of the normalization to its
 * input: mean and variance of the batch depend on every picture in it. */
static void
normalization_backward (const Batch *batch, int h, float *gradient)
{
  const PstHeadLayers *layers = batch->layers;
  int                  n = batch->n;
  int                  stride = layers->n_hidden;
  const float         *normal = batch->normal + h;
  float               *slope = batch->hidden + h;
  double               shift = 0, scale = 0;

  for (int i = 0; i < n; i++)
    {
      shift += slope[i * stride];
      scale += (double) slope[i * stride] * normal[i * stride];
    }
  gradient_of (layers, layers->shift, gradient)[h] = shift;
  gradient_of (layers, layers->scale, gradient)[h] = scale;
  for (int i = 0; i < n; i++)
    slope[i * stride] =
      (slope[i * stride] - shift / n - normal[i * stride] * scale / n)
      * layers->scale[h] / batch->deviation[h];
}

double
pst_head_gradient (const PstHeadLayers *layers,
                   int                  n,
                   const float         *features,
                   const int           *labels,
                   float               *gradient,
                   float               *scratch)
{
  gsize  size = (gsize) n * layers->n_hidden;
  float *floats = scratch + 2 * layers->n_labels; /* after the doubles */
  float *output = floats + 2 * size;
  Batch  batch = { .layers = layers,
                   .n = n,
                   .normal = floats,
                   .hidden = floats + size,
                   .output = output,
                   .deviation = output + (gsize) n * layers->n_labels,
                   .row = (double *) scratch };
  double loss;

  run_forward (&batch, features);
  loss = cross_entropy (&batch, labels);
  output_backward (&batch, gradient);
  for (int h = 0; h < layers->n_hidden; h++)
    normalization_backward (&batch, h, gradient);
  pst_gemm_tn (layers->n_hidden, layers->n_features, n, batch.hidden,
               layers->n_hidden, features, layers->n_features,
               gradient_of (layers, layers->hidden, gradient),
               layers->n_features);
  return loss;
}

/* ---- mean and variance -------------------------------------------------- */

void
pst_head_add_moments (const PstHeadLayers *layers,
                      int                  n,
                      const float         *features,
                      double              *sums,
                      float               *scratch)
{
  int     n_hidden = layers->n_hidden;
  double *squares = sums + n_hidden;

  run_hidden (layers, n, features, scratch);
  for (int i = 0; i < n; i++, scratch += n_hidden)
    for (int h = 0; h < n_hidden; h++)
      {
        sums[h] += scratch[h];
        squares[h] += (double) scratch[h] * scratch[h];
      }
}

void
pst_head_set_moments (PstHeadLayers *layers, int n, const double *sums)
{
  const double *squares = sums + layers->n_hidden;

  for (int h = 0; h < layers->n_hidden; h++)
    {
      double mean = sums[h] / n;

      layers->mean[h] = mean;
      layers->variance[h] = MAX (squares[h] / n - mean * mean, 0.0);
    }
}

/* ---- the optimizer ------------------------------------------------------ */

void
pst_adam_step (PstAdam *adam, PstHeadLayers *layers, const float *gradient)
{
  double first_share, second_share;

  adam->n_steps++;
  first_share = 1 - pow (FIRST_DECAY, adam->n_steps);
  second_share = 1 - pow (SECOND_DECAY, adam->n_steps);
  for (gsize i = 0; i < layers->n_train; i++)
    {
      double slope = gradient[i];
      double value = layers->values[i];

      if (i < layers->n_decayed)
        value -= value * adam->rate * adam->decay;
      adam->first[i] += (1 - FIRST_DECAY) * (slope - adam->first[i]);
      adam->second[i] += (1 - SECOND_DECAY) * (slope * slope - adam->second[i]);
      layers->values[i] =
        value
        - adam->rate * (adam->first[i] / first_share)
            / (sqrt (adam->second[i] / second_share) + ADAM_EPSILON);
    }
}
