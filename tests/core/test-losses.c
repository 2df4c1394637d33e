/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-losses.c: each loss against doubles, its gradient against differences */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/loss/gram.h"
#include "core/loss/losses.h"
#include "reference.h"
#include "whole-array.h"

/* Values: sums of products of floats.  Gradients: against differences. */
#define VALUE_TOLERANCE    1e-5
#define GRADIENT_TOLERANCE 1e-5

typedef enum
{
  WEIGHTS_NONE,
  WEIGHTS_RANDOM,
  WEIGHTS_HOLES /* half of them 0 */
} Weights;

/* Features with a mean, as after a ReLU. */
static CheckFloats *
random_features (gsize n, int c, guint64 stream)
{
  CheckRandom random;

  check_random_init (&random, stream);
  return check_floats_random (&random, n * c, -0.5, 1.5);
}

static CheckFloats *
random_weights (Weights weights, gsize n)
{
  CheckRandom  random;
  CheckFloats *floats;

  if (weights == WEIGHTS_NONE)
    return NULL;
  check_random_init (&random, 99);
  floats = check_floats_random (&random, n, 0.1, 1.0);
  for (gsize i = 1; weights == WEIGHTS_HOLES && i < n; i += 2)
    floats[i] = 0.0f;
  return floats;
}

static double
weight_sum (const float *weights, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += weights ? weights[i] : 1.0f;
  return sum;
}

/* ---- Gram matrices ------------------------------------------------------ */

static void
check_gram (gsize n, int c, Weights kind)
{
  g_autofree char *name =
    g_strdup_printf ("Gram %d x %d, weights %d", (int) n, c, kind);
  g_autoptr (CheckFloats) f = random_features (n, c, n + c);
  g_autoptr (CheckFloats) weights = random_weights (kind, n);
  g_autoptr (CheckFloats) scratch = check_scratch_new (pst_gram_scratch (c, 3));
  g_autofree double *f_doubles = check_doubles (n * c, f);
  g_autofree double *gram = g_new (double, c *c);
  g_autofree double *expected = g_new (double, c *c);

  memset (gram, 0xff, sizeof (double) * c * c); /* NaN */
  whole_gram (NULL, n, c, f, weights, gram, scratch);
  reference_gram (n, c, f_doubles, weights, expected);
  check_close_doubles (name, c * c, gram, expected, VALUE_TOLERANCE);
  for (int a = 0; a < c; a++)
    for (int b = 0; b < a; b++)
      g_assert_true (gram[a * c + b] == gram[b * c + a]);
}

static void
test_gram (void)
{
  const gsize positions[] = { 1, 2, 7, 63, 512, 513, 1100 };
  const int   channels[] = { 1, 3, 16, 31, 32, 33, 64 };

  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (channels); k++)
      for (Weights kind = WEIGHTS_NONE; kind <= WEIGHTS_HOLES; kind++)
        check_gram (positions[i], channels[k], kind);
  check_gram (50, 160, WEIGHTS_NONE);
  check_gram (50, 160, WEIGHTS_RANDOM);
}

/* Many positions: one sum in float would be off by some per cent.  Sums of some
 * hundred terms in float are off by 1e-5 where every term rounds alike. */
static void
test_gram_of_many (void)
{
  gsize             n = 2000000;
  g_autofree float *ones = g_new (float, n);
  g_autoptr (CheckFloats) scratch = check_scratch_new (pst_gram_scratch (1, 3));
  double gram;

  for (gsize i = 0; i < n; i++)
    ones[i] = 1.1f;
  whole_gram (NULL, n, 1, ones, NULL, &gram, scratch);
  check_value ("Gram of many", gram, (double) 1.1f * 1.1f, VALUE_TOLERANCE);
}

/* ---- style -------------------------------------------------------------- */

typedef struct
{
  gsize         n;
  int           c;
  const float  *weights;
  const double *target;
} Style;

static double
style_function (void *data, const double *f)
{
  const Style       *style = data;
  g_autofree double *gram = g_new (double, style->c * style->c);

  reference_gram (style->n, style->c, f, style->weights, gram);
  return 0.7 * reference_style_loss (style->c, gram, style->target);
}

