/* SPDX-License-Identifier: GPL-3.0-or-later */
/* things-made.c: houses, boats, vessels, shapes and shadows */
#include "things.h"

#include <math.h>

#include "numbers.h"

static gboolean
look_house (const void *thing, double x, double y, Spot *spot)
{
  const House *house = thing;
  double       u = (x - house->x) / house->width;
  double       v = (house->y - y) / house->height;
  double       column = u * house->columns;
  double       row = v * house->rows;
  double       inside_x = column - floor (column);
  double       inside_y = row - floor (row);

  if (u < 0.0 || u > 1.0 || v < 0.0 || v > 1.0)
    return FALSE;
  spot->color =
    palette_pick (&house->wall,
                  0.85 - 0.7 * u + 0.30 * fractal (x * 14.0, y * 9.0, 4, 31));
  spot->angle = (float) (0.5 * PI + 0.15 * noise (x * 8.0, y * 8.0, 32));
  if (house->columns > 0 && fabs (inside_x - 0.5) < 0.20
      && fabs (inside_y - 0.52) < 0.26)
    spot->color =
      palette_pick (&house->windows,
                    cell_random ((int) column + (int) (house->x * 997.0),
                                 (int) row, 33)
                      + 0.25 * (inside_y - 0.5));
  return TRUE;
}

static gboolean
look_roof (const void *thing, double x, double y, Spot *spot)
{
  const House *house = thing;
  double       t = (house->y - house->height - y) / house->roof;
  double       u = (x - house->x) / house->width * 2.0 - 1.0;
  double       half = 1.10 * (1.0 - t);

  if (t < 0.0 || t > 1.0 || fabs (u) > half)
    return FALSE;
  spot->color = palette_pick (&house->tiles,
                              0.55 - 0.35 * u + 0.25 * sine (t * 26.0)
                                + 0.30 * fractal (x * 20.0, y * 20.0, 3, 35));
  spot->angle =
    (float) (arc (house->roof * (u < 0.0 ? -1.0 : 1.0), 0.5 * house->width));
  return TRUE;
}

void
add_house (Scene *scene, const House *house)
{
  scene_add_around (scene, look_house, house, house->x, house->y,
                    1.5 * (house->width + house->height + house->roof));
  if (house->roof > 0.0)
    scene_add_around (scene, look_roof, house, house->x, house->y,
                      1.5 * (house->width + house->height + house->roof));
}

static gboolean
look_hull (const void *thing, double x, double y, Spot *spot)
{
  const Boat *boat = thing;
  double      u = (x - boat->x) / boat->size;
  double      v = (y - boat->y) / boat->size;
  double      rim = -0.16 - 0.16 * u * u - 0.05 * u;
  double      keel = 0.06 * (1.0 - u * u * u * u);
  double      mirrored = 0.34 + 0.10 * noise (u * 7.0, v * 30.0, boat->seed);

  if (fabs (u) < 0.85 && v > keel && v < mirrored * (1.0 - u * u))
    {
      spot->color = rgb_mix (spot->color, palette_pick (&boat->hull, 0.35),
                             0.75 * smooth_step (0.40, 0.05, v));
      spot->angle = 0.0f;
      return FALSE;
    }
  if (fabs (u) > 1.0 - 0.9 * (v + 0.1) || v < rim || v > keel)
    return FALSE;
  spot->color = palette_pick (&boat->hull,
                              0.75 - 0.35 * u - 2.6 * (v - rim)
                                + 0.2 * noise (x * 30.0, y * 90.0, boat->seed));
  spot->angle = (float) (-0.30 * u);
  return TRUE;
}

static gboolean
look_sail (const void *thing, double x, double y, Spot *spot)
{
  const Boat *boat = thing;
  double      u = (x - boat->x) / boat->size;
  double      v = (boat->y - y) / boat->size - 0.26;
  double      t = v / 1.9;
  gboolean    is_mast = fabs (u) < 0.022 && v > -0.1 && t < 1.04;
  double      back = -0.95 * (1.0 - t) * (1.0 - 0.25 * t);
  double      front = 0.62 * (1.0 - t / 0.86);
  gboolean    is_jib = u > 0.05 && u < front;

  if (! is_mast && (t < 0.02 || t > 1.0 || u < back || (u > 0.0 && ! is_jib)))
    return FALSE;
  spot->color =
    is_mast
      ? palette_pick (&boat->hull, 0.2)
      : palette_pick (&boat->sail,
                      0.55 + 0.4 * u / (1.05 - t) + (is_jib ? 0.25 : 0.0)
                        + 0.25 * fractal (u * 3.0, v * 3.0, 3, boat->seed));
  spot->angle = (float) (is_jib ? -2.1 : -1.15);
  return TRUE;
}

void
add_boat (Scene *scene, const Boat *boat)
{
  scene_add_around (scene, look_hull, boat, boat->x, boat->y, 2.3 * boat->size);
  scene_add_around (scene, look_sail, boat, boat->x, boat->y, 2.3 * boat->size);
}

