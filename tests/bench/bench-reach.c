/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-reach.c: how soon a total loss is reached, coarse to fine
 *
 * usage: bench-reach [OPTION...]
 *
 * Minimizes a total loss with weights of the caller's choice and prints for
 * each iteration at the finest scale, the size of the result:
 *
 *   reach SECONDS TOTAL
 *
 * SECONDS since the beginning of the coarsest scale.  No margin is put around
 * the pictures, so that TOTAL is the loss of the result itself.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "core/kernels/blas.h"
#include "core/picture/picture.h"
#include "core/transfer/scale.h"

typedef struct
{
  PstModel   *model;
  PstWorkers *workers;
  PstPlan     plan;
  PstPicture *content; /* at the result's size */
  PstPicture *style;
  gint64      begin;
} Run;

/* ---- options ------------------------------------------------------------ */

static char  *network;
static char  *style_weights;
static char  *content_path;
static char  *style_path;
static char  *picture_path;
static double content_weight = -1;
static double smoothness_weight = -1;
static double until;
static int    width = 512;
static int    height = 384;
static int    coarse = 100;
static int    fine = 100;

static const GOptionEntry options[] = {
  { "network", 0, 0, G_OPTION_ARG_STRING, &network,
    "compact (default), vgg19, or a file", "NETWORK" },
  { "content", 0, 0, G_OPTION_ARG_FILENAME, &content_path,
    "[height][width][3] raw floats instead of a made-up picture", "FILE" },
  { "style", 0, 0, G_OPTION_ARG_FILENAME, &style_path, "likewise", "FILE" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "512", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "384", "PIXELS" },
  { "coarse", 0, 0, G_OPTION_ARG_INT, &coarse,
    "iterations at each coarser scale, 100", "N" },
  { "fine", 0, 0, G_OPTION_ARG_INT, &fine,
    "iterations at the finest scale, at most, 100", "N" },
  { "until", 0, 0, G_OPTION_ARG_DOUBLE, &until, "end at this total loss",
    "TOTAL" },
  { "style-weights", 0, 0, G_OPTION_ARG_STRING, &style_weights,
    "one for each style layer; all alike by default", "W,W..." },
  { "content-weight", 0, 0, G_OPTION_ARG_DOUBLE, &content_weight,
    "as the engine has it by default; all of core/loss/objective.h", "W" },
  { "smoothness-weight", 0, 0, G_OPTION_ARG_DOUBLE, &smoothness_weight,
    "likewise", "W" },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture_path,
    "write the result there, [height][width][3] raw floats", "FILE" },
  { NULL },
};

static void
read_options (int *argc, char ***argv)
{
  bench_parse (options, argc, argv);
  width = CLAMP (width, 1, 4096);
  height = CLAMP (height, 1, 4096);
}

/* ---- the loss ----------------------------------------------------------- */

static void
set_style_weights (PstLossWeights *loss, const PstModel *model)
{
  g_auto (GStrv) words = g_strsplit (style_weights, ",", -1);
  guint next = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (model->style_taps, t) && words[next])
      loss->style[t] = g_ascii_strtod (words[next++], NULL);
  if (next != g_strv_length (words))
    g_error ("the network has %u style layers", next);
}

/* The published method keeps the picture neither in its range nor near that of
 * a coarser scale, and has no margins. */
static PstPlan
make_plan (const PstModel *model)
{
  PstSettings settings;
  PstPlan     plan;

  pst_settings_init (&settings);
  settings.structure = PST_STRUCTURE_LOOSE;
  plan = pst_plan_new (model, width, height, &settings);
  plan.margin = plan.style_margin = 0;
  for (int i = 0; i < plan.n_scales; i++)
    {
      PstLossWeights *loss = &plan.scales[i].loss;

      loss->range = 0;
      loss->anchor = 0;
      if (style_weights)
        set_style_weights (loss, model);
      if (content_weight >= 0)
        loss->content = content_weight;
      if (smoothness_weight >= 0)
        loss->smoothness = smoothness_weight;
    }
  return plan;
}

/* ---- the run ------------------------------------------------------------ */

/* Moves @x; @finest: whether this is what is reported. */
static void
iterate (const Run *run, PstScale *scale, gboolean finest)
{
  PstLosses losses;

  for (int i = 0; i < (finest ? fine : coarse); i++)
    {
      if (pst_scale_step (scale, &losses) != PST_LBFGS_MOVED)
        return;
      if (! finest)
        continue;
      g_print ("reach %.3f %.9g\n", bench_since (run->begin), losses.total);
      if (losses.total <= until)
        return;
    }
}

/* Takes the picture so far, NULL at the beginning; returns it as scale @i
 * leaves it. */
static PstPicture *
run_scale (const Run *run, int i, PstPicture *before)
{
  const PstScalePlan *sizes = &run->plan.scales[i];
  g_autoptr (PstPicture) content = NULL;
  g_autoptr (PstPicture) style = NULL;
  PstRegions everywhere = { .n = 1, .shares = { 1 } };
  g_autoptr (GError) error = NULL;
  PstPicture *picture;
  PstScale   *scale;

  content =
    pst_picture_resize (run->content, sizes->width, sizes->height, NULL);
  style = pst_picture_resize (run->style, sizes->width, sizes->height, NULL);
  picture = pst_picture_resize (before ? before : content, sizes->width,
                                sizes->height, NULL);
  if (! before)
    {
      PstColorStats colors = pst_picture_color_stats (style);

      pst_picture_give_colors (picture, &colors);
    }
  pst_picture_free (before);
  scale = pst_scale_new (&run->plan, sizes, run->model, run->workers,
                         &everywhere, &error);
  if (! scale || ! pst_scale_add_style (scale, 0, style, 1, NULL, &error)
      || ! pst_scale_begin (scale, content, picture->rgb, &error))
    g_error ("%s", error->message);
  iterate (run, scale, i == run->plan.n_scales - 1);
  pst_scale_free (scale);
  return picture;
}

/* Takes @made_up; returns it, or what is in the file at @path. */
static PstPicture *
choose_picture (PstPicture *made_up, const char *path)
{
  gsize            size = sizeof (float) * 3 * (gsize) width * height;
  g_autofree char *data = NULL;
  gsize            length;

  if (! path)
    return made_up;
  if (! g_file_get_contents (path, &data, &length, NULL) || length != size)
    g_error ("%s: not a picture of %dx%d", path, width, height);
  memcpy (made_up->rgb, data, size);
  return made_up;
}

int
main (int argc, char **argv)
{
  Run run = { 0 };
  g_autoptr (PstPicture) picture = NULL;

  read_options (&argc, &argv);
  g_assert_true (pst_blas_init (0, 0, NULL));
  run.model = bench_model (network ? network : "compact");
  run.workers = pst_workers_new (0);
  run.plan = make_plan (run.model);
  run.content = choose_picture (bench_content (width, height), content_path);
  run.style = choose_picture (bench_style (width, height), style_path);
  run.begin = g_get_monotonic_time ();
  for (int i = 0; i < run.plan.n_scales; i++)
    picture = run_scale (&run, i, picture);
  if (picture_path
      && ! g_file_set_contents (picture_path, (const char *) picture->rgb,
                                sizeof (float) * 3 * width * height, NULL))
    g_error ("%s cannot be written", picture_path);
  pst_picture_free (run.content);
  pst_picture_free (run.style);
  pst_workers_free (run.workers);
  pst_model_unref (run.model);
  return 0;
}
