/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mosaic.c: fish among weeds, set in glass and gold */
#include "painter.h"

#include <math.h>

#include "cells.h"
#include "numbers.h"
#include "things.h"

/* A fish of @size that swims to the right, or to the left if @way is -1. */
static void
add_fish (Scene         *scene,
          double         x,
          double         y,
          double         size,
          double         way,
          const Palette *back)
{
  static const Palette fins = { 4, { 0xb83a1c, 0xe8742a, 0xf8b84a, 0xfde8a0 } };
  Leaf body = { x - way * size, y + 0.03 * size, x + way * size, y, 0.03, 0.23,
                *back };
  Leaf belly = { x - way * 0.78 * size,
                 y + 0.10 * size,
                 x + way * 0.94 * size,
                 y + 0.04 * size,
                 0.09 * way,
                 0.10,
                 { 3, { 0xd8c890, 0xf6ecc8, 0xfffbe8 } } };
  Leaf tails[] = {
    { x - way * 0.86 * size, y, x - way * 1.45 * size, y - 0.42 * size,
      -0.12 * way, 0.20, fins },
    { x - way * 0.86 * size, y, x - way * 1.45 * size, y + 0.40 * size,
      0.12 * way, 0.20, fins },
  };
  Leaf fins_up[] = {
    { x + way * 0.30 * size, y - 0.26 * size, x - way * 0.50 * size,
      y - 0.60 * size, -0.10 * way, 0.22, fins },
    { x + way * 0.20 * size, y + 0.16 * size, x - way * 0.30 * size,
      y + 0.48 * size, 0.12 * way, 0.20, fins },
  };
  Ball eye = { x + way * 0.66 * size,
               y - 0.07 * size,
               0.075 * size,
               0.075 * size,
               { 2, { 0xfffbe8, 0xfffbe8 } },
               0.0,
               0.0,
               1 };
  Ball pupil = { x + way * 0.67 * size,
                 y - 0.07 * size,
                 0.042 * size,
                 0.042 * size,
                 { 2, { 0x101828, 0x101828 } },
                 0.0,
                 0.0,
                 1 };

  for (int i = 0; i < 2; i++)
    {
      add_leaf (scene, &tails[i]);
      add_leaf (scene, &fins_up[i]);
    }
  add_leaf (scene, &body);
  add_leaf (scene, &belly);
  add_ball (scene, &eye);
  add_ball (scene, &pupil);
}

static gboolean
look_sea (const void *thing, double x, double y, Spot *spot)
{
  static const Palette blues = {
    6, { 0x7fd0d0, 0x3fa8b8, 0x2080a8, 0x185a90, 0x143a70, 0x1c2a58 }
  };
  static const Palette sands = { 4,
                                 { 0xb08848, 0xe0b868, 0xf4dc98, 0xc89858 } };
  double swell = y + 0.05 * sine (5.0 * x) + 0.03 * sine (11.0 * x + 3.0 * y);
  double bands = 0.16 * sine (38.0 * swell);
  double sand = 0.90 + 0.03 * sine (4.0 * x + 1.0);

  spot->angle = (float) (arc (
    -(0.25 * cosine (5.0 * x) + 0.33 * cosine (11.0 * x + 3.0 * y)), 1.0));
  spot->color =
    palette_pick (&blues, 0.95 * swell + bands
                            + 0.2 * fractal (x * 4.0, y * 4.0, 3, 8));
  if (y > sand)
    {
      spot->color =
        palette_pick (&sands, 0.5 + 0.4 * sine (60.0 * (y - sand) + 4.0 * x));
      spot->angle = 0.0f;
    }
  return TRUE;
}

