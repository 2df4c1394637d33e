/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-trial.c: the run that the dialogs show */
#include <math.h>

#include <glib/gstdio.h>

#include "plugin/gimp/pixbuf.h"
#include "plugin/gimp/trial.h"
#include "sample.h"

/* Draft, with the built-in network. */
static void
init_params (PstParams *params)
{
  pst_params_init (params);
  params->quality = PST_QUALITY_DRAFT;
  params->network = sample_model_path ();
}

static void
start (PstTrial        *trial,
       const PstImage  *content,
       PstImage        *style,
       char            *path,
       const PstParams *params)
{
  PstTrialStyle styles = { style, path, .weight = 1 };

  pst_trial_start (trial, content, &styles, 1, params);
}

/* Until the end.  Returns the last picture; NULL: there was none. */
static PstImage *
wait_for_end (PstTrial *trial)
{
  while (pst_trial_poll (trial))
    g_usleep (5000);
  return pst_trial_take_picture (trial);
}

/* The final picture of the same settings. */
static PstImage *
transfer (const PstImage  *content,
          const PstImage  *style,
          const PstParams *params)
{
  g_autoptr (PstModel)    model = sample_model ();
  PstSettings             settings = pst_params_to_settings (params, 0);
  g_autoptr (PstTransfer) run = sample_transfer (model, content, style,
                                                 &settings, NULL);
  PstProgress             progress = { 0 };

  while (! progress.done)
    g_assert_true (pst_transfer_step (run, &progress, NULL));
  return pst_transfer_dup_result (run, NULL);
}

/* Root of the mean square of the difference of the colours, at @width. */
static double
distance (const PstImage *one,
          const PstImage *other,
          int             width)
{
  const int            height = width * 3 / 4;
  g_autoptr (PstImage) a = pst_image_resize (one, width, height, NULL);
  g_autoptr (PstImage) b = pst_image_resize (other, width, height, NULL);
  const gsize n = (gsize) a->width * a->height;
  double      sum = 0;

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      sum += pow (a->pixels[4 * i + c] - b->pixels[4 * i + c], 2);
  return sqrt (sum / (3 * n));
}

/* What the dialog shows is what comes: the final picture, scaled down, is near
 * the preview, however much it differs from the content.  Each has the finest
 * strokes that its size allows, so that half the preview's size tells more. */
static void
test_preview_is_final (void)
{
  g_autoptr (PstImage) content = sample_content (512, 384, 1);
  g_autoptr (PstImage) style = sample_style (480, 360, 1);
  g_autoptr (PstImage) small = pst_image_resize (content, 256, 192, NULL);
  g_autoptr (PstImage) small_style = pst_image_resize (style, 256, 192, NULL);
  g_autoptr (PstTrial) trial = pst_trial_new ("/", 0);
  g_autoptr (PstImage) final = NULL;
  g_autoptr (PstImage) preview = NULL;
  PstParams            params;

  init_params (&params);
  start (trial, small, small_style, NULL, &params);
  preview = wait_for_end (trial);
  final = transfer (content, style, &params);
  pst_params_clear (&params);

  for (int width = 256; width >= 128; width /= 2)
    {
      const double apart = distance (preview, final, width);
      const double changed = distance (content, final, width);

      g_test_message ("at %d: from preview to final %.3f, from content to "
                      "final %.3f", width, apart, changed);
      g_assert_cmpfloat (apart, <, width == 256 ? 0.2 : 0.1);
      g_assert_cmpfloat (apart, <, (width == 256 ? 0.6 : 0.35) * changed);
    }
}

static void
test_facts (void)
{
  g_autoptr (PstImage) content = sample_content (96, 72, 1);
  g_autoptr (PstImage) style = sample_style (96, 72, 1);
  g_autoptr (PstTrial) trial = pst_trial_new ("/", 0);
  g_autoptr (PstImage) picture = NULL;
  PstParams            params;

  init_params (&params);
  g_assert_false (pst_trial_poll (trial));
  g_assert_null (pst_trial_get_facts (trial)->model);
  start (trial, content, style, NULL, &params);
  pst_params_clear (&params);

  picture = wait_for_end (trial);
  g_assert_nonnull (picture);
  g_assert_cmpint (picture->width, ==, 96);
  g_assert_nonnull (pst_trial_get_facts (trial)->model);
  g_assert_null (pst_trial_get_facts (trial)->problem);
  g_assert_cmpfloat (pst_trial_get_facts (trial)->fraction, ==, 1);
}

/* A change of mind: stopped as soon as it was started, and begun anew. */
static void
test_stop (void)
{
  g_autoptr (PstImage) content = sample_content (96, 72, 1);
  g_autoptr (PstTrial) trial = pst_trial_new ("/", 0);
  PstParams            params;

  init_params (&params);
  params.quality = PST_QUALITY_BEST;
  for (int i = 0; i < 8; i++)
    {
      g_autoptr (PstImage) style = sample_style (96, 72, i);
      g_autoptr (PstImage) picture = NULL;

      start (trial, content, style, NULL, &params);
      g_usleep (i * 7000);
      pst_trial_stop (trial);
      picture = wait_for_end (trial);
      g_assert_null (pst_trial_get_facts (trial)->problem);
      g_assert_cmpfloat (pst_trial_get_facts (trial)->fraction, <, 1);
    }
  pst_params_clear (&params);
}

/* A style that is read from a file is the style that was written there. */
static void
test_file (void)
{
  g_autofree char       *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char       *path = g_build_filename (folder, "style.png", NULL);
  g_autoptr (PstImage)   style = sample_style (96, 72, 1);
  g_autoptr (GdkPixbuf)  pixbuf = pst_pixbuf_from_image (style);
  g_autoptr (PstImage)   content = sample_content (96, 72, 1);
  g_autoptr (PstTrial)   trial = pst_trial_new ("/", 0);
  g_autoptr (PstImage)   image = pst_pixbuf_to_image (pixbuf, NULL);
  g_autoptr (PstImage)   from_file = NULL;
  g_autoptr (PstImage)   from_image = NULL;
  PstParams              params;

  init_params (&params);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  start (trial, content, NULL, path, &params);
  from_file = wait_for_end (trial);
  start (trial, content, image, NULL, &params);
  from_image = wait_for_end (trial);
  sample_same ("file", from_file, from_image);

  /* It is read once for each size. */
  g_remove (path);
  g_rmdir (folder);
  g_clear_pointer (&from_file, pst_image_free);
  start (trial, content, NULL, path, &params);
  from_file = wait_for_end (trial);
  sample_same ("file, again", from_file, from_image);
  params.style_scale = 2;
  start (trial, content, NULL, path, &params);
  g_assert_null (wait_for_end (trial));
  g_assert_nonnull (pst_trial_get_facts (trial)->problem);
  pst_params_clear (&params);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trial/facts", test_facts);
  g_test_add_func ("/trial/stop", test_stop);
  g_test_add_func ("/trial/file", test_file);
  g_test_add_func ("/trial/preview-is-final", test_preview_is_final);
  return g_test_run ();
}
