/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: a transfer that runs in a thread of its own
 *
 * libgimp and GTK belong to the main thread.  The worker thread talks to the
 * engine only; both meet in the fields under the mutex.  A picture costs the
 * engine some time, so it is made only when the main thread asks for one.
 */
#include "job.h"

struct _PstJob
{
  PstTransfer *transfer;    /* owned; used by the worker until it has ended */
  GThread     *thread;      /* NULL after it was joined */
  GError      *error;       /* the worker's; valid after the join */

  GMutex       mutex;       /* of all that follows */
  gboolean     running;
  PstProgress  progress;
  gboolean     picture_requested;
  PstImage    *picture;     /* owned; NULL: none, or taken */
};

static void
publish (PstJob            *job,
         const PstProgress *progress)
{
  gboolean requested;

  g_mutex_lock (&job->mutex);
  job->progress = *progress;
  requested = job->picture_requested;
  g_mutex_unlock (&job->mutex);

  if (requested)
    {
      /* Without memory for it there is no preview; the run goes on. */
      PstImage *picture = pst_transfer_dup_result (job->transfer, NULL);

      g_mutex_lock (&job->mutex);
      pst_image_free (job->picture);
      job->picture = picture;
      job->picture_requested = FALSE;
      g_mutex_unlock (&job->mutex);
    }
}

static gpointer
work (gpointer data)
{
  PstJob      *job = data;
  PstProgress  progress = { .remaining = -1 };

  while (! progress.done &&
         pst_transfer_step (job->transfer, &progress, &job->error))
    publish (job, &progress);

  g_mutex_lock (&job->mutex);
  job->running = FALSE;
  g_mutex_unlock (&job->mutex);
  return NULL;
}

PstJob *
pst_job_new (PstTransfer *transfer)
{
  PstJob *job = g_new0 (PstJob, 1);

  job->transfer = transfer;
  job->running = TRUE;
  job->progress.remaining = -1;
  g_mutex_init (&job->mutex);
  job->thread = g_thread_new ("pastiche", work, job);
  return job;
}

gboolean
pst_job_get_progress (PstJob      *job,
                      PstProgress *ret_progress)
{
  gboolean running;

  g_mutex_lock (&job->mutex);
  *ret_progress = job->progress;
  running = job->running;
  g_mutex_unlock (&job->mutex);
  return running;
}

void
pst_job_request_picture (PstJob *job)
{
  g_mutex_lock (&job->mutex);
  job->picture_requested = TRUE;
  g_mutex_unlock (&job->mutex);
}

PstImage *
pst_job_take_picture (PstJob *job)
{
  PstImage *picture;

  g_mutex_lock (&job->mutex);
  picture = g_steal_pointer (&job->picture);
  g_mutex_unlock (&job->mutex);
  return picture;
}

void
pst_job_stop (PstJob *job)
{
  pst_transfer_cancel (job->transfer);
}

PstImage *
pst_job_finish (PstJob  *job,
                GError **error)
{
  g_clear_pointer (&job->thread, g_thread_join);

  if (job->error &&
      ! g_error_matches (job->error, PST_ERROR, PST_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return NULL;
    }
  return pst_transfer_dup_result (job->transfer, error);
}

void
pst_job_free (PstJob *job)
{
  if (! job)
    return;

  if (job->thread)
    {
      pst_job_stop (job);
      g_thread_join (job->thread);
    }
  pst_transfer_free (job->transfer);
  pst_image_free (job->picture);
  g_clear_error (&job->error);
  g_mutex_clear (&job->mutex);
  g_free (job);
}
