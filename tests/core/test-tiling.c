/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-tiling.c: pictures that tile */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/transfer/tiling.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define HEIGHT 3
#define WIDTH  4
#define MARGIN 5 /* more than the picture has pixels */
#define PADDED ((HEIGHT + 2 * MARGIN) * (WIDTH + 2 * MARGIN) * 3)

/* ---- the gradient ------------------------------------------------------- */

/* The sum of weights[i] x[i]^2 over the padded picture, each pixel of which has
 * another weight.  A PstLbfgsFunc. */
static gboolean
weighted_squares (void        *data,
                  const float *x,
                  double      *ret_value,
                  float       *gradient)
{
  const float *weights = data;

  *ret_value = 0;
  for (int i = 0; i < PADDED; i++)
    {
      *ret_value += (double) weights[i] * x[i] * x[i];
      gradient[i] = 2 * weights[i] * x[i];
    }
  return TRUE;
}

/* The same of the picture without margin, every pixel of which is looked up by
 * steps of its size.  A CheckFunction. */
static double
expected_squares (void *data, const double *x)
{
  const float *weights = data;
  double       sum = 0;

  for (int y = 0; y < HEIGHT + 2 * MARGIN; y++)
    for (int column = 0; column < WIDTH + 2 * MARGIN; column++)
      for (int c = 0; c < 3; c++, weights++)
        {
          int    from_y = (y - MARGIN + 10 * HEIGHT) % HEIGHT;
          int    from_x = (column - MARGIN + 10 * WIDTH) % WIDTH;
          double value = x[3 * (from_y * WIDTH + from_x) + c];

          sum += *weights * value * value;
        }
  return sum;
}

static void
test_gradient (void)
{
  CheckRandom random;
  g_autoptr (CheckFloats) weights = NULL;
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) gradient = check_floats_new (HEIGHT * WIDTH * 3);
  g_autofree double *doubles = NULL;
  PstArena           arena;
  PstTiling         *wrap;
  double             value;

  check_random_init (&random, 1);
  weights = check_floats_random (&random, PADDED, 0, 1);
  x = check_floats_random (&random, HEIGHT * WIDTH * 3, 0, 1);
  doubles = check_doubles (HEIGHT * WIDTH * 3, x);
  pst_arena_init (&arena);
  pst_tiling_free (pst_tiling_new (&arena, HEIGHT, WIDTH, MARGIN, NULL, NULL));
  g_assert_true (pst_arena_commit (&arena, NULL));
  wrap =
    pst_tiling_new (&arena, HEIGHT, WIDTH, MARGIN, weighted_squares, weights);
  g_assert_true (pst_tiling_evaluate (wrap, x, &value, gradient));
  check_value ("value", value, expected_squares (weights, doubles), 1e-6);
  check_gradient ("gradient", expected_squares, weights, HEIGHT * WIDTH * 3, x,
                  gradient, 1e-5);
  pst_tiling_free (wrap);
  pst_arena_clear (&arena);
}

/* ---- the seam ----------------------------------------------------------- */

/* The mean squared difference of neighboring columns; @border: of the last and
 * the first, else of all others. */
static double
difference (const PstImage *image, gboolean border)
{
  int    first = border ? image->width - 1 : 0;
  int    end = border ? image->width : image->width - 1;
  double sum = 0;

  for (int y = 0; y < image->height; y++)
    for (int x = first; x < end; x++)
      for (int c = 0; c < 3; c++)
        {
          const float *row = image->pixels + 4 * (gsize) y * image->width;
          double step = row[4 * ((x + 1) % image->width) + c] - row[4 * x + c];

          sum += step * step;
        }
  return sum / (3.0 * image->height * (end - first));
}

/* Across the border of a tileable picture, neighbors differ as they do within;
 * in another picture they are unrelated. */
static void
test_seam (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (64, 64, 1);
  g_autoptr (PstImage) style = sample_style (64, 64, 1);
  PstSettings settings = run_draft_settings ();
  double      ratios[2];

  settings.structure = PST_STRUCTURE_NONE;
  settings.freedom = 100;
  for (int tileable = 0; tileable < 2; tileable++)
    {
      g_autoptr (PstImage) result = NULL;

      settings.tileable = tileable;
      result = run_all (model, content, style, &settings);
      ratios[tileable] = difference (result, TRUE) / difference (result, FALSE);
    }
  g_test_message ("border against inside: %.2f, tileable %.2f", ratios[0],
                  ratios[1]);
  g_assert_cmpfloat (ratios[1], <, 1.5);
  g_assert_cmpfloat (ratios[0], >, 2 * ratios[1]);
}

/* A content fades out at its own borders and counts for nothing beyond. */
static void
test_fade (void)
{
  const int         side = 32, margin = 4, width = side + 2 * margin;
  g_autofree float *mask = g_new (float, width *width);
  g_autofree float *inside = g_new (float, width *width);

  for (int i = 0; i < width * width; i++)
    mask[i] = inside[i] = 1;
  pst_tiling_fade (side, side, margin, mask);
  pst_tiling_clear_margin (side, side, margin, inside);
  for (int i = 0; i < width * width; i++)
    {
      int      x = i % width - margin, y = i / width - margin;
      gboolean within = x >= 0 && x < side && y >= 0 && y < side;

      g_assert_cmpfloat (inside[i], ==, within);
      g_assert_cmpfloat (mask[i], <=, within);
      g_assert_cmpfloat (mask[i], ==, mask[width * width - 1 - i]);
    }
  g_assert_cmpfloat (mask[width * width / 2 + width / 2], ==, 1);
  g_assert_cmpfloat (mask[width * margin + width / 2], <, 0.1);
}

/* Of a ramp, whose borders are as far apart as can be. */
static void
test_crossfade (void)
{
  const int         side = 32;
  g_autofree float *original = g_new (float, 3 * side * side);
  g_autofree float *rgb = g_new (float, 3 * side * side);

  for (int i = 0; i < 3 * side * side; i++)
    original[i] = rgb[i] = (i / 3 % side) / (side - 1.0);
  pst_tiling_crossfade (side, side, original, rgb);
  for (int i = 0; i < side; i++)
    g_assert_cmpfloat (fabs (rgb[3 * i * side]
                             - rgb[3 * (i * side + side - 1)]),
                       <, 0.1);
  g_assert_cmpfloat (rgb[3 * (side * side / 2 + side / 2)], ==,
                     original[3 * (side * side / 2 + side / 2)]);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/wrap/gradient", test_gradient);
  g_test_add_func ("/wrap/fade", test_fade);
  g_test_add_func ("/wrap/crossfade", test_crossfade);
  g_test_add_func ("/wrap/seam", test_seam);
  return g_test_run ();
}
