/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.c: the innermost loops (kernels.h)
 *
 * Built with -DPST_LEVEL=name -DPST_LEVEL_NAME="name for people"
 * -DPST_VECTOR=floats and the compiler's options for that level; exports one
 * table, pst_kernels_<name>.
 */
#include "kernels-vector.h"

#include <string.h>

#if defined(__SSE__)
#include <immintrin.h>
#endif

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

/* Columns of b that a block needs: packed side by side, they fill all of the
 * first-level cache's sets rather than a few. */
#define PANEL         (BLOCK_VECTORS * PST_VECTOR)
#define DEPTH         128        /* rows of b at a time */
#define CACHE_LINE    16         /* floats */

/* load() and store() where only the first @n floats, usually all, are there. */
INLINE Vector
load_some (const float *x,
           int          n)
{
  Vector value = { 0 };

  if (n == PST_VECTOR)
    return load (x);
  memcpy (&value, x, n * sizeof (float));
  return value;
}

INLINE void
store_some (float  *x,
            Vector  value,
            int     n)
{
  if (n == PST_VECTOR)
    store (x, value);
  else
    memcpy (x, &value, n * sizeof (float));
}

/* ---- ReLU's derivative ------------------------------------------------- */

#if PST_VECTOR == 16 && defined(__AVX512F__)

INLINE Vector
keep_bits (Vector  value,
           guint16 bits)
{
  return (Vector) _mm512_maskz_mov_ps (bits, (__m512) value);
}

INLINE guint
positive_bits (Vector value)
{
  return _mm512_cmp_ps_mask ((__m512) value, _mm512_setzero_ps (), _CMP_GT_OQ);
}

#else

static const gint32 lane_bits[] = { 1, 2, 4, 8, 16, 32, 64, 128 };

/* @value where the bit is set, else 0. */
INLINE Vector
keep_bits (Vector  value,
           guint16 bits)
{
  Mask lanes;

  memcpy (&lanes, lane_bits, sizeof lanes);
  return (Vector) ((Mask) value & ((bits & lanes) == lanes));
}

/* A bit for each element that is above 0. */
INLINE guint
positive_bits (Vector value)
{
#if defined(__AVX__)
  return _mm256_movemask_ps ((__m256) (value > 0));
#elif defined(__SSE__)
  return _mm_movemask_ps ((__m128) (value > 0));
#else
  guint bits = 0;

  for (int i = 0; i < PST_VECTOR; i++)
    bits |= (guint) (value[i] > 0) << i;
  return bits;
#endif
}

#endif

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

