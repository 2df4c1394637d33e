/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-transfer.c: results of whole runs
 *
 * Through the public header alone, with small networks of random weights, and
 * with the built-in one where it matters.
 */
#include <math.h>

#include "check.h"
#include "core/pastiche.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

/* ---- what comes out ----------------------------------------------------- */

static void
test_sizes (void)
{
  const int sizes[][2] = {
    { 1, 1 }, { 1, 50 }, { 50, 1 }, { 17, 5 }, { 2, 2 }, { 31, 37 },
  };
  g_autoptr (PstModel) zero = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstModel) replicate = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstModel) built_in = sample_model ();
  PstModel   *models[3] = { zero, replicate, built_in };
  PstSettings settings = run_draft_settings ();

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int m = 0; m < 3; m++)
      {
        g_autoptr (PstImage) content =
          sample_content (sizes[s][0], sizes[s][1], 1);
        g_autoptr (PstImage) style = sample_style (sizes[s][1], 9, 1);
        g_autoptr (PstImage) result =
          run_all (models[m], content, style, &settings);

        g_assert_cmpint (result->width, ==, sizes[s][0]);
        g_assert_cmpint (result->height, ==, sizes[s][1]);
        for (int i = 0; i < sizes[s][0] * sizes[s][1]; i++)
          g_assert_cmpfloat (result->pixels[4 * i + 3], ==, 1.0f);
      }
}

/* A style much like a point, and one that is larger than the content. */
static void
test_style_sizes (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (20, 16, 1);
  PstSettings settings = run_draft_settings ();
  const int   sizes[][2] = { { 1, 1 }, { 300, 2 }, { 1, 40 } };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (PstImage) style = sample_style (sizes[s][0], sizes[s][1], 2);
      g_autoptr (PstImage) result = run_all (model, content, style, &settings);

      g_assert_cmpint (result->width, ==, 20);
    }
}

static void
test_changes_the_picture (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (40, 30, 1);
  g_autoptr (PstImage) style = sample_style (40, 30, 1);
  PstSettings    settings = run_draft_settings ();
  PstTransfer   *transfer = run_start (model, content, style, &settings);
  double         before;
  PstScaleReport report;

  run_until (transfer, 1);
  before = run_last_report (transfer).style_loss;
  run_until (transfer, 0);
  report = run_last_report (transfer);
  g_assert_cmpfloat (report.style_loss, <, 0.5 * before);
  g_assert_cmpint (report.iterations, >, 5);
  g_assert_cmpfloat (report.seconds, >, 0.0);
  g_assert_cmpint (report.width, ==, 40);
  g_assert_cmpint (report.height, ==, 30);
  pst_transfer_free (transfer);
}

/* Nothing changes where the style is the content: only the faint noise of the
 * start is removed. */
static void
test_style_is_content (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (40, 32, 3);
  g_autoptr (PstImage) result = NULL;
  PstSettings  settings = run_draft_settings ();
  PstTransfer *transfer;

  settings.freedom = 0;
  transfer = run_start (model, content, content, &settings);
  run_until (transfer, 0);
  result = run_result (transfer);
  g_test_message ("total loss %g, pictures %g apart",
                  run_last_report (transfer).total_loss,
                  sample_apart (result, content));
  g_assert_cmpfloat (run_last_report (transfer).total_loss, <, 1e-2);
  g_assert_cmpfloat (sample_apart (result, content), <, 0.02);
  pst_transfer_free (transfer);
}

/* Pictures of one color: no variance to divide by, no edges to keep. */
static void
check_flat (PstModel *model, float gray, PstColors colors)
{
  g_autoptr (PstImage) style = sample_style (24, 20, 1);
  g_autoptr (PstImage) content = sample_content (24, 20, 1);
  g_autoptr (PstImage) flat = sample_flat (24, 20, gray, gray, gray);
  PstSettings settings = run_draft_settings ();

  settings.colors = colors;
  pst_image_free (run_all (model, flat, style, &settings));
  pst_image_free (run_all (model, content, flat, &settings));
  pst_image_free (run_all (model, flat, flat, &settings));
}

/* A content of one color is painted: it has no contours to be kept. */
static void
test_flat_is_painted (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) style = sample_style (48, 36, 1);
  g_autoptr (PstImage) flat = sample_flat (48, 36, 1.0f, 0.0f, 0.0f);
  PstSettings    settings = run_draft_settings ();
  PstTransfer   *transfer = run_start (model, flat, style, &settings);
  PstScaleReport report;

  run_until (transfer, 0);
  report = run_last_report (transfer);
  g_test_message ("style loss from %g to %g", report.first_style_loss,
                  report.style_loss);
  g_assert_cmpfloat (report.style_loss, <, 0.5 * report.first_style_loss);
  pst_transfer_free (transfer);
}

static void
test_flat (void)
{
  const float grays[] = { 0.0f, 0.5f, 1.0f };
  g_autoptr (PstModel) built_in = sample_model ();
  g_autoptr (PstModel) small = small_model_new (PST_PADDING_ZERO);

  for (gsize g = 0; g < G_N_ELEMENTS (grays); g++)
    {
      check_flat (built_in, grays[g], PST_COLORS_STYLE);
      check_flat (small, grays[g], PST_COLORS_STYLE);
      check_flat (small, grays[g], PST_COLORS_CONTENT);
      check_flat (small, grays[g], PST_COLORS_MATCH);
    }
}

