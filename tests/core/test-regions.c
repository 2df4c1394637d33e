/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-regions.c: styles in regions
 *
 * The losses against doubles, all of the gradient against differences of these;
 * then whole transfers.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/loss/gram.h"
#include "core/loss/objective.h"
#include "core/picture/regions.h"
#include "reference-net.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define HEIGHT  7
#define WIDTH   9
#define PIXELS  (HEIGHT * WIDTH)
#define REGIONS 2

#define LOSS_TOLERANCE     1e-5
#define GRADIENT_TOLERANCE 1e-4 /* as test-golden.c has it */

/* ---- against the reference ---------------------------------------------- */

typedef struct
{
  GBytes        *bytes;
  PstModel      *model;
  ReferenceNet  *net;
  PstLossWeights weights;
  float         *rgb;
  float         *content;
  float         *alpha;
  float         *masks[REGIONS]; /* times alpha */
  double         shares[REGIONS];
  PstGrams       grams[REGIONS];
  ReferenceTap   targets[REFERENCE_MAX_TAPS]; /* of the content */
} Case;

/* A symmetric matrix. */
static void
random_gram (CheckRandom *random, int c, double *gram)
{
  for (int i = 0; i < c; i++)
    for (int k = 0; k <= i; k++)
      gram[i * c + k] = gram[k * c + i] = check_random_uniform (random, 0, 1);
}

static void
case_init (Case *c)
{
  g_autofree double *content = NULL;
  CheckRandom        random;

  check_random_init (&random, 1);
  c->bytes =
    small_model_bytes (small_layers, PST_PADDING_REPLICATE,
                       "[\"relu1_1\",\"relu3_1\"]", "[\"relu4_2\"]", 3);
  c->model = pst_model_new_from_bytes (c->bytes, "small", NULL);
  c->net = reference_net_new (c->bytes);
  c->weights = (PstLossWeights){
    .style = { 0.25, 0.75 }, .content = 0.3, .content_tap = 2, .taps = 7
  };
  c->rgb = check_floats_random (&random, 3 * PIXELS, 0, 1);
  c->content = check_floats_random (&random, 3 * PIXELS, 0, 1);
  c->alpha = check_floats_random (&random, PIXELS, 0.1, 1);
  content = check_doubles (3 * PIXELS, c->content);
  reference_net_forward (c->net, HEIGHT, WIDTH, content, c->targets);
  for (int r = 0; r < REGIONS; r++)
    {
      g_assert_true (pst_grams_init (&c->grams[r], c->model, -1, NULL));
      for (int t = 0; t < 2; t++)
        random_gram (&random, c->targets[t].channels, c->grams[r].taps[t]);
      c->masks[r] = check_floats_random (&random, PIXELS, 0, 1);
      c->shares[r] = check_random_uniform (&random, 0.2, 0.6);
    }
  /* a hard border in one of them, and nothing at all in some rows */
  memset (c->masks[0], 0, sizeof (float) * 3 * WIDTH);
  for (int i = 0; i < REGIONS * PIXELS; i++)
    c->masks[i / PIXELS][i % PIXELS] *= c->alpha[i % PIXELS];
}

static void
case_clear (Case *c)
{
  for (int r = 0; r < REGIONS; r++)
    {
      check_floats_free (c->masks[r]);
      pst_grams_clear (&c->grams[r]);
    }
  reference_taps_clear (reference_net_n_taps (c->net), c->targets);
  check_floats_free (c->rgb);
  check_floats_free (c->content);
  check_floats_free (c->alpha);
  reference_net_free (c->net);
  pst_model_unref (c->model);
  g_bytes_unref (c->bytes);
}

