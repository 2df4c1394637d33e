/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linocut.c: sunflowers and birds, cut into linoleum with a gouge */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "print.h"
#include "things.h"

static void
add_plants (Scene *scene)
{
  static const Palette petals = { 4,
                                  { 0xc07810, 0xf0b020, 0xf8d850, 0xfff4b0 } };
  static const Palette seeds = { 3, { 0x180c08, 0x5a3014, 0xc08030 } };
  static const Palette greens = { 4,
                                  { 0x0c2818, 0x2c6838, 0x80b058, 0xe0ecb0 } };
  static const double  flowers[][4] = {
     { 0.30, 0.44, 0.215, 0.1 }, { 0.70, 0.62, 0.175, 0.5 },
     { 0.12, 0.86, 0.135, 0.3 }, { 0.62, 0.20, 0.115, 0.2 },
     { 0.47, 0.93, 0.120, 0.8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (flowers); i++)
    {
      double x = flowers[i][0];
      double y = flowers[i][1];
      double size = flowers[i][2];
      Limb   stem = { 4,
                      { { x, y, 0.016 },
                        { x + 0.05 * size, y + 0.25, 0.016 },
                        { x - 0.2 * size, y + 0.6, 0.018 },
                        { x, y + 1.1, 0.02 } },
                      { 3, { 0xc0d890, 0x4c8848, 0x183c24 } } };
      Leaf   leaves[] = {
          { x, y + 1.5 * size, x - 1.25 * size, y + 1.0 * size, 0.10, 0.26,
            greens },
          { x, y + 1.9 * size, x + 1.30 * size, y + 1.35 * size, -0.10, 0.26,
            greens },
      };

      add_limb (scene, &stem);
      add_leaf (scene, &leaves[0]);
      add_leaf (scene, &leaves[1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (flowers); i++)
    for (int k = 0; k < 2; k++)
      {
        Flower flower = {
          flowers[i][0], flowers[i][1], flowers[i][2] * (k ? 0.80 : 1.0),
          13 + 2 * k,    0.75,          flowers[i][3] + 0.13 * k,
          0.96,          petals,        seeds,
          k ? 0.52 : 0.0
        };

        add_flower (scene, &flower);
      }
}

static void
add_bird (Scene *scene, double x, double y, double size)
{
  static const Palette feathers = {
    4, { 0x102848, 0x28589a, 0x88b4d8, 0xf0f4f0 }
  };
  Leaf parts[] = {
    { x - 0.2 * size, y, x - 1.0 * size, y + 0.25 * size, 0.05, 0.16,
      feathers },
    { x - 0.35 * size, y + 0.02 * size, x + 0.55 * size, y - 0.05 * size, -0.08,
      0.24, feathers },
    { x + 0.05 * size, y - 0.05 * size, x - 0.55 * size, y - 0.95 * size, 0.20,
      0.24, feathers },
    { x + 0.10 * size, y - 0.02 * size, x + 0.75 * size, y - 0.80 * size, -0.20,
      0.22, feathers },
    { x + 0.48 * size,
      y - 0.05 * size,
      x + 0.72 * size,
      y + 0.0 * size,
      0.0,
      0.16,
      { 2, { 0xe08020, 0xf8c040 } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    add_leaf (scene, &parts[i]);
}

static Scene *
make_scene (int long_side)
{
  static const Sky sky = { { 4, { 0x60a4c4, 0x8cc0cc, 0xc4dcc0, 0xf4ecc0 } },
                           0.95,
                           0.0,
                           { 2, { 0, 0 } },
                           5 };
  static const Sun sun = {
    0.56, 0.36, 0.22, 1.0, { 4, { 0xfff4d0, 0xf8c858, 0xe87838, 0x60a0a8 } },
    0.0
  };
  static const Ridge hills[] = {
    { 0.72,
      0.12,
      1.5,
      3,
      { 3, { 0x50a0a0, 0x307c88, 0x1c4c5c } },
      0.2,
      0.6,
      0.3,
      3 },
    { 0.90,
      0.12,
      1.9,
      3,
      { 3, { 0x80b058, 0x4c8848, 0x204830 } },
      0.2,
      0.6,
      0.3,
      6 },
  };
  Scene *scene = scene_new (long_side, 4, 5);

  add_sky (scene, &sky);
  add_sun (scene, &sun);
  for (gsize i = 0; i < G_N_ELEMENTS (hills); i++)
    add_ridge (scene, &hills[i]);
  add_bird (scene, 0.20, 0.15, 0.15);
  add_bird (scene, 0.42, 0.10, 0.09);
  add_plants (scene);
  return scene;
}

Sheet *
paint_linocut (int long_side)
{
  static const Edition edition = {
    .paper = 0xf8f2e4,
    .inks = { 5, { 0xf6f0e0, 0xf8c040, 0xe06838, 0x68a878, 0x68acc8 } },
    .grain = 0.0,
    .right = { 1.0, -0.8 },
    .down = { -0.6, 0.8 },
    .key = { { 8.4, 60.0, 9.0, 0.35, TRUE, 8 },
             0.10,
             0.55,
             0.78,
             2.2,
             0.0,
             0.9 },
    .key_ink = 0x16161a,
    .key_grain = 0.0,
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet = print_edition (scene, &edition);

  scene_free (scene);
  return sheet;
}
