/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.c: one whole run, from the active layer to the new one
 *
 * A worker thread optimises (job.h); this, the main thread, wakes up ten times
 * a second, shows how far it is, and looks whether the run still makes sense:
 * the user can edit, undo and close the image meanwhile.
 */
#include "restyle.h"

#include <glib/gi18n-lib.h>

#include "canvas.h"
#include "job.h"
#include "layer-settings.h"
#include "plugin/network.h"
#include "procedure.h"
#include "run-window.h"

#define TICK_MS 100

/* The picture on the canvas is renewed at most once a second, and not before
 * twice the time has passed that it took to be shown. */
#define PICTURE_INTERVAL (1 * G_USEC_PER_SEC)
#define PICTURE_PAUSE    2

typedef struct
{
  const PstContent *content;
  PstCanvas        *canvas;
  PstJob           *job;
  PstRunWindow     *window; /* NULL: progress goes to GIMP */
  GMainLoop        *loop;
  gint64            next_picture;  /* when to ask for it, monotonic time */
  gint64            showing_since; /* the one that is being shown; 0: none */
  double            fraction;      /* last told to GIMP */
  GError           *error;         /* why the run is being given up */
} Run;

gboolean
pst_restyle_can_show_window (void)
{
  const char *display = gimp_display_name ();

  return display && *display;
}

static void
give_up (Run *run, GError *error)
{
  run->error = error;
  pst_job_stop (run->job, /* keep= */ FALSE);
}

/* Gives up if the user pressed Cancel or has taken the ground away. */
static void
check_user (Run *run)
{
  GError *error = NULL;

  if (! pst_content_is_intact (run->content, &error)
      || ! pst_canvas_is_intact (run->canvas, &error))
    {
      give_up (run, error);
      return;
    }
  if (! run->window)
    return;

  switch (pst_run_window_get_answer (run->window))
    {
    case PST_RUN_GO_ON:
      break;

    case PST_RUN_KEEP:
      pst_job_stop (run->job, /* keep= */ TRUE);
      break;

    case PST_RUN_CANCEL:
      give_up (run, g_error_new_literal (PST_ERROR, PST_ERROR_CANCELLED,
                                         _ ("Cancelled")));
      break;
    }
}

static void
show_progress (Run *run, const PstProgress *progress)
{
  if (run->window)
    {
      pst_run_window_update (run->window, progress);
    }
  else if (progress->fraction >= run->fraction + 0.005)
    {
      run->fraction = progress->fraction;
      gimp_progress_update (progress->fraction);
    }
}

/* @picture: taken over; NULL: there is no new one */
static void
show_picture (Run *run, PstImage *picture)
{
  const gint64 now = g_get_monotonic_time ();

  if (picture)
    {
      run->showing_since = now;
      pst_canvas_show (run->canvas, picture);
    }
  if (run->showing_since > 0)
    {
      if (pst_canvas_show_more (run->canvas))
        return;
      run->next_picture =
        now
        + MAX (PICTURE_INTERVAL, PICTURE_PAUSE * (now - run->showing_since));
      run->showing_since = 0;
    }
  else if (now >= run->next_picture)
    {
      pst_job_request_picture (run->job);
      run->next_picture = G_MAXINT64;
    }
}

static gboolean
tick (gpointer data)
{
  Run *run = data;
  /* Taken first, so that the progress is no older. */
  g_autoptr (PstImage) picture = pst_job_take_picture (run->job);
  PstProgress progress;

  if (! pst_job_get_progress (run->job, &progress))
    {
      g_main_loop_quit (run->loop);
      return G_SOURCE_REMOVE;
    }

  if (! run->error)
    check_user (run);
  if (! run->error)
    {
      show_progress (run, &progress);
      if (run->window)
        show_picture (run, g_steal_pointer (&picture));
    }
  return G_SOURCE_CONTINUE;
}

/* Runs @job to its end and returns the picture, owned by the caller. */
static PstImage *
follow (const PstContent *content,
        PstCanvas        *canvas,
        PstJob           *job,
        PstRunWindow     *window,
        GError          **error)
{
  Run run = { content, canvas, job, window };

  run.loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (TICK_MS, tick, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);

  /* What has happened since the last look counts, too. */
  if (! run.error)
    check_user (&run);
  if (run.error)
    {
      g_propagate_error (error, run.error);
      return NULL;
    }
  return pst_job_finish (job, error);
}

/* What a transfer is made of. */
typedef struct
{
  const PstContent *content;
  const PstParams  *params;
  const PstSketch  *sketch;   /* NULL: none */
  PstStylePictures  pictures; /* owned */
} Material;