/* @bits: NULL is a constant where this is inlined */
INLINE void
transform_tile (const float   *x,
                gsize          row_stride,
                const guint16 *bits,
                gsize          bits_stride,
                int            channels,
                float         *v,
                gsize          point_stride)
{
  int groups = channels / PST_CHANNEL_GROUP;

  for (int c = 0; c < channels; c += PST_VECTOR)
    {
      Vector middle[TILE_IN][TILE_IN];     /* [column][row], rows transformed */

      for (int k = 0; k < TILE_IN; k++)
        {
          Vector column[TILE_IN];

          for (int r = 0; r < TILE_IN; r++)
            {
              column[r] = load (x + r * row_stride + k * channels + c);
              if (bits)
                column[r] = keep_bits (column[r],
                                       bits[r * bits_stride + k * groups
                                            + c / PST_CHANNEL_GROUP]
                                       >> c % PST_CHANNEL_GROUP);
            }
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

static void
winograd_input (const float   *x,
                gsize          row_stride,
                const guint16 *bits,
                gsize          bits_stride,
                int            channels,
                float         *v,
                gsize          point_stride)
{
  if (bits)
    transform_tile (x, row_stride, bits, bits_stride, channels, v,
                    point_stride);
  else
    transform_tile (x, row_stride, NULL, 0, channels, v, point_stride);
}

/* Sets the bits of channel @c and following, as many as a vector has. */
INLINE void
put_bits (guint16 *bits,
          int      c,
          guint    value)
{
  guint16 *word = bits + c / PST_CHANNEL_GROUP;
  int      shift = c % PST_CHANNEL_GROUP;

  *word = (shift ? *word : 0) | value << shift;
}

/* ReLU of @value where @relu is set; @bits: where it is above 0, or NULL.
 * @c: the channel that it begins with */
INLINE Vector
rectify (Vector    value,
         gboolean  relu,
         guint16  *bits,
         int       c)
{
  if (bits)
    put_bits (bits, c, positive_bits (value));
  if (relu)
    value = (Vector) ((Mask) value & (value > 0));
  return value;
}

static void
winograd_output (const float        *m,
                 gsize               point_stride,
                 int                 channels,
                 const PstTileOutput *tile)
{
  const Vector zero = { 0 };
  int          groups = PST_CHANNEL_GROUPS (channels);

  for (int c = 0; c < channels; c += PST_VECTOR)
    {
      Vector middle[TILE_IN][TILE_OUT];    /* [column][row] */
      Vector offset = tile->bias ? load (tile->bias + c) : zero;
      int    n = MIN (PST_VECTOR, channels - c);

      for (int k = 0; k < TILE_IN; k++)
        {
          Vector column[TILE_IN];

          for (int r = 0; r < TILE_IN; r++)
            column[r] = load (m + (r * TILE_IN + k) * point_stride + c);
          transform_output (column, middle[k]);
        }
      for (int r = 0; r < tile->rows; r++)
        {
          Vector row[TILE_IN], out[TILE_OUT];

          for (int k = 0; k < TILE_IN; k++)
            row[k] = middle[k][r];
          transform_output (row, out);
          for (int k = 0; k < tile->columns; k++)
            {
              float   *pixel = tile->y + r * tile->row_stride + k * channels
                               + c;
              guint16 *bits = NULL;
              Vector   value;

              if (tile->bits)
                bits = tile->bits + r * tile->bits_stride + k * groups;
              value = rectify (out[k] + offset, tile->relu, bits, c);
              if (tile->add)
                value += load_some (pixel, n);
              store_some (pixel, value, n);
            }
        }
    }
}

static void
finish (int          count,
        int          channels,
        const float *bias,
        gboolean     relu,
        float       *y,
        guint16     *bits)
{
  int groups = PST_CHANNEL_GROUPS (channels);

  for (int i = 0; i < count; i++, y += channels)
    {
      for (int c = 0; c < channels; c += PST_VECTOR)
        {
          int    n = MIN (PST_VECTOR, channels - c);
          Vector value = load_some (y + c, n) + load (bias + c);

          store_some (y + c, rectify (value, relu, bits, c), n);
        }
      if (bits)
        bits += groups;
    }
}

/* ---- matrix multiplication --------------------------------------------- */

/* One product: what does not change while its blocks are worked through. */
typedef struct
{
  int      depth;
  gsize    a_step;       /* floats from one element of a row of a to the next */
  gsize    a_stride;     /* floats from row to row */
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
            const float   *a,
            const float   *b,
            const float   *ahead,
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
      Vector row[BLOCK_VECTORS];

      __builtin_prefetch (ahead + d * CACHE_LINE);
#pragma GCC unroll 8
      for (int k = 0; k < vectors; k++)
        row[k] = load (b + k * PST_VECTOR);
#pragma GCC unroll 8
      for (int i = 0; i < rows; i++)
#pragma GCC unroll 8
        for (int k = 0; k < vectors; k++)
          sums[i][k] += a[i * a_stride] * row[k];
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
            const float   *a,
            const float   *b,
            const float   *ahead,
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
            const float   *a,
            const float   *b,
            float         *c)
{
  const float *next = b + product->depth * product->b_stride;

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
  for (int panel = 0; panel < product->columns; panel += PANEL)
    for (int d = 0; d < product->depth; d += DEPTH)
      {
        int     width = MIN (PANEL, product->columns - panel);
        Product part = { .depth = MIN (DEPTH, product->depth - d),
                         .a_step = 1, .a_stride = product->a_stride,
                         .b_stride = width, .c_stride = product->c_stride,
                         .add = product->add || d > 0 };

        gemm_panel (&part, product->rows, width, product->a + d,
                    product->b + (gsize) panel * product->depth
                    + (gsize) d * width, product->c + panel);
      }
}

/* a and b are read in place: row by row both are runs of memory. */
static void
gemm_tn (const PstProduct *product)
{
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
                    product->a + d * product->a_stride,
                    product->b + d * product->b_stride + panel,
                    product->c + panel);
      }
}

/* ---- the table --------------------------------------------------------- */

#define JOIN2(name, level)  name##level
#define JOIN(name, level)   JOIN2 (name, level)
#define NAME                JOIN (pst_kernels_, PST_LEVEL)
#define PAIRS               JOIN (pst_pair_kernels_, PST_LEVEL)

extern const PstPairKernels PAIRS;
extern const PstKernels NAME;

const PstKernels NAME = {
  .level = PST_LEVEL_NAME,
  .panel = PANEL,
  .pairs = &PAIRS,
  .winograd_input = winograd_input,
  .winograd_output = winograd_output,
  .finish = finish,
  .gemm = gemm,
  .gemm_tn = gemm_tn
};