/* @mask as it is seen at a tap; the caller owns it. */
static float *
pooled (const float *mask, const ReferenceTap *tap)
{
  double *values = check_doubles (PIXELS, mask);
  int     height = HEIGHT, width = WIDTH;
  float  *seen;

  while (height > tap->height)
    {
      double *half = g_new (double, ((height + 1) / 2) * ((width + 1) / 2));

      reference_pool_forward (height, width, 1, values, half);
      g_free (values);
      values = half;
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
  seen = g_new (float, height *width);
  for (int i = 0; i < height * width; i++)
    seen[i] = values[i];
  g_free (values);
  return seen;
}

static double
reference_style (const Case *c, const ReferenceTap *taps)
{
  double sum = 0;

  for (int t = 0; t < 2; t++)
    for (int r = 0; r < REGIONS; r++)
      {
        int                channels = taps[t].channels;
        g_autofree float  *weights = pooled (c->masks[r], &taps[t]);
        g_autofree double *gram = g_new (double, channels *channels);

        reference_gram ((gsize) taps[t].height * taps[t].width, channels,
                        taps[t].f, weights, gram);
        sum += c->shares[r] * c->weights.style[t]
               * reference_style_loss (channels, gram, c->grams[r].taps[t]);
      }
  return sum;
}

static double
reference_content (const Case *c, const ReferenceTap *taps)
{
  const ReferenceTap *at = &taps[2], *target = &c->targets[2];
  g_autofree float   *weights = pooled (c->alpha, at);
  gsize               n = (gsize) at->height * at->width;
  double variance = reference_variance (n, at->channels, target->f, weights);

  return reference_content_loss (n, at->channels, at->f, target->f, weights,
                                 variance);
}

/* A CheckFunction. */
static double
reference_total (void *data, const double *rgb)
{
  const Case  *c = data;
  ReferenceTap taps[REFERENCE_MAX_TAPS];
  double       total;

  reference_net_forward (c->net, HEIGHT, WIDTH, rgb, taps);
  total = reference_style (c, taps)
          + c->weights.content * reference_content (c, taps);
  reference_taps_clear (reference_net_n_taps (c->net), taps);
  return total;
}

static PstObjective *
open_total (Case *c, PstArena *arena)
{
  PstObjectiveLayout form = { .height = HEIGHT,
                              .width = WIDTH,
                              .n_regions = REGIONS,
                              .regions_masked = TRUE,
                              .content_masked = TRUE,
                              .memory = PST_NET_KEEP_ALL };
  PstObjective      *total;

  pst_arena_init (arena);
  pst_objective_free (
    pst_objective_new (c->model, &c->weights, NULL, arena, &form));
  g_assert_true (pst_arena_commit (arena, NULL));
  memset (arena->base, 0xA5, arena->size);
  total = pst_objective_new (c->model, &c->weights, NULL, arena, &form);
  for (int r = 0; r < REGIONS; r++)
    pst_objective_set_region (total, r, c->masks[r], c->shares[r],
                              &c->grams[r]);
  g_assert_true (pst_objective_set_content (total, c->content, c->alpha));
  return total;
}

static void
test_gradient (void)
{
  Case          c = { 0 };
  PstArena      arena;
  PstObjective *total;
  g_autoptr (CheckFloats) gradient = check_floats_new (3 * PIXELS);
  g_autofree double *x = NULL;
  double             value;

  case_init (&c);
  total = open_total (&c, &arena);
  x = check_doubles (3 * PIXELS, c.rgb);
  g_assert_true (pst_objective_evaluate (total, c.rgb, &value, gradient));
  check_value ("total", value, reference_total (&c, x), LOSS_TOLERANCE);
  check_gradient ("every pixel", reference_total, &c, 3 * PIXELS, c.rgb,
                  gradient, GRADIENT_TOLERANCE);
  pst_objective_free (total);
  pst_arena_clear (&arena);
  case_clear (&c);
}

/* The Gram matrix of a hard half is that of the half alone. */
static void
test_halves (void)
{
  const int   n = 600, half = 250, c = 5;
  gsize       scratch_size = pst_gram_scratch (c, 1);
  CheckRandom random;
  g_autoptr (CheckFloats) f = NULL;
  g_autoptr (CheckFloats) scratch = check_scratch_new (scratch_size);
  g_autofree float *weights = g_new0 (float, n);

  check_random_init (&random, 2);
  f = check_floats_random (&random, n * c, -1, 1);
  for (int part = 0; part < 2; part++)
    {
      int    first = part ? half : 0;
      int    count = part ? n - half : half;
      double whole[25] = { 0 }, alone[25] = { 0 };

      for (int i = 0; i < n; i++)
        weights[i] = i >= first && i < first + count;
      pst_gram_add (NULL, &(PstFeatures){ n, c, f, weights }, FALSE, whole,
                    scratch);
      pst_gram_finish (c, count, whole);
      pst_gram_add (NULL, &(PstFeatures){ count, c, f + first * c, NULL },
                    FALSE, alone, scratch);
      pst_gram_finish (c, count, alone);
      check_close_doubles ("half", c * c, whole, alone, 1e-6);
    }
}

/* ---- whole transfers ---------------------------------------------------- */

#define SIDE 48

/* 1 left of column @border, with a ramp of @soft columns; the caller owns
 * it. */
static float *
left_of (int border, int soft)
{
  float *region = g_new (float, SIDE *SIDE);

  for (int i = 0; i < SIDE * SIDE; i++)
    region[i] = CLAMP ((border - i % SIDE) / (float) soft, 0.0f, 1.0f);
  return region;
}

static PstImage *
restyle (PstModel              *model,
         const PstStylePicture *styles,
         int                    n_styles,
         int                    threads,
         gboolean               fade)
{
  g_autoptr (PstImage) content = sample_content (SIDE, SIDE, 1);
  g_autoptr (GError) error = NULL;
  PstSettings settings = run_draft_settings ();
  g_autoptr (PstTransfer) transfer = NULL;
  PstImage *result;

  if (fade)
    sample_fade (content);
  settings.threads = threads;
  settings.freedom = 0;
  settings.iterations = 8;
  transfer =
    pst_transfer_new (model, &(PstInputPictures){ content, styles, n_styles },
                      &settings, NULL, &error);
  g_assert_no_error (error);
  run_until (transfer, 0);
  result = run_result (transfer);
  sample_valid ("regions", result);
  return result;
}

/* Regions that cover everything equally change nothing. */
static void
test_everywhere (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) style = sample_style (40, 30, 1);
  g_autofree float *all = left_of (SIDE + 1, 1);
  PstStylePicture   plain = { style, 1, NULL };
  PstStylePicture   marked = { style, 1, all };
  g_autoptr (PstImage) expected = restyle (model, &plain, 1, 1, FALSE);
  g_autoptr (PstImage) got = restyle (model, &marked, 1, 1, FALSE);

  /* the same but for rounding, which grows with the iterations */
  g_assert_cmpfloat (sample_apart (got, expected), <, 0.01);
}

