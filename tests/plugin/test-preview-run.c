/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-preview-run.c: the run that the dialogs show */
#include <math.h>

#include <glib/gstdio.h>

#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/run/preview-run.h"
#include "sample-pictures.h"

/* Draft, with the built-in network. */
static void
init_params (PstParams *params)
{
  pst_params_init (params);
  params->settings.quality = PST_QUALITY_DRAFT;
  params->model = sample_model_path ();
}

static void
start (PstPreviewRun   *preview,
       const PstImage  *content,
       PstImage        *style,
       char            *path,
       const PstParams *params)
{
  PstStyleSource styles = { style, path, .weight = 1 };

  pst_preview_run_start (preview, content, &styles, 1, params);
}

/* Until the end. */
static void
wait_for_end (PstPreviewRun *preview)
{
  while (pst_preview_run_poll (preview))
    g_usleep (5000);
}

/* The last picture, after the end; NULL: there is none. */
static PstImage *
take_result (PstPreviewRun *preview)
{
  PstSketch sketch;

  wait_for_end (preview);
  pst_preview_run_take_sketch (preview, &sketch);
  g_assert_cmpint (sketch.iterations, ==, sketch.picture ? G_MAXINT : 0);
  return sketch.picture;
}

/* The final run of the same settings, which begins from @sketch.  Returns it at
 * its end. */
static PstTransfer *
transfer (const PstImage  *content,
          const PstImage  *style,
          const PstParams *params,
          const PstSketch *sketch,
          PstProgress     *ret_first)
{
  g_autoptr (PstModel) model = sample_model ();
  PstSettings  settings = params->settings;
  PstTransfer *run = sample_transfer (model, content, style, &settings, NULL);
  PstProgress  progress;

  g_assert_true (pst_sketch_begin (sketch, run, NULL));
  g_assert_true (pst_transfer_step (run, &progress, NULL));
  *ret_first = progress;
  while (! progress.done)
    g_assert_true (pst_transfer_step (run, &progress, NULL));
  return run;
}

/* Root of the mean square of the difference of the colors, at @width. */
static double
distance (const PstImage *one, const PstImage *other, int width)
{
  const int height = width * 3 / 4;
  g_autoptr (PstImage) a = pst_image_resize (one, width, height, NULL);
  g_autoptr (PstImage) b = pst_image_resize (other, width, height, NULL);
  const gsize n = (gsize) a->width * a->height;
  double      sum = 0;

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      sum += pow (a->pixels[4 * i + c] - b->pixels[4 * i + c], 2);
  return sqrt (sum / (3 * n));
}

/* Pearson's correlation of the colors, at @width. */
static double
correlation (const PstImage *one, const PstImage *other, int width)
{
  const int height = width * 3 / 4;
  g_autoptr (PstImage) a = pst_image_resize (one, width, height, NULL);
  g_autoptr (PstImage) b = pst_image_resize (other, width, height, NULL);
  const double n = 3.0 * width * height;
  double       x = 0, y = 0, xx = 0, yy = 0, xy = 0; /* means */

  for (int i = 0; i < 4 * width * height; i++)
    if (i % 4 < 3)
      {
        x += a->pixels[i] / n;
        y += b->pixels[i] / n;
        xx += a->pixels[i] * a->pixels[i] / n;
        yy += b->pixels[i] * b->pixels[i] / n;
        xy += a->pixels[i] * b->pixels[i] / n;
      }
  return (xy - x * y) / sqrt ((xx - x * x) * (yy - y * y));
}

/* Up to the size of the preview there is nothing left to do. */
static void
test_preview_is_all (void)
{
  g_autoptr (PstImage) content = sample_content (200, 150, 1);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  g_auto (PstSketch) sketch = { .iterations = G_MAXINT };
  g_autoptr (PstTransfer) run = NULL;
  g_autoptr (PstImage) final = NULL;
  PstParams   params;
  PstProgress first;

  init_params (&params);
  params.settings.iterations = 4;
  start (preview, content, style, NULL, &params);
  sketch.picture = take_result (preview);
  run = transfer (content, style, &params, &sketch, &first);
  final = pst_transfer_dup_result (run, NULL);
  pst_params_clear (&params);

  g_assert_true (first.done);
  sample_same ("final", final, sketch.picture);
}

