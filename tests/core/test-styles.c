/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-styles.c: several styles, and the cache */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/loss/style-cache.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define REMEMBERED 64 /* as pastiche.h says */

/* Runs a transfer of @n_styles on a small picture. */
static PstImage *
restyle (PstModel              *model,
         const PstStylePicture *styles,
         int                    n_styles,
         PstStyleCache         *cache)
{
  g_autoptr (PstImage) content = sample_content (40, 30, 1);
  g_autoptr (GError) error = NULL;
  PstSettings  settings = run_draft_settings ();
  PstTransfer *transfer;
  PstImage    *result;

  transfer =
    pst_transfer_new (model, &(PstInputPictures){ content, styles, n_styles },
                      &settings, cache, &error);
  g_assert_no_error (error);
  run_until (transfer, 0);
  result = run_result (transfer);
  sample_valid ("styles", result);
  pst_transfer_free (transfer);
  return result;
}

/* Halves add up to the whole without rounding. */
static void
test_twice_the_same (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) style = sample_style (30, 20, 1);
  PstStylePicture twice[] = { { style, 3.0, NULL }, { style, 3.0, NULL } };
  g_autoptr (PstImage) once = restyle (model, twice, 1, NULL);
  g_autoptr (PstImage) both = restyle (model, twice, 2, NULL);

  sample_same ("the same style twice", once, both);
}

/* The more a style weighs, the nearer the picture is to that of it alone, but
 * for the path of the optimizer. */
static void
test_weights (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) first = sample_style (30, 20, 1);
  g_autoptr (PstImage) second = sample_content (25, 35, 7);
  const double    weights[] = { 1e-6, 0.2, 1.0, 5.0, 1e6 };
  PstStylePicture styles[] = { { first, 1.0, NULL }, { second, 1.0, NULL } };
  g_autoptr (PstImage) alone = restyle (model, styles + 1, 1, NULL);
  double before = INFINITY;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autoptr (PstImage) result = NULL;
      double apart;

      styles[1].weight = weights[i];
      result = restyle (model, styles, 2, NULL);
      apart = sample_apart (result, alone);
      g_test_message ("weight %g: %.4f from the second style alone", weights[i],
                      apart);
      g_assert_cmpfloat (apart, <, before);
      before = apart;
    }
  g_assert_cmpfloat (before, <, 0.03);
}

static void
test_bad_weights (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) picture = sample_content (8, 8, 1);
  const double weights[] = { 0.0, -1.0, NAN, INFINITY };
  PstSettings  settings = run_draft_settings ();

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autoptr (GError) error = NULL;
      PstStylePicture styles[] = {
        { picture, 1.0, NULL },
        { picture, weights[i], NULL },
      };

      g_assert_null (
        pst_transfer_new (model, &(PstInputPictures){ picture, styles, 2 },
                          &settings, NULL, &error));
      g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
    }
}

/* The third run needs both styles at all sizes, of which it finds all. */
static void
test_targets (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) first = sample_style (30, 20, 1);
  g_autoptr (PstImage) second = sample_content (25, 35, 7);
  g_autoptr (PstStyleCache) cache = pst_style_cache_new ();
  PstStylePicture styles[] = { { first, 1.0, NULL }, { second, 2.0, NULL } };
  g_autoptr (PstImage) expected = restyle (model, styles, 2, NULL);

  sample_fade (second);
  pst_image_free (restyle (model, styles, 2, cache)); /* other alpha */
  pst_image_free (second);
  second = sample_content (25, 35, 7);
  styles[1].image = second;
  for (int run = 0; run < 2; run++)
    {
      g_autoptr (PstImage) result = restyle (model, styles, 2, cache);

      sample_same ("remembered", result, expected);
    }
}

/* A flat picture of one of many colors.  Cached matrices need no work, which
 * could be cancelled. */
static gboolean
compute (PstStyleCache *cache, PstModel *model, int color, int cancel)
{
  float       rgb[4 * 4 * 3];
  PstPicture  style = { .height = 4, .width = 4, .rgb = rgb };
  PstWorkers *workers = pst_workers_new (1);
  PstGrams    grams;
  gboolean    success;

  pst_workers_set_cancel (workers, &cancel);
  for (gsize i = 0; i < G_N_ELEMENTS (rgb); i++)
    rgb[i] = color / 256.0;
  g_assert_true (pst_grams_init (&grams, model, -1, NULL));
  success =
    pst_style_cache_compute (cache, &grams, model, workers, &style, NULL);
  pst_grams_clear (&grams);
  pst_workers_free (workers);
  return success;
}

static void
test_limit (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstModel) other = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstStyleCache) cache = pst_style_cache_new ();

  g_assert_false (compute (cache, model, 0, TRUE));
  for (int color = 0; color < REMEMBERED; color++)
    g_assert_true (compute (cache, model, color, FALSE));
  g_assert_true (compute (cache, model, 0, TRUE));
  g_assert_false (compute (cache, other, 0, TRUE));
  /* one more than fits: number 1 is the least recently used */
  g_assert_true (compute (cache, model, REMEMBERED, FALSE));
  g_assert_true (compute (cache, model, 0, TRUE));
  g_assert_false (compute (cache, model, 1, TRUE));
  g_assert_true (compute (cache, model, 2, TRUE));
  g_assert_false (compute (NULL, model, 2, TRUE));
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/styles/twice-the-same", test_twice_the_same);
  g_test_add_func ("/styles/weights", test_weights);
  g_test_add_func ("/styles/bad-weights", test_bad_weights);
  g_test_add_func ("/styles/cache", test_targets);
  g_test_add_func ("/styles/limit", test_limit);
  return g_test_run ();
}
