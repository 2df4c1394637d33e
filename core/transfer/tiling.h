/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiling.h: pictures whose borders meet, so that they tile without a seam
 *
 * The optimizer's picture has no margin; for each evaluation it gets one from
 * its opposite sides, and the gradient there goes back to where the pixels came
 * from.
 */
#pragma once

#include "core/base/arena.h"
#include "lbfgs.h"

typedef struct _PstTiling PstTiling;

/* pst_tiling_new:
 * Takes its buffers from @arena.  While that measures, the result is only to be
 * freed.
 * @height, @width: without the margin
 * @objective, @data: of pictures with it */
PstTiling *pst_tiling_new (PstArena    *arena,
                           int          height,
                           int          width,
                           int          margin,
                           PstLbfgsFunc objective,
                           void        *data);

/* NULL is allowed. */
void pst_tiling_free (PstTiling *tiling);

/* @x with its margin, [height + 2 margin][width + 2 margin][3], in a buffer of
 * @tiling that the next evaluation overwrites. */
const float *pst_tiling_pad (PstTiling *tiling, const float *x);

/* A PstLbfgsFunc; @tiling: a PstTiling.
 * @x, @gradient: [height][width][3] */
gboolean pst_tiling_evaluate (void        *tiling,
                              const float *x,
                              double      *ret_value,
                              float       *gradient);

/* pst_tiling_clear_margin:
 * Only the network needs the margin: @mask, [height + 2 margin][width + 2
 * margin], becomes 0 in it, so that each pixel counts once and nothing at the
 * outermost border counts. */
void pst_tiling_clear_margin (int height, int width, int margin, float *mask);

/* pst_tiling_fade:
 * The same for a content that does not tile: its weights fade to 0 at its own
 * borders, over an eighth of each side, so that its edges are not painted into
 * the seam. */
void pst_tiling_fade (int height, int width, int margin, float *mask);

/* Makes @rgb, [height][width][3], tile: towards the borders it fades over into
 * @original, the same picture, moved by half of each side. */
void
pst_tiling_crossfade (int height, int width, const float *original, float *rgb);
