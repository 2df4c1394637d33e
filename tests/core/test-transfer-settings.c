/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-transfer-settings.c: the effects of settings, and settings that are
 * refused */
#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "core/pastiche.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

/* ---- settings ----------------------------------------------------------- */

static void
test_defaults (void)
{
  PstSettings settings;

  memset (&settings, 0xA5, sizeof settings);
  pst_settings_init (&settings);
  g_assert_cmpfloat (settings.strength, ==, 50.0);
  g_assert_cmpfloat (settings.style_scale, ==, 1.0);
  g_assert_cmpint (settings.colors, ==, PST_COLORS_STYLE);
  g_assert_cmpint (settings.structure, ==, PST_STRUCTURE_CLOSE);
  g_assert_cmpint (settings.quality, ==, PST_QUALITY_NORMAL);
  g_assert_cmpint (settings.size, ==, 0);
  g_assert_cmpuint (settings.seed, ==, 0);
  g_assert_cmpint (settings.threads, ==, 0);
  g_assert_cmpint (settings.memory_limit, ==, 0);
  g_assert_cmpint (settings.precision, ==, PST_PRECISION_AUTO);
  g_assert_cmpfloat (settings.freedom, ==, 50.0);
  g_assert_false (settings.tileable);
  g_assert_cmpfloat (settings.smoothness, ==, 20.0);
  g_assert_cmpint (settings.iterations, ==, 0);
  g_assert_cmpfloat (settings.detail, ==, 0.0);
}

