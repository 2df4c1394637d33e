/* SPDX-License-Identifier: GPL-3.0-or-later */
/* things-land.c: sky, mountains, fields, water and trees */
#include "things.h"

#include <math.h>

#include "numbers.h"

static gboolean
look_sky (const void *thing, double x, double y, Spot *spot)
{
  const Sky *sky = thing;
  double     drift = 0.35 * fractal (x * 1.3, y * 2.0, 2, sky->seed + 9);
  double t = y / sky->horizon + 0.10 * fractal (x * 1.5, y * 4.0, 4, sky->seed);
  double u = x * 2.1 + 0.5 * drift;
  double v = y * 4.6 + 0.6 * drift;
  double cover = fractal (u, v, 5, sky->seed + 20);
  double lit = cover - fractal (u + 0.16, v + 0.22, 4, sky->seed + 20);
  double cloud = smooth_step (-0.08, 0.26, cover + 1.1 * (sky->clouds - 0.55));

  spot->color = palette_pick (&sky->colors, t);
  if (sky->clouds > 0.0)
    spot->color =
      rgb_mix (spot->color,
               palette_pick (&sky->cloud, 0.5 + 1.1 * lit + 0.2 * cover),
               cloud);
  spot->angle = (float) (1.1 * drift + 0.5 * cloud * lit);
  return TRUE;
}

void
add_sky (Scene *scene, const Sky *sky)
{
  scene_add (scene, look_sky, sky);
}

static gboolean
look_sun (const void *thing, double x, double y, Spot *spot)
{
  const Sun *sun = thing;
  double     right = x - sun->x;
  double     down = y - sun->y;
  double     away = length_of (right, down) / sun->radius;
  double     angle = arc (down, right);
  double     rings =
    0.07 * sine (16.0 * away + sun->spin * angle)
    + 0.09 * noise (right / sun->radius * 3.0, down / sun->radius * 3.0, 77);
  double pull = smooth_step (1.9, 0.9, away);

  if (away > 1.9)
    return FALSE;
  if (sun->rays > 0.0)
    rings = 0.16 * sine (sun->rays * angle) * smooth_step (0.3, 0.6, away);
  spot->color = rgb_mix (spot->color, palette_pick (&sun->colors, away + rings),
                         smooth_step (1.12, 0.92, away + 1.5 * rings));
  if (sun->spin != 0.0)
    {
      double round = angle + 0.5 * PI + 0.25 * sun->spin;
      double dx = mix (cosine (spot->angle), cosine (round), pull);
      double dy = mix (sine (spot->angle), sine (round), pull);

      spot->angle = (float) arc (dy, dx);
    }
  else if (sun->rays > 0.0 && away > 0.35)
    spot->angle = (float) angle;
  return away < 0.42;
}

void
add_sun (Scene *scene, const Sun *sun)
{
  scene_add_around (scene, look_sun, sun, sun->x, sun->y, 2.0 * sun->radius);
}

static double
ridge_edge (const Ridge *ridge, double x)
{
  double top =
    fractal (x * ridge->frequency, 0.37, ridge->octaves, ridge->seed);

  return ridge->y - ridge->height * (0.5 + 0.75 * top);
}

static gboolean
look_ridge (const void *thing, double x, double y, Spot *spot)
{
  const Ridge *ridge = thing;
  double       edge = ridge_edge (ridge, x);
  double       below = y - edge;
  double       slope = (ridge_edge (ridge, x + 0.012) - edge) / 0.012;
  double       flank =
    fractal (x * ridge->frequency * 2.3 + 0.5 * below,
             y * ridge->frequency * 0.8 - slope * 0.1, 4, ridge->seed + 40);

  if (below < 0.0)
    return FALSE;
  spot->color =
    palette_pick (&ridge->colors, below / ridge->depth + 0.10 * flank);
  spot->color = rgb_shift (spot->color, ridge->shade * 0.42 * flank,
                           ridge->shade * 0.10 * flank);
  spot->angle =
    (float) (mix (arc (clamp (slope, -2.0, 2.0), 1.0), 0.0,
                  smooth_step (0.0, 0.3, below))
             + ridge->bend * (flank > 0.0 ? 1.0 : -1.0) + 0.3 * flank);
  return TRUE;
}

void
add_ridge (Scene *scene, const Ridge *ridge)
{
  scene_add (scene, look_ridge, ridge);
}

static gboolean
look_field (const void *thing, double x, double y, Spot *spot)
{
  const Field *field = thing;
  double       edge = field->top
                + field->swing
                    * (0.6 * sine (3.1 * x + field->seed)
                       + 0.5 * fractal (x * 2.0, 0.1, 3, field->seed));
  double angle = arc (y - field->y, x - field->x);
  double bent = angle + 0.06 * fractal (x * 3.0, y * 5.0, 3, field->seed + 1);
  double wave = sine (bent * field->furrows);

  if (y < edge)
    return FALSE;
  spot->color =
    palette_pick (&field->colors,
                  0.5 + 0.32 * wave
                    + 0.45 * fractal (x * 5.0, y * 9.0, 4, field->seed + 5));
  spot->angle = (float) bent;
  return TRUE;
}

void
add_field (Scene *scene, const Field *field)
{
  scene_add (scene, look_field, field);
}

