/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview-run.c: the run that the dialog shows */
#include "preview-run.h"

#include <math.h>
#include <string.h>

#include "job.h"
#include "plugin/gimp/image/pixbuf.h"
#include "plugin/find-model.h"

/* Iterations, and seconds, after which the speed is reliable. */
#define MIN_ITERATIONS 3
#define MIN_SECONDS    0.3
/* Differences of the speed that may be chance: with them the estimate of the
 * time would wander while the user looks at it. */
#define CHANCE 0.15

/* The job's thread has it while the job runs. */
typedef struct
{
  const PstImage *content;
  const char     *program;

  const PstParams *params;                 /* what to do; borrowed */
  PstStyleSource   styles[PST_MAX_STYLES]; /* what they have is borrowed */
  int              n_styles;

  PstModel      *model;      /* the last one used; owned, NULL: none */
  char          *model_name; /* its name; owned */
  PstStyleCache *cache;      /* owned */
  GHashTable    *files;      /* size and path to PstImage, those read so far */
  double         operations; /* of the whole run */
} Work;

struct _PstPreviewRun
{
  Work             work;
  char            *program; /* owned */
  PstJob          *job;     /* NULL: not busy */
  gboolean         stopped; /* since it was started */
  PstProgress      progress;
  PstImage        *picture; /* the newest; owned, NULL: none, or taken */
  gboolean         is_new;  /* it has not been asked for */
  PstPreviewStatus status;
  PstQuality       quality; /* that the share is of */
  GError          *error;   /* what the status says; NULL: nothing */
  gint64           clock;   /* when counting began, monotonic time */
  int              clock_iteration;
};

PstPreviewRun *
pst_preview_run_new (const char *program)
{
  PstPreviewRun *run = g_new0 (PstPreviewRun, 1);

  run->program = g_strdup (program);
  run->work.program = run->program;
  run->work.cache = pst_style_cache_new ();
  run->work.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) pst_image_free);
  return run;
}

int
pst_preview_run_get_side (const PstParams *params)
{
  int factor = 1;

  /* Few sizes, since scaled files are cached for each. */
  while (factor < params->settings.style_scale)
    factor *= 2;
  return PST_PREVIEW_SIDE * factor;
}

/* ---- in the job's thread ------------------------------------------------ */

/* Loads the model unless it is the current one. */
static gboolean
load_model (Work *work, GError **error)
{
  if (work->model && g_strcmp0 (work->model_name, work->params->model) == 0)
    return TRUE;

  g_clear_pointer (&work->model, pst_model_unref);
  g_free (work->model_name);
  work->model_name = g_strdup (work->params->model);
  work->model = pst_model_find (work->model_name, work->program, error);
  return work->model != NULL;
}

/* Reads the style's file unless that was done before. */
static const PstImage *
find_style (Work *work, const PstStyleSource *style, GError **error)
{
  int              side = pst_preview_run_get_side (work->params);
  g_autofree char *key = NULL;
  PstImage        *image;

  if (style->image)
    return style->image;

  key = g_strdup_printf ("%d %s", side, style->path);
  image = g_hash_table_lookup (work->files, key);
  if (! image)
    {
      image = pst_pixbuf_read_image (style->path, side, error);
      if (image)
        g_hash_table_insert (work->files, g_steal_pointer (&key), image);
    }
  return image;
}

static gboolean
find_styles (Work *work, PstStylePicture *ret_pictures, GError **error)
{
  for (int i = 0; i < work->n_styles; i++)
    {
      const PstStyleSource *style = &work->styles[i];
      const PstImage       *image = find_style (work, style, error);

      if (! image)
        return FALSE;
      ret_pictures[i] =
        (PstStylePicture){ image, style->weight, style->region };
    }
  return TRUE;
}

static PstTransfer *
prepare (gpointer data, GError **error)
{
  Work              *work = data;
  const PstSettings *settings = &work->params->settings;
  PstStylePicture    styles[PST_MAX_STYLES];
  PstInputPictures   pictures = { work->content, styles, work->n_styles };
  PstInputSizes      sizes;
  PstEstimate        estimate;

  if (! load_model (work, error) || ! find_styles (work, styles, error))
    return NULL;
  pst_input_sizes_init (&sizes, &pictures);
  if (! pst_transfer_estimate (work->model, &sizes, settings, &estimate, error))
    return NULL;
  work->operations = estimate.operations;
  return pst_transfer_new (work->model, &pictures, settings, work->cache,
                           error);
}

/* ---- in the caller's ---------------------------------------------------- */

