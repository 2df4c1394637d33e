/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-image.c: pictures, their size, colors and transparency */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/picture/picture.h"
#include "core/picture/resample.h"
#include "golden.h"
#include "reference.h"
#include "sample-pictures.h"

/* ---- pictures ----------------------------------------------------------- */

static void
test_new (void)
{
  g_autoptr (PstImage) image = pst_image_new (3, 2, NULL);

  g_assert_nonnull (image);
  g_assert_cmpint (image->width, ==, 3);
  g_assert_cmpint (image->height, ==, 2);
  for (int i = 0; i < 24; i++)
    g_assert_cmpfloat (image->pixels[i], ==, 0.0f);
  pst_image_free (NULL);
}

static void
test_new_refused (void)
{
  const int sizes[][2] = {
    { 0, 1 },
    { 1, 0 },
    { -1, 5 },
    { 5, -1 },
    { PST_IMAGE_MAX_SIDE + 1, 1 },
    { 1, PST_IMAGE_MAX_SIDE + 1 },
    { G_MAXINT, G_MAXINT },
  };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (pst_image_new (sizes[s][0], sizes[s][1], &error));
      g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
    }
}

/* ---- another size ------------------------------------------------------- */

static void
check_resample (int height,
                int width,
                int channels,
                int new_height,
                int new_width)
{
  gsize            n = (gsize) height * width * channels;
  gsize            new_n = (gsize) new_height * new_width * channels;
  g_autofree char *name = g_strdup_printf ("%dx%dx%d to %dx%d", height, width,
                                           channels, new_height, new_width);
  CheckRandom      random;
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) y = check_floats_new (new_n);
  g_autofree double *x_doubles = NULL;
  g_autofree double *expected = g_new (double, new_n);

  check_random_init (&random, n + new_n);
  x = check_floats_random (&random, n, 0.0, 1.0);
  x_doubles = check_doubles (n, x);
  g_assert_true (pst_resample ((PstShape){ height, width, channels }, x,
                               new_height, new_width, y, NULL));
  reference_resample (height, width, channels, x_doubles, new_height, new_width,
                      expected);
  check_close (name, new_n, y, expected, 1e-5);
}

static void
test_resample (void)
{
  const int sizes[] = { 1, 2, 3, 7, 16, 25 };

  for (gsize a = 0; a < G_N_ELEMENTS (sizes); a++)
    for (gsize b = 0; b < G_N_ELEMENTS (sizes); b++)
      {
        check_resample (sizes[a], 5, 3, sizes[b], 4);
        check_resample (3, sizes[a], 1, 3, sizes[b]);
        check_resample (sizes[a], sizes[b], 4, sizes[b], sizes[a]);
      }
  check_resample (3, 400, 1, 2, 9);
  check_resample (9, 2, 1, 3, 300);
}

/* A part is what the whole has there, also where it begins within a pixel of
 * the input. */
static void
test_resample_part (void)
{
  enum
  {
    HEIGHT = 11,
    WIDTH = 13,
    NEW_HEIGHT = 7,
    NEW_WIDTH = 29,
    PART_HEIGHT = 3,
    PART_WIDTH = 12
  };
  const double down = (double) HEIGHT / NEW_HEIGHT;
  const double across = (double) WIDTH / NEW_WIDTH;
  CheckRandom  random;
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) whole = check_floats_new (NEW_HEIGHT * NEW_WIDTH);
  g_autoptr (CheckFloats) part = check_floats_new (PART_HEIGHT * PART_WIDTH);

  check_random_init (&random, 1);
  x = check_floats_random (&random, HEIGHT * WIDTH, 0.0, 1.0);
  g_assert_true (pst_resample ((PstShape){ HEIGHT, WIDTH, 1 }, x, NEW_HEIGHT,
                               NEW_WIDTH, whole, NULL));
  for (int top = 0; top <= NEW_HEIGHT - PART_HEIGHT; top++)
    for (int left = 0; left <= NEW_WIDTH - PART_WIDTH; left++)
      {
        PstPart place = { left * across, top * down, PART_WIDTH * across,
                          PART_HEIGHT * down };

        g_assert_true (pst_resample_part ((PstShape){ HEIGHT, WIDTH, 1 }, x,
                                          place, PART_HEIGHT, PART_WIDTH, part,
                                          NULL));
        for (int row = 0; row < PART_HEIGHT; row++)
          for (int i = 0; i < PART_WIDTH; i++)
            g_assert_cmpfloat (fabs (
                                 part[row * PART_WIDTH + i]
                                 - whole[(top + row) * NEW_WIDTH + left + i]),
                               <, 1e-5);
      }
}

