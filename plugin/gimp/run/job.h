/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.h: a transfer, or a spot of one, in a worker thread
 *
 * All functions are for the thread that started the job; only pst_job_finish()
 * and pst_job_free() wait for a step of the engine.
 */
#pragma once

#include "core/pastiche-spot.h"

typedef struct _PstJob PstJob;

/* Both are called in the job's thread.  The first makes the transfer, owned by
 * the job; the second takes over a picture of it and returns the one to hand
 * out. */
typedef PstTransfer *(*PstJobPrepare) (gpointer data, GError **error);
typedef PstImage *(*PstJobFit) (PstImage *picture,
                                gpointer  data,
                                GError  **error);

/* pst_job_new:
 * @fit: NULL: pictures are handed out as they are
 * @data: must outlive the job
 * Starts. */
PstJob *pst_job_new (PstJobPrepare prepare, PstJobFit fit, gpointer data);

/* Makes the spot, owned by the job; called in the job's thread. */
typedef PstSpot *(*PstJobPrepareSpot) (gpointer data, GError **error);

/* pst_job_new_spot:
 * The same with a spot of a result. */
PstJob *pst_job_new_spot (PstJobPrepareSpot prepare, gpointer data);

/* pst_job_get_progress:
 * Returns FALSE once the thread has nothing left to do. */
gboolean pst_job_get_progress (PstJob *job, PstProgress *ret_progress);

/* Asks for the picture as it is after the running step. */
void pst_job_request_picture (PstJob *job);

/* The requested picture, owned by the caller; NULL: not ready.  Never the one
 * that pst_job_finish() returns. */
PstImage *pst_job_take_picture (PstJob *job);

/* Ends the job early.
 * @keep: whether pst_job_finish() is to return the picture so far. */
void pst_job_stop (PstJob *job, gboolean keep);

/* pst_job_finish:
 * Waits for the end.  Returns the last picture, owned by the caller.
 * Errors: those of @prepare and @fit; PST_ERROR_MEMORY; PST_ERROR_CANCELLED,
 * the job was stopped, and nothing was to be kept. */
PstImage *pst_job_finish (PstJob *job, GError **error);

/* Stops the job if it runs, and drops its pictures.  NULL is allowed. */
void pst_job_free (PstJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstJob, pst_job_free)
