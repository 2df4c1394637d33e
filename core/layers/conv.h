/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.h: convolution, and its gradient to the input
 *
 * With stride 1 the output has the size of the input, with stride 2 half of it,
 * rounded up.
 */
#pragma once

#include "conv-window.h"
#include "layer.h"

/* PstConv is immutable and shareable. */

/* pst_conv_new:
 * @weight: [out][in][kernel][kernel], copied    @bias: [out], copied
 * Returns NULL when there is no memory. */
PstConv *
pst_conv_new (const PstConvSpec *spec, const float *weight, const float *bias);
/* NULL is allowed. */
void pst_conv_free (PstConv *conv);

const PstConvSpec *pst_conv_spec (const PstConv *conv);

/* Multiplications and additions for one pixel of the output, done directly. */
double pst_conv_operations (const PstConv *conv);

/* pst_conv_scratch:
 * Floats of scratch that forward and backward need for each worker.
 * @bf16: as in PstLayerWork   @width: the most that the input has */
gsize pst_conv_scratch (const PstConv *conv, gboolean bf16, int width);

/* pst_conv_forward:
 * As PstLayerKind.forward.  Rows of the input are needed as far as kernels
 * reach and as they exist.  work->saved gets ReLU's bits. */
void
pst_conv_forward (const PstConv *conv, gboolean relu, const PstLayerWork *work);

/* pst_conv_backward:
 * The adjoint of pst_conv_forward() without the bias: <conv (x), dy> =
 * <x, dx>.  Without saved bits also without ReLU. */
void pst_conv_backward (const PstConv *conv, const PstLayerWork *work);
