/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-spot-run.c: the spot that the dialogs show */
#include <glib/gstdio.h>

#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/run/spot-run.h"
#include "sample-pictures.h"

#define SIDE 300 /* of the content: one scale beyond the composition */

typedef struct
{
  PstModel      *model;
  PstParams      params;
  PstImage      *content;
  PstImage      *composition;
  PstImage      *style;
  PstSpotSources sources;
} Case;

static PstSampledPicture
sampled_whole (const PstImage *image)
{
  return (PstSampledPicture){ .size = { image->width, image->height },
                              .whole = image };
}

static void
case_init (Case *c)
{
  *c = (Case){ .model = sample_model (),
               .content = sample_content (SIDE, 40, 1),
               .composition = sample_content (256, 34, 2),
               .style = sample_style (96, 72, 1) };
  pst_params_init (&c->params);
  c->params.settings.iterations = 3;
  c->sources.inputs = (PstSpotInputs){ .content = sampled_whole (c->content),
                                       .composition = c->composition,
                                       .n_styles = 1,
                                       .x = 0.5,
                                       .y = 0.5 };
  c->sources.inputs.styles[0] =
    (PstSampledStyle){ sampled_whole (c->style), 1 };
}

static void
case_clear (Case *c)
{
  pst_model_unref (c->model);
  pst_params_clear (&c->params);
  pst_image_free (c->content);
  pst_image_free (c->composition);
  pst_image_free (c->style);
}

static void
start (PstSpotRun *run, const Case *c)
{
  pst_spot_run_start (run, c->model, &c->sources, &c->params);
}

/* The last picture, after the end; NULL: there is none. */
static PstImage *
take_result (PstSpotRun *run)
{
  PstImage *picture;

  while (pst_spot_run_poll (run))
    g_usleep (5000);
  picture = pst_spot_run_take_picture (run);
  g_assert_null (pst_spot_run_take_picture (run));
  return picture;
}

/* What the engine paints; pictures are to be had on the way. */
static void
test_picture (void)
{
  Case c;
  g_autoptr (PstSpotRun) run = pst_spot_run_new ();
  g_autoptr (PstSpot) spot = NULL;
  g_autoptr (PstImage) expected = NULL;
  g_autoptr (PstImage) result = NULL;
  PstProgress progress = { 0 };

  case_init (&c);
  g_assert_false (pst_spot_run_poll (run));
  spot =
    pst_spot_new (c.model, &c.sources.inputs, &c.params.settings, NULL, NULL);
  while (! progress.done)
    g_assert_true (pst_spot_step (spot, &progress, NULL));
  expected = pst_spot_dup_picture (spot, NULL);

  for (int again = 0; again < 2; again++)
    {
      start (run, &c);
      result = take_result (run);
      g_assert_cmpfloat (pst_spot_run_get_fraction (run), ==, 1);
      g_assert_null (pst_spot_run_get_problem (run));
      sample_same ("picture", result, expected);
      g_clear_pointer (&result, pst_image_free);
    }
  case_clear (&c);
}

/* Changes of mind leave nothing behind. */
static void
test_stop (void)
{
  Case c;
  g_autoptr (PstSpotRun) run = pst_spot_run_new ();

  case_init (&c);
  c.params.settings.iterations = 1000;
  for (int i = 0; i < 6; i++)
    {
      start (run, &c);
      g_usleep (i * 20000);
      pst_spot_run_poll (run);
      pst_spot_run_stop (run);
      g_assert_null (take_result (run));
      g_assert_null (pst_spot_run_get_problem (run));
    }
  start (run, &c); /* freed while it is busy */
  g_clear_pointer (&run, pst_spot_run_free);
  case_clear (&c);
}

/* A style that is read from a file is the style that was written there; it is
 * read once. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "style.png", NULL);
  Case             c;
  g_autoptr (PstSpotRun) run = pst_spot_run_new ();
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (PstImage) eight_bits = NULL;
  g_autoptr (PstImage) from_image = NULL;

  case_init (&c);
  pixbuf = pst_pixbuf_from_image (c.style);
  eight_bits = pst_pixbuf_to_image (pixbuf, NULL);
  c.sources.inputs.styles[0].picture = sampled_whole (eight_bits);
  start (run, &c);
  from_image = take_result (run);

  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  c.sources.paths[0] = path;
  c.sources.inputs.styles[0].picture = (PstSampledPicture){ 0 };
  for (int again = 0; again < 2; again++)
    {
      g_autoptr (PstImage) from_file = NULL;

      start (run, &c);
      from_file = take_result (run);
      sample_same ("file", from_file, from_image);
      g_remove (path);
    }
  g_rmdir (folder);

  c.params.settings.style_scale = 2;
  start (run, &c);
  g_assert_null (take_result (run));
  g_assert_nonnull (pst_spot_run_get_problem (run));
  case_clear (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spot-run/picture", test_picture);
  g_test_add_func ("/spot-run/stop", test_stop);
  g_test_add_func ("/spot-run/file", test_file);
  return g_test_run ();
}
