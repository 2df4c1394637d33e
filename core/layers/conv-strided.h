/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-strided.h: convolution with stride 2, and its gradient to the input
 *
 * Kernels of 1x1, 3x3 or 7x7 with their middle on every other pixel, beginning
 * with the first; zeros around the picture.
 */
#pragma once

#include "conv-window.h"

typedef struct _PstStrided PstStrided; /* immutable, shareable */

/* pst_strided_new:
 * @weight: [out][in][kernel][kernel], copied
 * Returns NULL when there is no memory. */
PstStrided *pst_strided_new (const PstConvSpec *spec, const float *weight);
void        pst_strided_free (PstStrided *strided);

/* Floats of scratch that forward and backward need for each worker. */
gsize pst_strided_scratch (const PstStrided *strided);

/* pst_strided_forward:
 * Needs the rows of the input that the kernels reach.
 * work->source: [height][width][in]
 * work->output: [(height + 1) / 2][(width + 1) / 2][out] */
void pst_strided_forward (const PstStrided *strided, const PstConvWork *work);

/* pst_strided_backward:
 * The adjoint of pst_strided_forward().
 * work->source: the gradient at its output, with its own size
 * work->output: that at its input   @width: of the input */
void pst_strided_backward (const PstStrided  *strided,
                           const PstConvWork *work,
                           int                width);
