/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiling.c: pictures whose borders meet, so that they tile without a seam */
#include "tiling.h"

#include <string.h>

#include "core/picture/picture.h"

struct _PstTiling
{
  int          height;
  int          width;
  int          margin;
  PstLbfgsFunc objective;
  void        *data;
  float       *padded;   /* [height + 2 margin][width + 2 margin][3] */
  float       *gradient; /* likewise */
};

PstTiling *
pst_tiling_new (PstArena    *arena,
                int          height,
                int          width,
                int          margin,
                PstLbfgsFunc objective,
                void        *data)
{
  PstTiling *tiling = g_new0 (PstTiling, 1);
  gsize      n = 3 * (gsize) (height + 2 * margin) * (width + 2 * margin);

  *tiling = (PstTiling){ .height = height,
                         .width = width,
                         .margin = margin,
                         .objective = objective,
                         .data = data };
  tiling->padded = pst_arena_floats (arena, n);
  tiling->gradient = pst_arena_floats (arena, n);
  return tiling;
}

void
pst_tiling_free (PstTiling *tiling)
{
  g_free (tiling);
}

/* Adds the gradient with margin to where its pixels come from. */
static void
fold (const PstTiling *tiling, float *gradient)
{
  int          width = tiling->width + 2 * tiling->margin;
  const float *from = tiling->gradient;

  memset (gradient, 0, sizeof (float) * 3 * tiling->height * tiling->width);
  for (int y = 0; y < tiling->height + 2 * tiling->margin; y++)
    for (int x = 0; x < width; x++, from += 3)
      {
        float *to =
          gradient
          + 3
              * ((gsize) pst_wrapped (y - tiling->margin, tiling->height)
                   * tiling->width
                 + pst_wrapped (x - tiling->margin, tiling->width));

        for (int c = 0; c < 3; c++)
          to[c] += from[c];
      }
}

const float *
pst_tiling_pad (PstTiling *tiling, const float *x)
{
  pst_pad ((PstShape){ tiling->height, tiling->width, 3 }, x, tiling->margin,
           TRUE, tiling->padded);
  return tiling->padded;
}

gboolean
pst_tiling_evaluate (void        *data,
                     const float *x,
                     double      *ret_value,
                     float       *gradient)
{
  PstTiling *tiling = data;

  if (! tiling->objective (tiling->data, pst_tiling_pad (tiling, x), ret_value,
                           tiling->gradient))
    return FALSE;
  fold (tiling, gradient);
  return TRUE;
}

void
pst_tiling_clear_margin (int height, int width, int margin, float *mask)
{
  for (int y = -margin; y < height + margin; y++)
    for (int x = -margin; x < width + margin; x++, mask++)
      if (x < 0 || x >= width || y < 0 || y >= height)
        *mask = 0;
}

/* 0 at the borders of a line of @n and beyond, 1 within. */
static float
fading (int p, int n)
{
  float inside = CLAMP (8 * (MIN (p, n - 1 - p) + 0.5f) / n, 0.0f, 1.0f);

  return inside * inside * (3 - 2 * inside);
}

void
pst_tiling_fade (int height, int width, int margin, float *mask)
{
  for (int y = -margin; y < height + margin; y++)
    for (int x = -margin; x < width + margin; x++)
      *mask++ *= fading (y, height) * fading (x, width);
}

void
pst_tiling_crossfade (int height, int width, const float *original, float *rgb)
{
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, rgb += 3)
      {
        float        share = fading (y, height) * fading (x, width);
        const float *moved = original
                             + 3
                                 * ((gsize) ((y + height / 2) % height) * width
                                    + (x + width / 2) % width);

        for (int c = 0; c < 3; c++)
          rgb[c] = moved[c] + share * (rgb[c] - moved[c]);
      }
}
