/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-odd-images.c: pictures that nobody would choose give a displayable
 * result or one clear message, whatever the settings
 *
 * run_all() also checks that no loss rises or is not finite.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/pastiche.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

static PstImage *
random_picture (CheckRandom *random, int width, int height)
{
  int number = check_random_int (random, 1, 1000);

  switch (check_random_int (random, 0, 3))
    {
    case 0:
      return sample_content (width, height, number);
    case 1:
      return sample_style (width, height, number);
    case 2:
      return sample_flat (width, height, check_random_uniform (random, 0, 1),
                          check_random_uniform (random, 0, 1), 1);
    default:
      {
        PstImage *noise = sample_flat (width, height, 0, 0, 0);

        for (int i = 0; i < width * height * 4; i++)
          if (i % 4 < 3)
            noise->pixels[i] = check_random_uniform (random, 0, 1);
        return noise;
      }
    }
}

static PstSettings
random_settings (CheckRandom *random)
{
  PstSettings settings = run_draft_settings ();

  settings.strength = check_random_int (random, 0, 4) * 25;
  settings.structure =
    check_random_int (random, PST_STRUCTURE_CLOSE, PST_STRUCTURE_NONE);
  settings.colors =
    check_random_int (random, PST_COLORS_STYLE, PST_COLORS_MATCH);
  settings.freedom = check_random_int (random, 0, 4) * 25;
  settings.style_scale = pow (2, check_random_int (random, -2, 2));
  settings.tileable = check_random_int (random, 0, 1);
  settings.smoothness = check_random_int (random, 0, 1) * 100;
  settings.detail = check_random_int (random, -1, 1);
  settings.seed = check_random_int (random, 0, 1 << 20);
  settings.iterations = check_random_int (random, 1, 12);
  return settings;
}

/* ---- shapes ------------------------------------------------------------- */

static void
test_long (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  const int   sizes[][2] = { { 1, 5000 }, { 5000, 1 } };
  PstSettings settings = run_draft_settings ();

  settings.iterations = 6;
  for (int s = 0; s < 2; s++)
    {
      const int width = sizes[s][0], height = sizes[s][1];
      g_autoptr (PstImage) thin = sample_content (width, height, 1);
      g_autoptr (PstImage) square = sample_style (24, 20, 1);
      g_autoptr (PstImage) result = run_all (model, thin, square, &settings);

      g_assert_cmpint (result->width, ==, width);
      g_assert_cmpint (result->height, ==, height);
      pst_image_free (run_all (model, square, thin, &settings));
      pst_image_free (run_all (model, thin, thin, &settings));
    }
}

/* ---- values ------------------------------------------------------------- */

/* All colors of a picture are one invalid value. */
static void
test_nothing_but (gconstpointer data)
{
  const float value = *(const float *) data;
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) good = sample_content (20, 16, 1);
  g_autoptr (PstImage) strange = sample_flat (20, 16, value, value, value);
  PstSettings settings = run_draft_settings ();

  for (int colors = PST_COLORS_STYLE; colors <= PST_COLORS_MATCH; colors++)
    {
      settings.colors = colors;
      pst_image_free (run_all (model, strange, good, &settings));
      pst_image_free (run_all (model, good, strange, &settings));
    }
}

/* Hardly visible pixels do not cause values that are no numbers. */
static void
test_hardly_visible (void)
{
  const float alphas[] = { 0.5f, 1e-6f, 1e-30f };
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) good = sample_style (20, 16, 1);
  PstSettings settings = run_draft_settings ();

  for (gsize a = 0; a < G_N_ELEMENTS (alphas); a++)
    {
      g_autoptr (PstImage) faint = sample_content (20, 16, 1);
      g_autoptr (PstImage) result = NULL;

      for (int i = 0; i < 20 * 16; i++)
        faint->pixels[4 * i + 3] = alphas[a];
      result = run_all (model, faint, good, &settings);
      g_assert_cmpfloat (result->pixels[3], ==, alphas[a]);
      pst_image_free (run_all (model, good, faint, &settings));
    }
}

/* ---- anything ----------------------------------------------------------- */

/* The colors are not one value where neither picture's are. */
static gboolean
is_flat (const PstImage *image)
{
  for (int i = 4; i < 4 * image->width * image->height; i += 4)
    if (memcmp (&image->pixels[i], image->pixels, 3 * sizeof (float)) != 0)
      return FALSE;
  return TRUE;
}

static void
test_random (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  CheckRandom random;

  check_random_init (&random, 1);
  for (int pair = 0; pair < 200; pair++)
    {
      int width = check_random_int (&random, 1, 16);
      int height = check_random_int (&random, 1, 16);
      g_autoptr (PstImage) content = random_picture (&random, width, height);
      g_autoptr (PstImage) style =
        random_picture (&random, check_random_int (&random, 1, 16),
                        check_random_int (&random, 1, 16));
      PstSettings settings = random_settings (&random);
      g_autoptr (PstImage) result = run_all (model, content, style, &settings);

      g_assert_cmpint (result->width, ==, width);
      g_assert_cmpint (result->height, ==, height);
      if (width * height > 1 && ! is_flat (content) && ! is_flat (style))
        g_assert_false (is_flat (result));
    }
}

int
main (int argc, char **argv)
{
  static const float not_a_number = NAN, infinite = INFINITY, largest = 3e38f,
                     below = -1e30f, tiny = 1e-40f;

  check_init (&argc, &argv);
  g_test_add_func ("/pictures/long", test_long);
  g_test_add_data_func ("/pictures/not-a-number", &not_a_number,
                        test_nothing_but);
  g_test_add_data_func ("/pictures/infinite", &infinite, test_nothing_but);
  g_test_add_data_func ("/pictures/largest", &largest, test_nothing_but);
  g_test_add_data_func ("/pictures/below", &below, test_nothing_but);
  g_test_add_data_func ("/pictures/tiny", &tiny, test_nothing_but);
  g_test_add_func ("/pictures/hardly-visible", test_hardly_visible);
  g_test_add_func ("/pictures/random", test_random);
  return g_test_run ();
}
