/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiling.h: pictures whose borders meet, so that they tile without a seam
 *
 * The optimiser's picture has no margin; for each evaluation it gets one from its
 * opposite sides, and the gradient there goes back to where the pixels came from.
 */
#pragma once

#include "core/base/arena.h"
#include "lbfgs.h"

typedef struct _PstWrap PstWrap;

/* pst_wrap_new:
 * Takes its buffers from @arena.  While that measures, the result is only to be
 * freed.
 * @height, @width: without the margin
 * @objective, @data: of pictures with it */
PstWrap * pst_wrap_new      (PstArena     *arena,
                             int           height,
                             int           width,
                             int           margin,
                             PstObjective  objective,
                             void         *data);

/* NULL is allowed. */
void      pst_wrap_free     (PstWrap      *wrap);

/* @x with its margin, [height + 2 margin][width + 2 margin][3], in a buffer of
 * @wrap that the next evaluation overwrites. */
const float *
          pst_wrap_pad      (PstWrap      *wrap,
                             const float  *x);

/* A PstObjective; @wrap: a PstWrap.
 * @x, @gradient: [height][width][3] */
gboolean  pst_wrap_evaluate (void         *wrap,
                             const float  *x,
                             double       *ret_value,
                             float        *gradient);

/* pst_wrap_clear_margin:
 * The margin is only there to be seen by the network: @mask, [height + 2
 * margin][width + 2 margin], becomes 0 in it, so that each pixel counts once and
 * nothing at the outermost border counts. */
void      pst_wrap_clear_margin (int          height,
                                 int          width,
                                 int          margin,
                                 float       *mask);

/* pst_wrap_fade:
 * The same for a content that does not tile: its weights fade to 0 at its own
 * borders, over an eighth of each side, so that its edges are not painted into the
 * seam. */
void      pst_wrap_fade         (int          height,
                                 int          width,
                                 int          margin,
                                 float       *mask);

/* Makes @rgb, [height][width][3], tile: towards the borders it fades over into
 * @original, the same picture, moved by half of each side. */
void      pst_wrap_crossfade    (int          height,
                                 int          width,
                                 const float *original,
                                 float       *rgb);