static void
check_style (gsize n, int c, Weights kind)
{
  g_autofree char *name =
    g_strdup_printf ("style %d x %d, weights %d", (int) n, c, kind);
  g_autoptr (CheckFloats) f = random_features (n, c, 1);
  g_autoptr (CheckFloats) other = random_features (n, c, 2);
  g_autoptr (CheckFloats) weights = random_weights (kind, n);
  g_autoptr (CheckFloats) scratch = check_scratch_new (pst_gram_scratch (c, 3));
  g_autoptr (CheckFloats) gram_gradient = check_floats_new (c * c);
  g_autoptr (CheckFloats) df = check_floats_new (n * c);
  g_autofree double *gram = g_new (double, c *c);
  g_autofree double *target = g_new (double, c *c);
  Style              style = { n, c, weights, target };

  whole_gram (NULL, n, c, other, NULL, target, scratch);
  whole_gram (NULL, n, c, f, weights, gram, scratch);
  check_value (name,
               pst_style_loss (c, gram,
                               &(PstStyleTarget){ target,
                                                  pst_gram_norm (c, target) },
                               0.7, weight_sum (weights, n), gram_gradient),
               reference_style_loss (c, gram, target), 1e-12);

  memset (df, 0, n * c * sizeof (float));
  pst_style_gradient (NULL, &(PstFeatures){ n, c, f, weights }, gram_gradient,
                      df, scratch);
  check_gradient (name, style_function, &style, n * c, f, df,
                  GRADIENT_TOLERANCE);

  /* added to what is there */
  pst_style_gradient (NULL, &(PstFeatures){ n, c, f, weights }, gram_gradient,
                      df, scratch);
  for (gsize i = 0; i < n * c; i++)
    df[i] *= 0.5f;
  check_gradient (name, style_function, &style, n * c, f, df,
                  GRADIENT_TOLERANCE);
}

static void
test_style (void)
{
  for (Weights kind = WEIGHTS_NONE; kind <= WEIGHTS_HOLES; kind++)
    {
      check_style (1, 1, kind);
      check_style (2, 3, kind);
      check_style (13, 5, kind);
      check_style (4, 35, kind);
      check_style (135, 2, kind);
    }
}

static void
test_style_is_zero_at_target (void)
{
  const double gram[4] = { 2.0, 1.0, 1.0, 3.0 };
  const double zero[4] = { 0.0 };
  float        gram_gradient[4];

  g_assert_cmpfloat (pst_style_loss (2, gram, &(PstStyleTarget){ gram, 15.0 },
                                     1.0, 9.0, gram_gradient),
                     ==, 0.0);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat (gram_gradient[i], ==, 0.0f);

  /* a black style picture is no division by zero */
  g_assert_true (isfinite (
    pst_style_loss (2, zero, &(PstStyleTarget){ zero, pst_gram_norm (2, zero) },
                    1.0, 9.0, gram_gradient)));
  g_assert_true (isfinite (gram_gradient[0]));
}

/* ---- content ------------------------------------------------------------ */

typedef struct
{
  gsize         n;
  int           c;
  const float  *weights;
  const double *target;
  double        variance;
} Content;

static double
content_function (void *data, const double *f)
{
  const Content *content = data;

  return 0.7
         * reference_content_loss (content->n, content->c, f, content->target,
                                   content->weights, content->variance);
}

static void
check_variance (const char  *name,
                gsize        n,
                int          c,
                const float *f,
                const float *weights)
{
  g_autofree double *f_doubles = check_doubles (n * c, f);
  double             variance = whole_variance (n, c, f, weights);

  /* of one position: 0, but for the rounding of a square of at most 2.25 */
  if (n == 1)
    g_assert_cmpfloat (fabs (variance), <, 1e-14);
  else
    check_value (name, variance, reference_variance (n, c, f_doubles, weights),
                 VALUE_TOLERANCE);
}

