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
  PstTiling *wrap = g_new0 (PstTiling, 1);
  gsize      n = 3 * (gsize) (height + 2 * margin) * (width + 2 * margin);

  *wrap = (PstTiling){ .height = height,
                       .width = width,
                       .margin = margin,
                       .objective = objective,
                       .data = data };
  wrap->padded = pst_arena_floats (arena, n);
  wrap->gradient = pst_arena_floats (arena, n);
  return wrap;
}

void
pst_tiling_free (PstTiling *wrap)
{
  g_free (wrap);
}

/* Adds the gradient with margin to where its pixels come from. */
static void
fold (const PstTiling *wrap, float *gradient)
{
  int          width = wrap->width + 2 * wrap->margin;
  const float *from = wrap->gradient;

  memset (gradient, 0, sizeof (float) * 3 * wrap->height * wrap->width);
  for (int y = 0; y < wrap->height + 2 * wrap->margin; y++)
    for (int x = 0; x < width; x++, from += 3)
      {
        float *to = gradient
                    + 3
                        * ((gsize) pst_wrapped (y - wrap->margin, wrap->height)
                             * wrap->width
                           + pst_wrapped (x - wrap->margin, wrap->width));

        for (int c = 0; c < 3; c++)
          to[c] += from[c];
      }
}

const float *
pst_tiling_pad (PstTiling *wrap, const float *x)
{
  pst_pad ((PstShape){ wrap->height, wrap->width, 3 }, x, wrap->margin, TRUE,
           wrap->padded);
  return wrap->padded;
}

gboolean
pst_tiling_evaluate (void        *data,
                     const float *x,
                     double      *ret_value,
                     float       *gradient)
{
  PstTiling *wrap = data;

  if (! wrap->objective (wrap->data, pst_tiling_pad (wrap, x), ret_value,
                         wrap->gradient))
    return FALSE;
  fold (wrap, gradient);
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
