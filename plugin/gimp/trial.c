/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trial.c: the run that the dialog shows */
#include "trial.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "job.h"
#include "pixbuf.h"
#include "plugin/network.h"

/* Iterations after which the speed is worth telling, and seconds. */
#define MIN_ITERATIONS 3
#define MIN_SECONDS    0.3

/* The job's thread has it while the job runs. */
typedef struct
{
  const PstImage *content;
  const char     *program;
  int             threads;

  PstParams     params;                 /* what to do; owned */
  PstTrialStyle styles[PST_MAX_STYLES]; /* what they have is borrowed */
  int           n_styles;

  PstModel      *model;      /* the last one used; owned, NULL: none */
  char          *network;    /* its name; owned */
  PstStyleCache *targets;    /* owned */
  GHashTable    *files;      /* size and path to PstImage, those read so far */
  double         operations; /* of the whole run */
} Work;

struct _PstTrial
{
  Work          work;
  char         *program; /* owned */
  PstJob       *job;     /* NULL: not busy */
  gboolean      stopped; /* since it was started */
  PstProgress   progress;
  PstImage     *picture; /* the newest; owned, NULL: none, or taken */
  gboolean      is_new;  /* it has not been asked for */
  PstTrialFacts facts;
  GError       *error; /* what the facts say; NULL: nothing */
  gint64        clock; /* when counting began, monotonic time */
  int           clock_iteration;
};

PstTrial *
pst_trial_new (const char *program, int threads)
{
  PstTrial *trial = g_new0 (PstTrial, 1);

  trial->program = g_strdup (program);
  trial->work.program = trial->program;
  trial->work.threads = threads;
  trial->work.targets = pst_style_cache_new ();
  trial->work.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) pst_image_free);
  return trial;
}

int
pst_trial_get_side (const PstParams *params)
{
  int factor = 1;

  /* Few sizes, since files are kept at each. */
  while (factor < params->style_scale)
    factor *= 2;
  return PST_TRIAL_SIDE * factor;
}

/* ---- in the job's thread ------------------------------------------------ */

/* Loads the network unless it is the one in hand. */
static gboolean
load_network (Work *work, GError **error)
{
  if (work->model && g_strcmp0 (work->network, work->params.network) == 0)
    return TRUE;

  g_clear_pointer (&work->model, pst_model_unref);
  g_free (work->network);
  work->network = g_strdup (work->params.network);
  work->model = pst_network_load (work->network, work->program, error);
  return work->model != NULL;
}

static PstImage *
read_file (const char *path, int side, GError **error)
{
  int width, height;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (gdk_pixbuf_get_file_info (path, &width, &height))
    {
      pst_pixbuf_fit (side, &width, &height);
      pixbuf =
        gdk_pixbuf_new_from_file_at_scale (path, width, height, FALSE, error);
    }
  else
    {
      pixbuf = gdk_pixbuf_new_from_file (path, error);
    }
  return pixbuf ? pst_pixbuf_to_image (pixbuf, error) : NULL;
}

/* Reads the style's file unless that was done before. */
static const PstImage *
find_style (Work *work, const PstTrialStyle *style, GError **error)
{
  const int        side = pst_trial_get_side (&work->params);
  g_autofree char *key = NULL;
  PstImage        *image;

  if (style->image)
    return style->image;

  key = g_strdup_printf ("%d %s", side, style->path);
  image = g_hash_table_lookup (work->files, key);
  if (! image)
    {
      image = read_file (style->path, side, error);
      if (image)
        g_hash_table_insert (work->files, g_steal_pointer (&key), image);
    }
  return image;
}

/* Fills in @pictures, and the size of the largest. */
static gboolean
find_styles (Work            *work,
             PstStylePicture *pictures,
             int             *ret_width,
             int             *ret_height,
             GError         **error)
{
  *ret_width = *ret_height = 0;
  for (int i = 0; i < work->n_styles; i++)
    {
      const PstTrialStyle *style = &work->styles[i];
      const PstImage      *image = find_style (work, style, error);

      if (! image)
        return FALSE;
      *ret_width = MAX (*ret_width, image->width);
      *ret_height = MAX (*ret_height, image->height);
      pictures[i] = (PstStylePicture){ image, style->weight, style->region };
    }
  return TRUE;
}

static PstTransfer *
prepare (gpointer data, GError **error)
{
  Work           *work = data;
  const PstImage *content = work->content;
  PstSettings settings = pst_params_to_settings (&work->params, work->threads);
  PstStylePicture styles[PST_MAX_STYLES];
  PstEstimate     estimate;
  int             width, height;

  if (! load_network (work, error)
      || ! find_styles (work, styles, &width, &height, error)
      || ! pst_transfer_estimate (
        work->model, content->width, content->height,
        ! pst_image_is_opaque (content), width, height, work->n_styles,
        pst_style_pictures_count_regions (styles, work->n_styles), &settings,
        &estimate, error))
    return NULL;
  work->operations = estimate.operations;
  return pst_transfer_new (work->model, content, styles, work->n_styles,
                           &settings, work->targets, error);
}

/* ---- in the caller's ---------------------------------------------------- */

