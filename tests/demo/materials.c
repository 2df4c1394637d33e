/* SPDX-License-Identifier: GPL-3.0-or-later */
/* materials.c: how grass, rock, trees and walls look in the sun */
#include "scene.h"

#include <math.h>

/* ---- light -------------------------------------------------------------- */

static const Vec sunlight = { 1.9, 1.5, 1.0 };
static const Vec skylight = { 0.30, 0.40, 0.56 };

static Vec
sun_direction (void)
{
  return vec_unit (vec (0.80, 0.46, -0.42));
}

/* Light of the sun and of the sky on a matt surface. */
static Vec
light_on (Vec normal)
{
  double sun = fmax (vec_dot (normal, sun_direction ()), 0.0);

  return vec_add (vec_scale (sunlight, sun),
                  vec_scale (skylight, 0.55 + 0.45 * normal.y));
}

static Vec
normal_at (double x, double z, double step)
{
  double here = ground_height (x, z);

  return vec_unit (vec (here - ground_height (x + step, z), step,
                        here - ground_height (x, z + step)));
}

/* ---- materials ---------------------------------------------------------- */

static Vec
shade_meadow (double x, double z, double y)
{
  double blades = fractal_noise (x * 9.0, z * 2.2, 4, 61);
  double patches = fractal_noise (x / 7.0, z / 7.0, 4, 62);
  Vec    grass = vec_mix (vec (0.055, 0.11, 0.018), vec (0.30, 0.31, 0.05),
                          clamp (0.45 + 0.7 * patches + 0.6 * blades, 0, 1));
  Vec    sand = vec_mix (vec (0.34, 0.26, 0.16), vec (0.5, 0.42, 0.3), patches);
  int    column = (int) floor (x * 5.0);
  int    row = (int) floor (z * 3.0);
  double flower = cell_random (column, row, 63);

  if (z < 40.0 && flower < 0.03 + 0.10 * patches
      && hypot (x * 5.0 - column - 0.5, z * 3.0 - row - 0.5) < 0.30)
    grass = flower < 0.025 ? vec (0.75, 0.07, 0.04) : vec (0.85, 0.62, 0.06);
  return vec_mix (sand, grass, smooth_step (0.05, 0.45, y + 0.2 * patches));
}

static Vec
shade_ground (double x, double z, double y)
{
  Vec    normal = normal_at (x, z, fmax (0.1, 0.0015 * z));
  Vec    color = shade_meadow (x, z, y);
  double rough = fractal_noise (x / 60.0, z / 60.0, 6, 64);
  Vec    rock = vec_scale (vec (0.27, 0.235, 0.21), 1.0 + 0.6 * rough);
  Vec    snow = vec (0.88, 0.90, 0.95);

  color = vec_mix (color, rock,
                   smooth_step (120.0, 330.0,
                                y + 110.0 * rough + 160.0 * (0.75 - normal.y)));
  color = vec_mix (color, snow,
                   smooth_step (420.0, 560.0,
                                y + 150.0 * rough - 320.0 * (0.72 - normal.y)));
  return vec_mul (color, light_on (normal));
}

static Vec
shade_tree (Surface surface, double x, double y, double z, double side)
{
  bool   poplar = surface.material == POPLAR;
  double leaves = poplar ? fractal_noise (x * 2.6, y * 1.9 + z, 4, 71)
                         : fractal_noise (x * 1.1 + z, y * 1.6, 4, 72);
  double tone = clamp (0.5 + 0.5 * side + 0.9 * leaves, 0.0, 1.6);
  double low = smooth_step (-1.0, 6.0, y - surface.base);
  Vec    dark = poplar ? vec (0.012, 0.030, 0.010) : vec (0.008, 0.022, 0.014);
  Vec    bright = poplar ? vec (0.19, 0.22, 0.035) : vec (0.075, 0.115, 0.035);
  Vec    color = vec_mix (dark, bright, tone);

  if (surface.along < 0.12 && ! poplar)
    color = vec_mul (color, vec (2.3, 1.5, 0.9));
  return vec_scale (color, (0.45 + 0.75 * low) * 1.5);
}

static bool
is_inside (double a, double center, double half)
{
  return fabs (a - center) < half;
}

static Vec
shade_wall (double along, double height)
{
  double stain = fractal_noise (along * 1.5, height * 1.5, 4, 81);
  Vec    color = vec_scale (vec (0.80, 0.70, 0.55), 1.0 + 0.22 * stain);
  double window = fmin (fabs (along + 3.4), fabs (along - 3.2));

  if (height < 0.5)
    color = vec_scale (vec (0.32, 0.29, 0.26), 1.0 + 0.5 * stain);
  if (window < 1.15 && is_inside (height, 1.85, 0.68) && window > 0.62)
    color = vec (0.10, 0.22, 0.26);
  if (window < 0.62 && is_inside (height, 1.85, 0.68))
    color = window < 0.07 || is_inside (height, 1.85, 0.06)
              ? vec (0.75, 0.7, 0.6)
              : vec (0.06, 0.075, 0.10);
  if (is_inside (along, -0.2, 0.62) && height < 2.25)
    color = vec (0.19, 0.075, 0.03);
  return color;
}

static Vec
shade_building (Surface surface, double y, double z)
{
  const double no_opening = 9.0;
  double       height = y - surface.base;
  double       tiles = noise (surface.along * 5.0, height * 9.0, 82);
  double       rows = fabs (sin (height * 9.0));
  Vec          sunny = light_on (vec_unit (vec (0.5, 0.45, -0.75)));

  switch (surface.material)
    {
    case WALL:
      return vec_mul (shade_wall (surface.along, height),
                      light_on (vec (HOUSE_SIN, 0.0, -HOUSE_COS)));
    case GABLE:
      return vec_mul (shade_wall (no_opening, height),
                      light_on (vec (-HOUSE_COS, 0.0, -HOUSE_SIN)));
    case ROOF:
      return vec_mul (vec_scale (vec (0.42, 0.105, 0.05),
                                 0.75 + 0.3 * tiles + 0.25 * rows),
                      sunny);
    case WOOD:
      return vec_mul (vec_scale (vec (0.30, 0.22, 0.15),
                                 0.7 + 0.5 * noise (z * 4.0, y, 83)
                                   - 0.5 * (z * 3.0 - floor (z * 3.0) < 0.15)),
                      sunny);
    default:
      return vec_mul (vec_scale (vec (0.38, 0.18, 0.12), 0.9 + 0.3 * tiles),
                      sunny);
    }
}

Vec
shade (Surface surface, double x, double y, double z)
{
  double side;

  switch (surface.material)
    {
    case GROUND:
      return shade_ground (x, z, y);
    case WATER:
      return vec (0.0, 0.0, 0.0);
    case TREE:
    case POPLAR:
      side = surface_at (x - 0.35, z).y - surface_at (x + 0.35, z).y;
      return shade_tree (surface, x, y, z, clamp (side, -1.0, 1.0));
    default:
      return shade_building (surface, y, z);
    }
}
