/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-half.h: inner loops on bfloat16, for machines with matrix registers
 *
 * bfloat16 is the upper half of a float, with 8 bits of mantissa; products of two
 * are exact in float, and are summed up there.  There is one such table, for
 * Intel's AMX (Intel 64 and IA-32 Architectures Software Developer's Manual,
 * volume 1, chapter 18), where one instruction adds 32 products to each of 16 x 16
 * sums.
 */
#pragma once

#include "kernels.h"

typedef guint16 PstHalf;

#define PST_HALF_CHUNK  32    /* input channels handled at a time: a cache line */
#define PST_HALF_TILE   16    /* pixels handled at a time */
#define PST_HALF_PANEL  32    /* output channels handled at a time; where 16 or
                               * less are left, PST_CHANNEL_GROUP */

/* Scratch: floats, and numbers for a block of so many pixels. */
#define PST_HALF_SUMS   (4 * PST_HALF_TILE * PST_HALF_PANEL)
#define PST_HALF_MAP(rows, columns) \
  ((rows) * ((columns) + 2) + 2 * PST_HALF_TILE)

/* A block of output pixels of a convolution.  x, weights and sums are aligned to
 * cache lines. */
typedef struct
{
  int            kernel;     /* 1: of 1x1, 3: of 3x3 */
  int            rows;
  int            columns;
  int            chunks;     /* of the input's channels */
  int            channels;   /* of the output */
  const PstHalf *x;          /* [chunks], @plane elements apart, each [rows +
                              * kernel - 1][columns + kernel - 1][PST_HALF_CHUNK]:
                              * the block and what surrounds it; readable for
                              * PST_HALF_TILE pixels more */
  gsize          plane;
  const PstHalf *weights;    /* for each panel [chunks][kernel][kernel]
                              * [1 or 2 groups]
                              * [PST_HALF_CHUNK / 2][PST_CHANNEL_GROUP][2] */
  gint32        *map;        /* scratch, [PST_HALF_MAP] */
  float         *sums;       /* scratch, [PST_HALF_SUMS] */
  PstTileOutput  output;     /* row 0, column 0 is the block's first pixel */
} PstHalfBlock;

typedef struct
{
  /* round:
   * @x: [count][channels]
   * @bits: of the same, x is taken as 0 where its bit is not set; or NULL
   * @y: chunk after chunk @plane elements apart, each [count][PST_HALF_CHUNK], 0
   *   for channels that are missing in the last; aligned to a cache line
   * To nearest, ties to even. */
  void (* round)    (int            count,
                     int            channels,
                     const float   *x,
                     const guint16 *bits,
                     PstHalf       *y,
                     gsize          plane);

  void (* convolve) (const PstHalfBlock *block);
} PstHalfKernels;

/* NULL where the machine has no such instructions, the system does not let us
 * use them, or the environment variable PASTICHE_CPU names a lesser level than
 * x86-64-v4; shareable. */
const PstHalfKernels * pst_half_kernels_get (void);
