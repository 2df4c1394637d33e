/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-strided.h: convolution with stride 2, and its gradient to the input
 *
 * Kernels of 1x1, 3x3 or 7x7 with their middle on every other pixel, beginning
 * with the first; zeros around the picture.  Sizes are rounded up, as in
 * avgpool.h.
 */
#pragma once

#include "conv-window.h"
#include "core/base/workers.h"

typedef struct _PstStrided PstStrided; /* immutable, shareable */

/* pst_strided_new:
 * @weight: [out][in][kernel][kernel], copied    @bias: [out], copied
 * @kernel: 1, 3 or 7.  Returns NULL when there is no memory. */
PstStrided *pst_strided_new (int          in_channels,
                             int          out_channels,
                             int          kernel,
                             const float *weight,
                             const float *bias);
/* NULL is allowed. */
void        pst_strided_free (PstStrided *strided);

int pst_strided_kernel (const PstStrided *strided);

/* Multiplications and additions for one pixel of the output. */
double pst_strided_operations (const PstStrided *strided);

/* Floats of scratch that forward and backward need for each worker. */
gsize pst_strided_scratch (const PstStrided *strided);

/* pst_strided_forward:
 * Rows @begin .. @end - 1 of the output; of the input those that their kernels
 * reach are needed.
 * @x: [height][width][in]; x, top, height and width are the caller's to set
 * @y: [(height + 1) / 2][(width + 1) / 2][out]; bias is set here
 * @scratch: pst_strided_scratch() floats for each worker, one after the
 *   other */
void pst_strided_forward (const PstStrided    *strided,
                          PstWorkers          *workers,
                          const PstSource     *x,
                          const PstConvOutput *y,
                          int                  begin,
                          int                  end,
                          float               *scratch);

/* pst_strided_backward:
 * The adjoint of pst_strided_forward() without bias and ReLU.  Rows @begin ..
 * @end - 1 of dx.
 * @dy: [(height + 1) / 2][(width + 1) / 2][out], its own size in it; with the
 *   bits that pst_strided_forward() gave, the gradient at y before ReLU
 * @width: of dx
 * @dx: [height][width][in] */
void pst_strided_backward (const PstStrided    *strided,
                           PstWorkers          *workers,
                           const PstSource     *dy,
                           int                  width,
                           const PstConvOutput *dx,
                           int                  begin,
                           int                  end,
                           float               *scratch);