/* Outside all regions the content keeps every bit. */
static void
test_outside (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (SIDE, SIDE, 1);
  g_autoptr (PstImage) style = sample_style (40, 30, 1);
  g_autofree float *left = left_of (20, 4);
  PstStylePicture   styles = { style, 1, left };
  g_autoptr (PstImage) result = restyle (model, &styles, 1, 1, FALSE);
  double inside = 0;

  for (int i = 0; i < SIDE * SIDE; i++)
    for (int c = 0; c < 4; c++)
      {
        float change =
          fabsf (result->pixels[4 * i + c] - content->pixels[4 * i + c]);

        if (i % SIDE >= 20)
          g_assert_cmpfloat (change, ==, 0.0f);
        else
          inside += change / (20 * SIDE * 3);
      }
  g_assert_cmpfloat (inside, >, 0.02);
}

/* Colors of the left and right third against those of the styles. */
static void
test_two_styles (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) dark = sample_style (40, 30, 1);
  g_autoptr (PstImage) bright = sample_style (40, 30, 1);
  g_autofree float *left = left_of (SIDE / 2, 3);
  PstStylePicture   styles[] = { { dark, 1, left }, { bright, 1, NULL } };
  g_autoptr (PstImage) result = NULL;
  double means[2] = { 0, 0 };

  for (int i = 0; i < 40 * 30 * 4; i++)
    if (i % 4 < 3)
      {
        dark->pixels[i] *= 0.4;
        bright->pixels[i] = 1 - 0.4 * bright->pixels[i];
      }
  result = restyle (model, styles, 2, 1, FALSE);
  for (int i = 0; i < SIDE * SIDE; i++)
    if (i % SIDE < SIDE / 3 || i % SIDE >= 2 * SIDE / 3)
      means[i % SIDE >= SIDE / 2] +=
        (result->pixels[4 * i] + result->pixels[4 * i + 1]
         + result->pixels[4 * i + 2])
        / (SIDE * SIDE);
  g_test_message ("brightness left %.3f, right %.3f", means[0], means[1]);
  g_assert_cmpfloat (means[0], <, 0.35);
  g_assert_cmpfloat (means[1], >, 0.65);
}

