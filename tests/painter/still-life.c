/* SPDX-License-Identifier: GPL-3.0-or-later */
/* still-life.c: a jug, a bottle, a bowl and fruit on a table */
#include "still-life.h"

#include "things.h"

static void
add_cloth (Scene *scene)
{
  static const Shape folds[] = {
    { 7,
      { { -0.1, 0.80 },
        { 0.16, 0.70 },
        { 0.44, 0.735 },
        { 0.62, 0.80 },
        { 0.50, 1.02 },
        { 0.20, 1.05 },
        { -0.1, 1.05 } },
      { 4, { 0x8f9ab8, 0xd8d8e0, 0xf6f2ea, 0xb4b8cc } },
      0.9,
      1.4,
      0.5,
      0.5 },
    { 5,
      { { 0.10, 0.80 },
        { 0.20, 0.755 },
        { 0.30, 0.86 },
        { 0.26, 1.04 },
        { 0.14, 1.04 } },
      { 3, { 0x7a86aa, 0xbcc2d4, 0xf0eee8 } },
      2.4,
      0.8,
      1.2,
      0.4 },
    { 5,
      { { 0.36, 0.79 },
        { 0.44, 0.77 },
        { 0.52, 0.90 },
        { 0.44, 1.04 },
        { 0.38, 1.04 } },
      { 3, { 0x8a90b0, 0xcfd0da, 0xfaf6ee } },
      2.0,
      0.8,
      1.0,
      0.4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    add_shape (scene, &folds[i]);
}

static void
add_vessels (Scene *scene)
{
  static const Shadow shadows[] = {
    { 0.56, 0.76, 0.30, 0.050, 0.55, 0.35 },
    { 0.98, 0.77, 0.30, 0.050, 0.50, 0.35 },
    { 0.34, 0.80, 0.16, 0.035, 0.45, 0.35 },
  };
  static const Vessel jug = {
    0.42,
    0.76,
    0.50,
    8,
    { 0.085, 0.145, 0.165, 0.150, 0.105, 0.070, 0.072, 0.092 },
    { 5, { 0x14304a, 0x235a80, 0x3f8fb0, 0x8fc4cf, 0xe6f2ee } },
    0.8,
    81
  };
  static const Palette glaze = { 4,
                                 { 0x8fc4cf, 0x4f9ab8, 0x235a80, 0x12283f } };
  Limb                 handle = { 5,
                                  { { 0.325, 0.345, 0.017 },
                                    { 0.245, 0.330, 0.019 },
                                    { 0.225, 0.420, 0.019 },
                                    { 0.250, 0.500, 0.018 },
                                    { 0.285, 0.540, 0.015 } } };
  static const Vessel  bottle = {
     0.80,
     0.70,
     0.60,
     8,
     { 0.075, 0.080, 0.080, 0.078, 0.045, 0.026, 0.025, 0.030 },
     { 5, { 0x0e2218, 0x1d4a2c, 0x35703c, 0x7aa458, 0xd8e6a8 } },
     0.9,
     82
  };
  static const Vessel bowl = {
    1.03,
    0.80,
    0.17,
    5,
    { 0.075, 0.130, 0.175, 0.205, 0.220 },
    { 5, { 0x5a2a1c, 0x9a4a2a, 0xd07a44, 0xeeb07a, 0xfce4c4 } },
    0.5,
    83
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shadows); i++)
    add_shadow (scene, &shadows[i]);
  add_vessel (scene, &bottle);
  handle.colors = glaze;
  add_limb (scene, &handle);
  add_vessel (scene, &jug);
  add_vessel (scene, &bowl);
}

static void
add_fruit (Scene *scene)
{
  static const Ball fruit[] = {
    { 0.93,
      0.605,
      0.075,
      0.072,
      { 5, { 0x6a1a1a, 0xa82a20, 0xd84a2a, 0xf08a4a, 0xfcd08a } },
      0.7,
      0.22,
      1 },
    { 1.06,
      0.590,
      0.082,
      0.080,
      { 5, { 0x8a4a10, 0xc87a18, 0xf0a828, 0xfacc50, 0xfef0a8 } },
      0.5,
      0.12,
      2 },
    { 1.17,
      0.615,
      0.066,
      0.064,
      { 5, { 0x3a4a14, 0x6a8024, 0xa0b03a, 0xd0d464, 0xf6f4b0 } },
      0.6,
      0.22,
      3 },
  };
  static const Ball on_cloth[] = {
    { 0.62,
      0.835,
      0.088,
      0.082,
      { 5, { 0x5a1418, 0x98202a, 0xd03a30, 0xee7a44, 0xfac47a } },
      0.8,
      0.26,
      4 },
    { 0.24,
      0.845,
      0.074,
      0.068,
      { 5, { 0x7a5a10, 0xb89020, 0xe8c838, 0xf8e070, 0xfef8c0 } },
      0.5,
      0.12,
      5 },
    { 0.77,
      0.875,
      0.062,
      0.058,
      { 5, { 0x2a1430, 0x4a2450, 0x704070, 0xa070a0, 0xe0c0d8 } },
      0.8,
      0.14,
      6 },
    { 0.865,
      0.855,
      0.055,
      0.052,
      { 5, { 0x241230, 0x40204c, 0x643a6a, 0x946898, 0xd8b8d0 } },
      0.8,
      0.14,
      7 },
  };
  static const Limb stems[] = {
    { 3,
      { { 0.93, 0.55, 0.006 }, { 0.935, 0.52, 0.005 }, { 0.95, 0.50, 0.007 } },
      { 2, { 0x7a5a30, 0x3a2818 } } },
    { 3,
      { { 0.625, 0.775, 0.007 },
        { 0.632, 0.745, 0.005 },
        { 0.655, 0.72, 0.008 } },
      { 2, { 0x7a5a30, 0x3a2818 } } },
  };
  static const Leaf leaf = { 0.635,
                             0.750,
                             0.735,
                             0.720,
                             -0.10,
                             0.17,
                             { 4,
                               { 0x1f4020, 0x3f7030, 0x7aa048, 0xc0d080 } } };

  for (gsize i = 0; i < G_N_ELEMENTS (fruit); i++)
    add_ball (scene, &fruit[i]);
  add_limb (scene, &stems[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (on_cloth); i++)
    {
      const Ball *ball = &on_cloth[i];

      add_shadow (scene,
                  &(Shadow){ ball->x + 0.5 * ball->width,
                             ball->y + 0.8 * ball->height, 1.3 * ball->width,
                             0.45 * ball->height, 0.6, 0.35 });
      add_ball (scene, ball);
    }
  add_limb (scene, &stems[1]);
  add_leaf (scene, &leaf);
}

Scene *
still_life_new (int long_side, const Palette *wall, const Palette *table)
{
  Scene *scene = scene_new (long_side, 4, 3);
  Shape  back = {
     4,     { { -0.1, -0.1 }, { 1.5, -0.1 }, { 1.5, 0.75 }, { -0.1, 0.75 } },
     *wall, 0.55,
     0.35,  0.9,
     0.35
  };
  Shape top = {
    4,      { { -0.1, 0.66 }, { 1.5, 0.66 }, { 1.5, 1.1 }, { -0.1, 1.1 } },
    *table, 0.25,
    1.2,    0.06,
    0.5
  };

  add_shape (scene, &back);
  add_shape (scene, &top);
  add_cloth (scene);
  add_vessels (scene);
  add_fruit (scene);
  return scene;
}