static void
add_weeds (Scene *scene)
{
  static const Palette greens[] = {
    { 4, { 0xb8d868, 0x68a848, 0x2f7848, 0x14483c } },
    { 4, { 0xf0b8a0, 0xd86858, 0xa03048, 0x601838 } },
    { 4, { 0xd8e8a0, 0x98b858, 0x507840, 0x244838 } },
  };
  uint32_t random = 9;

  for (int i = 0; i < 13; i++)
    {
      double x = i < 7 ? 0.02 + 0.052 * i : 0.98 + 0.062 * (i - 7);
      double high = next_between (&random, 0.22, 0.60);
      double sway = next_between (&random, -0.07, 0.07);
      Limb   weed = { 6,
                      { { x, 1.02, 0.020 },
                        { x + sway, 1.0 - 0.2 * high, 0.018 },
                        { x - sway, 1.0 - 0.45 * high, 0.016 },
                        { x + sway, 1.0 - 0.7 * high, 0.013 },
                        { x - 0.6 * sway, 1.0 - 0.9 * high, 0.009 },
                        { x + 0.4 * sway, 1.0 - high, 0.004 } },
                      greens[i % 3] };

      add_limb (scene, &weed);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Palette gold = {
    5, { 0x5a3410, 0xa8701c, 0xe8b030, 0xf8d868, 0xfff4c0 }
  };
  static const Palette red = {
    5, { 0x601420, 0xa82430, 0xe04838, 0xf48858, 0xfcd0a0 }
  };
  static const Palette teal = {
    5, { 0x0c4048, 0x188078, 0x48b898, 0xa0dcb0, 0xf0f8d0 }
  };
  static const Palette violet = {
    5, { 0x301850, 0x583890, 0x9068c0, 0xc8a8e0, 0xf4e4f4 }
  };
  Scene   *scene = scene_new (long_side, 4, 3);
  uint32_t random = 3;

  scene_add (scene, look_sea, NULL);
  add_weeds (scene);
  add_fish (scene, 0.66, 0.46, 0.270, 1.0, &gold);
  add_fish (scene, 1.04, 0.20, 0.150, -1.0, &red);
  add_fish (scene, 0.30, 0.20, 0.130, 1.0, &teal);
  add_fish (scene, 0.96, 0.76, 0.150, -1.0, &violet);
  add_fish (scene, 0.44, 0.78, 0.110, 1.0, &red);
  for (int i = 0; i < 9; i++)
    {
      double size = next_between (&random, 0.014, 0.032);
      Ball   bubble = { 1.04 + 0.03 * (i % 3),
                        0.56 - 0.06 * i,
                        size,
                        size,
                        { 3, { 0x68b8c8, 0xc0ecec, 0xffffff } },
                        0.5,
                        0.0,
                        2 };

      bubble.x += next_between (&random, -0.02, 0.02);
      add_ball (scene, &bubble);
    }
  for (int i = 0; i < 4; i++)
    {
      Flower star = { 0.16 + 0.36 * i,
                      0.955,
                      0.045,
                      5,
                      1.0,
                      0.4 * i,
                      0.7,
                      { 3, { 0xfcd0a0, 0xe87838, 0xb83020 } },
                      { 2, { 0xfff0c0, 0xe8a040 } },
                      0.25 };

      add_flower (scene, &star);
    }
  return scene;
}

/* ---- tiles -------------------------------------------------------------- */

/* Tiles in the first two rows follow the outline of a thing. */
static void
follow_outlines (Scene *scene, double reach)
{
  guint8 *outlines = scene_outlines (scene);
  float  *away = distances (outlines, scene->width, scene->height);
  int     width = scene->width;

  blur (away, width, scene->height, (int) (1.5 * scene->px));
  for (int row = 1; row < scene->height - 1; row++)
    for (int column = 1; column < width - 1; column++)
      {
        int    at = row * width + column;
        double right = away[at + 1] - away[at - 1];
        double down = away[at + width] - away[at - width];

        if (away[at] < reach * scene->px && right * right + down * down > 0.05)
          scene->spots[at].angle = (float) (arc (down, right) + 0.5 * PI);
      }
  g_free (outlines);
  g_free (away);
}

/* What a tile's glass looks like. */
static Rgb
choose_glass (const Scene *scene, const Cell *cell, uint32_t *random)
{
  Rgb    color = scene_spot (scene, cell->x, cell->y)->color;
  double light = next_between (random, -0.13, 0.13);
  double warm = next_between (random, -0.07, 0.07);

  if (next_random (random) < 0.06)
    light += 0.16;
  return rgb_saturate (rgb_shift (color, light, warm), 1.12);
}

Sheet *
paint_mosaic (int long_side)
{
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0x3c3834));
  double half = 0.5 * 10.0 * scene->px;
  Cells *cells;
  Rgb   *glass;
  double (*edges)[5];
  uint32_t random = 15;

  follow_outlines (scene, 16.0);
  cells = cells_new (scene, 10.0, 1.0, TRUE, 7);
  glass = g_new (Rgb, cells->n_cells);
  edges = g_malloc (sizeof *edges * (gsize) cells->n_cells);
  for (int i = 0; i < cells->n_cells; i++)
    {
      glass[i] = choose_glass (scene, &cells->cells[i], &random);
      for (int k = 0; k < 5; k++)
        edges[i][k] = next_random (&random);
    }

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      int         k = cells->nearest[i];
      const Cell *cell = &cells->cells[k];
      double      x = i % sheet->width + 0.5 - cell->x;
      double      y = i / sheet->width + 0.5 - cell->y;
      double      tilt = 0.24 * (edges[k][4] - 0.5);
      double      u = (x * cell->right + y * cell->down) / half;
      double      v = (y * cell->right - x * cell->down) / half;
      double      p = u + tilt * v;
      double      q = v - tilt * u;
      double      inner = fmin (fmin (0.86 + 0.12 * edges[k][0] - p,
                                      0.86 + 0.12 * edges[k][1] + p),
                                fmin (0.86 + 0.12 * edges[k][2] - q,
                                      0.86 + 0.12 * edges[k][3] + q));
      double      inside = fmin (inner, 0.5 * cells->margin[i] - 0.05) * half;
      double      cover = smooth_step (-0.2, 1.2, inside);
      double      cloudy = noise (u * 1.7 + 9.0 * k, v * 0.9, 5);
      double grit = noise (i % sheet->width * 0.45, i / sheet->width * 0.45, 6);
      Rgb    color =
        rgb_shift (glass[k],
                   0.07 * cloudy + 0.10 * (edges[k][4] - 0.5) * (u - v), 0.0);

      sheet->color[i] =
        rgb_mix (rgb_shift (sheet->color[i], 0.10 * grit, 0.02), color, cover);
      sheet->paint[i] =
        (float) (cover
                   * (1.6 * smooth_step (0.0, 3.2, inside) + 0.25 * cloudy
                      + (edges[k][0] - 0.5) * u + (edges[k][2] - 0.5) * v)
                 + (1.0 - cover) * 0.4 * grit)
        * (float) (sheet->px * 0.5);
    }
  sheet_light (sheet, 0.22, 0.16);
  g_free (glass);
  g_free (edges);
  cells_free (cells);
  scene_free (scene);
  return sheet;
}