static void
check_content (gsize n, int c, Weights kind)
{
  g_autofree char *name =
    g_strdup_printf ("content %d x %d, weights %d", (int) n, c, kind);
  g_autoptr (CheckFloats) f = random_features (n, c, 3);
  g_autoptr (CheckFloats) target = random_features (n, c, 4);
  g_autoptr (CheckFloats) weights = random_weights (kind, n);
  g_autoptr (CheckFloats) df = check_floats_new (n * c);
  g_autofree double *f_doubles = check_doubles (n * c, f);
  g_autofree double *target_doubles = check_doubles (n * c, target);
  Content            content = { n, c, weights, target_doubles, 0.3 };
  double             value;

  memset (df, 0, n * c * sizeof (float));
  value = whole_content_loss (NULL, n, c, f, target, weights, 0.3, 0.7, df);
  check_value (name, value, content_function (&content, f_doubles) / 0.7,
               VALUE_TOLERANCE);
  check_gradient (name, content_function, &content, n * c, f, df,
                  GRADIENT_TOLERANCE);
  whole_content_loss (NULL, n, c, f, target, weights, 0.3, 0.7, df);
  for (gsize i = 0; i < n * c; i++)
    df[i] *= 0.5f;
  check_gradient (name, content_function, &content, n * c, f, df,
                  GRADIENT_TOLERANCE);

  check_variance (name, n, c, f, weights);
}

static void
test_content (void)
{
  for (Weights kind = WEIGHTS_NONE; kind <= WEIGHTS_HOLES; kind++)
    {
      check_content (1, 1, kind);
      check_content (3, 2, kind);
      check_content (37, 5, kind);
      check_content (5, 67, kind);
    }
}

static void
test_content_is_zero_at_target (void)
{
  g_autoptr (CheckFloats) f = random_features (10, 3, 5);
  float       df[30] = { 0 };
  const float zeros[30] = { 0 };

  g_assert_cmpfloat (whole_content_loss (NULL, 10, 3, f, f, NULL, 1.0, 1.0, df),
                     ==, 0.0);
  check_same ("content at target", 30, df, zeros);
}

/* ---- range and smoothness ----------------------------------------------- */

static double
range_function (void *data, const double *x)
{
  gsize *n = data;

  return 0.7 * reference_range_loss (*n, x);
}

static void
check_range (gsize n)
{
  g_autofree char *name = g_strdup_printf ("range %d", (int) n);
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) dx = check_floats_new (n);
  g_autofree double *x_doubles = NULL;
  CheckRandom        random;

  check_random_init (&random, n);
  x = check_floats_random (&random, n, -1.0, 2.0);
  x[0] = -0.3f; /* so that there is something to find */
  x_doubles = check_doubles (n, x);
  memset (dx, 0, n * sizeof (float));
  check_value (name, pst_range_loss (NULL, n, x, 0.7, dx),
               reference_range_loss (n, x_doubles), VALUE_TOLERANCE);
  check_gradient (name, range_function, &n, n, x, dx, GRADIENT_TOLERANCE);
}

static void
test_range (void)
{
  const float inside[3] = { 0.0f, 0.5f, 1.0f };
  float       dx[3] = { 0 };

  check_range (1);
  check_range (17);
  check_range (300);
  g_assert_cmpfloat (pst_range_loss (NULL, 3, inside, 1.0, dx), ==, 0.0);
  g_assert_cmpfloat (dx[0], ==, 0.0f);
  g_assert_cmpfloat (dx[2], ==, 0.0f);
}

typedef struct
{
  int height;
  int width;
} Size;

static double
smoothness_function (void *data, const double *x)
{
  const Size *size = data;

  return 0.7 * reference_smoothness_loss (size->height, size->width, x);
}

static void
check_smoothness (Size size)
{
  gsize            n = (gsize) size.height * size.width * 3;
  g_autofree char *name =
    g_strdup_printf ("smoothness %dx%d", size.height, size.width);
  g_autoptr (CheckFloats) x = random_features (n, 1, 6);
  g_autoptr (CheckFloats) dx = check_floats_new (n);
  g_autofree double *x_doubles = check_doubles (n, x);

  memset (dx, 0, n * sizeof (float));
  check_value (name,
               pst_smoothness_loss (NULL, size.height, size.width, x, 0.7, dx),
               reference_smoothness_loss (size.height, size.width, x_doubles),
               VALUE_TOLERANCE);
  check_gradient (name, smoothness_function, &size, n, x, dx,
                  GRADIENT_TOLERANCE);
}

