/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-run.h: a spot of the result at its own size, while the dialog is open
 *
 * Files and the engine's work belong to the job's thread; every function here
 * is called by one thread, and only pst_spot_run_free() waits.
 */
#pragma once

#include "plugin/params.h"
#include "plugin/gimp/image/spot-sources.h"

typedef struct _PstSpotRun PstSpotRun;

PstSpotRun *pst_spot_run_new (void);

/* pst_spot_run_start:
 * Begins anew; the run must not be busy.  The pictures, paths and regions are
 * borrowed while it is.
 * @model, @params: referenced, copied */
void pst_spot_run_start (PstSpotRun           *run,
                         PstModel             *model,
                         const PstSpotSources *sources,
                         const PstParams      *params);

/* Ends the run within about one layer of the network. */
void pst_spot_run_stop (PstSpotRun *run);

/* Brings the status up to date.  Returns whether the run is busy. */
gboolean pst_spot_run_poll (PstSpotRun *run);

/* The newest picture, owned by the caller; NULL: none since the last call, or
 * the run was stopped. */
PstImage *pst_spot_run_take_picture (PstSpotRun *run);

/* 0..1 */
double pst_spot_run_get_fraction (const PstSpotRun *run);

/* Why there is no picture; NULL: there is, or will be.  Owned by the run, valid
 * until it is polled or started. */
const char *pst_spot_run_get_problem (const PstSpotRun *run);

/* NULL is allowed. */
void pst_spot_run_free (PstSpotRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstSpotRun, pst_spot_run_free)
