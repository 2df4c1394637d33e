/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-head.c: a head's layers, their gradient and Adam, against PyTorch
 * (golden/head.bin), finite differences and plain loops of doubles
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/head/head-gradient.h"
#include "core/kernels/blas.h"
#include "golden.h"

#define EPSILON 1e-5 /* which PyTorch adds to variances */

static PstHeadLayers
layers_new (int n_features, int n_hidden, int n_labels)
{
  PstHeadLayers layers;
  g_autoptr (GError) error = NULL;

  pst_head_layers_init (&layers, n_features, n_hidden, n_labels, &error);
  g_assert_no_error (error);
  return layers;
}

/* ---- a reference in doubles --------------------------------------------- */

typedef struct
{
  const PstHeadLayers *layers; /* their sizes */
  int                  n;
  const float         *features; /* [n][n_features] */
  const int           *labels;   /* [n] */
} Case;

/* Mean and variance of column @h of [n][n_hidden] values. */
static void
column_statistics (const Case   *c,
                   const double *z,
                   int           h,
                   double       *ret_mean,
                   double       *ret_variance)
{
  int    n_hidden = c->layers->n_hidden;
  double sum = 0, squares = 0;

  for (int i = 0; i < c->n; i++)
    sum += z[i * n_hidden + h];
  *ret_mean = sum / c->n;
  for (int i = 0; i < c->n; i++)
    squares += pow (z[i * n_hidden + h] - *ret_mean, 2);
  *ret_variance = squares / c->n;
}

/* From the normalized hidden units, [n_hidden], to the probabilities. */
static void
reference_output (const PstHeadLayers *layers,
                  const double        *values,
                  const double        *normal,
                  double              *ret_probabilities)
{
  int           n_hidden = layers->n_hidden;
  const double *output = values + (layers->output - layers->values);
  const double *scale = values + (layers->scale - layers->values);
  const double *shift = values + (layers->shift - layers->values);
  const double *bias = values + (layers->bias - layers->values);
  double        sum = 0;

  for (int l = 0; l < layers->n_labels; l++)
    {
      double logit = bias[l];

      for (int h = 0; h < n_hidden; h++)
        logit +=
          output[l * n_hidden + h] * fmax (0, normal[h] * scale[h] + shift[h]);
      ret_probabilities[l] = exp (logit);
      sum += ret_probabilities[l];
    }
  for (int l = 0; l < layers->n_labels; l++)
    ret_probabilities[l] /= sum;
}

/* The hidden units before the normalization, [n][n_hidden]; to be freed. */
static double *
reference_hidden (const Case *c, const double *values)
{
  int     n_features = c->layers->n_features;
  int     n_hidden = c->layers->n_hidden;
  double *z = g_new0 (double, c->n *n_hidden);

  for (int i = 0; i < c->n; i++)
    for (int h = 0; h < n_hidden; h++)
      for (int f = 0; f < n_features; f++)
        z[i * n_hidden + h] +=
          values[h * n_features + f] * c->features[i * n_features + f];
  return z;
}

/* A CheckFunction: the loss of a batch. */
static double
reference_loss (void *data, const double *values)
{
  const Case        *c = data;
  int                n_hidden = c->layers->n_hidden;
  g_autofree double *z = reference_hidden (c, values);
  g_autofree double *p = g_new (double, c->layers->n_labels);
  double             loss = 0;

  for (int h = 0; h < n_hidden; h++)
    {
      double mean, variance;

      column_statistics (c, z, h, &mean, &variance);
      for (int i = 0; i < c->n; i++)
        z[i * n_hidden + h] =
          (z[i * n_hidden + h] - mean) / sqrt (variance + EPSILON);
    }
  for (int i = 0; i < c->n; i++)
    {
      reference_output (c->layers, values, z + i * n_hidden, p);
      loss -= log (p[c->labels[i]]) / c->n;
    }
  return loss;
}

/* ---- against differences ------------------------------------------------ */

static void
test_gradient (void)
{
  enum
  {
    FEATURES = 5,
    HIDDEN = 7,
    LABELS = 3,
    N = 6
  };
  PstHeadLayers     layers = layers_new (FEATURES, HIDDEN, LABELS);
  float             features[N * FEATURES];
  int               labels[N];
  CheckRandom       random;
  g_autofree float *gradient = g_new (float, layers.n_train);
  g_autofree float *scratch =
    g_new (float, pst_head_gradient_scratch (&layers, N));
  Case   c = { &layers, N, features, labels };
  double loss;

  check_random_init (&random, 1);
  check_random_fill (&random, CHECK_FILL_UNIFORM, N * FEATURES, features);
  check_random_fill (&random, CHECK_FILL_UNIFORM, layers.n_train,
                     layers.values);
  for (int i = 0; i < N; i++)
    labels[i] = check_random_int (&random, 0, LABELS - 1);

  g_autofree double *values = check_doubles (layers.n_train, layers.values);

  loss = pst_head_gradient (&layers, N, features, labels, gradient, scratch);
  check_value ("loss", loss, reference_loss (&c, values), 1e-6);
  check_gradient ("head", reference_loss, &c, layers.n_train, layers.values,
                  gradient, 1e-5);
  pst_head_layers_clear (&layers);
}

