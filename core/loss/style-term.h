/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-term.h: the style term of the total loss, with its gradient at the taps
 *
 *   sum over regions r and style layers of
 *     share of r * style weight * |G_r - target_r|^2 / unit_r
 *
 * where G_r is the Gram matrix of the features weighted by the mask of r, and
 * the unit |target_r|^2, or where weights->absolute the fourth power of the
 * channels.
 * Gatys et al., "Controlling Perceptual Factors in Neural Style Transfer", CVPR
 * 2017, section 4, with a mean over the region in place of its sum.  The share
 * is the region's part of the picture: so a pixel weighs in it as in a picture
 * of one region.
 */
#pragma once

#include "core/base/arena.h"
#include "core/net/net.h"
#include "loss-weights.h"
#include "mask.h"
#include "objective-layout.h"
#include "style-grams.h"

typedef struct _PstStyleTerm PstStyleTerm;

/* pst_style_term_new:
 * Takes its buffers from @arena.  While that measures, the result is only to be
 * freed.
 * @weights: borrowed
 * @net: gives the shapes of the taps
 * @layout: its width, regions and precision */
PstStyleTerm *pst_style_term_new (const PstModel           *model,
                                  const PstLossWeights     *weights,
                                  const PstNet             *net,
                                  PstWorkers               *workers,
                                  PstArena                 *arena,
                                  const PstObjectiveLayout *layout);

/* NULL is allowed. */
void pst_style_term_free (PstStyleTerm *term);

/* pst_style_term_set_region:
 * @mask: [height][width], NULL without masks; not kept
 * @pool: for masks of this size
 * @share: 0..1
 * @grams: the target, borrowed */
void pst_style_term_set_region (PstStyleTerm      *term,
                                int                region,
                                const float       *mask,
                                const PstMaskPool *pool,
                                double             share,
                                const PstGrams    *grams);

/* An evaluation: begin; add_rows, as the taps are made; finish, which returns
 * the term; and add_gradient, which adds to @df.  Arguments are those of
 * PstTapFunc; taps that are not style layers are skipped. */
void   pst_style_term_begin (PstStyleTerm *term);
void   pst_style_term_add_rows (PstStyleTerm *term,
                                int           tap,
                                int           begin,
                                int           end,
                                const float  *f);
double pst_style_term_finish (PstStyleTerm *term);
void   pst_style_term_add_gradient (PstStyleTerm *term,
                                    int           tap,
                                    int           begin,
                                    int           end,
                                    const float  *f,
                                    float        *df);
