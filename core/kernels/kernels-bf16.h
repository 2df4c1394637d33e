/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-bf16.h: the innermost loops in half precision
 *
 * bfloat16 is the upper half of a float, with 8 bits of mantissa; products of
 * two are exact in float, and are summed up there.  Instructions for it add two
 * products to each sum of a vector or, Intel's AMX (Intel 64 and IA-32
 * Architectures Software Developer's Manual, volume 1, chapter 18), 32 products
 * to each of 16 x 16 sums.
 */
#pragma once

#include "kernels.h"

typedef guint16 PstBf16;

#define PST_BF16_CHUNK 32 /* input channels handled at a time: a cache line */
#define PST_BF16_TILE  16 /* pixels handled at a time */
#define PST_BF16_PANEL                                 \
  32 /* output channels handled at a time; where 16 or \
      * less are left, PST_CHANNEL_GROUP */

/* Scratch: floats, and numbers for a block of so many pixels. */
#define PST_BF16_SUMS (4 * PST_BF16_TILE * PST_BF16_PANEL)
#define PST_BF16_MAP(rows, columns) \
  ((rows) * ((columns) + 2) + 2 * PST_BF16_TILE)

/* A block of output pixels of a convolution by AMX.  x, weights and sums are
 * aligned to cache lines. */
typedef struct
{
  int            kernel; /* 1: of 1x1, 3: of 3x3 */
  int            rows;
  int            columns;
  int            chunks;   /* of the input's channels */
  int            channels; /* of the output */
  const PstBf16 *x;        /* [chunks], @plane elements apart, each [rows +
                            * kernel - 1][columns + kernel - 1][PST_BF16_CHUNK]:
                            * the block and what surrounds it; readable for
                            * PST_BF16_TILE pixels more */
  gsize          plane;
  const PstBf16 *weights; /* for each panel [chunks][kernel][kernel]
                           * [1 or 2 groups]
                           * [PST_BF16_CHUNK / 2][PST_CHANNEL_GROUP][2] */
  gint32        *map;     /* scratch, [PST_BF16_MAP] */
  float         *sums;    /* scratch, [PST_BF16_SUMS] */
  PstTileOutput  output;  /* row 0, column 0 is the block's first pixel */
} PstBf16Block;

typedef struct
{
  int panel; /* as in PstKernels */

  /* winograd_input: as in PstKernels, rounded; @point_stride in numbers */
  void (*winograd_input) (const float   *x,
                          gsize          row_stride,
                          const guint16 *bits,
                          gsize          bits_stride,
                          int            channels,
                          PstBf16       *v,
                          gsize          point_stride);

  /* round:
   * @x: [count][channels]
   * @bits: of the same, x is taken as 0 where its bit is not set; or NULL
   * @y: chunk after chunk @plane elements apart, each [count][PST_BF16_CHUNK],
   *   0 for channels that are missing in the last; aligned to a cache line
   * To nearest, ties to even. */
  void (*round) (int            count,
                 int            channels,
                 const float   *x,
                 const guint16 *bits,
                 PstBf16       *y,
                 gsize          plane);

  /* pair_rows:
   * @x: [count][columns], rows @x_stride apart; columns % PST_CHANNEL_GROUP ==
   *   0
   * @weights: [count], of the rows; or NULL
   * @pairs: [count / 2, rounded up], rows @stride apart: rows 2 i and 2 i + 1,
   *   rounded; a second one that is missing is 0 */
  void (*pair_rows) (int          count,
                     int          columns,
                     const float *x,
                     gsize        x_stride,
                     const float *weights,
                     guint32     *pairs,
                     gsize        stride);

  /* As in PstKernels.  gemm: b packed by pst_bf16_kernels_pack(). */
  void (*gemm) (const PstProduct *product);
  void (*gemm_tn) (const PstProduct *product);

  /* convolve:
   * NULL where Winograd is faster for 3x3 and gemm for 1x1 */
  void (*convolve) (const PstBf16Block *block);
} PstBf16Kernels;

/* kernels-amx.c */
void pst_amx_convolve (const PstBf16Block *block);

/* NULL where the machine has no such instructions, the system does not allow
 * them, or the environment variable PASTICHE_CPU names a level without them;
 * static, shareable. */
const PstBf16Kernels *pst_bf16_kernels_get (void);

/* pst_bf16_kernels_pack:
 * @b: [depth][columns]
 * @packed: as pst_kernels_pack() does, of pairs: [depth / 2, rounded
 *   up][columns rounded up to groups]; a second one that is missing is 0 */
void
pst_bf16_kernels_pack (int depth, int columns, const float *b, guint32 *packed);

/* To nearest, ties to even; of a finite number. */
PstBf16 pst_bf16_round (float value);
