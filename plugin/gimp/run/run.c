/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c: one whole run, from the content to the new layer
 *
 * A worker thread optimizes (job.h).  The main thread, here, wakes up ten times
 * a second, shows the progress, and checks whether the run still makes sense:
 * the user can edit, undo and close the image during the run.
 */
#include "run.h"

#include <glib/gi18n-lib.h>

#include "canvas.h"
#include "countdown.h"
#include "job.h"
#include "plugin/gimp/image/pictures.h"
#include "plugin/gimp/image/result-name.h"
#include "plugin/gimp/image/scaled-size.h"
#include "plugin/find-model.h"
#include "run-window.h"

#define TICK_MS 100

/* The picture on the canvas is updated at most once a second, and not before
 * twice the time has passed that showing it took. */
#define PICTURE_INTERVAL (1 * G_USEC_PER_SEC)
#define PICTURE_PAUSE    2

typedef struct
{
  const PstContent *content;
  PstCanvas        *canvas;
  PstJob           *job;
  PstRunWindow     *window;   /* NULL: progress goes to GIMP */
  double            promised; /* seconds; 0: none */
  GMainLoop        *loop;
  gint64            since;         /* when it began, monotonic time */
  gint64            next_picture;  /* when to ask for it, monotonic time */
  gint64            showing_since; /* the one that is being shown; 0: none */
  double            fraction;      /* last told to GIMP */
  GError           *error;         /* why the run is being given up */
} Run;

static void
give_up (Run *run, GError *error)
{
  run->error = error;
  pst_job_stop (run->job, /* keep= */ FALSE);
}

/* Gives up if the user has pressed Cancel or removed what the run needs. */
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
  double elapsed = (g_get_monotonic_time () - run->since) / 1e6;

  if (run->window)
    {
      pst_run_window_update (run->window, progress,
                             pst_countdown_get (run->promised, elapsed,
                                                progress));
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
  gint64 now = g_get_monotonic_time ();

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
        double            promised,
        GError          **error)
{
  Run run = { content, canvas, job, window, promised };

  run.since = g_get_monotonic_time ();
  run.loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (TICK_MS, tick, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);

  /* What has happened since the last check counts, too. */
  if (! run.error)
    check_user (&run);
  if (run.error)
    {
      g_propagate_error (error, run.error);
      return NULL;
    }
  return pst_job_finish (job, error);
}

/* The inputs of the transfer. */
typedef struct
{
  const PstParams *params;
  const PstSketch *sketch;
  PstPictures      pictures; /* owned */
} Material;

static void
material_clear (Material *material)
{
  pst_pictures_clear (&material->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

/* In the job's thread: a large network takes a while to load, and large
 * pictures to be scaled. */
static PstTransfer *
prepare (gpointer data, GError **error)
{
  const Material    *material = data;
  const PstPictures *pictures = &material->pictures;
  PstStylePicture    styles[PST_MAX_STYLES];
  PstSettings        settings = material->params->settings;
  g_autoptr (PstModel) model = NULL;
  g_autoptr (PstTransfer) transfer = NULL;

  model = pst_model_find (material->params->model, gimp_get_progname (), error);
  if (! model)
    return NULL;
  for (int i = 0; i < pictures->n_styles; i++)
    {
      const PstStyleSource *style = &pictures->styles[i];

      styles[i] =
        (PstStylePicture){ style->image, style->weight, style->region };
    }
  settings.memory_held = pst_process_bytes ();
  transfer = pst_transfer_new (model,
                               &(PstInputPictures){ pictures->content, styles,
                                                    pictures->n_styles },
                               &settings, /* cache= */ NULL, error);
  if (! transfer || ! pst_sketch_begin (material->sketch, transfer, error))
    return NULL;
  return g_steal_pointer (&transfer);
}

/* In the job's thread, too. */
static PstImage *
finish (PstImage *picture, gpointer data, GError **error)
{
  const Material *material = data;

  return pst_pictures_finish (&material->pictures, picture, error);
}

PstLayerRef
pst_run (const PstRequest    *request,
         const PstRunOptions *options,
         GError             **error)
{
  const PstContent *content = &request->content;
  int side = pst_run_side (request->params.settings.size, content->area.width,
                           content->area.height);
  g_auto (Material) material = { &request->params, options->sketch };
  g_autoptr (PstJob) job = NULL;
  g_autoptr (PstCanvas) canvas = NULL;
  g_autoptr (PstRunWindow) window = NULL;
  g_autoptr (PstImage) picture = NULL;
  g_autofree char *name = NULL;
  PstLayerRef      layer;

  if (! pst_request_check (request, error)
      || ! pst_request_check_size (request, error)
      || ! pst_pictures_read_content (&material.pictures, content, side, error)
      || ! pst_pictures_read_styles (&material.pictures, request, 0, error))
    return PST_NO_ITEM;

  name = pst_result_name_new (request, options->replaced);
  canvas = pst_canvas_new (request, name, options->replaced);
  if (options->has_window)
    window = pst_run_window_new (name);
  else
    gimp_progress_init (_ ("Neural style transfer"));

  job = pst_job_new (prepare, finish, &material);
  picture = follow (content, canvas, job, window, options->promised, error);
  layer = picture ? pst_canvas_finish (canvas, picture, error) : PST_NO_ITEM;

  if (! options->has_window)
    gimp_progress_end ();
  return layer;
}
