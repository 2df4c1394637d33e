/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: a transfer in a worker thread
 *
 * libgimp and GTK belong to the main thread.  The worker thread only calls the
 * engine; the fields under the mutex are shared.  Making a picture takes the
 * engine some time, so it is done only when the main thread asks for one.
 */
#include "job.h"

#include <pthread.h>

struct _PstJob
{
  PstJobPrepare prepare;
  PstJobFit     fit; /* NULL: none */
  gpointer      data;
  GThread      *thread;   /* NULL after it was joined */
  GError       *error;    /* the worker's; valid after the join */
  PstImage     *result;   /* likewise; NULL: there is an error, or it has been
                           * handed out */
  PstTransfer  *transfer; /* owned; NULL: not yet prepared, or it failed.  Set
                           * by the worker, under the mutex */

  pthread_mutex_t mutex; /* of all that follows; ThreadSanitizer does not
                          * see GLib's */
  gboolean        running;
  gboolean        stopped;
  gboolean        dropped; /* stopped, and no picture is wanted */
  PstProgress     progress;
  gboolean        picture_requested;
  PstImage       *picture; /* of a run that goes on; NULL: none, or taken */
};

/* The picture as it is, as it is wanted. */
static PstImage *
make_picture (const PstJob *job, GError **error)
{
  PstImage *picture = pst_transfer_dup_result (job->transfer, error);

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

/* Returns whether there is a transfer to run. */
static gboolean
prepare_transfer (PstJob *job)
{
  PstTransfer *transfer = job->prepare (job->data, &job->error);

  pthread_mutex_lock (&job->mutex);
  job->transfer = transfer;
  if (transfer && job->stopped)
    pst_transfer_cancel (transfer);
  pthread_mutex_unlock (&job->mutex);
  return transfer != NULL;
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

  if (prepare_transfer (job))
    {
      while (! progress.done
             && pst_transfer_step (job->transfer, &progress, &job->error))
        publish (job, &progress);
      conclude (job);
    }

  pthread_mutex_lock (&job->mutex);
  job->running = FALSE;
  pthread_mutex_unlock (&job->mutex);
  return NULL;
}

PstJob *
pst_job_new (PstJobPrepare prepare, PstJobFit fit, gpointer data)
{
  PstJob *job = g_new0 (PstJob, 1);

  job->prepare = prepare;
  job->fit = fit;
  job->data = data;
  job->running = TRUE;
  job->progress.remaining = -1;
  pthread_mutex_init (&job->mutex, NULL);
  job->thread = g_thread_new ("pastiche", work, job);
  return job;
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
  if (job->transfer)
    pst_transfer_cancel (job->transfer);
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
  pst_transfer_free (job->transfer);
  pst_image_free (job->picture);
  pst_image_free (job->result);
  g_clear_error (&job->error);
  pthread_mutex_destroy (&job->mutex);
  g_free (job);
}