static gboolean
look_ball (const void *thing, double x, double y, Spot *spot)
{
  const Ball *ball = thing;
  double      u = (x - ball->x) / ball->width;
  double      v = (y - ball->y) / ball->height;
  double      flat = u * u + v * v;
  double      up = sqrt (fmax (1.0 - flat, 0.0));
  double      light = -0.52 * u - 0.58 * v + 0.62 * up;
  double      mottle = fractal (u * 2.0 + 9.0, v * 2.0, 4, ball->seed);
  double      rim = smooth_step (0.75, 1.0, flat) * smooth_step (0.1, 0.9, u);

  if (flat > 1.0)
    return FALSE;
  spot->color = palette_pick (&ball->colors, 0.12 + 0.80 * light + 0.22 * rim
                                               + ball->mottle * mottle);
  spot->color =
    rgb_mix (spot->color, rgb (1.0, 0.98, 0.93),
             ball->shine * smooth_step (0.955, 0.985, light + 0.02 * mottle));
  spot->angle = (float) (arc (v + 0.35, u + 0.30) + 0.5 * PI + 0.3 * mottle);
  return TRUE;
}

void
add_ball (Scene *scene, const Ball *ball)
{
  scene_add_around (scene, look_ball, ball, ball->x, ball->y,
                    fmax (ball->width, ball->height));
}

static double
vessel_width (const Vessel *vessel, double t)
{
  double place = clamp (t, 0.0, 0.9999) * (vessel->n_widths - 1);
  int    i = (int) place;

  return mix (vessel->widths[i], vessel->widths[i + 1],
              smooth_step (0.0, 1.0, place - i));
}

static gboolean
look_vessel (const void *thing, double x, double y, Spot *spot)
{
  const Vessel *vessel = thing;
  double        u = x - vessel->x;
  double        bottom = vessel->widths[0];
  double        mouth = vessel->widths[vessel->n_widths - 1];
  double        t = (vessel->y - y) / vessel->height;
  double bulge = vessel->y + 0.22 * sqrt (fmax (bottom * bottom - u * u, 0.0));
  double half = vessel_width (vessel, t);
  double v = u / half;
  double lip =
    length_of (u / mouth, (t - 1.0) * vessel->height / (0.24 * mouth));
  double streak = fractal (v * 2.0, t * 3.0, 4, vessel->seed);

  if (lip < 1.0)
    {
      spot->color = palette_pick (&vessel->colors,
                                  lip > 0.86 ? 0.95 : 0.08 + 0.25 * u / mouth);
      spot->angle = 0.0f;
      return TRUE;
    }
  if (y > bulge || t > 1.0 || fabs (v) > 1.0 || (t < 0.0 && fabs (u) > bottom))
    return FALSE;
  spot->color =
    palette_pick (&vessel->colors, 0.80 - 0.55 * (v + 0.45) * (v + 0.45)
                                     + 0.30 * smooth_step (0.78, 1.0, v)
                                     - 0.10 * (1.0 - t) + 0.16 * streak);
  spot->color =
    rgb_mix (spot->color, rgb (1.0, 0.99, 0.95),
             vessel->shine * smooth_step (0.09, 0.03, fabs (v + 0.46))
               * smooth_step (0.08, 0.2, t) * smooth_step (0.95, 0.75, t));
  spot->angle = (float) (0.5 * PI - 0.55 * v);
  return TRUE;
}

void
add_vessel (Scene *scene, const Vessel *vessel)
{
  scene_add_around (scene, look_vessel, vessel, vessel->x, vessel->y,
                    1.5 * vessel->height);
}

static gboolean
is_inside (const Shape *shape, double x, double y)
{
  gboolean inside = FALSE;

  for (int i = 0, j = shape->n_corners - 1; i < shape->n_corners; j = i++)
    {
      const double *a = shape->corners[i];
      const double *b = shape->corners[j];

      if ((a[1] > y) != (b[1] > y)
          && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
        inside = ! inside;
    }
  return inside;
}

static gboolean
look_shape (const void *thing, double x, double y, Spot *spot)
{
  const Shape *shape = thing;
  double       u = x * cosine (shape->angle) + y * sine (shape->angle);
  double       v = y * cosine (shape->angle) - x * sine (shape->angle);

  if (! is_inside (shape, x, y))
    return FALSE;
  spot->color =
    palette_pick (&shape->colors,
                  (x - shape->corners[0][0]) * shape->dx
                    + (y - shape->corners[0][1]) * shape->dy
                    + shape->streaks * fractal (u * 3.0, v * 12.0, 4, 61));
  spot->angle =
    (float) (shape->angle + 0.2 * fractal (x * 4.0, y * 4.0, 2, 62));
  return TRUE;
}

void
add_shape (Scene *scene, const Shape *shape)
{
  scene_add (scene, look_shape, shape);
}

static gboolean
look_shadow (const void *thing, double x, double y, Spot *spot)
{
  const Shadow *shadow = thing;
  double        away = length_of ((x - shadow->x) / shadow->width,
                                  (y - shadow->y) / shadow->height);
  double        dark = shadow->strength * smooth_step (1.15, 0.55, away);
  double        left = 1.0 - dark;

  spot->color = rgb (spot->color.r * left, spot->color.g * left,
                     spot->color.b * (1.0 - dark * (1.0 - shadow->blue)));
  return FALSE;
}

void
add_shadow (Scene *scene, const Shadow *shadow)
{
  scene_add (scene, look_shadow, shadow);
}
