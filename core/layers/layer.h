/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h: what all kinds of layers have in common
 *
 * Each kind is a file that fills in a PstLayerKind.  The network asks it which
 * rows it needs and runs it, band by band.  Activations are channels-last.
 * Networks are frozen: there is no gradient to the weights.
 */
#pragma once

#include "core/base/shape.h"
#include "core/base/workers.h"

typedef struct _PstConv      PstConv; /* conv.h */
typedef struct _PstLayerKind PstLayerKind;

/* ReLU's derivative, one bit for each element: bit c % 16 of word c / 16 of a
 * pixel, channels rounded up to groups of PST_CHANNEL_GROUP. */
typedef guint16 PstBits;

/* A layer of a network. */
typedef struct
{
  const PstLayerKind *kind;
  char               *name;      /* owned */
  int                 inputs[2]; /* layers before it whose activation it takes;
                                  * -1: of the first, the picture; of the
                                  * second, none */
  int                 in_channels;
  int                 out_channels;
  gboolean            relu; /* follows the operation */
  int                 size; /* of a pooling's windows */
  PstConv            *conv; /* owned; a convolution's, or the projection of a
                             * tap; else NULL */
} PstLayer;

/* Some rows of an activation or of a gradient. */
typedef struct
{
  float   *data; /* rows @top and following of [height][width][channels] */
  int      top;
  PstShape shape; /* of the whole */
} PstBand;

/* What is saved of a layer's forward pass for its backward pass. */
typedef struct
{
  void *data; /* rows @top and following, each of pst_layer_saved() bytes */
  int   top;
} PstSavedBand;

/* A band of rows to be made. */
typedef struct
{
  PstWorkers  *workers;
  float       *scratch; /* pst_layer_scratch() floats for each worker */
  gboolean     bf16;    /* convolve in half precision, where that is possible */
  int          begin;   /* rows @begin .. @end - 1 are made: forward of out, */
  int          end;     /* backward of in[0] */
  PstBand      in[2];   /* forward: the layer's input; backward, in[0] only: the
                         * gradient at it */
  PstBand      out;     /* forward: its output; backward: the gradient at it */
  PstSavedBand saved;   /* data is NULL where nothing is saved */
  gboolean     add;     /* backward: to in[0], instead of overwriting it */
} PstLayerWork;

/* Row i of the output is made of @size rows of the input from
 * @stride i - @before on. */
typedef struct
{
  int      size;
  int      stride; /* 1 or 2 */
  int      before;
  gboolean whole; /* the output has one pixel, made of the whole input */
} PstReach;

/* A kind of layer.  Members that do not apply are NULL. */
struct _PstLayerKind
{
  const char *op; /* its name in model files */

  /* NULL: a row is made of the row at its place */
  PstReach (*reach) (const PstLayer *layer);

  /* Bytes of a row that the backward pass needs.  @out: shape of the output */
  gsize (*saved) (const PstLayer *layer, PstShape out);

  /* Floats of scratch for each worker.  @bf16: as in PstLayerWork
   * @width: that of the input at most */
  gsize (*scratch) (const PstLayer *layer, gboolean bf16, int width);

  /* Multiplications and additions for a pixel of the output, counted as direct
   * convolution */
  double (*operations) (const PstLayer *layer);

  /* Rows of the output.  work->begin is a multiple of 4, and work->end unless
   * it is the height */
  void (*forward) (const PstLayer *layer, const PstLayerWork *work);

  /* Rows of the gradient at the input, likewise; with two inputs it is the same
   * at both */
  void (*backward) (const PstLayer *layer, const PstLayerWork *work);

  /* What it does, in a few words, without ReLU; to be freed */
  char *(*describe) (const PstLayer *layer);

  /* Frees what only layers of this kind own */
  void (*free) (PstLayer *layer);
};

extern const PstLayerKind pst_layer_conv;
extern const PstLayerKind pst_layer_avgpool;
extern const PstLayerKind pst_layer_maxpool;
extern const PstLayerKind pst_layer_add;
extern const PstLayerKind pst_layer_global_avgpool; /* only taps follow */
extern const PstLayerKind pst_layer_tap;

/* Frees what @layer owns, not the struct; its kind may still be NULL. */
void pst_layer_clear (PstLayer *layer);

/* ceil (height / 2), ceil (width / 2), same channels: of every layer with
 * stride 2.  So every picture of at least one pixel can be halved, and no pixel
 * goes unseen. */
PstShape pst_shape_halve (PstShape in);

/* Shape of the output for an input of shape @in. */
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

/* As in PstLayerKind; 0 where that has NULL. */
gsize pst_layer_saved (const PstLayer *layer, PstShape out);
gsize pst_layer_scratch (const PstLayer *layer, gboolean bf16, int width);

/* Multiplications and additions for an output of shape @out. */
double pst_layer_operations (const PstLayer *layer, PstShape out);

/* pst_layer_relu_saved:
 * For PstLayerKind.saved: ReLU's bits, where there is ReLU. */
gsize pst_layer_relu_saved (const PstLayer *layer, PstShape out);

/* Where row @row of a band begins. */
static inline float *
pst_band_row (const PstBand *band, int row)
{
  return band->data
         + (gsize) (row - band->top) * band->shape.width * band->shape.channels;
}

/* Where pixel @column of row @row begins. */
static inline float *
pst_band_pixel (const PstBand *band, int row, int column)
{
  return pst_band_row (band, row) + (gsize) column * band->shape.channels;
}