static void
test_strange_pixels (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (20, 16, 1);
  g_autoptr (PstImage) style = sample_style (20, 16, 1);
  g_autoptr (PstImage) result = NULL;
  PstSettings settings = run_draft_settings ();

  content->pixels[0] = NAN;
  content->pixels[5] = INFINITY;
  content->pixels[10] = -INFINITY;
  content->pixels[15] = NAN; /* an alpha */
  style->pixels[0] = NAN;
  style->pixels[6] = 1e30f;
  style->pixels[11] = -5.0f; /* an alpha */
  result = run_all (model, content, style, &settings);
  g_assert_cmpfloat (result->pixels[15], ==, 0.0f);
}

/* ---- alpha -------------------------------------------------------------- */

static void
test_alpha_is_kept (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (24, 18, 1);
  g_autoptr (PstImage) style = sample_style (24, 18, 1);
  PstSettings settings = run_draft_settings ();

  sample_fade (content);
  for (int mode = PST_COLORS_STYLE; mode <= PST_COLORS_MATCH; mode++)
    {
      g_autoptr (PstImage) result = NULL;

      settings.colors = mode;
      result = run_all (model, content, style, &settings);
      for (int i = 0; i < 24 * 18; i++)
        g_assert_cmpfloat (result->pixels[4 * i + 3], ==,
                           content->pixels[4 * i + 3]);
    }
}

/* The colors of transparent pixels change nothing, in either picture. */
static void
test_hidden_pixels (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  PstSettings settings = run_draft_settings ();
  g_autoptr (PstImage) first = NULL;

  for (int filling = 0; filling < 2; filling++)
    {
      g_autoptr (PstImage) content = sample_content (24, 18, 1);
      g_autoptr (PstImage) style = sample_style (24, 18, 1);
      g_autoptr (PstImage) result = NULL;

      sample_fade (content);
      sample_fade (style);
      for (int i = 0; i < 4 * 24 * 18; i += 4)
        if (content->pixels[i + 3] == 0.0f)
          for (int c = 0; c < 3; c++)
            content->pixels[i + c] = style->pixels[i + c] = filling;
      result = run_all (model, content, style, &settings);
      if (first)
        sample_same ("hidden", result, first);
      else
        first = g_steal_pointer (&result);
    }
}

static void
test_transparent_is_refused (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) picture = sample_content (8, 8, 1);
  g_autoptr (PstImage) nothing = pst_image_new (8, 8, NULL);
  PstSettings settings = run_draft_settings ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sample_transfer (model, nothing, picture, &settings, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
  g_clear_error (&error);
  g_assert_null (sample_transfer (model, picture, nothing, &settings, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
}

/* ---- colors ------------------------------------------------------------ */

static double
luminance (const float *pixel)
{
  return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
}

/* Of each pixel the chroma is the content's, or less where that would not be
 * displayable. */
static void
test_colors_of_content (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (24, 18, 2);
  g_autoptr (PstImage) style = sample_style (24, 18, 1);
  g_autoptr (PstImage) result = NULL;
  PstSettings settings = run_draft_settings ();

  settings.colors = PST_COLORS_CONTENT;
  result = run_all (model, content, style, &settings);
  for (int i = 0; i < 4 * 24 * 18; i += 4)
    {
      const float *pixel = &result->pixels[i];
      const float *own = &content->pixels[i];
      gboolean     inside = TRUE;
      double       apart = 0.0;

      for (int c = 0; c < 3; c++)
        {
          double chroma = pixel[c] - luminance (pixel);
          double wanted = own[c] - luminance (own);

          g_assert_cmpfloat (fabs (chroma), <=, fabs (wanted) + 1e-4);
          inside = inside && pixel[c] > 1e-3 && pixel[c] < 0.999;
          apart = fmax (apart, fabs (chroma - wanted));
        }
      if (inside)
        g_assert_cmpfloat (apart, <, 1e-4);
    }
}

static void
test_colors_of_gray (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) gray = sample_content (24, 18, 2);
  g_autoptr (PstImage) style = sample_style (24, 18, 1);
  PstSettings settings = run_draft_settings ();

  for (int i = 0; i < 4 * 24 * 18; i += 4)
    gray->pixels[i + 1] = gray->pixels[i + 2] = gray->pixels[i];
  for (int mode = PST_COLORS_STYLE; mode <= PST_COLORS_MATCH; mode++)
    {
      g_autoptr (PstImage) to_style = NULL;
      g_autoptr (PstImage) from_gray = NULL;

      settings.colors = mode;
      to_style = run_all (model, gray, style, &settings);
      from_gray = run_all (model, style, gray, &settings);
      if (mode != PST_COLORS_CONTENT)
        continue;
      for (int i = 0; i < 4 * 24 * 18; i += 4)
        g_assert_cmpfloat (fabs (to_style->pixels[i] - to_style->pixels[i + 1]),
                           <, 1e-5);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/transfer/sizes", test_sizes);
  g_test_add_func ("/transfer/style-sizes", test_style_sizes);
  g_test_add_func ("/transfer/changes-the-picture", test_changes_the_picture);
  g_test_add_func ("/transfer/style-is-content", test_style_is_content);
  g_test_add_func ("/transfer/flat", test_flat);
  g_test_add_func ("/transfer/flat-is-painted", test_flat_is_painted);
  g_test_add_func ("/transfer/strange-pixels", test_strange_pixels);
  g_test_add_func ("/transfer/alpha-is-kept", test_alpha_is_kept);
  g_test_add_func ("/transfer/hidden-pixels", test_hidden_pixels);
  g_test_add_func ("/transfer/transparent", test_transparent_is_refused);
  g_test_add_func ("/transfer/colors-of-content", test_colors_of_content);
  g_test_add_func ("/transfer/colors-of-gray", test_colors_of_gray);
  return g_test_run ();
}