/* A preview that is still in its last scale hands over what it has, and the run
 * does the iterations that are left. */
static void
test_unfinished (void)
{
  g_autoptr (PstImage) content = sample_content (200, 150, 1);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  g_auto (PstSketch) sketch = { 0 };
  g_autoptr (PstTransfer) run = NULL;
  const PstScaleReport *reports;
  int                   n_scales;
  PstParams             params;
  PstProgress           first;

  init_params (&params);
  params.settings.quality = PST_QUALITY_BEST;
  params.settings.iterations = 60;
  start (preview, content, style, NULL, &params);
  /* The first of two scales has less than a third of the pixels. */
  while (pst_preview_run_get_status (preview)->fraction < 0.4)
    {
      g_assert_true (pst_preview_run_poll (preview));
      g_usleep (1000);
    }
  pst_preview_run_take_sketch (preview, &sketch);
  g_assert_nonnull (sketch.picture);
  g_assert_cmpint (sketch.iterations, >, 0);
  g_assert_cmpint (sketch.iterations, <, 60);
  g_assert_false (pst_preview_run_poll (preview));

  run = transfer (content, style, &params, &sketch, &first);
  pst_params_clear (&params);
  reports = pst_transfer_get_scales (run, &n_scales);
  g_assert_cmpint (first.scale, ==, n_scales - 1);
  g_assert_cmpint (first.iteration, ==, sketch.iterations);
  g_assert_cmpint (reports[0].iterations, ==, 0);
  g_assert_cmpint (reports[1].iterations, <=, 60 - sketch.iterations);
}

/* There is nothing to hand over before the last scale, nor from earlier
 * settings, even if these had a picture. */
static void
test_no_sketch (void)
{
  g_autoptr (PstImage) content = sample_content (200, 150, 1);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  PstSketch sketch;
  PstParams params;

  init_params (&params);
  params.settings.iterations = 2;
  pst_preview_run_take_sketch (preview, &sketch);
  g_assert_null (sketch.picture);

  start (preview, content, style, NULL, &params);
  wait_for_end (preview);
  pst_preview_run_stop (preview);
  pst_preview_run_take_sketch (preview, &sketch);
  g_assert_null (sketch.picture);

  start (preview, content, NULL, (char *) "/nowhere", &params);
  g_assert_null (take_result (preview));

  params.settings.iterations = 1000;
  start (preview, content, style, NULL, &params);
  pst_preview_run_take_sketch (preview, &sketch);
  g_assert_null (sketch.picture);
  pst_params_clear (&params);
}

/* What the dialog shows is what comes: the final run adds brushwork to it.  The
 * picture, scaled down, is near the preview, however much it differs from the
 * content.  Each has the finest strokes that its size allows, so that half the
 * preview's size tells more. */
static void
test_preview_is_final (void)
{
  g_autoptr (PstImage) content = sample_content (512, 384, 1);
  g_autoptr (PstImage) style = sample_style (480, 360, 1);
  g_autoptr (PstImage) small = pst_image_resize (content, 256, 192, NULL);
  g_autoptr (PstImage) small_style = pst_image_resize (style, 256, 192, NULL);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  g_auto (PstSketch) sketch = { .iterations = G_MAXINT };
  g_autoptr (PstTransfer) run = NULL;
  g_autoptr (PstImage) final = NULL;
  const PstScaleReport *reports;
  double                alike;
  int                   n_scales;
  PstParams             params;
  PstProgress           first;

  init_params (&params);
  start (preview, small, small_style, NULL, &params);
  sketch.picture = take_result (preview);
  run = transfer (content, style, &params, &sketch, &first);
  final = pst_transfer_dup_result (run, NULL);
  pst_params_clear (&params);

  /* The preview is all of the composition, and nothing of it is done again. */
  reports = pst_transfer_get_scales (run, &n_scales);
  g_assert_cmpint (first.scale, >, 0);
  g_assert_cmpint (reports[first.scale - 1].width, ==, PST_PREVIEW_SIDE);
  for (int i = 0; i < n_scales; i++)
    g_assert_true ((reports[i].iterations > 0) == (i >= first.scale));

  /* Forms without strokes, which are as fine as they can be: 0.68 with them. */
  alike = correlation (final, sketch.picture, 64);
  g_test_message ("correlation at 64: %.3f", alike);
  g_assert_cmpfloat (alike, >, 0.9);

  for (int width = 256; width >= 128; width /= 2)
    {
      const double apart = distance (sketch.picture, final, width);
      const double changed = distance (content, final, width);

      g_test_message ("at %d: from preview to final %.3f, from content to "
                      "final %.3f",
                      width, apart, changed);
      g_assert_cmpfloat (apart, <, width == 256 ? 0.2 : 0.1);
      g_assert_cmpfloat (apart, <, (width == 256 ? 0.6 : 0.35) * changed);
    }
}

