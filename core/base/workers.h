/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workers.h: a pool of threads with one parallel for
 *
 * POSIX threads rather than GLib's, so that ThreadSanitizer sees the locks.
 */
#pragma once

#include <glib.h>

#define PST_MAX_THREADS 64

typedef struct _PstWorkers PstWorkers;

/* @index: 0 .. n - 1   @worker: 0 .. count - 1, for scratch of one's own */
typedef void (*PstTask) (void *data, int index, int worker);

/* pst_workers_new:
 * The caller owns them.  Works with fewer threads if the system refuses some.
 * @threads: 1..PST_MAX_THREADS; 0: one per processor that may be used.  The
 *   calling thread counts as one of them. */
PstWorkers *pst_workers_new (int threads);

/* The same without any thread: for measuring what a run needs that would have
 * them.  They run nothing. */
PstWorkers *pst_workers_new_idle (int threads);

/* NULL is allowed. */
void pst_workers_free (PstWorkers *workers);

/* 1 where @workers is NULL. */
int pst_workers_count (const PstWorkers *workers);

/* pst_workers_set_cancel:
 * @cancel: set to TRUE by any thread when the work is to stop (atomic);
 * borrowed; NULL: never */
void     pst_workers_set_cancel (PstWorkers *workers, const int *cancel);
/* For long work to poll; FALSE where @workers is NULL. */
gboolean pst_workers_are_cancelled (const PstWorkers *workers);

/* How many threads pst_workers_new (@threads) asks the system for. */
int pst_workers_wanted (int threads);

/* pst_workers_run:
 * Calls @task for every index in 0 .. @n - 1, in any order, on all workers, and
 * returns when all are done.  Not reentrant.  @workers may be NULL: all inline.
 * Tasks must write to places of their own, and no result may depend on which
 * worker ran an index. */
void pst_workers_run (PstWorkers *workers, int n, PstTask task, void *data);