static gboolean
look_water (const void *thing, double x, double y, Spot *spot)
{
  const Water *water = thing;
  const Scene *scene = water->scene;
  double       depth = (y - water->top) / (water->bottom - water->top);
  double       far = 1.0 / (0.10 + depth);
  double       wave = fractal (x * 1.6 * far, 2.6 * far * far, 4, water->seed);
  double small = fractal (x * 6.0 * far, 7.0 * far * far, 2, water->seed + 7);
  double shift = water->ripple * (wave + 0.4 * small);
  double up = water->top - 0.85 * (y - water->top) + 0.14 * shift * depth;

  if (y < water->top
      || y > water->bottom + 0.02 * fractal (x * 4.0, 0.0, 3, water->seed + 3))
    return FALSE;
  spot->color = palette_pick (&water->colors, depth + 0.5 * shift);
  spot->color =
    rgb_mix (spot->color,
             scene_spot (scene, (x + 0.05 * shift) * scene->height,
                         clamp (up, 0.0, water->top - 0.004) * scene->height)
               ->color,
             water->mirror * (1.0 - 0.35 * depth));
  spot->color = rgb_shift (spot->color, 0.18 * shift, 0.0);
  spot->color = rgb_mix (spot->color, rgb_from_hex (water->glint),
                         smooth_step (0.50, 0.62, wave + 0.5 * small));
  spot->angle = (float) (0.35 * water->ripple * small);
  return TRUE;
}

void
add_water (Scene *scene, const Water *water)
{
  Water here = *water;

  here.scene = scene;
  scene_add (scene, look_water, &here);
}

/* ---- trees -------------------------------------------------------------- */

static gboolean
look_trunk (const void *thing, double x, double y, Spot *spot)
{
  const Tree *tree = thing;
  double      t = (tree->y - y) / tree->height;
  double      sway = 0.10 * tree->spread * sine (4.0 * t + tree->seed);
  double      half =
    tree->spread * 0.10 * (1.35 - 0.8 * t + 0.8 * exponential (-14.0 * t));
  double across = (x - tree->x - sway) / half;

  if (t < 0.0 || t > 0.62 || fabs (across) > 1.0)
    return FALSE;
  spot->color =
    rgb_shift (rgb_from_hex (tree->trunk),
               -0.16 * across + 0.14 * noise (x * 60.0, y * 9.0, tree->seed),
               -0.04 * across);
  spot->angle = (float) (0.5 * PI + 0.2 * noise (x * 9.0, y * 9.0, 3));
  return TRUE;
}

static gboolean
look_crown (const void *thing, double x, double y, Spot *spot)
{
  const Tree *tree = thing;
  double      half = 0.40 * tree->height;
  double      u = (x - tree->x) / tree->spread;
  double      v = (y - tree->y + tree->height - half) / half;
  double      lumps = fractal (u * 2.2, v * 2.2, 4, tree->seed);
  double      away = length_of (u, v) + 0.34 * lumps;
  double      clump = fractal (u * 3.4, v * 3.0, 4, tree->seed + 8);
  double      light = -0.45 * u - 0.62 * v;

  if (away > 1.0)
    return FALSE;
  spot->color =
    palette_pick (&tree->colors, 0.46 + 0.40 * light + 0.55 * clump);
  spot->angle = (float) (arc (v, u) + 0.5 * PI + 1.1 * clump);
  return TRUE;
}

void
add_tree (Scene *scene, const Tree *tree)
{
  scene_add_around (scene, look_trunk, tree, tree->x, tree->y,
                    1.2 * (tree->height + tree->spread));
  scene_add_around (scene, look_crown, tree, tree->x, tree->y,
                    1.2 * (tree->height + tree->spread));
}

static gboolean
look_cypress (const void *thing, double x, double y, Spot *spot)
{
  const Tree *tree = thing;
  double      t = (tree->y - y) / tree->height;
  double      sway = 0.22 * tree->spread * sine (7.0 * t + tree->seed);
  double      half =
    tree->spread * power (clamp (t * (1.0 - t) * 4.0, 0.0, 1.0), 0.55)
    * (1.15 - 0.62 * t)
    * (1.0 + 0.22 * noise (t * 9.0, x > tree->x ? 3.0 : 5.0, tree->seed));
  double across = (x - tree->x - sway) / fmax (half, 1e-6);
  double lick = fractal (across * 2.0, t * 6.0, 4, tree->seed + 2);

  if (t < 0.0 || t > 1.0 || fabs (across) > 1.0)
    return FALSE;
  spot->color =
    palette_pick (&tree->colors, 0.42 - 0.30 * across + 0.55 * lick);
  spot->angle =
    (float) (-0.5 * PI + 0.55 * across + 0.6 * sine (9.0 * t + 2.0 * across));
  return TRUE;
}

void
add_cypress (Scene *scene, const Tree *tree)
{
  scene_add_around (scene, look_cypress, tree, tree->x, tree->y,
                    1.2 * (tree->height + tree->spread));
}

static gboolean
look_pine (const void *thing, double x, double y, Spot *spot)
{
  const Tree *tree = thing;
  double      t = 1.0 - (tree->y - y) / tree->height;
  double tiers = t * 6.5 + 0.35 * sine (7.0 * (x - tree->x) / tree->spread);
  double in_tier = tiers - floor (tiers);
  double half = tree->spread * (0.10 + 0.90 * t) * (0.58 + 0.46 * in_tier);
  double across = (x - tree->x) / half;

  if (t < 0.0 || t > 1.0
      || fabs (across) > 1.0 + 0.16 * noise (x * 70.0, y * 70.0, tree->seed))
    return FALSE;
  spot->color =
    palette_pick (&tree->colors,
                  0.62 - 0.30 * across - 0.42 * in_tier
                    + 0.30 * fractal (x * 26.0, y * 40.0, 3, tree->seed));
  spot->angle = (float) (0.5 * PI - (across > 0.0 ? 0.7 : -0.7));
  return TRUE;
}

void
add_pine (Scene *scene, const Tree *tree)
{
  scene_add_around (scene, look_pine, tree, tree->x, tree->y,
                    1.2 * (tree->height + tree->spread));
}
