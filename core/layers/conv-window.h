/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-window.h: what all convolutions have in common: pixels and their
 * neighbors, also beyond the border
 */
#pragma once

#include "core/kernels/kernels.h"
#include "layer.h"

typedef enum
{
  PST_PADDING_ZERO,
  PST_PADDING_REPLICATE /* the border pixel is repeated */
} PstPadding;

/* What a convolution is. */
typedef struct
{
  int        in_channels;
  int        out_channels;
  int        kernel;  /* 1 or 3; with stride 2 also 7 */
  int        stride;  /* 1 or 2 */
  PstPadding padding; /* with stride 2 PST_PADDING_ZERO */
} PstConvSpec;

/* An activation to be convolved, or the rows of it that exist so far. */
typedef struct
{
  const float   *x; /* rows @top and following of
                     * [height][width][channels] */
  int            top;
  const PstBits *bits; /* rows @bits_top and following of
                        * [height][width][groups]; x is taken as 0 where the
                        * bit is not set.  NULL: all of x counts */
  int            bits_top;
  int            height; /* of the whole */
  int            width;
  int            channels;
  PstPadding     padding; /* what lies outside */
  gboolean       adjoint; /* x is the gradient of a padded convolution's output:
                           * outside there is nothing, but with replicate
                           * padding, border pixels also get what their copies
                           * outside got */
} PstSource;

/* Epilogue of a convolution, and where its results go. */
typedef struct
{
  const float *bias; /* [out, rounded up to groups] or NULL */
  gboolean     relu;
  gboolean     add; /* to y, instead of overwriting it */
  float       *y;   /* rows @top and following of
                     * [height][width][out] */
  int          top;
  PstBits     *bits; /* rows @bits_top and following of
                      * [height][width][groups], set where y > 0; or
                      * NULL */
  int          bits_top;
} PstConvOutput;

/* A band of rows to be convolved. */
typedef struct
{
  PstWorkers   *workers;
  PstSource     source;
  PstConvOutput output;
  int           begin; /* rows @begin .. @end - 1 of the output are made */
  int           end;
  gboolean      bf16;         /* in half precision, where that is possible */
  float        *scratch;      /* a part for each worker */
  gsize         scratch_size; /* floats from worker to worker */
} PstConvWork;

/* Where row @row of x begins. */
static inline const float *
pst_source_row (const PstSource *source, int row)
{
  return source->x
         + (gsize) (row - source->top) * source->width * source->channels;
}

/* And of the bits. */
static inline const PstBits *
pst_source_bits (const PstSource *source, int row)
{
  return source->bits
         + (gsize) (row - source->bits_top) * source->width
             * PST_CHANNEL_GROUPS (source->channels);
}

/* pst_window_finish:
 * Finishes @count pixels of y, which are sums, from pixel @first on, counted in
 * a picture of @width: adds the bias, which is not NULL, takes ReLU and saves
 * its derivative.
 * @out: channels */
void pst_window_finish (const PstConvOutput *output,
                        gsize                width,
                        int                  out,
                        gsize                first,
                        int                  count);

/* pst_window_gather:
 * @windows: [count][3][3][channels], of the pixels @first and following,
 *   counted in the whole */
void pst_window_gather (const PstSource *source,
                        gsize            first,
                        int              count,
                        float           *windows);

/* Likewise of single pixels: [count][channels]. */
void pst_window_copy (const PstSource *source,
                      gsize            first,
                      int              count,
                      float           *pixels);

/* pst_window_gather_side:
 * The extra window of a pixel at the border, in an adjoint with replicate
 * padding.
 * @along: at the first or last row, with what each column of its window stands
 *   for; else at the first or last column, with the rows of its window that
 *   exist
 * @window: [3][channels] */
void pst_window_gather_side (const PstSource *source,
                             int              row,
                             int              column,
                             gboolean         along,
                             float           *window);

/* pst_window_gather_tile:
 * @tile: [6][6][channels], the upper left one being pixel @row, @column, which
 * may lie outside.  What an adjoint's border pixels get twice is left out.
 * @bits: [6][6][groups], those of @tile; not used where the source has none */
void pst_window_gather_tile (const PstSource *source,
                             int              row,
                             int              column,
                             float           *tile,
                             PstBits         *bits);
