/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.h: convolution, stride 1, same size, and its gradient to the input
 *
 * Kernels of 1x1 or 3x3.  Activations are channels-last.  The network is
 * frozen: there is no gradient to the weights.
 */
#pragma once

#include "conv-window.h"
#include "core/base/workers.h"

typedef struct _PstConv PstConv; /* immutable, shareable */

/* pst_conv_new:
 * @weight: [out][in][kernel][kernel], copied    @bias: [out], copied
 * kernel: 1 or 3.  Returns NULL when there is no memory. */
PstConv *pst_conv_new (int          in_channels,
                       int          out_channels,
                       int          kernel,
                       PstPadding   padding,
                       const float *weight,
                       const float *bias);
void     pst_conv_free (PstConv *conv);

/* 1 or 3. */
int pst_conv_kernel (const PstConv *conv);

/* Multiplications and additions for one pixel of the output, done directly. */
double pst_conv_operations (const PstConv *conv);

/* pst_conv_scratch:
 * Floats of scratch that forward and backward need for each worker.
 * @bf16: as given to these   @width: of the pictures */
gsize pst_conv_scratch (const PstConv *conv, gboolean bf16, int width);

/* pst_conv_forward:
 * Rows @begin .. @end - 1 of the output; @begin % 4 == 0, and @end % 4 == 0
 * unless it is the height.  With a kernel of 3x3, rows @begin - 1 .. @end of
 * the input are needed as far as they exist.
 * @x: [height][width][in]; x, top, height, width and bits are the caller's to
 *   set
 * @y: [height][width][out]; bias is set here
 * @bf16: in half precision, where layer and machine (pst_bf16_kernels_get())
 *   allow
 * @scratch: pst_conv_scratch() floats for each worker, one after the other */
void pst_conv_forward (const PstConv       *conv,
                       PstWorkers          *workers,
                       const PstSource     *x,
                       const PstConvOutput *y,
                       int                  begin,
                       int                  end,
                       gboolean             bf16,
                       float               *scratch);

/* pst_conv_backward:
 * The adjoint of pst_conv_forward() without bias and ReLU: <conv (x), dy> =
 * <x, dx>.  Rows as there.
 * @dy: [height][width][out]   gradient at y; with the bits that
 *   pst_conv_forward() gave, at y before ReLU
 * @dx: [height][width][in] */
void pst_conv_backward (const PstConv       *conv,
                        PstWorkers          *workers,
                        const PstSource     *dy,
                        const PstConvOutput *dx,
                        int                  begin,
                        int                  end,
                        gboolean             bf16,
                        float               *scratch);
