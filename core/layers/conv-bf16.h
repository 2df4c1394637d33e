/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-bf16.h: convolution of 3x3 or 1x1 in half precision
 *
 * Input and weights are rounded to bfloat16 (relative error up to 1/256), sums
 * are floats.
 */
#pragma once

#include "conv-window.h"

typedef struct _PstConvBf16 PstConvBf16; /* immutable, shareable */

/* Whether this machine can do it: 3x3 needs AMX; 1x1 without AMX needs full
 * groups of output channels. */
gboolean pst_conv_bf16_applies (int kernel, int out_channels);

/* pst_conv_bf16_new:
 * @kernel: 1 or 3
 * @weight: [kernel][kernel][in][out], rounded and copied; NULL:
 *   pst_conv_bf16_set() will follow
 * Only where pst_conv_bf16_applies().  Returns NULL when there is no memory. */
PstConvBf16 *pst_conv_bf16_new (int          in_channels,
                                int          out_channels,
                                int          kernel,
                                const float *weight);
/* Replaces the weights, as in pst_conv_bf16_new(); no other thread may use
 * @conv meanwhile. */
void         pst_conv_bf16_set (PstConvBf16 *conv, const float *weight);
void         pst_conv_bf16_free (PstConvBf16 *conv);

/* Floats of scratch for each worker, for pictures up to @width. */
gsize pst_conv_bf16_scratch (int in_channels, int width);

/* pst_conv_bf16_run:
 * Of the source, one more row on each side is needed as far as it exists. */
void pst_conv_bf16_run (const PstConvBf16 *conv, const PstConvWork *work);