void
pst_trial_start (PstTrial            *trial,
                 const PstImage      *content,
                 const PstTrialStyle *styles,
                 int                  n_styles,
                 const PstParams     *params)
{
  Work *work = &trial->work;

  g_return_if_fail (trial->job == NULL);
  g_return_if_fail (n_styles >= 1 && n_styles <= PST_MAX_STYLES);

  work->content = content;
  memcpy (work->styles, styles, n_styles * sizeof *styles);
  work->n_styles = n_styles;
  pst_params_clear (&work->params);
  pst_params_copy (&work->params, params);

  if (g_strcmp0 (work->network, work->params.network) != 0)
    {
      trial->facts.model = NULL; /* the job will drop it */
      trial->facts.speed = 0;
    }
  g_clear_error (&trial->error);
  trial->facts.problem = NULL;
  trial->facts.fraction = 0;
  trial->facts.share = 0;
  trial->clock = 0;
  trial->stopped = FALSE;
  trial->progress = (PstProgress){ 0 };
  g_clear_pointer (&trial->picture, pst_image_free);
  trial->is_new = FALSE;
  trial->job = pst_job_new (prepare, NULL, work);
  pst_job_request_picture (trial->job);
}

void
pst_trial_stop (PstTrial *trial)
{
  trial->stopped = TRUE;
  if (trial->job)
    pst_job_stop (trial->job, /* keep= */ FALSE);
}

/* Counts from the first iteration on, so that preparing does not matter. */
static void
measure_speed (PstTrial *trial)
{
  const PstProgress *progress = &trial->progress;
  const gint64       now = g_get_monotonic_time ();
  const int          n = progress->iteration - trial->clock_iteration;
  double             seconds;

  if (trial->clock == 0 && progress->iteration > 0)
    {
      trial->clock = now;
      trial->clock_iteration = progress->iteration;
    }
  else if (trial->clock > 0 && n >= MIN_ITERATIONS)
    {
      seconds = (now - trial->clock) / 1e6;
      /* The content's features and the style's Gram matrices cost about as much
       * as an iteration. */
      if (seconds >= MIN_SECONDS)
        trial->facts.speed =
          trial->work.operations * n / seconds / (progress->max_iterations + 1);
    }
}

/* @picture: taken over; NULL: none is new.  Returns whether there is one. */
static gboolean
set_picture (PstTrial *trial, PstImage *picture)
{
  if (! picture)
    return FALSE;

  pst_image_free (trial->picture);
  trial->picture = picture;
  trial->is_new = TRUE;
  return TRUE;
}

/* The job ends. */
static void
finish (PstTrial *trial)
{
  set_picture (trial, pst_job_finish (trial->job, &trial->error));
  pst_job_get_progress (trial->job, &trial->progress);
  if (g_error_matches (trial->error, PST_ERROR, PST_ERROR_CANCELLED))
    g_clear_error (&trial->error);
  trial->facts.problem = trial->error ? trial->error->message : NULL;
  trial->facts.model = trial->work.model;
  g_clear_pointer (&trial->job, pst_job_free);
}

gboolean
pst_trial_poll (PstTrial *trial)
{
  const PstProgress *progress = &trial->progress;
  gboolean           running;

  if (! trial->job)
    return FALSE;

  running = pst_job_get_progress (trial->job, &trial->progress);
  trial->facts.fraction = progress->fraction;
  if (running && progress->n_scales > 0) /* it has been prepared */
    {
      trial->facts.model = trial->work.model;
      measure_speed (trial);
    }

  if (set_picture (trial, pst_job_take_picture (trial->job)))
    pst_job_request_picture (trial->job);
  if (progress->done)
    trial->facts.share =
      (double) progress->iteration / progress->max_iterations;
  if (! running)
    finish (trial);
  return running;
}

const PstImage *
pst_trial_get_picture (PstTrial *trial)
{
  if (! trial->is_new)
    return NULL;

  trial->is_new = FALSE;
  return trial->picture;
}

/* Whether the picture is of the trial's own size: something has been done, and
 * the last scale has begun. */
static gboolean
has_sketch (const PstTrial *trial)
{
  const PstProgress *progress = &trial->progress;

  return ! trial->error && progress->fraction > 0
         && progress->scale == progress->n_scales - 1;
}

void
pst_trial_take_sketch (PstTrial *trial, PstSketch *ret_sketch)
{
  *ret_sketch = (PstSketch){ 0 };
  if (trial->stopped)
    return;

  if (trial->job)
    {
      pst_job_stop (trial->job, /* keep= */ TRUE);
      finish (trial);
    }
  if (! has_sketch (trial))
    return;
  ret_sketch->picture = g_steal_pointer (&trial->picture);
  ret_sketch->iterations =
    trial->progress.done ? G_MAXINT : trial->progress.iteration;
}

const PstTrialFacts *
pst_trial_get_facts (const PstTrial *trial)
{
  return &trial->facts;
}

void
pst_trial_free (PstTrial *trial)
{
  if (! trial)
    return;

  pst_job_free (trial->job);
  pst_image_free (trial->picture);
  g_clear_error (&trial->error);
  pst_params_clear (&trial->work.params);
  pst_model_unref (trial->work.model);
  g_free (trial->work.network);
  pst_style_cache_free (trial->work.targets);
  g_hash_table_unref (trial->work.files);
  g_free (trial->program);
  g_free (trial);
}
