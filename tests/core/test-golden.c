/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-golden.c: whole networks and losses against PyTorch in double precision
 *
 * The core computes in float: activations agree to about 1e-6 of their size,
 * the gradient of the total loss to 1e-4 (the bar) or better.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/loss/losses.h"
#include "core/loss/objective.h"
#include "core/net/net.h"
#include "golden.h"
#include "whole-array.h"

#define TAP_TOLERANCE      1e-5
#define LOSS_TOLERANCE     1e-5
#define GRADIENT_TOLERANCE 1e-4

#define SAMPLES 200
#define STRIDE  7919

typedef struct
{
  Golden        *golden;
  PstModel      *model;
  int            height;
  int            width;
  int            style_height;
  int            style_width;
  gsize          n; /* values of the content */
  float         *content;
  float         *style;
  float         *start;
  float         *alpha; /* NULL: opaque */
  float         *style_alpha;
  PstGrams       grams;
  PstLossWeights loss;
  PstArena       arena;
  PstObjective  *total;
} Case;

/* ---- a case ------------------------------------------------------------- */

static void
read_pictures (Case *c)
{
  const double *sizes = golden_get (c->golden, "sizes", 4);
  gsize         n_style;

  c->height = sizes[0];
  c->width = sizes[1];
  c->style_height = sizes[2];
  c->style_width = sizes[3];
  c->n = (gsize) c->height * c->width * 3;
  n_style = (gsize) c->style_height * c->style_width * 3;
  c->content = golden_dup_floats (c->golden, "content", c->n);
  c->start = golden_dup_floats (c->golden, "start", c->n);
  c->style = golden_dup_floats (c->golden, "style", n_style);
  if (golden_has (c->golden, "alpha"))
    {
      c->alpha = golden_dup_floats (c->golden, "alpha", c->n / 3);
      c->style_alpha =
        golden_dup_floats (c->golden, "style_alpha", n_style / 3);
    }
}

static void
compute_grams (Case *c)
{
  PstPicture style = { .height = c->style_height,
                       .width = c->style_width,
                       .rgb = c->style,
                       .alpha = c->style_alpha };

  g_assert_true (pst_grams_init (&c->grams, c->model, -1, NULL));
  g_assert_true (pst_grams_compute (&c->grams, c->model, NULL, &style, NULL));
}

static void
open_total (Case *c)
{
  PstObjectiveLayout form = { .height = c->height,
                              .width = c->width,
                              .n_regions = 1,
                              .regions_masked = c->alpha != NULL,
                              .content_masked = c->alpha != NULL,
                              .memory = PST_NET_KEEP_ALL };

  pst_arena_init (&c->arena);
  pst_objective_free (
    pst_objective_new (c->model, &c->loss, NULL, &c->arena, &form));
  g_assert_true (pst_arena_commit (&c->arena, NULL));
  memset (c->arena.base, 0xA5, c->arena.size);
  c->total = pst_objective_new (c->model, &c->loss, NULL, &c->arena, &form);
  pst_objective_set_region (c->total, 0, c->alpha, 1, &c->grams);
  g_assert_true (pst_objective_set_content (c->total, c->content, c->alpha));
}

static void
case_init (Case *c, const char *golden, const char *model)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, model, NULL);
  g_autoptr (GError) error = NULL;
  const double *weights;

  *c = (Case){ .golden = golden_open (golden) };
  c->model = pst_model_new_from_file (path, &error);
  g_assert_no_error (error);
  read_pictures (c);
  compute_grams (c);
  weights = golden_get (c->golden, "weights", 3);
  c->loss =
    (PstLossWeights){ .content = weights[0],
                      .smoothness = weights[1],
                      .range = weights[2],
                      .content_tap = golden_value (c->golden, "content_tap") };
  c->loss.taps = c->model->style_taps | (1u << c->loss.content_tap);
  for (int t = 0; t < c->model->n_taps; t++)
    if (pst_taps_have (c->model->style_taps, t))
      c->loss.style[t] = 1.0 / __builtin_popcount (c->model->style_taps);
  open_total (c);
}

static void
case_clear (Case *c)
{
  pst_objective_free (c->total);
  pst_arena_clear (&c->arena);
  pst_grams_clear (&c->grams);
  g_free (c->content);
  g_free (c->style);
  g_free (c->start);
  g_free (c->alpha);
  g_free (c->style_alpha);
  pst_model_unref (c->model);
  golden_close (c->golden);
}

/* ---- comparisons -------------------------------------------------------- */

static const double *
get (const Case *c, const char *what, int tap, const char *part, gsize n)
{
  g_autofree char *name = g_strdup_printf ("%s%d.%s", what, tap, part);

  return golden_get (c->golden, name, n);
}

/* Of @values, [n]: the mean square, and the samples.  The mean is compared on
 * the scale of the root of the mean square, because it may be near 0. */
static void
check_long (const Case   *c,
            const char   *what,
            int           tap,
            gsize         n,
            const double *values)
{
  g_autofree char *name = g_strdup_printf ("%s %d", what, tap);
  double           square = *get (c, what, tap, "square", 1);
  double           samples[SAMPLES];
  double           sums[2] = { 0.0 };

  for (gsize i = 0; i < n; i++)
    {
      sums[0] += values[i] / n;
      sums[1] += values[i] * values[i] / n;
    }
  for (gsize i = 0; i < SAMPLES; i++)
    samples[i] = values[i * STRIDE % n];
  check_close_doubles (name, SAMPLES, samples,
                       get (c, what, tap, "samples", SAMPLES), TAP_TOLERANCE);
  check_value (name, sums[1], square, TAP_TOLERANCE);
  g_assert_cmpfloat (fabs (sums[0] - *get (c, what, tap, "mean", 1)), <=,
                     TAP_TOLERANCE * sqrt (square));
}