static void
material_clear (Material *material)
{
  pst_style_pictures_clear (&material->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

static gboolean
read_material (Material        *material,
               PstContent      *content,
               const PstStyles *styles,
               GError         **error)
{
  if (! pst_styles_read (styles, content, &material->pictures, error)
      || ! pst_content_read (content, error))
    return FALSE;
  content->painted = g_steal_pointer (&material->pictures.painted);
  return TRUE;
}

/* In the job's thread: a large network takes a while to load, and large
 * pictures to be scaled. */
static PstTransfer *
prepare (gpointer data, GError **error)
{
  const Material *material = data;
  g_autoptr (PstModel) model = NULL;
  g_autoptr (PstTransfer) transfer = NULL;
  PstSettings settings;

  model =
    pst_network_load (material->params->network, gimp_get_progname (), error);
  if (! model)
    return NULL;
  settings =
    pst_params_to_settings (material->params, pst_procedure_get_threads ());
  transfer = pst_transfer_new (model, material->content->pixels,
                               material->pictures.pictures,
                               material->pictures.n_pictures, &settings,
                               /* targets= */ NULL, error);
  if (! transfer
      || (material->sketch
          && ! pst_sketch_begin (material->sketch, transfer, error)))
    return NULL;
  return g_steal_pointer (&transfer);
}

/* Gives an enlarged picture the alpha of the content, and itself where nothing
 * is painted. */
static void
keep_content (PstImage *picture, const PstContent *content)
{
  const gsize n_pixels = (gsize) picture->width * picture->height;

  for (gsize i = 0; i < n_pixels; i++)
    {
      const float *original = content->pixels->pixels + i * 4;
      float       *pixel = picture->pixels + i * 4;
      const float  share = content->painted ? content->painted[i] : 1;

      for (int c = 0; c < 3; c++)
        pixel[c] = share * pixel[c] + (1 - share) * original[c];
      pixel[3] = original[3];
    }
}

/* A setting may ask for a result that is smaller than the content; the layer
 * covers the content all the same. */
static PstImage *
fit (PstImage *picture, gpointer data, GError **error)
{
  const PstContent *content = ((const Material *) data)->content;
  const int         width = content->area.width;
  const int         height = content->area.height;
  PstImage         *enlarged;

  if (picture->width == width && picture->height == height)
    return picture;

  enlarged = pst_image_resize (picture, width, height, error);
  pst_image_free (picture);
  if (enlarged)
    keep_content (enlarged, content);
  return enlarged;
}

/* The work itself; @content is found and fits the styles. */
static PstLayerRef
run (PstContent      *content,
     const PstStyles *styles,
     const PstParams *params,
     const PstSketch *sketch,
     gboolean         with_window,
     GError         **error)
{
  g_auto (Material) material = { content, params, sketch };
  g_autoptr (PstJob) job = NULL;
  g_autoptr (PstCanvas) canvas = NULL;
  g_autoptr (PstRunWindow) window = NULL;
  g_autoptr (PstImage) picture = NULL;
  g_autofree char *style_name = NULL;
  g_autofree char *name = NULL;
  g_autofree char *settings = NULL;
  PstLayerRef      layer;

  if (! read_material (&material, content, styles, error))
    return PST_NO_ITEM;

  style_name = pst_styles_dup_name (styles);
  /* Translators: name of the new layer; %s is the name of the style. */
  name = g_strdup_printf (_ ("Pastiche (%s)"), style_name);
  settings = pst_layer_settings_new (params, styles, content->image);

  canvas = pst_canvas_new (content, name, settings);
  if (with_window)
    window = pst_run_window_new (name);
  else
    gimp_progress_init (_ ("Neural style transfer"));

  job = pst_job_new (prepare, fit, &material);
  picture = follow (content, canvas, job, window, error);
  layer = picture ? pst_canvas_finish (canvas, picture, error) : PST_NO_ITEM;

  if (! with_window)
    gimp_progress_end ();
  return layer;
}

PstLayerRef
pst_restyle (PstImageRef      image,
             PstDrawableRef   drawable,
             const PstStyles *styles,
             const PstParams *params,
             const PstSketch *sketch,
             gboolean         with_window,
             GError         **error)
{
  g_auto (PstContent) content = { 0 };

  if (! pst_content_find (&content, image, drawable, error)
      || ! pst_styles_check (styles, &content, error))
    return PST_NO_ITEM;
  pst_styles_fit_content (styles, &content);
  return run (&content, styles, params, sketch, with_window, error);
}
