/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.c: the innermost loops (kernels.h)
 *
 * Built with -DPST_LEVEL=name -DPST_VECTOR=floats and the compiler's options
 * for that level; exports one table, pst_kernels_<name>.
 */
#include "kernels-vector.h"

typedef float    Winograd;
typedef float    Element;
typedef Vector   Elements;
typedef VectorAt ElementsAt;

INLINE void
put (float *v, Vector value)
{
  store (v, value);
}

INLINE Vector
multiply_add (Vector sum, float a, Vector b)
{
  return sum + a * b;
}

#include "kernels-gemm.inc"
#include "kernels-tile.inc"

#define TILE_OUT 4 /* pixels of a tile's side */

/* ---- layers ------------------------------------------------------------- */

/* A^T */
INLINE void
transform_output (const Vector m[6], Vector y[4])
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
winograd_output (const float         *m,
                 gsize                point_stride,
                 int                  channels,
                 const PstTileOutput *tile)
{
  const Vector zero = { 0 };
  int          groups = PST_CHANNEL_GROUPS (channels);

  for (int c = 0; c < channels; c += PST_VECTOR)
    {
      Vector middle[TILE_IN][TILE_OUT]; /* [column][row] */
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
              float *pixel = tile->y + r * tile->row_stride + k * channels + c;
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

/* ---- the table ---------------------------------------------------------- */

#define JOIN2(name, level) name##level
#define JOIN(name, level)  JOIN2 (name, level)
#define NAME               JOIN (pst_kernels_, PST_LEVEL)
#define HISTORY            JOIN (pst_history_kernels_, PST_LEVEL)

extern const PstHistoryKernels HISTORY;
extern const PstKernels        NAME;

const PstKernels NAME = { .panel = PANEL,
                          .history = &HISTORY,
                          .winograd_input = winograd_input,
                          .winograd_output = winograd_output,
                          .finish = finish,
                          .gemm = gemm,
                          .gemm_tn = gemm_tn };
