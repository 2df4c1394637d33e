/* SPDX-License-Identifier: GPL-3.0-or-later */
/* brushwork.c: a night sky over a village field, in thick strokes of oil
 *
 * A motif gives the color and the direction of the paint at each place.
 * Strokes follow that direction, large ones first; each is a bundle of bristles
 * with colors of their own that leave ridges of paint.  Light from the upper
 * left then falls on the ridges.  Places are in units of the picture's height.
 */
#include "canvas.h"

#include <math.h>
#include <stdlib.h>

#define BRISTLES 14

typedef struct
{
  double x, y, radius, spin;
} Whirl;

static const Whirl whirls[] = {
  { 0.36, 0.30, 0.170, 1.0 },  { 0.66, 0.40, 0.120, -0.9 },
  { 1.05, 0.20, 0.150, 1.2 },  { 0.12, 0.13, 0.070, 0.8 },
  { 0.80, 0.11, 0.055, -0.8 }, { 1.21, 0.50, 0.060, 0.8 },
  { 0.57, 0.09, 0.045, 0.7 },
};

#define N_WHIRLS (sizeof whirls / sizeof whirls[0])

typedef struct
{
  Canvas  *canvas;
  double  *paint; /* [height][width] thickness */
  double   unit;  /* pixels per unit */
  uint32_t random;
} Easel;

/* ---- the motif ---------------------------------------------------------- */

static double
field_edge (double x)
{
  return 0.70 + 0.05 * sin (3.1 * x + 0.6) + 0.02 * sin (9.0 * x);
}

static bool
is_cypress (double x, double y)
{
  double t = (1.02 - y) / 0.86;
  double half =
    0.085 * pow (clamp (t * (1.0 - t) * 4.0, 0.0, 1.0), 0.6) * (1.0 - 0.55 * t);

  return t > 0.0 && t < 1.0 && fabs (x - 0.17 - 0.018 * sin (9.0 * y)) < half;
}

/* Direction of the strokes, radians. */
static double
direction_at (double x, double y)
{
  double dx = 1.0;
  double dy =
    0.45 * sin (4.5 * x + 2.0 * y) + 0.2 * noise (x * 4.0, y * 4.0, 5);

  if (is_cypress (x, y))
    return -0.5 * M_PI + 0.55 * sin (22.0 * y + 14.0 * x);
  if (y > field_edge (x))
    return 0.45 * sin (5.0 * x + 9.0 * y) - 0.15;
  for (size_t i = 0; i < N_WHIRLS; i++)
    {
      double rx = x - whirls[i].x;
      double ry = y - whirls[i].y;
      double pull = exp (-(rx * rx + ry * ry)
                         / (1.1 * whirls[i].radius * whirls[i].radius));
      double away = hypot (rx, ry) + 1e-6;

      dx = (1.0 - pull) * dx - 2.0 * pull * whirls[i].spin * ry / away;
      dy = (1.0 - pull) * dy + 2.0 * pull * whirls[i].spin * rx / away;
    }
  return atan2 (dy, dx);
}

static Vec
pick (const uint32_t *palette, int n_colors, double at)
{
  double place = clamp (at, 0.0, 0.9999) * (n_colors - 1);
  int    i = (int) place;

  return vec_mix (vec_from_rgb (palette[i]), vec_from_rgb (palette[i + 1]),
                  place - i);
}

static Vec
sky_paint (double x, double y)
{
  static const uint32_t blues[] = { 0x14204f, 0x1d3a86, 0x2f62b4, 0x5d97cf,
                                    0x9cc4d4, 0x3f78b8, 0x1b3275 };
  static const uint32_t lights[] = { 0xfdf3b4, 0xf7d94c, 0xefb32a,
                                     0xd8a53e, 0xa9c9a0, 0x6fa9cf };
  double flow = 0.5 + 0.42 * sin (16.0 * y + 5.0 * sin (3.0 * x) + 2.0 * x)
                + 0.25 * noise (x * 5.0, y * 9.0, 6);
  Vec color = pick (blues, 7, flow);

  for (size_t i = 0; i < N_WHIRLS; i++)
    {
      double away = hypot (x - whirls[i].x, y - whirls[i].y) / whirls[i].radius;
      double rings = 0.15 * sin (14.0 * away);

      if (away < 1.0)
        color = vec_mix (pick (lights, 6, away + rings), color,
                         smooth_step (0.75, 1.0, away));
    }
  return color;
}

static Vec
motif_at (double x, double y)
{
  static const uint32_t leaves[] = { 0x0d1a14, 0x1d3a22, 0x2c4c2a, 0x55622a,
                                     0x3a2a1c };
  static const uint32_t crops[] = { 0x5b6a2a, 0x8b8b2c, 0xd7a92e,
                                    0xedc558, 0xb8742a, 0x4c7a52 };
  static const uint32_t hills[] = { 0x1c3d6e, 0x2f6a86, 0x4f8f8a, 0x23466f };
  double                below = y - field_edge (x);

  if (is_cypress (x, y))
    return pick (leaves, 5, 0.5 + 0.6 * noise (x * 60.0, y * 14.0, 7));
  if (below > 0.07)
    return pick (crops, 6,
                 0.5 + 0.45 * sin (60.0 * below + 8.0 * x)
                   + 0.3 * noise (x * 9.0, y * 16.0, 8));
  if (below > 0.0)
    return pick (hills, 4, 12.0 * below + 0.3 * noise (x * 12.0, y * 12.0, 9));
  return sky_paint (x, y);
}

