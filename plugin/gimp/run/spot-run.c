/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-run.c: a spot of the result at its own size, while the dialog is open */
#include "spot-run.h"

#include <string.h>

#include "job.h"
#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/scaled-size.h"

/* Styles' files that are remembered, unless there are more at a time. */
#define MAX_FILES 4

/* The job's thread has it while the job runs. */
typedef struct
{
  PstModel      *model; /* owned */
  PstSpotSources sources;
  PstParams      params;
  PstStyleCache *targets; /* owned */
  GHashTable    *files;   /* file_key() to PstSampledPicture, which owns what it
                           * has */
} Work;

struct _PstSpotRun
{
  Work      work;
  PstJob   *job;     /* NULL: not busy */
  gboolean  stopped; /* since it was started */
  double    fraction;
  PstImage *picture; /* the newest; owned, NULL: none, or taken */
  GError   *error;
};

static void
file_free (gpointer data)
{
  PstSampledPicture *file = data;

  pst_image_free ((PstImage *) file->whole);
  for (int i = 0; i < file->n_areas; i++)
    pst_image_free ((PstImage *) file->parts[i]);
  g_free (file);
}

PstSpotRun *
pst_spot_run_new (void)
{
  PstSpotRun *run = g_new0 (PstSpotRun, 1);

  pst_params_init (&run->work.params);
  run->work.targets = pst_style_cache_new ();
  run->work.files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  return run;
}

/* ---- in the job's thread ------------------------------------------------ */

static PstImage *
dup_area (const PstImage *image, const PstArea *area, GError **error)
{
  PstImage *part = pst_image_new (area->width, area->height, error);
  gsize     row = 4 * (gsize) area->width;

  for (int y = 0; part && y < area->height; y++)
    memcpy (part->pixels + y * row,
            image->pixels
              + 4 * ((gsize) (area->y + y) * image->width + area->x),
            sizeof (float) * row);
  return part;
}

/* The areas that are wanted of a file, whose picture is @full. */
static gboolean
cut_areas (const PstImage *full, PstSampledPicture *picture, GError **error)
{
  for (int i = 0; i < picture->n_areas; i++)
    {
      picture->parts[i] = dup_area (full, &picture->areas[i], error);
      if (! picture->parts[i])
        {
          picture->n_areas = i;
          return FALSE;
        }
    }
  return TRUE;
}

/* Owned by the caller. */
static PstSampledPicture *
read_file (const Work *work, const char *path, GError **error)
{
  const PstSettings *settings = &work->params.settings;
  g_autoptr (PstImage) full =
    pst_pixbuf_read_image (path, PST_IMAGE_MAX_SIDE, error);
  PstSampledPicture *file;
  int                sides[PST_SPOT_MAX_AREAS];
  PstSize            whole;

  if (! full)
    return NULL;

  file = g_new0 (PstSampledPicture, 1);
  whole = file->size = (PstSize){ full->width, full->height };
  pst_scaled_size (PST_SPOT_WHOLE_SIDE, &whole.width, &whole.height);
  file->n_areas =
    pst_spot_list_style_areas (work->sources.inputs.content.size, settings,
                               file->size, file->areas, sides);
  if (cut_areas (full, file, error))
    file->whole = pst_image_resize (full, whole.width, whole.height, error);
  if (! file->whole)
    g_clear_pointer (&file, file_free);
  return file;
}

/* What depends on more than the path: the size that it is taken at. */
static char *
file_key (const Work *work, const char *path)
{
  const PstSize *content = &work->sources.inputs.content.size;

  return g_strdup_printf ("%d %d %d %g %s", content->width, content->height,
                          work->params.settings.size,
                          work->params.settings.style_scale, path);
}

/* Reads the style's file unless that was done before. */
static gboolean
find_file (Work *work, int index, GError **error)
{
  const char        *path = work->sources.paths[index];
  g_autofree char   *key = file_key (work, path);
  PstSampledPicture *file = g_hash_table_lookup (work->files, key);

  if (! file)
    {
      file = read_file (work, path, error);
      if (! file)
        return FALSE;
      g_hash_table_insert (work->files, g_steal_pointer (&key), file);
    }
  work->sources.inputs.styles[index].picture = *file;
  return TRUE;
}

static PstSpot *
prepare (gpointer data, GError **error)
{
  Work *work = data;

  if (g_hash_table_size (work->files) >= MAX_FILES)
    g_hash_table_remove_all (work->files);
  for (int i = 0; i < work->sources.inputs.n_styles; i++)
    if (work->sources.paths[i] && ! find_file (work, i, error))
      return NULL;
  return pst_spot_new (work->model, &work->sources.inputs,
                       &work->params.settings, work->targets, error);
}

/* ---- in the caller's ---------------------------------------------------- */

void
pst_spot_run_start (PstSpotRun           *run,
                    PstModel             *model,
                    const PstSpotSources *sources,
                    const PstParams      *params)
{
  Work *work = &run->work;

  g_return_if_fail (run->job == NULL);

  pst_model_ref (model);
  pst_model_unref (work->model);
  work->model = model;
  work->sources = *sources;
  pst_params_clear (&work->params);
  pst_params_copy (&work->params, params);
  g_clear_error (&run->error);
  g_clear_pointer (&run->picture, pst_image_free);
  run->fraction = 0;
  run->stopped = FALSE;
  run->job = pst_job_new_spot (prepare, work);
  pst_job_request_picture (run->job);
}

void
pst_spot_run_stop (PstSpotRun *run)
{
  run->stopped = TRUE;
  g_clear_pointer (&run->picture, pst_image_free);
  if (run->job)
    pst_job_stop (run->job, /* keep= */ FALSE);
}

/* @picture: taken over; NULL: none is new.  Returns whether there is one. */
static gboolean
set_picture (PstSpotRun *run, PstImage *picture)
{
  if (! picture)
    return FALSE;

  pst_image_free (run->picture);
  run->picture = picture;
  return TRUE;
}

static void
finish (PstSpotRun *run)
{
  set_picture (run, pst_job_finish (run->job, &run->error));
  if (g_error_matches (run->error, PST_ERROR, PST_ERROR_CANCELLED))
    g_clear_error (&run->error);
  g_clear_pointer (&run->job, pst_job_free);
}

gboolean
pst_spot_run_poll (PstSpotRun *run)
{
  PstProgress progress;
  gboolean    running;

  if (! run->job)
    return FALSE;

  running = pst_job_get_progress (run->job, &progress);
  run->fraction = progress.fraction;
  if (set_picture (run, pst_job_take_picture (run->job)))
    pst_job_request_picture (run->job);
  if (! running)
    finish (run);
  return running;
}

PstImage *
pst_spot_run_take_picture (PstSpotRun *run)
{
  return run->stopped ? NULL : g_steal_pointer (&run->picture);
}

double
pst_spot_run_get_fraction (const PstSpotRun *run)
{
  return run->fraction;
}

const char *
pst_spot_run_get_problem (const PstSpotRun *run)
{
  return run->error ? run->error->message : NULL;
}

void
pst_spot_run_free (PstSpotRun *run)
{
  if (! run)
    return;

  pst_job_free (run->job);
  pst_image_free (run->picture);
  g_clear_error (&run->error);
  pst_model_unref (run->work.model);
  pst_params_clear (&run->work.params);
  pst_style_cache_free (run->work.targets);
  g_hash_table_unref (run->work.files);
  g_free (run);
}
