/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-layer.h: what a layer needs, and what comes of it
 *
 * Not for taps, but for their projections' scratch and operations.
 */
#pragma once

#include "core/base/shape.h"
#include "core/model/model.h"

/* Of what comes out, when @in goes in. */
PstShape pst_layer_shape (const PstLayer *layer, PstShape in);

/* The first row of its input, of @height, that it needs for its row @begin;
 * may be less than 0. */
int pst_layer_input_begin (const PstLayer *layer, int begin);
/* Rows of its input that its rows up to @end need. */
int pst_layer_input_end (const PstLayer *layer, int end, int height);

/* The first of its rows to which its input's row @begin contributes. */
int pst_layer_output_begin (const PstLayer *layer, int begin);
/* Its rows, of @height, to which its input's rows up to @end contribute. */
int pst_layer_output_end (const PstLayer *layer, int end, int height);

/* Bytes of a row of what has to be known for going back, beside gradients:
 * ReLU's derivative, which pixels were the largest; 0: nothing.
 * @out: shape of what comes out */
gsize pst_layer_record (const PstLayer *layer, PstShape out);

/* Floats of scratch for each worker.  @bf16, @width: of the convolutions */
gsize pst_layer_scratch (const PstLayer *layer, gboolean bf16, int width);

/* Multiplications and additions, counted as direct convolution.
 * @out: shape of what comes out */
double pst_layer_operations (const PstLayer *layer, PstShape out);
