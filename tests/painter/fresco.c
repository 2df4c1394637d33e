/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fresco.c: a procession before a hill town, on plaster that has aged */
#include "painter.h"

#include <math.h>

#include "brush.h"
#include "numbers.h"
#include "things.h"

static void
add_town (Scene *scene)
{
  static const Palette walls[] = {
    { 3, { 0xa8785c, 0xd8a888, 0xecd0b0 } },
    { 3, { 0xa89878, 0xdcc8a0, 0xf0e4c8 } },
    { 3, { 0x907868, 0xc4a48c, 0xe4cdb4 } },
  };
  static const Palette tiles = { 3, { 0x8a4430, 0xb86844, 0xd89468 } };
  static const Palette gaps = { 2, { 0x50403c, 0x7a6458 } };
  static const double  houses[][4] = {
     { 0.10, 0.470, 0.10, 0.20 }, { 0.19, 0.48, 0.12, 0.12 },
     { 0.04, 0.50, 0.11, 0.11 },  { 0.30, 0.49, 0.055, 0.26 },
     { 0.34, 0.50, 0.13, 0.10 },  { 0.16, 0.53, 0.14, 0.09 },
     { 0.96, 0.46, 0.12, 0.10 },  { 1.06, 0.45, 0.06, 0.22 },
     { 1.11, 0.47, 0.14, 0.13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      House house = { houses[i][0],
                      houses[i][1],
                      houses[i][2],
                      houses[i][3],
                      houses[i][2] * 0.45,
                      walls[i % 3],
                      tiles,
                      2,
                      (int) (houses[i][3] / 0.06),
                      gaps };

      add_house (scene, &house);
    }
}

/* A limb in sizes of a person, whose feet are at (@x, @y). */
static void
add_part (Scene         *scene,
          const Limb    *part,
          const Palette *colors,
          double         x,
          double         y,
          double         size)
{
  Limb limb = *part;

  limb.colors = *colors;
  for (int i = 0; i < limb.n_knots; i++)
    {
      limb.knots[i][0] = x + size * part->knots[i][0];
      limb.knots[i][1] = y + size * part->knots[i][1];
      limb.knots[i][2] = size * part->knots[i][2];
    }
  add_limb (scene, &limb);
}

static void
add_head (Scene *scene, double x, double y, double size)
{
  static const Palette face = { 4, { 0x7a4c3c, 0xb8846c, 0xdcb090, 0xf0d4b4 } };
  static const Palette brown = { 2, { 0x8a5c38, 0x4c3024 } };
  static const Limb    hair = { 3,
                                { { -0.020, -0.935, 0.028 },
                                  { -0.055, -0.870, 0.030 },
                                  { -0.050, -0.790, 0.022 } } };
  Ball                 head = { x + 0.012 * size,
                                y - 0.86 * size,
                                0.056 * size,
                                0.072 * size,
                                face,
                                0.0,
                                0.1,
                                1 };

  add_ball (scene, &head);
  add_part (scene, &hair, &brown, x, y, size);
}

static void
add_person (Scene *scene, double x, double y, double size, int kind)
{
  static const Palette robes[] = {
    { 4, { 0xe8a888, 0xc06850, 0x90403a, 0x5c2c30 } },
    { 4, { 0xb8c8d0, 0x7898a8, 0x486880, 0x2c4058 } },
    { 4, { 0xf0dca0, 0xd8ac58, 0xa87830, 0x6c4c28 } },
    { 4, { 0xc8d0a8, 0x90a070, 0x5c7050, 0x384838 } },
    { 4, { 0xe8dcd0, 0xc8b0a8, 0x988080, 0x645458 } },
  };
  static const Palette skin = { 3, { 0xf0d4b4, 0xdcb090, 0xb8846c } };
  static const Limb    parts[] = {
       { 5, /* gown */
         { { 0.00, -0.76, 0.075 },
           { 0.00, -0.64, 0.118 },
           { 0.00, -0.42, 0.112 },
           { 0.02, -0.20, 0.135 },
           { 0.02, -0.03, 0.155 } } },
       { 4, /* cloak */
         { { -0.050, -0.74, 0.055 },
           { -0.085, -0.52, 0.062 },
           { -0.020, -0.30, 0.075 },
           { 0.090, -0.12, 0.060 } } },
       { 3, /* arm */
         { { 0.09, -0.68, 0.036 },
           { 0.15, -0.52, 0.036 },
           { 0.22, -0.58, 0.020 } } },
       { 2, /* hand */
         { { 0.225, -0.585, 0.022 }, { 0.245, -0.605, 0.018 } } },
  };
  const Palette *colors[] = { &robes[kind % 5], &robes[(kind + 2) % 5],
                              &robes[kind % 5], &skin };
  Palette        dark = { 2, { colors[0]->colors[1], colors[0]->colors[3] } };
  Ball           halo = { x,
                          y - 0.865 * size,
                          0.098 * size,
                          0.098 * size,
                          { 3, { 0xb88830, 0xe8c060, 0xf8e4a0 } },
                          0.0,
                          0.1,
                          1 };

  add_shadow (scene, &(Shadow){ x + 0.12 * size, y, 0.28 * size, 0.03 * size,
                                0.4, 0.2 });
  add_ball (scene, &halo);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (scene, &parts[i], colors[i], x, y, size);
  add_head (scene, x, y, size);
  for (int i = 0; i < 4; i++)
    {
      double at = (i - 1.5) * 0.062;
      Limb   fold = { 3,
                      { { at + 0.02, -0.38, 0.004 },
                        { at, -0.20, 0.010 },
                        { at + 0.016 * (i - 1.5), -0.01, 0.013 } } };

      add_part (scene, &fold, &dark, x, y, size);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky   sky = { { 4, { 0x5880a0, 0x88a8b4, 0xc0ccc0, 0xe4dcc0 } },
                             0.5,
                             0.42,
                             { 3, { 0xb8b8b0, 0xe0d8c8, 0xf4ecd8 } },
                             8 };
  static const Ridge ridges[] = {
    { 0.50,
      0.26,
      1.2,
      4,
      { 4, { 0x8898a0, 0xa0a898, 0xb8b090, 0xc8b888 } },
      0.3,
      0.5,
      0.4,
      3 },
    { 0.58,
      0.14,
      1.6,
      3,
      { 4, { 0x78805c, 0x98945c, 0xb8a468, 0xc8ac70 } },
      0.2,
      0.5,
      0.3,
      7 },
  };
  static const Field ground = {
    0.66, 0.02, 0.3,
    0.4,  14.0, { 5, { 0x8c6c48, 0xb08c58, 0xccac74, 0xdcc490, 0x9c8458 } },
    4
  };
  static const Tree trees[] = {
    { 0.62,
      0.60,
      0.24,
      0.028,
      { 4, { 0x2c3c30, 0x465840, 0x6c7c50, 0x98a068 } },
      0,
      2 },
    { 0.70,
      0.60,
      0.20,
      0.025,
      { 4, { 0x2c3c30, 0x465840, 0x6c7c50, 0x98a068 } },
      0,
      5 },
    { 0.87,
      0.58,
      0.17,
      0.022,
      { 4, { 0x2c3c30, 0x465840, 0x6c7c50, 0x98a068 } },
      0,
      7 },
  };
  static const double people[][3] = {
    { 0.16, 0.90, 0.50 }, { 0.36, 0.95, 0.56 }, { 0.60, 0.91, 0.50 },
    { 0.86, 0.96, 0.58 }, { 1.12, 0.92, 0.52 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  add_ridge (scene, &ridges[0]);
  add_town (scene);
  add_ridge (scene, &ridges[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    add_cypress (scene, &trees[i]);
  add_field (scene, &ground);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    add_person (scene, people[i][0], people[i][1], people[i][2], (int) i);
  return scene;
}

/* ---- plaster ------------------------------------------------------------ */

/* Contours in brown, drawn with a fine brush. */
static void
draw_contours (Sheet *sheet, const Scene *scene)
{
  guint8 *outlines = scene_outlines (scene);
  float  *away = distances (outlines, scene->width, scene->height);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;
      double half = (0.75 + 0.5 * noise (x / 24.0, y / 24.0, 51)) * sheet->px;
      double faint = 0.40 + 0.40 * noise (x / 50.0, y / 50.0, 52);

      sheet->color[i] = rgb_mix (sheet->color[i], rgb_from_hex (0x4a2c24),
                                 clamp (half + 0.5 - away[i], 0.0, 1.0)
                                   * clamp (faint, 0.1, 0.8));
    }
  g_free (outlines);
  g_free (away);
}

static void
age (Sheet *sheet)
{
  double px = sheet->px;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / px;
      double y = i / sheet->width / px;
      double grit = fractal (x / 3.0, y / 3.0, 3, 53);
      double trowel = fractal (x / 90.0 + y / 200.0, y / 24.0, 4, 54);
      double stain = fractal (x / 160.0, y / 160.0, 5, 55);
      double bent_x = x + 16.0 * fractal (x / 60.0, y / 60.0, 4, 56);
      double bent_y = y + 16.0 * fractal (x / 60.0, y / 60.0, 4, 57);
      double crack =
        cell_edge (bent_x / 165.0, bent_y / 165.0, 58, NULL) * 165.0;
      double fine = cell_edge (bent_x / 48.0, bent_y / 48.0, 59, NULL) * 48.0;
      double lost = fractal (x / 95.0 + 4.0, y / 95.0, 6, 60);
      double bare = smooth_step (0.42, 0.45, lost);
      double rubbed = smooth_step (0.05, 0.5, grit + 0.7 * stain);
      double split = fmax (smooth_step (1.7, 0.5, crack),
                           0.7 * smooth_step (1.1, 0.3, fine)
                             * smooth_step (0.05, 0.3, stain));
      Rgb    lime =
        rgb_shift (rgb_from_hex (0xdccfb4), 0.10 * grit + 0.06 * trowel, 0.02);
      Rgb color =
        rgb_shift (sheet->color[i], 0.05 * trowel + 0.07 * stain, 0.04 * stain);

      color = rgb_mix (color, lime, 0.10 + 0.42 * rubbed);
      color = rgb_mix (color, lime, bare);
      color = rgb_mix (color, rgb_from_hex (0x54443a), 0.75 * split);
      sheet->color[i] = color;
      sheet->paint[i] = (float) (px
                                 * (0.5 * sheet->paint[i] / px + 0.40 * grit
                                    + 0.5 * trowel - 0.9 * bare - 0.7 * split));
    }
}

Sheet *
paint_fresco (int long_side)
{
  static const BrushWork layers[] = {
    { 9.0, 60.0, 9.0, 0.05, 0.03, 0.06, 0.4, 0.5, 0.3, 0.0, FALSE, 1 },
    { 5.5, 40.0, 4.0, 0.06, 0.04, 0.07, 0.5, 0.6, 0.2, 0.0, TRUE, 2 },
    { 4.2, 22.0, 2.0, 0.07, 0.04, 0.07, 0.5, 0.6, 0.2, 0.0, TRUE, 3 },
    { 3.6, 20.0, 1.0, 0.12, 0.05, 0.05, 0.4, 0.4, 0.1, 0.06, TRUE, 4 },
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xd8c8a8));

  brush_cover (sheet, scene, layers, G_N_ELEMENTS (layers));
  draw_contours (sheet, scene);
  age (sheet);
  sheet_light (sheet, 0.16, 0.0);
  scene_free (scene);
  return sheet;
}
