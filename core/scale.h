/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.h: the optimisation at one scale */
#pragma once

#include "image.h"
#include "total.h"
#include "workers.h"

typedef struct _PstScale PstScale;

typedef enum
{
  PST_SCALE_MOVED,       /* the picture is better than before */
  PST_SCALE_FINISHED,    /* nothing better was found */
  PST_SCALE_CANCELLED
} PstScaleStatus;

/* pst_scale_new:
 * Allocates, and computes the targets.  All arguments are borrowed for the life
 * of the scale, but for @content and @style, which are done with.
 * @x: [height][width][3], where to start, changed by each step
 * @content, @style: at the scale's sizes, with their margin
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
PstScale *     pst_scale_new     (const PstModel     *model,
                                  const PstPlan      *plan,
                                  PstWorkers         *workers,
                                  const PstPicture   *content,
                                  const PstPicture   *style,
                                  float              *x,
                                  const int          *cancel,
                                  GError            **error);
void           pst_scale_free    (PstScale           *scale);

/* One iteration.  @ret_losses: at x, set when it moved. */
PstScaleStatus pst_scale_step    (PstScale           *scale,
                                  PstLosses          *ret_losses);

/* Bytes that a scale needs at most at a time. */
gsize          pst_scale_measure (const PstModel     *model,
                                  const PstPlan      *plan,
                                  const PstScalePlan *sizes,
                                  int                 threads);
