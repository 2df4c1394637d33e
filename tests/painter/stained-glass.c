/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stained-glass.c: lilies before a rising sun, in lead and colored glass */
#include "painter.h"

#include <math.h>

#include "cells.h"
#include "numbers.h"
#include "things.h"

static void
add_lilies (Scene *scene)
{
  static const struct
  {
    double  x, y, size, turn;
    Palette petals;
  } lilies[] = {
    { 0.27, 0.60, 0.17, 0.2, { 3, { 0xf8e8b0, 0xf0a0b0, 0xc83868 } } },
    { 0.52, 0.70, 0.15, 0.7, { 3, { 0xfff4d0, 0xf8d8e0, 0xe890a8 } } },
    { 0.16, 0.84, 0.12, 1.1, { 3, { 0xfff0b8, 0xf8c040, 0xe07820 } } },
    { 0.40, 0.88, 0.12, 0.4, { 3, { 0xf8e0f0, 0xc088d8, 0x7038a0 } } },
    { 0.63, 0.90, 0.11, 0.0, { 3, { 0xfff0b8, 0xf8a848, 0xd85020 } } },
  };
  static const Palette greens = { 4,
                                  { 0x0c4830, 0x1c7840, 0x58a848, 0xb0d860 } };

  for (gsize i = 0; i < G_N_ELEMENTS (lilies); i++)
    {
      double x = lilies[i].x;
      double y = lilies[i].y;
      double size = lilies[i].size;
      Limb   stem = {
          3,
          { { x, y, 0.012 }, { x + 0.03, y + 0.2, 0.012 }, { x, 1.2, 0.014 } },
          { 2, { 0x78b848, 0x186838 } }
      };
      Leaf leaves[] = {
        { x, y + 0.8 * size, x - 1.3 * size, y - 0.1 * size, 0.16, 0.15,
          greens },
        { x, y + 0.9 * size, x + 1.25 * size, y + 0.1 * size, -0.16, 0.15,
          greens },
      };

      add_limb (scene, &stem);
      add_leaf (scene, &leaves[0]);
      add_leaf (scene, &leaves[1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lilies); i++)
    for (int k = 0; k < 2; k++)
      {
        Flower flower = { lilies[i].x,
                          lilies[i].y,
                          lilies[i].size * (k ? 0.72 : 1.0),
                          6,
                          0.65,
                          lilies[i].turn + 0.52 * k,
                          0.95,
                          lilies[i].petals,
                          { 3, { 0xb86010, 0xf0b828, 0xfff0a0 } },
                          k ? 0.24 : 0.0 };

        add_flower (scene, &flower);
      }
}

static gboolean
look_sky (const void *thing, double x, double y, Spot *spot)
{
  static const Palette blues = {
    6, { 0xfff0b0, 0xf8c050, 0xe87040, 0xb04888, 0x4848b0, 0x182878 }
  };
  double right = x - 0.42;
  double down = y - 0.34;
  double away = length_of (right, down);
  double angle = arc (down, right);
  double ray = sine (16.0 * angle);

  spot->color =
    palette_pick (&blues, 1.20 * away + 0.10 * (ray > 0.0 ? 1.0 : -1.0)
                            + 0.10 * noise (x * 6.0, y * 6.0, 4));
  spot->angle = (float) angle;
  return TRUE;
}

static gboolean
look_disc (const void *thing, double x, double y, Spot *spot)
{
  double away = length_of (x - 0.42, y - 0.34);

  if (away > 0.15)
    return FALSE;
  spot->color =
    rgb_mix (rgb_from_hex (0xfffbd8), rgb_from_hex (0xf8c030), away / 0.15);
  spot->angle = (float) (arc (y - 0.34, x - 0.42) + 0.5 * PI);
  return TRUE;
}

static gboolean
look_ray (const void *thing, double x, double y, Spot *spot)
{
  double angle = arc (y - 0.34, x - 0.42);
  double away = length_of (x - 0.42, y - 0.34);

  return away > 0.15 && sine (16.0 * angle) > 0.0 && away < 0.42;
}

static Scene *
make_scene (int long_side)
{
  static const Ridge hills[] = {
    { 0.62,
      0.16,
      1.6,
      2,
      { 3, { 0x2858a0, 0x3878b0, 0x58a0c0 } },
      0.2,
      0.2,
      0.0,
      6 },
    { 0.74,
      0.14,
      1.3,
      2,
      { 3, { 0x186868, 0x289070, 0x60b880 } },
      0.2,
      0.2,
      0.0,
      9 },
  };
  static const Water water = {
    0.76, 1.1, { 3, { 0x60c0d0, 0x2080b0, 0x104880 } }, 0.3, 0.8, 0xd0f0f0,
    4,    NULL
  };
  Scene *scene = scene_new (long_side, 4, 5);

  scene_add (scene, look_sky, NULL);
  scene_add (scene, look_ray, NULL);
  scene_add (scene, look_disc, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (hills); i++)
    add_ridge (scene, &hills[i]);
  add_water (scene, &water);
  add_lilies (scene);
  return scene;
}

/* 255 where there is lead: between cells, and between things. */
static guint8 *
lay_lead (const Scene *scene, const Cells *cells)
{
  guint8 *lead = scene_outlines (scene);
  int     width = scene->width;

  for (int row = 1; row < scene->height; row++)
    for (int column = 1; column < width; column++)
      {
        int at = row * width + column;

        if (cells->nearest[at] != cells->nearest[at - 1]
            || cells->nearest[at] != cells->nearest[at - width])
          lead[at] = 255;
      }
  return lead;
}

/* The glass of the piece that is @cell's part of a thing. */
static Rgb
choose_glass (const Spot *spot, const Rgb *middle, int cell)
{
  double light = cell_random (cell, spot->region, 21) - 0.5;
  double warm = cell_random (cell, spot->region, 22) - 0.5;

  return rgb_saturate (rgb_shift (rgb_mix (*middle, spot->color, 0.45),
                                  0.26 * light, 0.18 * warm),
                       1.5);
}

Sheet *
paint_stained_glass (int long_side)
{
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0x000000));
  Cells  *cells = cells_new (scene, 46.0, 1.25, FALSE, 5);
  guint8 *lead = lay_lead (scene, cells);
  float  *away = distances (lead, scene->width, scene->height);
  double  px = scene->px;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      const Cell *cell = &cells->cells[cells->nearest[i]];
      const Spot *spot = &scene->spots[i];
      double      x = i % sheet->width / px;
      double      y = i / sheet->width / px;
      Rgb         middle = scene_spot (scene, cell->x, cell->y)->color;
      double turn = 6.0 * cell_random (cells->nearest[i], spot->region, 23);
      double u = x * cosine (turn) + y * sine (turn);
      double v = y * cosine (turn) - x * sine (turn);
      double streak = fractal (u / 70.0, v / 15.0, 4, 24);
      double ripple = noise (u / 5.0 + 3.0 * streak, v / 11.0, 25);
      double seed = noise (x / 2.6, y / 2.6, 26);
      double inside = away[i] / px;
      double light = 0.80 + 0.42 * streak + 0.09 * ripple
                     + 0.5 * smooth_step (0.72, 0.95, seed)
                     + 0.22 * smooth_step (2.0, 14.0, inside)
                     - 0.35 * smooth_step (8.0, 1.0, inside);
      double bar = smooth_step (3.1, 2.3, inside);
      double solder = noise (x / 3.0, y / 3.0, 27);
      Rgb    glass = scene_region (scene, cell->x, cell->y) == spot->region
                       ? choose_glass (spot, &middle, cells->nearest[i])
                       : choose_glass (spot, &spot->color, cells->nearest[i]);

      glass = rgb_glaze (rgb (1.0, 1.0, 1.0), glass, 1.25);
      glass = rgb_scale (glass, clamp (light, 0.25, 1.6));
      sheet->color[i] =
        rgb_mix (glass, rgb_shift (rgb_from_hex (0x24262b), 0.06 * solder, 0.0),
                 bar);
      sheet->paint[i] =
        (float) (px
                 * (bar * 1.5
                      * sqrt (clamp (1.0 - inside * inside / 9.6, 0.0, 1.0))
                    + 0.15 * bar * solder + 0.10 * (1.0 - bar) * ripple));
    }
  sheet_light (sheet, 0.32, 0.16);
  g_free (lead);
  g_free (away);
  cells_free (cells);
  scene_free (scene);
  return sheet;
}
