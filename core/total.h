/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total.h: the total loss at one scale, and its gradient at the pixels
 *
 *   total = style + content weight * content
 *           + smoothness weight * smoothness + range weight * range
 *
 * Gatys et al. 2016, equation 7, with relative terms: style is the sum over the
 * style layers of style weight * |G - G_style|^2 / |G_style|^2, content the
 * mean squared difference of features over their variance.
 */
#pragma once

#include "arena.h"
#include "grams.h"
#include "net.h"
#include "plan.h"

typedef struct
{
  double content;
  double style;
  double total;
} PstLosses;

typedef struct _PstTotal PstTotal;

/* pst_total_new:
 * Takes its buffers from @arena.  While that measures, the result is only to be
 * freed.
 * @cancel: polled while it works (atomic)
 * @has_alpha: whether pst_total_set_targets() will be given alpha
 * @thrift: of the scale; its half asks for the content's features in 16 bits */
PstTotal * pst_total_new           (const PstModel  *model,
                                    const PstPlan   *plan,
                                    PstWorkers      *workers,
                                    PstArena        *arena,
                                    int              height,
                                    int              width,
                                    gboolean         has_alpha,
                                    const PstThrift *thrift,
                                    const int       *cancel);

/* Floats that it needs for each worker for the style gradient in half precision.
 */
gsize      pst_total_half_scratch  (const PstModel *model,
                                    int             width);

void       pst_total_free          (PstTotal       *total);

/* pst_total_set_targets:
 * @rgb: [height][width][3]; @alpha: [height][width] or NULL
 * @grams: those of the style, borrowed
 * Returns FALSE when cancelled. */
gboolean   pst_total_set_targets   (PstTotal       *total,
                                    const float    *rgb,
                                    const float    *alpha,
                                    const PstGrams *grams);

/* pst_total_evaluate:
 * A PstObjective; @total: a PstTotal.
 * @x: [height][width][3]   @ret_value: the total loss
 * @gradient: [height][width][3]  d value / d x */
gboolean   pst_total_evaluate      (void           *total,
                                    const float    *x,
                                    double         *ret_value,
                                    float          *gradient);

/* Of the last evaluation. */
PstLosses  pst_total_get_losses    (const PstTotal *total);