void
pst_preview_run_start (PstPreviewRun        *run,
                       const PstImage       *content,
                       const PstStyleSource *styles,
                       int                   n_styles,
                       const PstParams      *params)
{
  Work *work = &run->work;

  g_return_if_fail (run->job == NULL);
  g_return_if_fail (n_styles >= 1 && n_styles <= PST_MAX_STYLES);

  work->content = content;
  memcpy (work->styles, styles, n_styles * sizeof *styles);
  work->n_styles = n_styles;
  work->params = params;

  if (g_strcmp0 (work->model_name, work->params->model) != 0)
    {
      run->status.model = NULL; /* the job will drop it */
      run->status.speed = 0;
    }
  g_clear_error (&run->error);
  run->status.problem = NULL;
  run->status.fraction = 0;
  if (run->quality != params->settings.quality)
    run->status.share = 0;
  run->quality = params->settings.quality;
  run->clock = 0;
  run->stopped = FALSE;
  run->progress = (PstProgress){ 0 };
  g_clear_pointer (&run->picture, pst_image_free);
  run->is_new = FALSE;
  run->job = pst_job_new (prepare, NULL, work);
  pst_job_request_picture (run->job);
}

void
pst_preview_run_stop (PstPreviewRun *run)
{
  run->stopped = TRUE;
  if (run->job)
    pst_job_stop (run->job, /* keep= */ FALSE);
}

static void
set_speed (PstPreviewRun *run, double speed)
{
  double known = run->status.speed;

  if (fabs (speed - known) > CHANCE * known)
    run->status.speed = speed;
}

/* Counts from the first iteration, so that preparation is left out. */
static void
measure_speed (PstPreviewRun *run)
{
  const PstProgress *progress = &run->progress;
  gint64             now = g_get_monotonic_time ();
  int                n = progress->iteration - run->clock_iteration;
  double             seconds;

  if (run->clock == 0 && progress->iteration > 0)
    {
      run->clock = now;
      run->clock_iteration = progress->iteration;
    }
  else if (run->clock > 0 && n >= MIN_ITERATIONS)
    {
      seconds = (now - run->clock) / 1e6;
      /* The content's features and the style's Gram matrices cost about as much
       * as an iteration. */
      if (seconds >= MIN_SECONDS)
        set_speed (run, run->work.operations * n / seconds
                          / (progress->max_iterations + 1));
    }
}

/* @picture: taken over; NULL: none is new.  Returns whether there is one. */
static gboolean
set_picture (PstPreviewRun *run, PstImage *picture)
{
  if (! picture)
    return FALSE;

  pst_image_free (run->picture);
  run->picture = picture;
  run->is_new = TRUE;
  return TRUE;
}

/* The job ends. */
static void
finish (PstPreviewRun *run)
{
  set_picture (run, pst_job_finish (run->job, &run->error));
  pst_job_get_progress (run->job, &run->progress);
  if (g_error_matches (run->error, PST_ERROR, PST_ERROR_CANCELLED))
    g_clear_error (&run->error);
  run->status.problem = run->error ? run->error->message : NULL;
  run->status.model = run->work.model;
  g_clear_pointer (&run->job, pst_job_free);
}

gboolean
pst_preview_run_poll (PstPreviewRun *run)
{
  const PstProgress *progress = &run->progress;
  gboolean           running;

  if (! run->job)
    return FALSE;

  running = pst_job_get_progress (run->job, &run->progress);
  run->status.fraction = progress->fraction;
  if (running && progress->n_scales > 0) /* it has been prepared */
    {
      run->status.model = run->work.model;
      measure_speed (run);
    }

  if (set_picture (run, pst_job_take_picture (run->job)))
    pst_job_request_picture (run->job);
  if (progress->done)
    run->status.share = (double) progress->iteration / progress->max_iterations;
  if (! running)
    finish (run);
  return running;
}

const PstImage *
pst_preview_run_get_picture (PstPreviewRun *run)
{
  if (! run->is_new)
    return NULL;

  run->is_new = FALSE;
  return run->picture;
}

/* Whether the picture is of the run's own size: something has been done, and
 * the last scale has begun. */
static gboolean
has_sketch (const PstPreviewRun *run)
{
  const PstProgress *progress = &run->progress;

  return ! run->error && progress->fraction > 0
         && progress->scale == progress->n_scales - 1;
}

const PstImage *
pst_preview_run_get_end (const PstPreviewRun *run)
{
  return ! run->job && ! run->stopped && ! run->error && run->progress.done
           ? run->picture
           : NULL;
}

void
pst_preview_run_take_sketch (PstPreviewRun *run, PstSketch *ret_sketch)
{
  *ret_sketch = (PstSketch){ 0 };
  if (run->stopped)
    return;

  if (run->job)
    {
      pst_job_stop (run->job, /* keep= */ TRUE);
      finish (run);
    }
  if (! has_sketch (run))
    return;
  ret_sketch->picture = g_steal_pointer (&run->picture);
  ret_sketch->iterations =
    run->progress.done ? G_MAXINT : run->progress.iteration;
}

const PstPreviewStatus *
pst_preview_run_get_status (const PstPreviewRun *run)
{
  return &run->status;
}

void
pst_preview_run_free (PstPreviewRun *run)
{
  if (! run)
    return;

  pst_job_free (run->job);
  pst_image_free (run->picture);
  g_clear_error (&run->error);
  pst_model_unref (run->work.model);
  g_free (run->work.model_name);
  pst_style_cache_free (run->work.cache);
  g_hash_table_unref (run->work.files);
  g_free (run->program);
  g_free (run);
}
