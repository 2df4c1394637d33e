/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.h: the optimization at one scale */
#pragma once

#include "core/base/workers.h"
#include "core/loss/objective.h"
#include "core/loss/style-cache.h"
#include "core/picture/picture.h"
#include "core/picture/regions.h"
#include "lbfgs.h"
#include "plan.h"

typedef struct _PstScale PstScale;

/* pst_scale_new:
 * All arguments are borrowed for the life of the scale.
 * @sizes: of this scale, with its memory_level
 * @regions: of the transfer
 * Errors: PST_ERROR_MEMORY. */
PstScale *pst_scale_new (const PstPlan      *plan,
                         const PstScalePlan *sizes,
                         PstModel           *model,
                         PstWorkers         *workers,
                         const PstRegions   *regions,
                         GError            **error);

/* pst_scale_add_style:
 * Adds a style, by its share, to the target of a region.
 * @style: at the scale's size, with its margin
 * @share: of the region's styles, whose shares add up to 1
 * @cache: may be NULL
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
gboolean pst_scale_add_style (PstScale         *scale,
                              int               region,
                              const PstPicture *style,
                              double            share,
                              PstStyleCache    *cache,
                              GError          **error);

/* pst_scale_begin:
 * Allocates, and computes the content's targets, after the styles were added.
 * @content: at the scale's size, with its margin; not kept
 * @x: [height][width][3] with pst_plan_picture_margin(), where to start,
 *   borrowed and changed by each step
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED; only pst_scale_free() may
 * follow then. */
gboolean pst_scale_begin (PstScale         *scale,
                          const PstPicture *content,
                          float            *x,
                          GError          **error);

void pst_scale_free (PstScale *scale);

/* One iteration.  @ret_losses: at x, set when it moved.  Interrupted means
 * cancelled. */
PstLbfgsStatus pst_scale_step (PstScale *scale, PstLosses *ret_losses);

/* Where it started; 0 before the first step. */
PstLosses pst_scale_get_first (const PstScale *scale);

/* Bytes that a scale needs from pst_scale_begin() on, besides the pictures, and
 * what that holds for a moment besides.
 * @workers: may be idle */
gsize pst_scale_measure (const PstModel      *model,
                         const PstPlan       *plan,
                         const PstScalePlan  *sizes,
                         const PstInputSizes *inputs,
                         PstWorkers          *workers);
gsize pst_scale_begin_bytes (const PstPlan       *plan,
                             const PstScalePlan  *sizes,
                             const PstInputSizes *inputs);

/* Bytes that pst_scale_add_style() needs for a style of @style pixels with its
 * margin, besides that picture. */
gsize pst_scale_measure_style (const PstModel     *model,
                               const PstScalePlan *sizes,
                               PstSize             style,
                               PstWorkers         *workers);
