/* SPDX-License-Identifier: GPL-3.0-or-later */
/* things-plants.c: flowers, leaves and limbs */
#include "things.h"

#include <math.h>

#include "numbers.h"

static gboolean
look_flower (const void *thing, double x, double y, Spot *spot)
{
  const Flower *flower = thing;
  double        u = (x - flower->x) / flower->radius;
  double        v = (y - flower->y) / (flower->radius * flower->tilt);
  double        away = length_of (u, v);
  double        angle = arc (v, u);
  double        turned = (angle - flower->turn) * flower->petals / (2.0 * PI);
  double        in_petal = turned - floor (turned) - 0.5;
  double        bow = sqrt (fmax (1.0 - 4.0 * in_petal * in_petal, 0.0));
  double        tip = 1.0 - 2.0 * fabs (in_petal);
  double        edge = 0.42 + 0.58 * mix (bow, tip, flower->pointed);
  double        vein = noise (in_petal * 18.0, away * 1.5, 71);

  if (away > edge)
    return FALSE;
  spot->color =
    palette_pick (&flower->colors, away / edge * 0.9 + 0.16 * vein
                                     - 0.5 * in_petal * (v > 0.0 ? 1.0 : 0.3));
  spot->color = rgb_shift (spot->color, 0.22 * (bow - 0.75) - 0.10 * v, 0.0);
  spot->angle = (float) (angle + 0.9 * in_petal);
  return TRUE;
}

static gboolean
look_heart (const void *thing, double x, double y, Spot *spot)
{
  const Flower *flower = thing;
  double        size = flower->radius * flower->core;
  double        u = (x - flower->x) / size;
  double        v = (y - flower->y) / (size * flower->tilt);
  double        away = length_of (u, v);
  double        seeds =
    sine (9.0 * away + 5.0 * arc (v, u)) * sine (9.0 * away - 8.0 * arc (v, u));

  if (away > 1.0)
    return FALSE;
  spot->color =
    palette_pick (&flower->heart, 0.55 - 0.25 * u - 0.3 * v + 0.35 * seeds);
  spot->angle = (float) (arc (v, u) + 0.5 * PI);
  return TRUE;
}

void
add_flower (Scene *scene, const Flower *flower)
{
  scene_add_around (scene, look_flower, flower, flower->x, flower->y,
                    flower->radius * fmax (flower->tilt, 1.0));
  if (flower->core > 0.0)
    scene_add_around (scene, look_heart, flower, flower->x, flower->y,
                      flower->radius * fmax (flower->tilt, 1.0));
}

static gboolean
look_leaf (const void *thing, double x, double y, Spot *spot)
{
  const Leaf *leaf = thing;
  double      right = leaf->x1 - leaf->x0;
  double      down = leaf->y1 - leaf->y0;
  double      length = length_of (right, down);
  double u = ((x - leaf->x0) * right + (y - leaf->y0) * down) / length / length;
  double v = ((y - leaf->y0) * right - (x - leaf->x0) * down) / length / length;
  double middle = leaf->bend * 4.0 * u * (1.0 - u);
  double half = leaf->width * power (clamp (4.0 * u * (1.0 - u), 0.0, 1.0), 0.8)
                * (1.25 - 0.5 * u);
  double across = (v - middle) / fmax (half, 1e-6);
  double rib = sine (u * 42.0 - 7.0 * fabs (across));

  if (u < 0.0 || u > 1.0 || fabs (across) > 1.0)
    return FALSE;
  spot->color =
    palette_pick (&leaf->colors,
                  0.45 - (across > 0.0 ? 0.22 : -0.22) + 0.10 * rib
                    + 0.3 * fractal (u * 5.0, across * 2.0, 3, 73)
                    + 0.35 * smooth_step (0.10, 0.04, fabs (across)));
  spot->angle = (float) (arc (down, right) + (across > 0.0 ? 0.55 : -0.55)
                         + leaf->bend * 4.0 * (1.0 - 2.0 * u));
  return TRUE;
}

void
add_leaf (Scene *scene, const Leaf *leaf)
{
  scene_add_around (scene, look_leaf, leaf, leaf->x0, leaf->y0,
                    1.5 * length_of (leaf->x1 - leaf->x0, leaf->y1 - leaf->y0));
}

/* The number @k of knot @i and its neighbors, at @t between it and the next
 * (Catmull and Rom). */
static double
bend (const Limb *limb, int i, int k, double t)
{
  int    last = limb->n_knots - 1;
  double a = limb->knots[MAX (i - 1, 0)][k];
  double b = limb->knots[i][k];
  double c = limb->knots[MIN (i + 1, last)][k];
  double d = limb->knots[MIN (i + 2, last)][k];

  return b
         + 0.5 * t
             * (c - a
                + t
                    * (2.0 * a - 5.0 * b + 4.0 * c - d
                       + t * (3.0 * (b - c) + d - a)));
}

#define LIMB_STEPS 10

static gboolean
look_limb (const void *thing, double x, double y, Spot *spot)
{
  const Limb *limb = thing;
  double      best = 1.0;
  double      across = 0.0;
  double      angle = 0.0;

  for (int i = 0; i + 1 < limb->n_knots; i++)
    for (int k = 0; k < LIMB_STEPS; k++)
      {
        double from = (double) k / LIMB_STEPS;
        double to = (k + 1.0) / LIMB_STEPS;
        double ax = bend (limb, i, 0, from);
        double ay = bend (limb, i, 1, from);
        double right = bend (limb, i, 0, to) - ax;
        double down = bend (limb, i, 1, to) - ay;
        double length = length_of (right, down) + 1e-9;
        double t =
          clamp (((x - ax) * right + (y - ay) * down) / (length * length), 0.0,
                 1.0);
        double half = bend (limb, i, 2, mix (from, to, t));
        double away = length_of (x - ax - t * right, y - ay - t * down) / half;

        if (away >= best)
          continue;
        best = away;
        across = ((y - ay) * right - (x - ax) * down) / length / half;
        angle = arc (down, right);
        if (right < 0.0)
          across = -across;
      }
  if (best >= 1.0)
    return FALSE;
  spot->color = palette_pick (&limb->colors,
                              0.5 + 0.42 * across
                                + 0.25 * fractal (x * 22.0, y * 22.0, 3, 75));
  spot->angle = (float) angle;
  return TRUE;
}

void
add_limb (Scene *scene, const Limb *limb)
{
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;

  for (int i = 0; i < limb->n_knots; i++)
    {
      const double *knot = limb->knots[i];

      left = fmin (left, knot[0] - knot[2]);
      right = fmax (right, knot[0] + knot[2]);
      top = fmin (top, knot[1] - knot[2]);
      bottom = fmax (bottom, knot[1] + knot[2]);
    }
  scene_add_around (scene, look_limb, limb, 0.5 * (left + right),
                    0.5 * (top + bottom),
                    0.55 * fmax (right - left, bottom - top));
}