/* Mean and variance of all pictures, in two parts. */
static void
test_moments (void)
{
  enum
  {
    FEATURES = 4,
    HIDDEN = 6,
    N = 7,
    FIRST = 3
  };
  PstHeadLayers layers = layers_new (FEATURES, HIDDEN, 2);
  float         features[N * FEATURES], scratch[N * HIDDEN];
  double        sums[2 * HIDDEN] = { 0 };
  double        mean[HIDDEN], variance[HIDDEN];
  CheckRandom   random;
  Case          c = { &layers, N, features, NULL };

  check_random_init (&random, 2);
  check_random_fill (&random, CHECK_FILL_UNIFORM, N * FEATURES, features);
  check_random_fill (&random, CHECK_FILL_UNIFORM, layers.n_values,
                     layers.values);

  g_autofree double *values = check_doubles (layers.n_values, layers.values);
  g_autofree double *z = reference_hidden (&c, values);

  for (int h = 0; h < HIDDEN; h++)
    column_statistics (&c, z, h, &mean[h], &variance[h]);
  pst_head_add_moments (&layers, FIRST, features, sums, scratch);
  pst_head_add_moments (&layers, N - FIRST, features + FIRST * FEATURES, sums,
                        scratch);
  pst_head_set_moments (&layers, N, sums);
  check_close ("mean", HIDDEN, layers.mean, mean, 1e-6);
  check_close ("variance", HIDDEN, layers.variance, variance, 1e-6);
  pst_head_layers_clear (&layers);
}

static void
test_predict (void)
{
  enum
  {
    FEATURES = 9,
    HIDDEN = 11,
    LABELS = 4,
    N = 3
  };
  PstHeadLayers layers = layers_new (FEATURES, HIDDEN, LABELS);
  float         features[N * FEATURES];
  double        got[N * LABELS], expected[N * LABELS], normal[HIDDEN];
  CheckRandom   random;
  Case          c = { &layers, N, features, NULL };

  check_random_init (&random, 3);
  check_random_fill (&random, CHECK_FILL_UNIFORM, N * FEATURES, features);
  for (gsize i = 0; i < layers.n_values; i++)
    layers.values[i] = check_random_uniform (&random, 0.1, 1);

  g_autofree double *values = check_doubles (layers.n_values, layers.values);
  g_autofree double *z = reference_hidden (&c, values);

  for (int i = 0; i < N; i++)
    {
      for (int h = 0; h < HIDDEN; h++)
        normal[h] = (z[i * HIDDEN + h] - layers.mean[h])
                    / sqrt (layers.variance[h] + EPSILON);
      reference_output (&layers, values, normal, expected + i * LABELS);
    }
  g_autofree float *scratch =
    g_new (float, pst_head_layers_scratch (&layers, N));

  pst_head_layers_predict (&layers, N, features, got, scratch);
  check_close_doubles ("probabilities", N * LABELS, got, expected, 1e-5);
  pst_head_layers_clear (&layers);
}

/* Exponents that are far beyond a double's. */
static void
test_softmax (void)
{
  double values[3] = { 1000, 1000 + log (3), -1e9 };
  double expected[3] = { 0.25, 0.75, 0 };

  check_value ("logarithm", pst_softmax (3, values), 1000 + log (4), 1e-14);
  check_close_doubles ("softmax", 3, values, expected, 1e-13);
}

static void
test_randomize (void)
{
  PstHeadLayers layers = layers_new (100, 400, 3);
  GRand        *random = g_rand_new_with_seed (4);
  double        squares = 0;
  int           n = 100 * 400;

  pst_head_layers_randomize (&layers, random);
  for (int i = 0; i < n; i++)
    {
      g_assert_cmpfloat (fabsf (layers.hidden[i]), <=, 0.1f);
      squares += layers.hidden[i] * layers.hidden[i];
    }
  /* Of a uniform distribution, within its deviation. */
  check_value ("variance", squares / n, 0.1 * 0.1 / 3, 0.02);
  for (int i = 0; i < 3 * 400; i++)
    g_assert_cmpfloat (fabsf (layers.output[i]), <=, 0.05f);
  for (int h = 0; h < 400; h++)
    g_assert_true (layers.scale[h] == 1 && layers.shift[h] == 0
                   && layers.mean[h] == 0 && layers.variance[h] == 1);
  g_rand_free (random);
  pst_head_layers_clear (&layers);
}