static void
check_taps (Case *c)
{
  guint32      all = (1u << c->model->n_taps) - 1;
  PstNetLayout layout = { .height = c->height,
                          .width = c->width,
                          .taps = all,
                          .memory = PST_NET_FORWARD_ONLY };
  PstArena     arena;
  PstNet      *net;
  float       *f[PST_MODEL_MAX_TAPS];

  pst_arena_init (&arena);
  pst_net_free (pst_net_new (c->model, NULL, &arena, &layout));
  g_assert_true (pst_arena_commit (&arena, NULL));
  net = pst_net_new (c->model, NULL, &arena, &layout);
  g_assert_true (whole_net_forward (net, all, c->start, f));
  for (int t = 0; t < c->model->n_taps; t++)
    {
      PstShape           shape = pst_net_tap_shape (net, t);
      const double      *expected = get (c, "tap", t, "shape", 3);
      gsize              n = pst_shape_size (shape);
      g_autofree double *values = check_doubles (n, f[t]);

      g_assert_cmpint (shape.height, ==, (int) expected[0]);
      g_assert_cmpint (shape.width, ==, (int) expected[1]);
      g_assert_cmpint (shape.channels, ==, (int) expected[2]);
      check_long (c, "tap", t, n, values);
      g_free (f[t]);
    }
  pst_net_free (net);
  pst_arena_clear (&arena);
}

static void
check_grams (Case *c)
{
  for (int t = 0; t < c->model->n_taps; t++)
    if (c->grams.taps[t])
      {
        gsize channels = c->model->layers[c->model->taps[t]].out_channels;

        check_long (c, "gram", t, channels * channels, c->grams.taps[t]);
      }
}

static void
check_losses (Case *c)
{
  g_autoptr (CheckFloats) gradient = check_floats_new (c->n);
  g_autoptr (CheckFloats) ignored = check_scratch_new (c->n);
  PstLosses losses;
  double    value;
  double    distance;

  memset (ignored, 0, c->n * sizeof (float));
  g_assert_true (pst_objective_evaluate (c->total, c->start, &value, gradient));
  losses = pst_objective_get_losses (c->total);
  check_value ("style", losses.style, golden_value (c->golden, "loss.style"),
               LOSS_TOLERANCE);
  check_value ("content", losses.content,
               golden_value (c->golden, "loss.content"), LOSS_TOLERANCE);
  check_value ("range", pst_range_loss (NULL, c->n, c->start, 1.0, ignored),
               golden_value (c->golden, "loss.range"), LOSS_TOLERANCE);
  check_value ("smoothness",
               pst_smoothness_loss (NULL, c->height, c->width, c->start, 1.0,
                                    ignored),
               golden_value (c->golden, "loss.smoothness"), LOSS_TOLERANCE);
  check_value ("total", value, golden_value (c->golden, "loss.total"),
               LOSS_TOLERANCE);

  distance =
    check_distance (c->n, gradient, golden_get (c->golden, "gradient", c->n));
  g_test_message ("gradient: relative error %.2g", distance);
  g_assert_cmpfloat (distance, <=, GRADIENT_TOLERANCE);
}

static void
check_case (const char *golden, const char *model)
{
  Case c;

  case_init (&c, golden, model);
  check_taps (&c);
  check_grams (&c);
  check_losses (&c);
  case_clear (&c);
}

/* ---- tests -------------------------------------------------------------- */

static void
test_even (void)
{
  check_case ("compact-24x40.bin", "../models/compact.safetensors");
}

/* Odd sides at every pooling, alpha in both pictures. */
static void
test_odd (void)
{
  check_case ("compact-17x23.bin", "../models/compact.safetensors");
}

static void
test_zero_padding (void)
{
  check_case ("zero.bin", "golden/zero.safetensors");
}

/* The losses of some steps of fixed length: an error in one gradient is carried
 * into all that follow. */
static void
test_descent (void)
{
  const int     steps = 10;
  Case          c;
  const double *expected;
  double        length;
  g_autoptr (CheckFloats) gradient = NULL;

  case_init (&c, "zero.bin", "golden/zero.safetensors");
  gradient = check_floats_new (c.n);
  expected = golden_get (c.golden, "descent", steps);
  length = golden_value (c.golden, "descent.length");
  for (int step = 0; step < steps; step++)
    {
      double value;
      double norm = 0.0;

      g_assert_true (
        pst_objective_evaluate (c.total, c.start, &value, gradient));
      check_value ("descent", value, expected[step], 1e-4);
      for (gsize i = 0; i < c.n; i++)
        norm += (double) gradient[i] * gradient[i];
      for (gsize i = 0; i < c.n; i++)
        c.start[i] -= length * gradient[i] / sqrt (norm);
    }
  case_clear (&c);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/golden/even", test_even);
  g_test_add_func ("/golden/odd", test_odd);
  g_test_add_func ("/golden/zero-padding", test_zero_padding);
  g_test_add_func ("/golden/descent", test_descent);
  return g_test_run ();
}
