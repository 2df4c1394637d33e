/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.h: a transfer that runs in a thread of its own
 *
 * Every function is called by the thread that started the job, and none but
 * pst_job_finish() and pst_job_free() waits for a step of the engine.
 */
#pragma once

#include "core/pastiche.h"

typedef struct _PstJob PstJob;

/* Takes over @transfer and starts it. */
PstJob *   pst_job_new             (PstTransfer  *transfer);

/* pst_job_get_progress:
 * Returns FALSE once the thread has nothing left to do. */
gboolean   pst_job_get_progress    (PstJob       *job,
                                    PstProgress  *ret_progress);

/* Asks for the picture as it is after the running step. */
void       pst_job_request_picture (PstJob       *job);

/* The picture that was asked for, owned by the caller; NULL: not yet there. */
PstImage * pst_job_take_picture    (PstJob       *job);

/* Ends the job early; the picture so far can be had from pst_job_finish(). */
void       pst_job_stop            (PstJob       *job);

/* pst_job_finish:
 * Waits for the end.  Returns the last picture, owned by the caller, also when
 * the job was stopped.
 * Errors: PST_ERROR_MEMORY. */
PstImage * pst_job_finish          (PstJob       *job,
                                    GError      **error);

/* Stops the job if it runs, and drops its picture.  NULL is allowed. */
void       pst_job_free            (PstJob       *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstJob, pst_job_free)
