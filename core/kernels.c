/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.c: the innermost loops (kernels.h)
 *
 * Built with -DPST_LEVEL=name -DPST_LEVEL_NAME="name for people"
 * -DPST_VECTOR=floats and the compiler's options for that level; exports one
 * table, pst_kernels_<name>.
 */
#include "kernels.h"

#include <string.h>

/* A vector of PST_VECTOR floats that may lie anywhere. */
typedef float Vector __attribute__ ((vector_size (PST_VECTOR * sizeof (float)),
                                     aligned (sizeof (float)), may_alias));

typedef int Mask __attribute__ ((vector_size (PST_VECTOR * sizeof (int))));

#define TILE_IN       6          /* pixels of a tile's side */
#define TILE_OUT      4

/* Of 32 registers, six rows of four vectors leave enough for a row of b; of 16,
 * six rows of two. */
#define BLOCK_ROWS    6
#if defined(__AVX512F__) || defined(__aarch64__)
#define BLOCK_VECTORS 4
#else
#define BLOCK_VECTORS 2
#endif

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *x)
{
  return *(const Vector *) x;
}

INLINE void
store (float  *x,
       Vector  value)
{
  *(Vector *) x = value;
}

/* ---- Winograd ---------------------------------------------------------- */

/* B^T of F(4, 3) with the points 0, 1, -1, 2, -2, infinity */
INLINE void
transform_input (const Vector d[6],
                 Vector       v[6])
{
  Vector even = d[4] - 4 * d[2];
  Vector odd = d[3] - 4 * d[1];
  Vector even2 = d[4] - d[2];
  Vector odd2 = 2 * (d[3] - d[1]);

  v[0] = 4 * d[0] - 5 * d[2] + d[4];
  v[1] = even + odd;
  v[2] = even - odd;
  v[3] = even2 + odd2;
  v[4] = even2 - odd2;
  v[5] = 4 * d[1] - 5 * d[3] + d[5];
}

/* A^T */
INLINE void
transform_output (const Vector m[6],
                  Vector       y[4])
{
  Vector sum1 = m[1] + m[2];
  Vector difference1 = m[1] - m[2];
  Vector sum2 = m[3] + m[4];
  Vector difference2 = m[3] - m[4];

  y[0] = m[0] + sum1 + sum2;
  y[1] = difference1 + 2 * difference2;
  y[2] = sum1 + 4 * sum2;
  y[3] = difference1 + 8 * difference2 + m[5];
}

static void
winograd_input (const float *x,
                gsize        row_stride,
                int          channels,
                float       *v,
                gsize        point_stride)
{
  for (int c = 0; c < channels; c += PST_VECTOR)
    {
      Vector middle[TILE_IN][TILE_IN];     /* [column][row], rows transformed */

      for (int k = 0; k < TILE_IN; k++)
        {
          Vector column[TILE_IN];

          for (int r = 0; r < TILE_IN; r++)
            column[r] = load (x + r * row_stride + k * channels + c);
          transform_input (column, middle[k]);
        }
      for (int r = 0; r < TILE_IN; r++)
        {
          Vector row[TILE_IN], out[TILE_IN];

          for (int k = 0; k < TILE_IN; k++)
            row[k] = middle[k][r];
          transform_input (row, out);
          for (int k = 0; k < TILE_IN; k++)
            store (v + (r * TILE_IN + k) * point_stride + c, out[k]);
        }
    }
}

/* @n: floats of the vector that are there, usually all */
INLINE void
put_pixel (float    *y,
           Vector    value,
           gboolean  add,
           int       n)
{
  Vector before = { 0 };

  if (n == PST_VECTOR)
    {
      if (add)
        value += load (y);
      store (y, value);
      return;
    }
  if (add)
    memcpy (&before, y, n * sizeof (float));
  value += before;
  memcpy (y, &value, n * sizeof (float));
}

