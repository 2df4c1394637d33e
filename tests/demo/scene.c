/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene.c: what stands where in the landscape */
#include "scene.h"

#include <math.h>

/* ---- the ground --------------------------------------------------------- */

double
ground_height (double x, double z)
{
  double shore =
    hypot ((x - 14.0) / 88.0, (z - 82.0) / 63.0) - 1.0
    + 0.16 * fractal_noise (x / 24.0, z / 24.0, 3, 11)
    + 1.1 * exp (-pow ((x + 17.0) / 19.0, 2.0) - pow ((z - 39.0) / 8.5, 2.0));
  double y = clamp (9.0 * shore, -2.0, 1.6 + 1.2 * shore);

  if (z < 40.0)
    y += 0.10 * fractal_noise (x * 1.3, z * 1.3, 3, 12);
  if (z > 135.0)
    y += smooth_step (135.0, 520.0, z)
         * (26.0 + 44.0 * fractal_noise (x / 120.0, z / 120.0, 4, 13));
  if (z > 420.0)
    {
      double wide = fractal_noise (x / 1100.0 + 0.32, z / 1100.0, 2, 14);
      double ridge =
        1.0 - fabs (fractal_noise (x / 520.0, z / 520.0, 8, 15)) * 2.2;

      y +=
        smooth_step (420.0, 3000.0, z) * (300.0 + 520.0 * wide) * (0.3 + ridge);
    }
  return y;
}

/* ---- what stands on it -------------------------------------------------- */

/* A conifer in this cell of the plane, or nothing. */
static void
add_tree (Surface *surface, double x, double z, double size, uint32_t seed)
{
  int    column = (int) floor (x / size);
  int    row = (int) floor (z / size);
  double chance = cell_random (column, row, seed);
  double wood = fractal_noise (column * size / 45.0, row * size / 45.0, 3, 21);
  double height = size * (1.5 + 0.9 * cell_random (column, row, seed + 1));
  double cx = (column + 0.4 + 0.2 * cell_random (column, row, seed + 2)) * size;
  double cz = (row + 0.4 + 0.2 * cell_random (column, row, seed + 3)) * size;
  double radius = 0.20 * height;
  double base = ground_height (cx, cz);
  double distance = hypot (x - cx, z - cz);

  if (chance > 0.55 + 1.6 * wood || base < 1.3 || base > 190.0
      || distance >= radius)
    return;

  double y = base + height * pow (1.0 - distance / radius, 0.85);

  if (y > surface->y)
    *surface = (Surface){ y, TREE, chance, base };
}

/* A poplar: tall, and bushy to the ground. */
static void
add_poplar (Surface *surface,
            double   x,
            double   z,
            double   cx,
            double   cz,
            double   height)
{
  double radius = 0.13 * height;
  double distance = hypot (x - cx, z - cz);

  if (distance >= radius)
    return;
  double base = ground_height (cx, cz);
  double crown = pow (1.0 - pow (distance / radius, 2.0), 0.7);
  double y = base + height * crown;

  if (y > surface->y)
    *surface = (Surface){ y, POPLAR, cx, base };
}

/* The house: a box under a roof with two slopes, and a chimney. */
static void
add_house (Surface *surface, double x, double z)
{
  const double half_length = 5.2, half_depth = 3.2, eaves = 3.3, rise = 3.2;
  double       across = x - HOUSE_X;
  double       away = z - HOUSE_Z;
  double       u = HOUSE_COS * across + HOUSE_SIN * away;
  double       v = -HOUSE_SIN * across + HOUSE_COS * away;

  if (fabs (u) > half_length || fabs (v) > half_depth)
    return;
  surface->base = ground_height (HOUSE_X, HOUSE_Z);
  surface->y = surface->base + eaves + rise * (1.0 - fabs (v) / half_depth);
  surface->material = ROOF;
  surface->along = u;
  if (fabs (u - 2.6) < 0.45 && fabs (v - 0.5) < 0.45)
    {
      surface->y = surface->base + eaves + rise + 0.9;
      surface->material = CHIMNEY;
    }
}

Surface
surface_at (double x, double z)
{
  Surface surface = { ground_height (x, z), GROUND, 0.0, 0.0 };

  if (z > 60.0 && z < 1500.0)
    {
      add_tree (&surface, x, z, 6.0, 31);
      add_tree (&surface, x + 3.1, z + 2.7, 7.5, 41);
    }
  if (z > 20.0 && z < 60.0)
    {
      add_poplar (&surface, x, z, -17.5, 42.0, 14.5);
      add_poplar (&surface, x, z, -15.0, 44.5, 17.0);
      add_poplar (&surface, x, z, -1.3, 40.5, 10.0);
      add_house (&surface, x, z);
    }
  if (fabs (x - 5.6) < 0.9 && z > 12.0 && z < 27.0 && surface.y < 0.55)
    surface = (Surface){ 0.55, WOOD, 0.0, 0.0 };
  if (surface.y < 0.0)
    surface = (Surface){ 0.0, WATER, 0.0, 0.0 };
  return surface;
}