static void
test_status (void)
{
  g_autoptr (PstImage) content = sample_content (96, 72, 1);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  g_autoptr (PstImage) picture = NULL;
  PstParams params;

  init_params (&params);
  g_assert_false (pst_preview_run_poll (preview));
  g_assert_null (pst_preview_run_get_status (preview)->model);
  start (preview, content, style, NULL, &params);
  wait_for_end (preview);
  pst_params_clear (&params);
  g_assert_cmpstr (pst_preview_run_get_status (preview)->problem, ==, NULL);
  g_assert_nonnull (pst_preview_run_get_picture (preview));
  g_assert_null (pst_preview_run_get_picture (preview));
  picture = take_result (preview);
  g_assert_nonnull (picture);
  g_assert_cmpint (picture->width, ==, 96);
  g_assert_nonnull (pst_preview_run_get_status (preview)->model);
  g_assert_cmpfloat (pst_preview_run_get_status (preview)->fraction, ==, 1);
}

/* Stopped as soon as it was started, and started again. */
static void
test_stop (void)
{
  g_autoptr (PstImage) content = sample_content (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  PstParams params;

  init_params (&params);
  params.settings.quality = PST_QUALITY_BEST;
  for (int i = 0; i < 8; i++)
    {
      g_autoptr (PstImage) style = sample_style (96, 72, i);

      start (preview, content, style, NULL, &params);
      g_usleep (i * 7000);
      pst_preview_run_stop (preview);
      wait_for_end (preview);
      g_assert_cmpstr (pst_preview_run_get_status (preview)->problem, ==, NULL);
      g_assert_cmpfloat (pst_preview_run_get_status (preview)->fraction, <, 1);
    }
  pst_params_clear (&params);
}

/* A style that is read from a file is the style that was written there. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "style.png", NULL);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (GdkPixbuf) pixbuf = pst_pixbuf_from_image (style);
  g_autoptr (PstImage) content = sample_content (96, 72, 1);
  g_autoptr (PstPreviewRun) preview = pst_preview_run_new ("/");
  g_autoptr (PstImage) image = pst_pixbuf_to_image (pixbuf, NULL);
  g_autoptr (PstImage) from_file = NULL;
  g_autoptr (PstImage) from_image = NULL;
  PstParams params;

  init_params (&params);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  start (preview, content, NULL, path, &params);
  from_file = take_result (preview);
  start (preview, content, image, NULL, &params);
  from_image = take_result (preview);
  sample_same ("file", from_file, from_image);

  /* It is read once for each size. */
  g_remove (path);
  g_rmdir (folder);
  g_clear_pointer (&from_file, pst_image_free);
  start (preview, content, NULL, path, &params);
  from_file = take_result (preview);
  sample_same ("file, again", from_file, from_image);
  params.settings.style_scale = 2;
  start (preview, content, NULL, path, &params);
  g_assert_null (take_result (preview));
  g_assert_nonnull (pst_preview_run_get_status (preview)->problem);
  pst_params_clear (&params);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preview-run/status", test_status);
  g_test_add_func ("/preview-run/stop", test_stop);
  g_test_add_func ("/preview-run/file", test_file);
  g_test_add_func ("/preview-run/no-sketch", test_no_sketch);
  g_test_add_func ("/preview-run/unfinished", test_unfinished);
  g_test_add_func ("/preview-run/preview-is-all", test_preview_is_all);
  g_test_add_func ("/preview-run/preview-is-final", test_preview_is_final);
  return g_test_run ();
}