static void
winograd_output (const float *m,
                 gsize        point_stride,
                 int          channels,
                 const float *bias,
                 gboolean     relu,
                 gboolean     add,
                 float       *y,
                 gsize        row_stride,
                 int          top,
                 int          bottom,
                 int          left,
                 int          right)
{
  const Vector zero = { 0 };

  for (int c = 0; c < channels; c += PST_VECTOR)
    {
      Vector middle[TILE_IN][TILE_OUT];    /* [column][row] */
      Vector offset = bias ? load (bias + c) : zero;
      int    n = MIN (PST_VECTOR, channels - c);

      for (int k = 0; k < TILE_IN; k++)
        {
          Vector column[TILE_IN];

          for (int r = 0; r < TILE_IN; r++)
            column[r] = load (m + (r * TILE_IN + k) * point_stride + c);
          transform_output (column, middle[k]);
        }
      for (int r = top; r < bottom; r++)
        {
          Vector row[TILE_IN], out[TILE_OUT];

          for (int k = 0; k < TILE_IN; k++)
            row[k] = middle[k][r];
          transform_output (row, out);
          for (int k = left; k < right; k++)
            {
              Vector value = out[k] + offset;

              if (relu)
                value = (Vector) ((Mask) value & (value > zero));
              put_pixel (y + r * row_stride + k * channels + c, value, add, n);
            }
        }
    }
}

/* ---- matrix multiplication --------------------------------------------- */

/* A block of @rows rows and @vectors vectors of columns, held in registers.
 * @rows, @vectors and @add are constants where this is inlined. */
INLINE void
gemm_block (int          rows,
            int          vectors,
            int          depth,
            const float *a,
            const float *b,
            int          b_stride,
            gboolean     add,
            float       *c,
            gsize        c_stride)
{
  Vector sums[BLOCK_ROWS][BLOCK_VECTORS];

#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
    for (int k = 0; k < vectors; k++)
      {
        sums[i][k] = (Vector) { 0 };
        if (add)
          sums[i][k] = load (c + i * c_stride + k * PST_VECTOR);
      }
  for (int d = 0; d < depth; d++, b += b_stride)
    {
      Vector row[BLOCK_VECTORS];

#pragma GCC unroll 8
      for (int k = 0; k < vectors; k++)
        row[k] = load (b + k * PST_VECTOR);
#pragma GCC unroll 8
      for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
        for (int k = 0; k < vectors; k++)
          sums[i][k] += a[i * (gsize) depth + d] * row[k];
    }
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
    for (int k = 0; k < vectors; k++)
      store (c + i * c_stride + k * PST_VECTOR, sums[i][k]);
}

/* All rows of a strip of @vectors vectors of columns. */
INLINE void
gemm_strip (int          vectors,
            int          rows,
            int          depth,
            const float *a,
            const float *b,
            int          b_stride,
            gboolean     add,
            float       *c,
            gsize        c_stride)
{
  for (; rows >= BLOCK_ROWS; rows -= BLOCK_ROWS)
    {
      gemm_block (BLOCK_ROWS, vectors, depth, a, b, b_stride, add, c, c_stride);
      a += (gsize) BLOCK_ROWS * depth;
      c += BLOCK_ROWS * c_stride;
    }
  for (; rows > 0; rows--)
    {
      gemm_block (1, vectors, depth, a, b, b_stride, add, c, c_stride);
      a += depth;
      c += c_stride;
    }
}

INLINE void
gemm_panels (int          rows,
             int          columns,
             int          depth,
             const float *a,
             const float *b,
             gboolean     add,
             float       *c)
{
  for (int panel = 0; panel < columns; panel += PST_PANEL)
    {
      int          width = MIN (PST_PANEL, columns - panel);
      const float *packed = b + (gsize) panel * depth;
      int          k = 0;

      for (; k + BLOCK_VECTORS * PST_VECTOR <= width;
           k += BLOCK_VECTORS * PST_VECTOR)
        gemm_strip (BLOCK_VECTORS, rows, depth, a, packed + k, width, add,
                    c + panel + k, columns);
      for (; k < width; k += PST_VECTOR)
        gemm_strip (1, rows, depth, a, packed + k, width, add, c + panel + k,
                    columns);
    }
}

static void
gemm (int          rows,
      int          columns,
      int          depth,
      const float *a,
      const float *b,
      gboolean     add,
      float       *c)
{
  if (add)
    gemm_panels (rows, columns, depth, a, b, TRUE, c);
  else
    gemm_panels (rows, columns, depth, a, b, FALSE, c);
}

/* ---- the table --------------------------------------------------------- */

#define NAME2(level)  pst_kernels_##level
#define NAME(level)   NAME2 (level)

extern const PstKernels NAME (PST_LEVEL);

const PstKernels NAME (PST_LEVEL) = {
  .level = PST_LEVEL_NAME,
  .winograd_input = winograd_input,
  .winograd_output = winograd_output,
  .gemm = gemm
};