/* ---- the strokes -------------------------------------------------------- */

static void
put_paint (Easel *easel, double x, double y, Vec color, double thickness)
{
  Canvas *canvas = easel->canvas;
  int     left = (int) floor (x - 0.5);
  int     top = (int) floor (y - 0.5);

  for (int i = 0; i < 4; i++)
    {
      int    column = left + i % 2;
      int    row = top + i / 2;
      double cover =
        clamp ((1.1 - fabs (x - 0.5 - column)) * (1.1 - fabs (y - 0.5 - row)),
               0.0, 1.0);

      if (column < 0 || column >= canvas->width || row < 0
          || row >= canvas->height)
        continue;
      int at = row * canvas->width + column;

      canvas->pixels[at] = vec_mix (canvas->pixels[at], color, cover);
      easel->paint[at] += cover * (thickness - easel->paint[at]);
    }
}

/* One stroke from (@x, @y), @length and @width in pixels. */
static void
draw_stroke (Easel *easel, double x, double y, double length, double width)
{
  Vec    color = motif_at (x / easel->unit, y / easel->unit);
  double load = 0.75 + 0.5 * next_random (&easel->random);
  double tone[BRISTLES], ridge[BRISTLES];
  int    n_bristles = (int) clamp (width / 0.6, 3.0, BRISTLES);

  for (int i = 0; i < n_bristles; i++)
    {
      tone[i] = load * (0.78 + 0.44 * next_random (&easel->random));
      ridge[i] = 0.4 + 0.6 * next_random (&easel->random);
    }
  for (double along = 0.0; along < length; along += 0.6)
    {
      double t = along / length;
      double angle = direction_at (x / easel->unit, y / easel->unit);
      double half = 0.5 * width * sqrt (clamp (9.0 * t, 0.0, 1.0))
                    * sqrt (clamp (4.0 * (1.0 - t), 0.0, 1.0));

      for (int i = 0; i < n_bristles; i++)
        {
          double side = half * (2.0 * (i + 0.5) / n_bristles - 1.0);

          if (t < 0.75 + 0.25 * ridge[i])
            put_paint (easel, x - side * sin (angle), y + side * cos (angle),
                       vec_scale (color, tone[i]), ridge[i] * (1.0 - 0.4 * t));
        }
      x += 0.6 * cos (angle);
      y += 0.6 * sin (angle);
    }
}

/* Strokes all over, one for each @spacing squared, in a shuffled order. */
static void
cover (Easel *easel, double spacing, double length, double width)
{
  Canvas *canvas = easel->canvas;
  double  area = (double) canvas->width * canvas->height;
  int     n_strokes = (int) (area / (spacing * spacing));

  for (int i = 0; i < n_strokes; i++)
    {
      double x = canvas->width * (1.1 * next_random (&easel->random) - 0.08);
      double y = canvas->height * (1.1 * next_random (&easel->random) - 0.05);
      double vary = 0.7 + 0.6 * next_random (&easel->random);

      draw_stroke (easel, x, y, length * vary, width * vary);
    }
}

/* ---- light on the paint ------------------------------------------------- */

static void
light_paint (Easel *easel)
{
  Canvas *canvas = easel->canvas;

  for (int row = canvas->height - 1; row > 0; row--)
    for (int column = canvas->width - 1; column > 0; column--)
      {
        int    at = row * canvas->width + column;
        double slope = 2.0 * easel->paint[at] - easel->paint[at - 1]
                       - easel->paint[at - canvas->width];
        double light = clamp (1.0 + 0.38 * slope, 0.55, 1.6);
        double shine = 0.10 * clamp (slope - 0.45, 0.0, 1.0);

        canvas->pixels[at] = vec_add (vec_scale (canvas->pixels[at], light),
                                      vec (shine, shine, shine));
      }
}

bool
paint_brushwork (Canvas *canvas)
{
  size_t area = (size_t) canvas->width * (size_t) canvas->height;
  Easel  easel = { canvas, calloc (area, sizeof (double)), canvas->height, 1 };
  double size = canvas->height / 480.0;

  if (! easel.paint)
    return false;
  for (size_t i = 0; i < area; i++)
    canvas->pixels[i] = vec_from_rgb (0x6b6a4a);
  cover (&easel, 7.0 * size, 60.0 * size, 13.0 * size);
  cover (&easel, 5.0 * size, 38.0 * size, 8.0 * size);
  cover (&easel, 4.4 * size, 26.0 * size, 5.0 * size);
  light_paint (&easel);
  free (easel.paint);
  return true;
}