static void
test_threads (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) first = sample_style (40, 30, 1);
  g_autoptr (PstImage) second = sample_content (25, 35, 7);
  g_autofree float *left = left_of (30, 10);
  PstStylePicture   styles[] = {
      { first, 1, left },
      { second, 1, NULL },
      { second, 0.5, left },
  };
  g_autoptr (PstImage) expected = restyle (model, styles, 3, 1, TRUE);

  for (int threads = 2; threads <= 5; threads++)
    {
      g_autoptr (PstImage) got = restyle (model, styles, 3, threads, TRUE);

      sample_same ("threads", got, expected);
    }
}

static void
test_refused (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) picture = sample_content (SIDE, SIDE, 1);
  g_autofree float *none = g_new0 (float, SIDE *SIDE);
  PstStylePicture   styles[] = { { picture, 1, none }, { picture, 1, none } };
  PstSettings       settings = run_draft_settings ();
  g_autoptr (GError) error = NULL;

  g_assert_null (pst_transfer_new (model,
                                   &(PstInputPictures){ picture, styles, 2 },
                                   &settings, NULL, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
}

/* ---- masks -------------------------------------------------------------- */

/* Values out of range and NaN are clamped; overlapping regions share a pixel,
 * and the rest gets the remainder. */
static void
test_masks (void)
{
  float        first[] = { 0, 1, 0.5, 1, 7 };
  float        second[] = { 0, 0, 0.25, 1, NAN };
  const double expected[][5] = {
    { 0, 1, 0.5, 0.5, 1 },
    { 0, 0, 0.25, 0.5, 0 },
    { 1, 0, 0.25, 0, 0 },
  };
  float      rgb[15] = { 0 };
  float      alpha[] = { 1, 1, 0, 1, 1 };
  PstPicture content = { .height = 1, .width = 5, .rgb = rgb, .alpha = alpha };
  PstStylePicture styles[] = {
    { NULL, 1, first },
    { NULL, 1, second },
    { NULL, 1, NULL },
    { NULL, 1, first },
  };
  const PstImage image = { .width = 5, .height = 1 };
  int            region_of[4];
  gboolean       masked;
  g_autoptr (PstRegions) regions =
    pst_regions_new (&(PstInputPictures){ &image, styles, 4 }, &content, NULL);

  g_assert_cmpint (pst_regions_count (styles, 4, region_of, &masked), ==, 3);
  g_assert_true (masked);
  g_assert_cmpint (region_of[2], ==, 2);
  g_assert_cmpint (region_of[3], ==, 0);
  g_assert_cmpint (regions->n, ==, 3);
  for (int r = 0; r < 3; r++)
    check_close ("mask", 5, regions->masks[r], expected[r], 1e-6);
  check_value ("share", regions->shares[0], 2.5 / 4, 1e-6);
  check_value ("share", regions->shares[1], 0.5 / 4, 1e-6);
  check_value ("share", regions->shares[2], 1.0 / 4, 1e-6);

  styles[0].region = NULL;
  g_assert_cmpint (pst_regions_count (styles, 1, region_of, &masked), ==, 1);
  g_assert_false (masked);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/regions/gradient", test_gradient);
  g_test_add_func ("/regions/halves", test_halves);
  g_test_add_func ("/regions/everywhere", test_everywhere);
  g_test_add_func ("/regions/outside", test_outside);
  g_test_add_func ("/regions/two-styles", test_two_styles);
  g_test_add_func ("/regions/threads", test_threads);
  g_test_add_func ("/regions/refused", test_refused);
  g_test_add_func ("/regions/masks", test_masks);
  return g_test_run ();
}