/* ---- against PyTorch ---------------------------------------------------- */

typedef struct
{
  Golden       *golden;
  PstHeadLayers layers;
  int           n_samples;
  int           batch;
  int           n_steps;
  float        *features; /* [n_samples][n_features] */
  const double *labels;   /* [n_samples] */
} Torch;

static void
set_values (const Golden *golden, const char *name, gsize n, float *values)
{
  g_autofree float *floats = golden_dup_floats (golden, name, n);

  memcpy (values, floats, sizeof (float) * n);
}

static Torch
torch_new (void)
{
  Golden       *golden = golden_open ("head.bin");
  const double *sizes = golden_get (golden, "sizes", 6);
  Torch         torch = { .golden = golden,
                          .n_samples = sizes[3],
                          .batch = sizes[4],
                          .n_steps = sizes[5] };
  int           n_features = sizes[0], n_hidden = sizes[1], n_labels = sizes[2];

  torch.layers = layers_new (n_features, n_hidden, n_labels);
  set_values (golden, "hidden", n_hidden * n_features, torch.layers.hidden);
  set_values (golden, "output", n_labels * n_hidden, torch.layers.output);
  set_values (golden, "bias", n_labels, torch.layers.bias);
  for (int h = 0; h < n_hidden; h++)
    torch.layers.scale[h] = torch.layers.variance[h] = 1;
  torch.features =
    golden_dup_floats (golden, "features", torch.n_samples * n_features);
  torch.labels = golden_get (golden, "labels", torch.n_samples);
  return torch;
}

/* One step; returns the loss before it. */
static double
torch_step (Torch *torch, int step, PstAdam *adam, float *gradient)
{
  PstHeadLayers *layers = &torch->layers;
  int            n = torch->batch;
  const double  *order =
    golden_get (torch->golden, "order", n * torch->n_steps) + step * n;
  g_autofree float *features = g_new (float, n * layers->n_features);
  g_autofree int   *labels = g_new (int, n);
  g_autofree float *scratch =
    g_new (float, pst_head_gradient_scratch (layers, n));
  double loss;

  for (int i = 0; i < n; i++)
    {
      int sample = order[i];

      labels[i] = torch->labels[sample];
      memcpy (features + i * layers->n_features,
              torch->features + sample * layers->n_features,
              sizeof (float) * layers->n_features);
    }
  loss = pst_head_gradient (layers, n, features, labels, gradient, scratch);
  pst_adam_step (adam, layers, gradient);
  return loss;
}

static void
test_torch (void)
{
  Torch             torch = torch_new ();
  PstHeadLayers    *layers = &torch.layers;
  const double     *rates = golden_get (torch.golden, "rates", 2);
  const double     *losses = golden_get (torch.golden, "losses", torch.n_steps);
  int               n_said = torch.n_samples * layers->n_labels;
  g_autofree float *gradient = g_new (float, layers->n_train);
  g_autofree float *first = g_new0 (float, layers->n_train);
  g_autofree float *second = g_new0 (float, layers->n_train);
  g_autofree double *said = g_new (double, n_said);
  PstAdam            adam = {
               .rate = rates[0],
               .decay = rates[1],
               .first = first,
               .second = second,
  };

  for (int step = 0; step < torch.n_steps; step++)
    {
      double loss = torch_step (&torch, step, &adam, gradient);

      g_test_message ("step %d: %.8f, PyTorch %.8f", step, loss, losses[step]);
      check_value ("loss", loss, losses[step], 1e-4);
    }

  g_autofree double *sums = g_new0 (double, 2 * layers->n_hidden);
  g_autofree float  *scratch =
    g_new (float, pst_head_layers_scratch (layers, torch.n_samples));

  pst_head_add_moments (layers, torch.n_samples, torch.features, sums, scratch);
  pst_head_set_moments (layers, torch.n_samples, sums);
  pst_head_layers_predict (layers, torch.n_samples, torch.features, said,
                           scratch);
  check_close_doubles ("probabilities", n_said, said,
                       golden_get (torch.golden, "probabilities", n_said),
                       1e-4);
  g_free (torch.features);
  pst_head_layers_clear (layers);
  golden_close (torch.golden);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_assert_true (pst_blas_init (0, 0, NULL));
  g_test_add_func ("/head/gradient", test_gradient);
  g_test_add_func ("/head/moments", test_moments);
  g_test_add_func ("/head/predict", test_predict);
  g_test_add_func ("/head/softmax", test_softmax);
  g_test_add_func ("/head/randomize", test_randomize);
  g_test_add_func ("/head/torch", test_torch);
  return g_test_run ();
}
