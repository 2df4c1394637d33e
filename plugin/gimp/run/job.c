/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: a transfer, or a spot of one, in a worker thread
 *
 * libgimp and GTK belong to the main thread.  The worker thread only calls the
 * engine; the fields under the mutex are shared.  Making a picture takes the
 * engine some time, so it is done only when the main thread asks for one.
 */
#include "job.h"

#include <pthread.h>

/* What the engine does for it. */
typedef struct
{
  gpointer (*prepare) (const PstJob *job, GError **error);
  gboolean (*step) (gpointer task, PstProgress *ret_progress, GError **error);
  PstImage *(*dup_picture) (gconstpointer task, GError **error);
  void (*cancel) (gpointer task);
  void (*free) (gpointer task);
} Kind;

struct _PstJob
{
  const Kind       *kind;
  PstJobPrepare     prepare;      /* of a transfer */
  PstJobPrepareSpot prepare_spot; /* of a spot */
  PstJobFit         fit;          /* NULL: none */
  gpointer          data;
  GThread          *thread; /* NULL after it was joined */
  GError           *error;  /* the worker's; valid after the join */
  PstImage         *result; /* likewise; NULL: there is an error, or it has been
                             * handed out */
  gpointer          task;   /* a PstTransfer or a PstSpot, owned; NULL: not yet
                             * prepared, or it failed.  Set by the worker, under
                             * the mutex */

  pthread_mutex_t mutex; /* of all that follows; ThreadSanitizer does not
                          * see GLib's */
  gboolean        running;
  gboolean        stopped;
  gboolean        dropped; /* stopped, and no picture is wanted */
  PstProgress     progress;
  gboolean        picture_requested;
  PstImage       *picture; /* of a run that goes on; NULL: none, or taken */
};

/* ---- kinds -------------------------------------------------------------- */

static gpointer
prepare_transfer (const PstJob *job, GError **error)
{
  return job->prepare (job->data, error);
}

static gboolean
step_transfer (gpointer task, PstProgress *ret_progress, GError **error)
{
  return pst_transfer_step (task, ret_progress, error);
}

static PstImage *
dup_result (gconstpointer task, GError **error)
{
  return pst_transfer_dup_result (task, error);
}

static void
cancel_transfer (gpointer task)
{
  pst_transfer_cancel (task);
}

static void
free_transfer (gpointer task)
{
  pst_transfer_free (task);
}

static const Kind transfers = { prepare_transfer, step_transfer, dup_result,
                                cancel_transfer, free_transfer };

static gpointer
prepare_spot (const PstJob *job, GError **error)
{
  return job->prepare_spot (job->data, error);
}

static gboolean
step_spot (gpointer task, PstProgress *ret_progress, GError **error)
{
  return pst_spot_step (task, ret_progress, error);
}

static PstImage *
dup_spot (gconstpointer task, GError **error)
{
  return pst_spot_dup_picture (task, error);
}

static void
cancel_spot (gpointer task)
{
  pst_spot_cancel (task);
}

static void
free_spot (gpointer task)
{
  pst_spot_free (task);
}

static const Kind spots = { prepare_spot, step_spot, dup_spot, cancel_spot,
                            free_spot };

/* ---- the worker --------------------------------------------------------- */

/* The picture as it is, as it is wanted. */
static PstImage *
make_picture (const PstJob *job, GError **error)
{
  PstImage *picture = job->kind->dup_picture (job->task, error);

  return picture && job->fit ? job->fit (picture, job->data, error) : picture;
}

static void
publish (PstJob *job, const PstProgress *progress)
{
  gboolean  requested;
  PstImage *picture;

  pthread_mutex_lock (&job->mutex);
  job->progress = *progress;
  requested = job->picture_requested;
  pthread_mutex_unlock (&job->mutex);
  if (! requested)
    return;

  /* Without memory for it there is no preview; the run continues. */
  picture = make_picture (job, NULL);
  pthread_mutex_lock (&job->mutex);
  pst_image_free (job->picture);
  job->picture = picture;
  job->picture_requested = FALSE;
  pthread_mutex_unlock (&job->mutex);
}

