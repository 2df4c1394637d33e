/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview-run.h: the run that the dialog shows
 *
 * The same transfer as the final one, of pictures scaled down: it predicts the
 * result, and the speed on this machine.  Networks,
 * files and the transfer itself belong to the job's thread; every function
 * here is called by one thread; only pst_preview_run_take_sketch() and
 * pst_preview_run_free() wait.
 */
#pragma once

#include "plugin/params.h"
#include "sketch.h"
#include "plugin/gimp/image/style-source.h"

/* Longer side of the content, pixels: that of the largest scale that a run does
 * whatever its size is, so that it can go on with what this one has made. */
#define PST_PREVIEW_SIDE 256

typedef struct
{
  PstModel   *model;    /* NULL: not yet loaded, or it cannot be */
  double      speed;    /* operations per second, as PstEstimate counts them,
                         * the same for small differences; 0: not known yet */
  double      share;    /* of its iterations that the last run of this quality
                         * took to its end; 0: none has come to it */
  double      fraction; /* of the run, 0..1 */
  const char *problem;  /* why there can be no picture; NULL: there can */
} PstPreviewStatus;

typedef struct _PstPreviewRun PstPreviewRun;

/* @program: see pst_model_find() */
PstPreviewRun *pst_preview_run_new (const char *program);

/* Longer side that a style has to have, pixels; more is of no use. */
int pst_preview_run_get_side (const PstParams *params);

/* pst_preview_run_start:
 * @content: scaled down
 * @styles: [n_styles], 1..PST_MAX_STYLES
 * Restarts.  The run must not be busy.  The content, the contents of the
 * styles, and the parameters are borrowed while it is. */
void pst_preview_run_start (PstPreviewRun        *run,
                            const PstImage       *content,
                            const PstStyleSource *styles,
                            int                   n_styles,
                            const PstParams      *params);

/* Ends the run within about one layer of the network. */
void pst_preview_run_stop (PstPreviewRun *run);

/* Brings the status up to date.  Returns whether the run is busy. */
gboolean pst_preview_run_poll (PstPreviewRun *run);

/* The newest picture, as the engine made it.  Owned by the run, valid until
 * it is polled or started; NULL: none since the last call. */
const PstImage *pst_preview_run_get_picture (PstPreviewRun *run);

/* The picture that the run has made to its end, owned by the run, valid until
 * it is started or its sketch is taken; NULL: it has not come to its end. */
const PstImage *pst_preview_run_get_end (const PstPreviewRun *run);

/* pst_preview_run_take_sketch:
 * Ends the run within about one layer of the network, and hands over its
 * picture.  Nothing before its last scale: until then a run of the same
 * settings computes the same.  Nothing after pst_preview_run_stop() either. */
void pst_preview_run_take_sketch (PstPreviewRun *run, PstSketch *ret_sketch);

/* Owned by the run, valid until it is polled or started. */
const PstPreviewStatus *pst_preview_run_get_status (const PstPreviewRun *run);

/* NULL is allowed. */
void pst_preview_run_free (PstPreviewRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPreviewRun, pst_preview_run_free)
