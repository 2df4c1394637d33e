/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trial.h: the run that the dialog shows
 *
 * The same transfer as the final one, of pictures that were scaled down: what
 * it makes is what comes, and its speed is that of this machine.  Networks,
 * files and the transfer itself belong to the job's thread; every function
 * here is called by one thread, and none but pst_trial_take_sketch() and
 * pst_trial_free() waits.
 */
#pragma once

#include "plugin/params.h"
#include "sketch.h"

/* Longer side of the content, pixels: that of the largest scale that a run does
 * whatever its size is, so that it can go on with what the trial has made. */
#define PST_TRIAL_SIDE 256

typedef struct
{
  PstModel   *model;    /* NULL: not yet loaded, or it cannot be */
  double      speed;    /* operations per second, as PstEstimate counts them;
                         * 0: not known yet */
  double      share;    /* of its iterations that the trial has taken to its
                         * end; 0: it has not come to it */
  double      fraction; /* of the trial, 0..1 */
  const char *problem;  /* why there can be no picture; NULL: there can */
} PstTrialFacts;

/* A style picture, see PstStylePicture.  Who fills it in owns what it has. */
typedef struct
{
  PstImage    *image; /* NULL: the file */
  char        *path;  /* of a file that GdkPixbuf can read */
  double       weight;
  const float *region;
} PstTrialStyle;

typedef struct _PstTrial PstTrial;

/* pst_trial_new:
 * @program: see pst_network_load()
 * @threads: 0..64, see PstSettings */
PstTrial *pst_trial_new (const char *program, int threads);

/* Longer side that a style has to have, pixels; more is of no use. */
int pst_trial_get_side (const PstParams *params);

/* pst_trial_start:
 * @content: scaled down
 * @styles: [n_styles], 1..PST_MAX_STYLES
 * Begins anew.  The trial must not be busy.  The content, and what the styles
 * have, are borrowed while it is. */
void pst_trial_start (PstTrial            *trial,
                      const PstImage      *content,
                      const PstTrialStyle *styles,
                      int                  n_styles,
                      const PstParams     *params);

/* Ends the run within about one layer of the network. */
void pst_trial_stop (PstTrial *trial);

/* Brings the facts up to date.  Returns whether the trial is busy. */
gboolean pst_trial_poll (PstTrial *trial);

/* The newest picture, as the engine made it.  Owned by the trial, valid until
 * it is polled or started; NULL: none since the last call. */
const PstImage *pst_trial_get_picture (PstTrial *trial);

/* pst_trial_take_sketch:
 * Ends the run within about one layer of the network, and hands over the
 * picture that it has come to.  Nothing before its last scale: a run of the
 * same settings does the same until then.  Nothing either after
 * pst_trial_stop(). */
void pst_trial_take_sketch (PstTrial *trial, PstSketch *ret_sketch);

/* Owned by the trial, valid until it is polled or started. */
const PstTrialFacts *pst_trial_get_facts (const PstTrial *trial);

/* NULL is allowed. */
void pst_trial_free (PstTrial *trial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTrial, pst_trial_free)
