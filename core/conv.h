/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.h: convolution, stride 1, same size, and its gradient to the input
 *
 * Kernels of 1x1 or 3x3.  Activations are channels-last.  The network is
 * frozen: there is no gradient to the weights.
 */
#pragma once

#include <glib.h>

#include "workers.h"

typedef enum
{
  PST_PADDING_ZERO,
  PST_PADDING_REPLICATE   /* the border pixel is repeated */
} PstPadding;

typedef struct _PstConv PstConv;   /* immutable, shareable */

/* pst_conv_new:
 * @weight: [out][in][kernel][kernel], copied    @bias: [out], copied
 * kernel: 1 or 3.  Returns NULL when there is no memory. */
PstConv * pst_conv_new      (int          in_channels,
                             int          out_channels,
                             int          kernel,
                             PstPadding   padding,
                             const float *weight,
                             const float *bias);
void      pst_conv_free     (PstConv     *conv);

/* 1 or 3. */
int       pst_conv_kernel   (const PstConv *conv);

/* pst_conv_scratch:
 * Floats of scratch that forward and backward need for each worker. */
gsize     pst_conv_scratch  (const PstConv *conv);

/* pst_conv_forward:
 * @x: [height][width][in]     @y: [height][width][out], overwritten
 * @relu: whether max (0, y) is taken
 * @scratch: pst_conv_scratch() floats for each worker, one after the other */
void      pst_conv_forward  (const PstConv *conv,
                             PstWorkers    *workers,
                             int            height,
                             int            width,
                             const float   *x,
                             gboolean       relu,
                             float         *y,
                             float         *scratch);

/* pst_conv_backward:
 * @dy: [height][width][out]   gradient at y before ReLU
 * @dx: [height][width][in]    overwritten, or added to where @add is set
 * The adjoint of pst_conv_forward() without bias and ReLU: <conv (x), dy> =
 * <x, dx>. */
void      pst_conv_backward (const PstConv *conv,
                             PstWorkers    *workers,
                             int            height,
                             int            width,
                             const float   *dy,
                             gboolean       add,
                             float         *dx,
                             float         *scratch);
