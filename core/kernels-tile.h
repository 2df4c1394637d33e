/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-tile.h: Winograd's transform of the input, for kernels.c, -half.c
 *
 * Whoever includes it has defined Winograd, what a transformed value is, and
 * put (Winograd *, Vector), which stores a vector of them.
 */
#pragma once

#include "kernels-vector.h"

#define TILE_IN  6               /* pixels of a tile's side */

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

/* @bits: NULL is a constant where this is inlined */
INLINE void
winograd_tile (const float   *x,
               gsize          row_stride,
               const guint16 *bits,
               gsize          bits_stride,
               int            channels,
               Winograd      *v,
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
            put (v + (r * TILE_IN + k) * point_stride + c, out[k]);
        }
    }
}

static void
winograd_input (const float   *x,
                gsize          row_stride,
                const guint16 *bits,
                gsize          bits_stride,
                int            channels,
                Winograd      *v,
                gsize          point_stride)
{
  if (bits)
    winograd_tile (x, row_stride, bits, bits_stride, channels, v, point_stride);
  else
    winograd_tile (x, row_stride, NULL, 0, channels, v, point_stride);
}
