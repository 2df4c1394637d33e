/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objective.h: the total loss at one scale, and its gradient at the pixels
 *
 *   total = style + content weight * content + anchor weight * anchor
 *           + smoothness weight * smoothness + range weight * range
 *
 * Gatys et al. 2016, equation 7, with relative terms: style is that of
 * style-term.h, content the mean squared difference of features over their
 * variance, which is left out where weights->absolute; the anchor is that of
 * anchor.h.
 */
#pragma once

#include "core/base/arena.h"
#include "loss-weights.h"
#include "objective-layout.h"
#include "style-grams.h"

typedef struct
{
  double content;
  double style;
  double total;
} PstLosses;

typedef struct _PstObjective PstObjective;

/* pst_objective_new:
 * Takes its buffers from @arena.  While that measures, the result is only to be
 * freed.
 * @weights: borrowed */
PstObjective *pst_objective_new (const PstModel           *model,
                                 const PstLossWeights     *weights,
                                 PstWorkers               *workers,
                                 PstArena                 *arena,
                                 const PstObjectiveLayout *layout);

void pst_objective_free (PstObjective *objective);

/* pst_objective_set_region:
 * Each region is to be set before the first evaluation.
 * @mask: [height][width], how much of each pixel belongs to the region; not
 *   kept; NULL unless regions are masked
 * @share: the region's part of the picture, 0..1
 * @grams: of the region's style, borrowed */
void pst_objective_set_region (PstObjective   *objective,
                               int             region,
                               const float    *mask,
                               double          share,
                               const PstGrams *grams);

/* pst_objective_set_content:
 * Does nothing without a content term.  Returns FALSE when cancelled.
 * @rgb: [height][width][3]
 * @mask: [height][width], the weight of each pixel, its alpha; not kept; NULL
 *   unless the content is masked */
gboolean pst_objective_set_content (PstObjective *objective,
                                    const float  *rgb,
                                    const float  *mask);

/* Holds the block means of @x, [height][width][3]; does nothing without an
 * anchor term. */
void pst_objective_set_anchor (PstObjective *objective, const float *x);

/* pst_objective_evaluate:
 * A PstLbfgsFunc; @objective: a PstObjective.
 * @x: [height][width][3]   @ret_value: the total loss
 * @gradient: [height][width][3]  d value / d x */
gboolean pst_objective_evaluate (void        *objective,
                                 const float *x,
                                 double      *ret_value,
                                 float       *gradient);

/* Of the last evaluation, and of the first. */
PstLosses pst_objective_get_losses (const PstObjective *objective);
PstLosses pst_objective_get_first (const PstObjective *objective);
