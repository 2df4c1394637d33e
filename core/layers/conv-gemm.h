/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-gemm.h: convolution of 3x3 or 1x1 as a matrix product */
#pragma once

#include "conv-window.h"

typedef struct _PstConvGemm PstConvGemm; /* immutable, shareable */

/* pst_conv_gemm_new:
 * @weight: [kernel][kernel][in][out], copied    @kernel: 1 or 3
 * Returns NULL when there is no memory. */
PstConvGemm *pst_conv_gemm_new (int          in_channels,
                                int          out_channels,
                                int          kernel,
                                const float *weight);
void         pst_conv_gemm_free (PstConvGemm *gemm);

/* Floats of scratch for each worker. */
gsize pst_conv_gemm_scratch (const PstConvGemm *gemm);

/* pst_conv_gemm_run:
 * Of the source, with 3x3, one more row on each side is needed as far as it
 * exists. */
void pst_conv_gemm_run (const PstConvGemm *gemm, const PstConvWork *work);
