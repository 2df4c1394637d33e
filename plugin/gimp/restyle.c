/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.c: one whole run, from the active layer to the new one
 *
 * A worker thread optimises (job.h); this, the main thread, wakes up ten times
 * a second, shows how far it is, and looks whether the run still makes sense:
 * the user can edit, undo and close the image meanwhile.
 */
#include "restyle.h"

#include <gegl.h>
#include <glib/gi18n-lib.h>

#include "canvas.h"
#include "job.h"
#include "layer-settings.h"
#include "plugin/network.h"
#include "run-window.h"

#define TICK_MS 100

/* The picture on the canvas is renewed at most once a second, and may take a
 * tenth of the time. */
#define PICTURE_INTERVAL (1 * G_USEC_PER_SEC)
#define PICTURE_SHARE    10

typedef struct
{
  const PstContent *content;
  PstCanvas        *canvas;
  PstJob           *job;
  PstRunWindow     *window;         /* NULL: progress goes to GIMP */
  GMainLoop        *loop;
  gint64            next_picture;   /* when to ask for it, monotonic time */
  double            fraction;       /* last told to GIMP */
  GError           *error;          /* why the run is being given up */
} Run;

gboolean
pst_restyle_can_show_window (void)
{
  const char *display = gimp_display_name ();

  return display && *display;
}

static void
give_up (Run    *run,
         GError *error)
{
  run->error = error;
  pst_job_stop (run->job);
}

/* Gives up if the user pressed Cancel or has taken the ground away. */
static void
check_user (Run *run)
{
  GError *error = NULL;

  if (! pst_content_is_intact (run->content, &error) ||
      ! pst_canvas_is_intact (run->canvas, &error))
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
      pst_job_stop (run->job);
      break;

    case PST_RUN_CANCEL:
      give_up (run, g_error_new_literal (PST_ERROR, PST_ERROR_CANCELLED,
                                         _("Cancelled")));
      break;
    }
}

static void
show_progress (Run               *run,
               const PstProgress *progress)
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

static void
show_picture (Run *run)
{
  const gint64         start = g_get_monotonic_time ();
  g_autoptr (PstImage) picture = pst_job_take_picture (run->job);

  if (picture)
    {
      gint64 end;

      pst_canvas_show (run->canvas, picture);
      end = g_get_monotonic_time ();
      run->next_picture = end + MAX (PICTURE_INTERVAL,
                                     PICTURE_SHARE * (end - start));
    }
  else if (start >= run->next_picture)
    {
      pst_job_request_picture (run->job);
      run->next_picture = G_MAXINT64;
    }
}

static gboolean
tick (gpointer data)
{
  Run         *run = data;
  PstProgress  progress;

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
        show_picture (run);
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

  if (! run.error)
    pst_content_is_intact (content, &run.error);
  if (run.error)
    {
      g_propagate_error (error, run.error);
      return NULL;
    }
  return pst_job_finish (job, error);
}

/* Reads the pictures and prepares the transfer. */
static PstTransfer *
prepare (PstContent       *content,
         const PstStyles  *styles,
         const PstParams  *params,
         GError          **error)
{
  g_autoptr (PstModel)      model = NULL;
  g_auto (PstStylePictures) pictures = { 0 };
  PstSettings               settings;
  int                       threads = 0;

  model = pst_network_load (params->network, gimp_get_progname (), error);
  if (! model ||
      ! pst_styles_read (styles, content, &pictures, error) ||
      ! pst_content_read (content, error))
    return NULL;
  content->painted = g_steal_pointer (&pictures.painted);

  g_object_get (gegl_config (), "threads", &threads, NULL);
  settings = pst_params_to_settings (params, CLAMP (threads, 0, 64));
  return pst_transfer_new (model, content->pixels,
                           pictures.pictures, pictures.n_pictures,
                           &settings, /* targets= */ NULL, error);
}

/* The work itself; @content is found and fits the styles. */
static PstLayerRef
run (PstContent       *content,
     const PstStyles  *styles,
     const PstParams  *params,
     gboolean          with_window,
     GError          **error)
{
  g_autoptr (PstTransfer)  transfer = prepare (content, styles, params, error);
  g_autoptr (PstJob)       job = NULL;
  g_autoptr (PstCanvas)    canvas = NULL;
  g_autoptr (PstRunWindow) window = NULL;
  g_autoptr (PstImage)     picture = NULL;
  g_autofree char         *style_name = NULL;
  g_autofree char         *name = NULL;
  g_autofree char         *settings = NULL;
  PstLayerRef              layer;

  if (! transfer)
    return PST_NO_ITEM;

  style_name = pst_styles_dup_name (styles);
  /* Translators: name of the new layer; %s is the name of the style. */
  name = g_strdup_printf (_("Pastiche (%s)"), style_name);
  settings = pst_layer_settings_new (params, styles, content->image);

  canvas = pst_canvas_new (content, name);
  if (with_window)
    window = pst_run_window_new (name);
  else
    gimp_progress_init (_("Neural style transfer"));

  job = pst_job_new (g_steal_pointer (&transfer));
  picture = follow (content, canvas, job, window, error);
  layer = picture ? pst_canvas_finish (canvas, picture, settings, error)
                  : PST_NO_ITEM;

  if (! with_window)
    gimp_progress_end ();
  return layer;
}

PstLayerRef
pst_restyle (PstImageRef       image,
             PstDrawableRef    drawable,
             const PstStyles  *styles,
             const PstParams  *params,
             gboolean          with_window,
             GError          **error)
{
  g_auto (PstContent) content = { 0 };

  if (! pst_content_find (&content, image, drawable, error) ||
      ! pst_styles_check (styles, &content, error))
    return PST_NO_ITEM;
  pst_styles_fit_content (styles, &content);
  return run (&content, styles, params, with_window, error);
}
