/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-winograd.h: convolution of 3x3 by Winograd's F(4x4, 3x3)
 *
 * A quarter of the multiplications of direct convolution; the error is about
 * ten times that of direct float sums (1e-6 relative and more, instead of
 * 1e-7).  In half precision the transformed operands are rounded to bfloat16,
 * and products summed in floats: 1e-2 relative.  Where the machine has half
 * precision, weights are held in both precisions.
 */
#pragma once

#include "conv-window.h"

typedef struct _PstWinograd PstWinograd; /* immutable, shareable */

/* pst_winograd_new:
 * @weight: [3][3][in][out]; in a multiple of PST_CHANNEL_GROUP.
 * Returns NULL when there is no memory. */
PstWinograd      *
pst_winograd_new (int in_channels, int out_channels, const float *weight);
void pst_winograd_free (PstWinograd *winograd);

/* Floats of scratch for each worker. */
gsize pst_winograd_scratch (const PstWinograd *winograd);

/* pst_winograd_run:
 * work->begin is a multiple of 4, and work->end unless it is the height.  Of
 * the source, one more row on each side is needed. */
void pst_winograd_run (const PstWinograd *winograd, const PstConvWork *work);