/* Returns whether there is something to run. */
static gboolean
prepare_task (PstJob *job)
{
  gpointer task = job->kind->prepare (job, &job->error);

  pthread_mutex_lock (&job->mutex);
  job->task = task;
  if (task && job->stopped)
    job->kind->cancel (task);
  pthread_mutex_unlock (&job->mutex);
  return task != NULL;
}

/* Makes the final picture unless it is unwanted. */
static void
conclude (PstJob *job)
{
  gboolean dropped;

  pthread_mutex_lock (&job->mutex);
  dropped = job->dropped;
  pthread_mutex_unlock (&job->mutex);

  if (! dropped && g_error_matches (job->error, PST_ERROR, PST_ERROR_CANCELLED))
    g_clear_error (&job->error);
  if (! job->error)
    job->result = make_picture (job, &job->error);
}

static gpointer
work (gpointer data)
{
  PstJob     *job = data;
  PstProgress progress = { .remaining = -1 };

  if (prepare_task (job))
    {
      while (! progress.done
             && job->kind->step (job->task, &progress, &job->error))
        publish (job, &progress);
      conclude (job);
    }

  pthread_mutex_lock (&job->mutex);
  job->running = FALSE;
  pthread_mutex_unlock (&job->mutex);
  return NULL;
}

/* ---- public ------------------------------------------------------------- */

static PstJob *
start (PstJob *job)
{
  job->running = TRUE;
  job->progress.remaining = -1;
  pthread_mutex_init (&job->mutex, NULL);
  job->thread = g_thread_new ("pastiche", work, job);
  return job;
}

PstJob *
pst_job_new (PstJobPrepare prepare, PstJobFit fit, gpointer data)
{
  PstJob *job = g_new0 (PstJob, 1);

  job->kind = &transfers;
  job->prepare = prepare;
  job->fit = fit;
  job->data = data;
  return start (job);
}

PstJob *
pst_job_new_spot (PstJobPrepareSpot prepare, gpointer data)
{
  PstJob *job = g_new0 (PstJob, 1);

  job->kind = &spots;
  job->prepare_spot = prepare;
  job->data = data;
  return start (job);
}

gboolean
pst_job_get_progress (PstJob *job, PstProgress *ret_progress)
{
  gboolean running;

  pthread_mutex_lock (&job->mutex);
  *ret_progress = job->progress;
  running = job->running;
  pthread_mutex_unlock (&job->mutex);
  return running;
}

void
pst_job_request_picture (PstJob *job)
{
  pthread_mutex_lock (&job->mutex);
  job->picture_requested = TRUE;
  pthread_mutex_unlock (&job->mutex);
}

PstImage *
pst_job_take_picture (PstJob *job)
{
  PstImage *picture;

  pthread_mutex_lock (&job->mutex);
  picture = g_steal_pointer (&job->picture);
  pthread_mutex_unlock (&job->mutex);
  return picture;
}

void
pst_job_stop (PstJob *job, gboolean keep)
{
  pthread_mutex_lock (&job->mutex);
  job->stopped = TRUE;
  job->dropped = ! keep;
  if (job->task)
    job->kind->cancel (job->task);
  pthread_mutex_unlock (&job->mutex);
}

PstImage *
pst_job_finish (PstJob *job, GError **error)
{
  g_clear_pointer (&job->thread, g_thread_join);

  if (job->error)
    {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return NULL;
    }
  return g_steal_pointer (&job->result);
}

void
pst_job_free (PstJob *job)
{
  if (! job)
    return;

  if (job->thread)
    {
      pst_job_stop (job, /* keep= */ FALSE);
      g_thread_join (job->thread);
    }
  if (job->task)
    job->kind->free (job->task);
  pst_image_free (job->picture);
  pst_image_free (job->result);
  g_clear_error (&job->error);
  pthread_mutex_destroy (&job->mutex);
  g_free (job);
}
