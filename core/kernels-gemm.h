/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-gemm.h: products of matrices, for kernels.c and kernels-half.c
 *
 * Whoever includes it has defined Element, what a and b consist of; Elements, a
 * vector of PST_VECTOR of them; ElementsAt, the same anywhere in memory; and
 * multiply_add (Vector, Element, Elements).
 */
#pragma once

#include "kernels-vector.h"

/* Of 32 registers, six rows of four vectors leave enough for a row of b; of 16,
 * six rows of two. */
#define BLOCK_ROWS    6
#if defined(__AVX512F__) || defined(__aarch64__)
#define BLOCK_VECTORS 4
#else
#define BLOCK_VECTORS 2
#endif

/* Columns of b that a block needs: packed side by side, they fill all of the
 * first-level cache's sets rather than a few. */
#define PANEL         (BLOCK_VECTORS * PST_VECTOR)
#define DEPTH         128        /* rows of b at a time */
#define CACHE_LINE    16         /* elements */

/* One product: what does not change while its blocks are worked through. */
typedef struct
{
  int      depth;
  gsize    a_step;       /* from one element of a row of a to the next */
  gsize    a_stride;     /* from row to row */
  gsize    b_stride;
  gsize    c_stride;
  gboolean add;
} Product;

/* A block of @rows rows and @vectors vectors of columns, held in registers, both
 * constants where this is inlined.
 * @ahead: what will be needed soon; each row of b has a cache line of it fetched.
 * Without that, b, which comes from far away when it is first used, holds up a
 * third of the time for 512 channels. */
INLINE void
gemm_block (const Product *product,
            int            rows,
            int            vectors,
            const Element *a,
            const Element *b,
            const Element *ahead,
            float         *c)
{
  gsize  a_stride = product->a_stride;
  gsize  c_stride = product->c_stride;
  Vector sums[BLOCK_ROWS][BLOCK_VECTORS];

#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
    for (int k = 0; k < vectors; k++)
      {
        sums[i][k] = (Vector) { 0 };
        if (product->add)
          sums[i][k] = load (c + i * c_stride + k * PST_VECTOR);
      }
  for (int d = 0; d < product->depth;
       d++, a += product->a_step, b += product->b_stride)
    {
      Elements row[BLOCK_VECTORS];

      __builtin_prefetch (ahead + d * CACHE_LINE);
#pragma GCC unroll 8
      for (int k = 0; k < vectors; k++)
        row[k] = *(const ElementsAt *) (b + k * PST_VECTOR);
#pragma GCC unroll 8
      for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
        for (int k = 0; k < vectors; k++)
          sums[i][k] = multiply_add (sums[i][k], a[i * a_stride], row[k]);
    }
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
    for (int k = 0; k < vectors; k++)
      store (c + i * c_stride + k * PST_VECTOR, sums[i][k]);
}

/* All rows of a strip of @vectors vectors of columns. */
INLINE void
gemm_strip (const Product *product,
            int            vectors,
            int            rows,
            const Element *a,
            const Element *b,
            const Element *ahead,
            float         *c)
{
  for (; rows >= BLOCK_ROWS; rows -= BLOCK_ROWS)
    {
      gemm_block (product, BLOCK_ROWS, vectors, a, b, ahead, c);
      a += BLOCK_ROWS * product->a_stride;
      c += BLOCK_ROWS * product->c_stride;
      ahead += product->depth * CACHE_LINE;
    }
  if (rows >= 4)
    {
      gemm_block (product, 4, vectors, a, b, ahead, c);
      a += 4 * product->a_stride;
      c += 4 * product->c_stride;
      rows -= 4;
    }
  for (; rows > 0; rows--)
    {
      gemm_block (product, 1, vectors, a, b, ahead, c);
      a += product->a_stride;
      c += product->c_stride;
    }
}

/* Some columns of b and a part of the depth, so that this much of b stays in the
 * first-level cache.
 * @width: up to PANEL, a multiple of PST_VECTOR */
static void
gemm_panel (const Product *product,
            int            rows,
            int            width,
            const Element *a,
            const Element *b,
            float         *c)
{
  const Element *next = b + product->depth * product->b_stride;

  /* Fewer vectors at a time would leave the multipliers waiting. */
  if (width == PANEL)
    gemm_strip (product, BLOCK_VECTORS, rows, a, b, next, c);
  else if (BLOCK_VECTORS > 3 && width == 3 * PST_VECTOR)
    gemm_strip (product, 3, rows, a, b, next, c);
  else if (BLOCK_VECTORS > 2 && width == 2 * PST_VECTOR)
    gemm_strip (product, 2, rows, a, b, next, c);
  else
    gemm_strip (product, 1, rows, a, b, next, c);
}

static void
gemm (const PstProduct *product)
{
  const Element *a = product->a;
  const Element *b = product->b;

  for (int panel = 0; panel < product->columns; panel += PANEL)
    for (int d = 0; d < product->depth; d += DEPTH)
      {
        int     width = MIN (PANEL, product->columns - panel);
        Product part = { .depth = MIN (DEPTH, product->depth - d),
                         .a_step = 1, .a_stride = product->a_stride,
                         .b_stride = width, .c_stride = product->c_stride,
                         .add = product->add || d > 0 };

        gemm_panel (&part, product->rows, width, a + d,
                    b + (gsize) panel * product->depth + (gsize) d * width,
                    product->c + panel);
      }
}

/* a and b are read in place: row by row both are runs of memory. */
static void
gemm_tn (const PstProduct *product)
{
  const Element *a = product->a;
  const Element *b = product->b;

  for (int d = 0; d < product->depth; d += DEPTH)
    for (int panel = 0; panel < product->columns; panel += PANEL)
      {
        Product part = { .depth = MIN (DEPTH, product->depth - d),
                         .a_step = product->a_stride, .a_stride = 1,
                         .b_stride = product->b_stride,
                         .c_stride = product->c_stride,
                         .add = product->add || d > 0 };

        gemm_panel (&part, product->rows,
                    MIN (PANEL, product->columns - panel),
                    a + d * product->a_stride,
                    b + d * product->b_stride + panel,
                    product->c + panel);
      }
}
