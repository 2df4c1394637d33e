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
 * Computes the style's Gram matrices.  All arguments are borrowed for the life of
 * the scale, but for @style, which is done with.
 * @sizes: of this scale, with its thrift
 * @style: at the scale's size, with its margin
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
PstScale *     pst_scale_new     (const PstModel     *model,
                                  const PstPlan      *plan,
                                  const PstScalePlan *sizes,
                                  PstWorkers         *workers,
                                  const PstPicture   *style,
                                  const int          *cancel,
                                  GError            **error);

/* pst_scale_begin:
 * Allocates, and computes the content's targets.
 * @content: at the scale's size, with its margin; done with
 * @x: [height][width][3], where to start, borrowed and changed by each step
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED; only pst_scale_free() may follow
 * then. */
gboolean       pst_scale_begin   (PstScale           *scale,
                                  const PstPicture   *content,
                                  float              *x,
                                  GError            **error);

void           pst_scale_free    (PstScale           *scale);

/* One iteration.  @ret_losses: at x, set when it moved. */
PstScaleStatus pst_scale_step    (PstScale           *scale,
                                  PstLosses          *ret_losses);

/* Bytes that a scale needs while it is optimised, and while pst_scale_new() runs.
 */
gsize          pst_scale_measure (const PstModel     *model,
                                  const PstPlan      *plan,
                                  const PstScalePlan *sizes,
                                  int                 threads);
gsize          pst_scale_measure_style (const PstModel     *model,
                                        const PstScalePlan *sizes,
                                        int                 threads);
