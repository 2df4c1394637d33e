/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-border.h: the extra gradient of a convolution with replicate padding, at
 * the border
 *
 * The adjoint of a 3x3 convolution with zero padding is another one.  With
 * replicate padding a pixel at the border was also read in place of its copies
 * outside, and gets their gradients, too: for each of the four sides a product
 * of three taps.
 */
#pragma once

#include "conv-window.h"

typedef struct _PstBorder PstBorder; /* immutable, shareable */

/* pst_border_new:
 * @weight: [3][3][in][out], of the adjoint: flipped
 * Returns NULL when there is no memory. */
PstBorder      *
pst_border_new (int in_channels, int out_channels, const float *weight);
void pst_border_free (PstBorder *border);

/* Floats of scratch for each worker. */
gsize pst_border_scratch (const PstBorder *border);

/* pst_border_add:
 * Adds the extra gradient to the output.  Of the source, one more row on each
 * side is needed as far as it exists. */
void pst_border_add (const PstBorder *border, const PstConvWork *work);