static void
test_smoothness (void)
{
  check_smoothness ((Size){ 1, 1 });
  check_smoothness ((Size){ 1, 7 });
  check_smoothness ((Size){ 7, 1 });
  check_smoothness ((Size){ 2, 2 });
  check_smoothness ((Size){ 9, 13 });
}

/* ---- all ---------------------------------------------------------------- */

/* Each loss's value, and its gradient in @df, [6000 * 12]. */
static void
all_losses (PstWorkers *workers,
            double      weight,
            double      ret_values[4],
            float      *df[4])
{
  gsize n = 6000;
  int   c = 12;
  g_autoptr (CheckFloats) f = random_features (n, c, 7);
  g_autoptr (CheckFloats) target = random_features (n, c, 8);
  g_autoptr (CheckFloats) weights = random_weights (WEIGHTS_RANDOM, n);
  g_autoptr (CheckFloats) scratch = check_scratch_new (pst_gram_scratch (c, 3));
  double gram[144], style[144];
  float  gram_gradient[144];

  for (int i = 0; i < 4; i++)
    memset (df[i], 0, n * c * sizeof (float));
  whole_gram (workers, n, c, target, NULL, style, scratch);
  whole_gram (workers, n, c, f, weights, gram, scratch);
  ret_values[0] =
    pst_style_loss (c, gram,
                    &(PstStyleTarget){ style, pst_gram_norm (c, style) },
                    weight, weight_sum (weights, n), gram_gradient);
  pst_style_gradient (workers, &(PstFeatures){ n, c, f, weights },
                      gram_gradient, df[0], scratch);
  ret_values[1] =
    whole_content_loss (workers, n, c, f, target, weights, 0.3, weight, df[1]);
  ret_values[2] = pst_range_loss (workers, n * c, f, weight, df[2]);
  ret_values[3] = pst_smoothness_loss (workers, 160, 150, f, weight, df[3]);
}

static void
allocate (float *df[4])
{
  for (int i = 0; i < 4; i++)
    df[i] = g_new (float, 6000 * 12);
}

static void
release (float *df[4])
{
  for (int i = 0; i < 4; i++)
    g_free (df[i]);
}

static void
test_threads (void)
{
  double values[4], values_alone[4];
  float *df[4], *df_alone[4];

  allocate (df);
  allocate (df_alone);
  all_losses (NULL, 1.0, values_alone, df_alone);
  for (int threads = 1; threads <= 3; threads++)
    {
      PstWorkers *workers = pst_workers_new (threads);

      all_losses (workers, 1.0, values, df);
      for (int i = 0; i < 4; i++)
        {
          g_assert_true (values[i] == values_alone[i]);
          check_same ("loss in threads", 6000 * 12, df[i], df_alone[i]);
        }
      pst_workers_free (workers);
    }
  release (df);
  release (df_alone);
}

/* Twice the weight is twice the gradient, and the same value. */
static void
test_weight (void)
{
  double values[4], values_twice[4];
  float *df[4], *df_twice[4];

  allocate (df);
  allocate (df_twice);
  all_losses (NULL, 1.0, values, df);
  all_losses (NULL, 2.0, values_twice, df_twice);
  for (int i = 0; i < 4; i++)
    {
      g_assert_true (values[i] == values_twice[i]);
      for (int k = 0; k < 6000 * 12; k++)
        df[i][k] *= 2.0f;
      check_same ("twice the weight", 6000 * 12, df_twice[i], df[i]);
    }
  release (df);
  release (df_twice);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/losses/gram", test_gram);
  g_test_add_func ("/losses/gram-of-many", test_gram_of_many);
  g_test_add_func ("/losses/style", test_style);
  g_test_add_func ("/losses/style-zero", test_style_is_zero_at_target);
  g_test_add_func ("/losses/content", test_content);
  g_test_add_func ("/losses/content-zero", test_content_is_zero_at_target);
  g_test_add_func ("/losses/range", test_range);
  g_test_add_func ("/losses/smoothness", test_smoothness);
  g_test_add_func ("/losses/threads", test_threads);
  g_test_add_func ("/losses/weight", test_weight);
  return g_test_run ();
}