static void
test_resample_constant (void)
{
  float x[15], y[4 * 77];

  for (int i = 0; i < 15; i++)
    x[i] = 0.7f;
  g_assert_true (pst_resample ((PstShape){ 3, 5, 1 }, x, 4, 77, y, NULL));
  for (int i = 0; i < 4 * 77; i++)
    g_assert_cmpfloat (fabs (y[i] - 0.7), <, 1e-6);
}

static void
test_resize (void)
{
  g_autoptr (PstImage) image = sample_content (21, 13, 1);
  g_autoptr (PstImage) same = pst_image_resize (image, 21, 13, NULL);
  g_autoptr (PstImage) small = pst_image_resize (image, 5, 1, NULL);
  g_autoptr (PstImage) large = pst_image_resize (image, 64, 50, NULL);
  g_autoptr (PstImage) back = pst_image_resize (large, 21, 13, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (sample_apart (image, same), <, 1e-6);
  g_assert_cmpfloat (sample_apart (image, back), <, 0.01);
  g_assert_cmpint (small->width, ==, 5);
  g_assert_cmpint (small->height, ==, 1);
  g_assert_null (pst_image_resize (image, 0, 5, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
}

/* Colors of transparent pixels do not leak into visible ones. */
static void
test_resize_alpha (void)
{
  g_autoptr (PstImage) image = sample_flat (16, 16, 0.2f, 0.4f, 0.6f);
  g_autoptr (PstImage) resized = NULL;

  for (int i = 0; i < 16 * 16; i++)
    if (i % 16 < 8)
      {
        image->pixels[4 * i] = 1.0f;
        image->pixels[4 * i + 1] = 0.0f;
        image->pixels[4 * i + 3] = 0.0f;
      }
  resized = pst_image_resize (image, 7, 9, NULL);
  for (int i = 0; i < 7 * 9; i++)
    {
      const float *pixel = &resized->pixels[4 * i];

      g_assert_true (pixel[3] >= 0.0f && pixel[3] <= 1.0f);
      if (pixel[3] < 0.05f)
        continue;
      g_assert_cmpfloat (fabs (pixel[0] - 0.2), <, 1e-4);
      g_assert_cmpfloat (fabs (pixel[1] - 0.4), <, 1e-4);
      g_assert_cmpfloat (fabs (pixel[2] - 0.6), <, 1e-4);
    }
}

/* ---- as the network sees them ------------------------------------------- */

static void
test_picture_opaque (void)
{
  g_autoptr (PstImage) image = sample_content (7, 5, 1);
  g_autoptr (PstPicture) picture =
    pst_picture_new (image, "content", 7, 5, NULL);

  g_assert_null (picture->alpha);
  for (int i = 0; i < 35; i++)
    check_same ("opaque", 3, &picture->rgb[3 * i], &image->pixels[4 * i]);
}

static void
test_picture_alpha (void)
{
  g_autoptr (PstImage) image = sample_flat (4, 1, 0.2f, 0.4f, 0.6f);
  g_autoptr (PstPicture) picture = NULL;

  image->pixels[3] = 0.0f; /* pure red, and transparent */
  image->pixels[0] = 1.0f;
  image->pixels[7] = 0.5f;
  picture = pst_picture_new (image, "content", 4, 1, NULL);
  g_assert_nonnull (picture->alpha);
  for (int i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (picture->alpha[i], ==, image->pixels[4 * i + 3]);
      g_assert_cmpfloat (fabs (picture->rgb[3 * i] - 0.2), <, 1e-6);
      g_assert_cmpfloat (fabs (picture->rgb[3 * i + 2] - 0.6), <, 1e-6);
    }
}

static void
test_picture_strange_values (void)
{
  const float strange[] = { NAN,   -NAN, INFINITY, -INFINITY,
                            -3.0f, 7.0f, -0.0f,    1e-42f };
  const float cleaned[] = { 0, 0, 1, 0, 0, 1, 0, 1e-42f };
  int         n = G_N_ELEMENTS (strange);
  g_autoptr (PstImage) image = sample_flat (n + 1, 1, 0.5f, 0.5f, 0.5f);
  g_autoptr (PstPicture) picture = NULL;

  for (int i = 0; i < n; i++)
    image->pixels[4 * i] = strange[i];
  picture = pst_picture_new (image, "content", n + 1, 1, NULL);
  for (int i = 0; i < n; i++)
    g_assert_cmpfloat (picture->rgb[3 * i], ==, cleaned[i]);

  for (int i = 0; i < n; i++)
    image->pixels[4 * i + 3] = strange[i];
  g_clear_pointer (&picture, pst_picture_free);
  picture = pst_picture_new (image, "content", n + 1, 1, NULL);
  for (int i = 0; i < n; i++)
    g_assert_cmpfloat (picture->alpha[i], ==, cleaned[i]);
  for (int i = 0; i < 3 * (n + 1); i++)
    g_assert_true (picture->rgb[i] >= 0.0f && picture->rgb[i] <= 1.0f);
}

/* A margin of 5 around 3x2 pixels: mirrored more than once.  The expected
 * columns and rows are written out. */
static void
test_picture_pad (void)
{
  const int columns[] = { 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1 };
  const int rows[] = { 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1 };
  g_autoptr (PstImage) image = sample_content (3, 2, 1);
  g_autoptr (PstPicture) picture = NULL;
  g_autoptr (PstPicture) padded = NULL;
  g_autoptr (PstPicture) back = NULL;

  sample_fade (image);
  picture = pst_picture_new (image, "content", 3, 2, NULL);
  padded = pst_picture_pad (picture, 5, FALSE, NULL);
  g_assert_cmpint (padded->width, ==, G_N_ELEMENTS (columns));
  g_assert_cmpint (padded->height, ==, G_N_ELEMENTS (rows));
  for (int y = 0; y < padded->height; y++)
    for (int x = 0; x < padded->width; x++)
      {
        int to = y * padded->width + x;
        int from = rows[y] * 3 + columns[x];

        for (int c = 0; c < 3; c++)
          g_assert_cmpfloat (padded->rgb[3 * to + c], ==,
                             picture->rgb[3 * from + c]);
        g_assert_cmpfloat (padded->alpha[to], ==, picture->alpha[from]);
      }
  back = pst_picture_pad (padded, -5, FALSE, NULL);
  check_same ("colors without the margin", 3 * 6, picture->rgb, back->rgb);
  check_same ("alpha without the margin", 6, picture->alpha, back->alpha);
}

static void
test_picture_transparent (void)
{
  g_autoptr (PstImage) image = sample_flat (4, 3, 0.2f, 0.4f, 0.6f);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 12; i++)
    image->pixels[4 * i + 3] = i % 2 ? 0.0f : NAN;
  g_assert_null (pst_picture_new (image, "style", 2, 3, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "style"));
  pst_picture_free (NULL);
}

/* ---- colors ------------------------------------------------------------ */

static void
check_stats (const char          *case_name,
             const PstColorStats *got,
             const PstColorStats *expected,
             double               tolerance)
{
  check_close_doubles (case_name, 3, got->mean, expected->mean, tolerance);
  check_close_doubles (case_name, 9, got->covariance[0],
                       expected->covariance[0], tolerance);
}

static void
test_stats (void)
{
  g_autoptr (Golden) golden = golden_open ("colors.bin");
  g_autofree float *from = golden_dup_floats (golden, "from", 180);
  g_autofree float *alpha = g_new (float, 60);
  PstColorStats     stats, weighted;

  pst_color_stats (60, from, NULL, &stats);
  check_close_doubles ("mean", 3, stats.mean,
                       golden_get (golden, "from.mean", 3), 1e-6);
  check_close_doubles ("covariance", 9, stats.covariance[0],
                       golden_get (golden, "from.covariance", 9), 1e-5);

  /* pixels of weight 0 do not count; of other weights only the ratios do */
  for (int i = 0; i < 60; i++)
    alpha[i] = i < 40 ? 0.25f : 0.0f;
  pst_color_stats (40, from, NULL, &stats);
  pst_color_stats (60, from, alpha, &weighted);
  check_stats ("weighted", &weighted, &stats, 1e-9);
}

static void
test_match_golden (void)
{
  g_autoptr (Golden) golden = golden_open ("colors.bin");
  g_autofree float *from = golden_dup_floats (golden, "from", 180);
  g_autofree float *to = golden_dup_floats (golden, "to", 150);
  PstColorStats     from_stats, to_stats, matched;

  pst_color_stats (60, from, NULL, &from_stats);
  pst_color_stats (50, to, NULL, &to_stats);
  pst_color_match (60, from, &from_stats, &to_stats);
  check_close ("matched", 180, from, golden_get (golden, "matched", 180), 1e-5);
  pst_color_stats (60, from, NULL, &matched);
  check_stats ("statistics of matched", &matched, &to_stats, 1e-5);
}

/* Pictures of one color or gray ones have singular covariances. */
static void
test_match_singular (void)
{
  g_autoptr (Golden) golden = golden_open ("colors.bin");
  g_autofree float *colors = golden_dup_floats (golden, "to", 150);
  g_autofree float *gray = g_new (float, 150);
  g_autofree float *flat = g_new (float, 150);
  g_autofree float *work = g_new (float, 150);
  const float      *pictures[3] = { colors, gray, flat };
  PstColorStats     stats[3];

  for (int i = 0; i < 150; i++)
    {
      gray[i] = colors[i / 3 * 3];
      flat[i] = 0.1f * (1 + i % 3);
    }
  for (int k = 0; k < 3; k++)
    pst_color_stats (50, pictures[k], NULL, &stats[k]);
  for (int from = 0; from < 3; from++)
    for (int to = 0; to < 3; to++)
      {
        PstColorStats matched;

        memcpy (work, pictures[from], 150 * sizeof (float));
        pst_color_match (50, work, &stats[from], &stats[to]);
        for (int i = 0; i < 150; i++)
          g_assert_true (isfinite (work[i]));
        pst_color_stats (50, work, NULL, &matched);
        check_close_doubles ("mean of matched", 3, matched.mean, stats[to].mean,
                             1e-5);
        if (to == 1) /* to gray stays gray */
          for (int i = 0; i < 150; i++)
            g_assert_cmpfloat (fabs (work[i] - work[i / 3 * 3]), <, 1e-3);
        if (to == 2)
          for (int i = 0; i < 150; i++)
            g_assert_cmpfloat (fabs (work[i] - flat[i]), <, 1e-3);
      }
}

static double
luminance (const float *pixel)
{
  return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
}

static void
test_keep (void)
{
  CheckRandom random;
  g_autoptr (CheckFloats) rgb = NULL;
  g_autoptr (CheckFloats) content = NULL;
  g_autofree float *before = NULL;

  check_random_init (&random, 8);
  rgb = check_floats_random (&random, 3000, -0.1, 1.1);
  content = check_floats_random (&random, 3000, 0.0, 1.0);
  before = g_memdup2 (rgb, 3000 * sizeof (float));
  pst_color_restore_chroma (1000, rgb, content);
  for (int i = 0; i < 3000; i += 3)
    {
      double gray = CLAMP (luminance (before + i), 0.0, 1.0);
      double content_gray = luminance (content + i);
      double share = 0.0;

      /* luminance stays, chroma is the content's or a part of it */
      g_assert_cmpfloat (fabs (luminance (rgb + i) - gray), <, 1e-5);
      for (int c = 0; c < 3; c++)
        {
          g_assert_true (rgb[i + c] >= -1e-6 && rgb[i + c] <= 1.0 + 1e-6);
          if (fabs (content[i + c] - content_gray) > 0.1)
            share = (rgb[i + c] - gray) / (content[i + c] - content_gray);
        }
      g_assert_true (share >= -1e-4 && share <= 1.0 + 1e-4);
      for (int c = 0; c < 3; c++)
        if (share != 0.0)
          g_assert_cmpfloat (fabs (rgb[i + c] - gray
                                   - share * (content[i + c] - content_gray)),
                             <, 1e-4);
    }
}

/* Where nothing is to be clamped, the content's own luminance gives it back. */
static void
test_keep_itself (void)
{
  CheckRandom random;
  g_autoptr (CheckFloats) content = NULL;
  g_autofree float  *rgb = NULL;
  g_autofree double *expected = NULL;

  check_random_init (&random, 9);
  content = check_floats_random (&random, 300, 0.0, 1.0);
  rgb = g_memdup2 (content, 300 * sizeof (float));
  expected = check_doubles (300, content);
  pst_color_restore_chroma (100, rgb, content);
  check_close ("itself", 300, rgb, expected, 1e-6);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/image/new", test_new);
  g_test_add_func ("/image/new-refused", test_new_refused);
  g_test_add_func ("/image/resample", test_resample);
  g_test_add_func ("/image/resample-part", test_resample_part);
  g_test_add_func ("/image/resample-constant", test_resample_constant);
  g_test_add_func ("/image/resize", test_resize);
  g_test_add_func ("/image/resize-alpha", test_resize_alpha);
  g_test_add_func ("/picture/opaque", test_picture_opaque);
  g_test_add_func ("/picture/alpha", test_picture_alpha);
  g_test_add_func ("/picture/strange-values", test_picture_strange_values);
  g_test_add_func ("/picture/pad", test_picture_pad);
  g_test_add_func ("/picture/transparent", test_picture_transparent);
  g_test_add_func ("/color/stats", test_stats);
  g_test_add_func ("/color/match-golden", test_match_golden);
  g_test_add_func ("/color/match-singular", test_match_singular);
  g_test_add_func ("/color/keep", test_keep);
  g_test_add_func ("/color/keep-itself", test_keep_itself);
  return g_test_run ();
}