static void
check_refused (PstModel *model, const PstSettings *settings)
{
  g_autoptr (PstImage) picture = sample_content (8, 8, 1);
  g_autoptr (GError) error = NULL;
  PstEstimate estimate = { .bytes = 42 };

  g_assert_null (sample_transfer (model, picture, picture, settings, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_false (sample_estimate (model, (PstSize){ 8, 8 }, (PstSize){ 8, 8 },
                                   settings, &estimate, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
  g_assert_cmpuint (estimate.bytes, ==, 42);
}

static void
test_out_of_range (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  const double strengths[] = { -0.1, 100.1, NAN, INFINITY };
  const double scales[] = { 0.2, 4.1, 0.0, -1.0, NAN };
  const int    others[] = { -1, 99, G_MAXINT, G_MININT };
  PstSettings  settings;

  for (gsize i = 0; i < G_N_ELEMENTS (strengths); i++)
    {
      settings = run_draft_settings ();
      settings.strength = strengths[i];
      check_refused (model, &settings);
      settings = run_draft_settings ();
      settings.freedom = strengths[i];
      check_refused (model, &settings);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      settings = run_draft_settings ();
      settings.style_scale = scales[i];
      check_refused (model, &settings);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      settings = run_draft_settings ();
      settings.threads = others[i];
      check_refused (model, &settings);
      settings = run_draft_settings ();
      settings.colors = others[i];
      check_refused (model, &settings);
      settings = run_draft_settings ();
      settings.structure = others[i];
      check_refused (model, &settings);
      settings = run_draft_settings ();
      settings.quality = others[i];
      check_refused (model, &settings);
      settings = run_draft_settings ();
      settings.precision = others[i];
      check_refused (model, &settings);
    }
  settings = run_draft_settings ();
  settings.smoothness = 101;
  check_refused (model, &settings);
  settings = run_draft_settings ();
  settings.detail = -1.1;
  check_refused (model, &settings);
  settings = run_draft_settings ();
  settings.iterations = 10001;
  check_refused (model, &settings);
  settings = run_draft_settings ();
  settings.memory_limit = -1;
  check_refused (model, &settings);
  settings = run_draft_settings ();
  settings.size = -1;
  check_refused (model, &settings);
}

static double
style_loss_at (PstModel *model, double strength)
{
  g_autoptr (PstImage) content = sample_content (32, 24, 1);
  g_autoptr (PstImage) style = sample_style (32, 24, 1);
  PstSettings  settings = run_draft_settings ();
  PstTransfer *transfer;
  double       loss;

  settings.quality = PST_QUALITY_NORMAL;
  settings.strength = strength;
  transfer = run_start (model, content, style, &settings);
  run_until (transfer, 0);
  loss = run_last_report (transfer).style_loss;
  pst_transfer_free (transfer);
  return loss;
}

static void
test_strength (void)
{
  g_autoptr (PstModel) model = sample_model ();
  double weak = style_loss_at (model, 0.0);
  double middle = style_loss_at (model, 50.0);
  double strong = style_loss_at (model, 100.0);

  g_test_message ("style loss at 0, 50, 100: %g, %g, %g", weak, middle, strong);
  g_assert_cmpfloat (middle, <, weak);
  g_assert_cmpfloat (strong, <, middle);
}

#define FREE_WIDTH  64
#define FREE_HEIGHT 48
#define BLOCK       8
#define BLOCKS      (FREE_WIDTH / BLOCK * (FREE_HEIGHT / BLOCK))

/* Mean light of each block of a picture of the size above. */
static void
block_lights (const PstImage *image, double lights[BLOCKS])
{
  memset (lights, 0, sizeof (double) * BLOCKS);
  for (int y = 0; y < FREE_HEIGHT; y++)
    for (int x = 0; x < FREE_WIDTH; x++)
      for (int c = 0; c < 3; c++)
        lights[y / BLOCK * (FREE_WIDTH / BLOCK) + x / BLOCK] +=
          image->pixels[4 * (y * FREE_WIDTH + x) + c];
}

static double
correlation (const double a[BLOCKS], const double b[BLOCKS])
{
  double mean_a = 0.0, mean_b = 0.0, ab = 0.0, aa = 0.0, bb = 0.0;

  for (int i = 0; i < BLOCKS; i++)
    {
      mean_a += a[i] / BLOCKS;
      mean_b += b[i] / BLOCKS;
    }
  for (int i = 0; i < BLOCKS; i++)
    {
      ab += (a[i] - mean_a) * (b[i] - mean_b);
      aa += (a[i] - mean_a) * (a[i] - mean_a);
      bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
  return ab / sqrt (aa * bb);
}

/* How well the light of a result agrees with the content's. */
static double
light_kept (PstModel *model, double freedom)
{
  g_autoptr (PstImage) content = sample_content (FREE_WIDTH, FREE_HEIGHT, 1);
  g_autoptr (PstImage) style = sample_style (FREE_WIDTH, FREE_HEIGHT, 1);
  g_autoptr (PstImage) result = NULL;
  PstSettings settings = run_draft_settings ();
  double      before[BLOCKS], after[BLOCKS];

  settings.freedom = freedom;
  result = run_all (model, content, style, &settings);
  block_lights (content, before);
  block_lights (result, after);
  return correlation (before, after);
}

/* The more freedom, the less of the content's light is left. */
static void
test_freedom (void)
{
  g_autoptr (PstModel) model = sample_model ();
  double none = light_kept (model, 0.0);
  double some = light_kept (model, 50.0);
  double all = light_kept (model, 100.0);

  g_test_message ("light kept at 0, 50, 100: %.2f, %.2f, %.2f", none, some,
                  all);
  g_assert_cmpfloat (some, <, none - 0.02);
  g_assert_cmpfloat (all, <, some - 0.02);
}

static void
change_style_scale (PstSettings *settings)
{
  settings->style_scale = 2.0;
}

static void
change_structure (PstSettings *settings)
{
  settings->structure = PST_STRUCTURE_LOOSE;
}

static void
change_seed (PstSettings *settings)
{
  settings->seed = 1;
}

static void
change_colors (PstSettings *settings)
{
  settings->colors = PST_COLORS_MATCH;
}

static void
change_freedom (PstSettings *settings)
{
  settings->freedom = 100;
}

static void
change_detail (PstSettings *settings)
{
  settings->detail = 1;
}

static void
change_iterations (PstSettings *settings)
{
  settings->iterations = 3;
}

/* Each change gives another result. */
static void
test_settings_matter (void)
{
  void (*const changes[]) (PstSettings * settings) = {
    change_freedom,   change_detail, change_iterations, change_style_scale,
    change_structure, change_seed,   change_colors,
  };
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (32, 24, 1);
  g_autoptr (PstImage) style = sample_style (64, 48, 1);
  g_autoptr (PstImage) plain = NULL;
  PstSettings settings = run_draft_settings ();

  settings.iterations = 10;
  plain = run_all (model, content, style, &settings);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      PstSettings other = settings;
      g_autoptr (PstImage) changed = NULL;

      changes[i](&other);
      changed = run_all (model, content, style, &other);
      g_assert_cmpfloat (sample_apart (plain, changed), >, 1e-4);
    }
}

static void
test_size (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (60, 30, 1);
  g_autoptr (PstImage) style = sample_style (20, 20, 1);
  const int sizes[][3] = {
    { 20, 20, 10 },
    { 1, 1, 1 },
    { 60, 60, 30 },
    { 5000, 60, 30 },
  };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      PstSettings settings = run_draft_settings ();
      PstEstimate estimate;
      g_autoptr (PstImage) result = NULL;

      settings.size = sizes[s][0];
      g_assert_true (sample_estimate (model, (PstSize){ 60, 30 },
                                      (PstSize){ 20, 20 }, &settings, &estimate,
                                      NULL));
      result = run_all (model, content, style, &settings);
      g_assert_cmpint (result->width, ==, sizes[s][1]);
      g_assert_cmpint (result->height, ==, sizes[s][2]);
      g_assert_cmpint (estimate.width, ==, sizes[s][1]);
      g_assert_cmpint (estimate.height, ==, sizes[s][2]);
    }
}

/* The mean squared difference of neighbors in a row. */
static double
roughness (const PstImage *image)
{
  double sum = 0;

  for (int i = 0; i < 4 * image->width * image->height - 4; i++)
    if (i % 4 < 3)
      sum += pow (image->pixels[i + 4] - image->pixels[i], 2);
  return sum;
}

static void
test_smoothness (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (32, 24, 1);
  g_autoptr (PstImage) style = sample_style (32, 24, 1);
  PstSettings settings = run_draft_settings ();
  double      before = INFINITY;

  for (int smoothness = 0; smoothness <= 100; smoothness += 50)
    {
      g_autoptr (PstImage) result = NULL;
      double rough;

      settings.smoothness = smoothness;
      result = run_all (model, content, style, &settings);
      rough = roughness (result);
      g_test_message ("roughness at %d: %g", smoothness, rough);
      g_assert_cmpfloat (rough, <, before);
      before = rough;
    }
}

/* Without a content term, and without the content as the start, nothing is left
 * of the content but its size. */
static void
test_texture (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) style = sample_style (32, 24, 1);
  g_autoptr (PstImage) first = NULL;
  PstSettings settings = run_draft_settings ();

  settings.structure = PST_STRUCTURE_NONE;
  settings.freedom = 100;
  settings.iterations = 7;
  for (int seed = 1; seed <= 2; seed++)
    {
      g_autoptr (PstImage) content = sample_content (32, 24, seed);
      g_autoptr (PstTransfer) transfer =
        run_start (model, content, style, &settings);
      g_autoptr (PstImage) result = NULL;

      run_until (transfer, 0);
      g_assert_cmpint (run_last_report (transfer).iterations, <=, 7);
      g_assert_cmpfloat (run_last_report (transfer).content_loss, ==, 0);
      result = run_result (transfer);
      if (first)
        sample_same ("texture", result, first);
      else
        first = g_steal_pointer (&result);
    }
}

/* ---- estimates ---------------------------------------------------------- */

static void
test_estimate (void)
{
  g_autoptr (PstModel) model = sample_model ();
  PstSettings settings = run_draft_settings ();
  PstEstimate small, large;
  g_autoptr (GError) error = NULL;

  g_assert_true (sample_estimate (model, (PstSize){ 256, 192 },
                                  (PstSize){ 100, 100 }, &settings, &small,
                                  NULL));
  g_assert_true (sample_estimate (model, (PstSize){ 512, 384 },
                                  (PstSize){ 100, 100 }, &settings, &large,
                                  NULL));
  g_assert_cmpfloat ((double) large.bytes / small.bytes, >, 2.0);
  g_assert_cmpfloat ((double) large.bytes / small.bytes, <, 5.0);
  g_assert_cmpfloat (large.operations, >, small.operations);
  g_assert_cmpint (large.width, ==, 512);
  g_assert_cmpint (large.height, ==, 384);

  g_assert_false (sample_estimate (model, (PstSize){ 0, 5 }, (PstSize){ 5, 5 },
                                   &settings, &small, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
  g_clear_error (&error);
  g_assert_false (sample_estimate (model, (PstSize){ 5, 5 },
                                   (PstSize){ 5, PST_IMAGE_MAX_SIDE + 1 },
                                   &settings, &small, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);

  /* the largest that can be asked for does not wrap */
  g_assert_true (
    sample_estimate (model, (PstSize){ PST_IMAGE_MAX_SIDE, PST_IMAGE_MAX_SIDE },
                     (PstSize){ PST_IMAGE_MAX_SIDE, PST_IMAGE_MAX_SIDE },
                     &settings, &small, NULL));
  g_assert_cmpuint (small.bytes, >, 50 * large.bytes);
}

/* More than the machine has is refused before it is tried.  The picture is only
 * address space: no more than its first pixel is read. */
static void
test_too_large (void)
{
  gsize    bytes = 4 * sizeof (float) * PST_IMAGE_MAX_SIDE * PST_IMAGE_MAX_SIDE;
  PstImage content = { .width = PST_IMAGE_MAX_SIDE,
                       .height = PST_IMAGE_MAX_SIDE };
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) style = sample_style (20, 20, 1);
  PstSettings settings = run_draft_settings ();
  g_autoptr (GError) error = NULL;

  content.pixels = mmap (NULL, bytes, PROT_READ,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_assert_true (content.pixels != MAP_FAILED);
  g_assert_null (sample_transfer (model, &content, style, &settings, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
  g_test_message ("%s", error->message);
  munmap (content.pixels, bytes);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/out-of-range", test_out_of_range);
  g_test_add_func ("/settings/strength", test_strength);
  g_test_add_func ("/settings/freedom", test_freedom);
  g_test_add_func ("/settings/settings-matter", test_settings_matter);
  g_test_add_func ("/settings/smoothness", test_smoothness);
  g_test_add_func ("/settings/texture", test_texture);
  g_test_add_func ("/settings/size", test_size);
  g_test_add_func ("/settings/estimate", test_estimate);
  g_test_add_func ("/settings/too-large", test_too_large);
  return g_test_run ();
}
