/* SPDX-License-Identifier: GPL-3.0-or-later */
/* impasto.c: evening over fields, in thick strokes that whirl around the sun */
#include "painter.h"

#include "brush.h"
#include "things.h"

static void
add_land (Scene *scene)
{
  static const Ridge ridges[] = {
    { 0.600,
      0.14,
      1.4,
      5,
      { 4, { 0x35406e, 0x4d6396, 0x7d8fb4, 0xb99aa4 } },
      0.16,
      0.55,
      0.7,
      11 },
    { 0.650,
      0.09,
      2.1,
      4,
      { 4, { 0x1f5a63, 0x2f7f74, 0x5aa184, 0x8fb877 } },
      0.13,
      0.60,
      0.5,
      12 },
  };
  static const Field fields[] = {
    { 0.655,
      0.020,
      0.62,
      0.45,
      44.0,
      { 6, { 0x6f7d2b, 0xa98a23, 0xe0a92b, 0xf3c94e, 0xd8752a, 0x8e4f2c } },
      4 },
    { 0.845,
      0.045,
      1.10,
      0.40,
      30.0,
      { 6, { 0x1c4a3c, 0x2f6b45, 0x57913f, 0x9db84a, 0x5c3b4e, 0x2c5a70 } },
      6 },
  };
  static const House houses[] = {
    { 0.86,
      0.700,
      0.070,
      0.045,
      0.035,
      { 3, { 0x9a8fa6, 0xe8d7b0, 0xfaf0d0 } },
      { 3, { 0x8a2f22, 0xc8502c, 0xe88a4a } },
      2,
      1,
      { 2, { 0x28304e, 0x46507a } } },
    { 0.945,
      0.706,
      0.055,
      0.038,
      0.040,
      { 3, { 0x8a86a0, 0xd9c9b2, 0xf4e6c4 } },
      { 3, { 0x7a2a2a, 0xb5482e, 0xdf7d44 } },
      2,
      1,
      { 2, { 0x28304e, 0x46507a } } },
  };
  static const Tree trees[] = {
    { 0.20,
      0.96,
      0.80,
      0.060,
      { 5, { 0x0c2420, 0x17402f, 0x2c5f34, 0x6c8a35, 0xa8a04a } },
      0,
      3 },
    { 0.315,
      0.90,
      0.52,
      0.042,
      { 5, { 0x0f2a2a, 0x1c4a38, 0x35663a, 0x7a9440, 0xb5a652 } },
      0,
      9 },
    { 0.800,
      0.715,
      0.13,
      0.014,
      { 4, { 0x10302c, 0x1e4d38, 0x3c6a3c, 0x809a48 } },
      0,
      5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  add_field (scene, &fields[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (houses); i++)
    add_house (scene, &houses[i]);
  add_field (scene, &fields[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    add_cypress (scene, &trees[i]);
}

static Scene *
make_scene (int long_side)
{
  static const Sky sky = {
    { 6, { 0x1f5c7a, 0x2f8a94, 0x66b3a0, 0xc9cf8a, 0xf2b860, 0xe8764a } },
    0.62,
    0.55,
    { 5, { 0x2a6a8c, 0x4a9aa6, 0xe89a6a, 0xf9d79a, 0xfff3cf } },
    5
  };
  static const Sun suns[] = {
    { 0.92,
      0.26,
      0.150,
      1.0,
      { 6, { 0xfffbe0, 0xfff09a, 0xffd24a, 0xfaa335, 0xea6f3a, 0xe39a6a } },
      0.0 },
    { 0.52,
      0.20,
      0.100,
      -0.9,
      { 5, { 0xe8f2d0, 0x9fd0b8, 0x4fa3a8, 0x2b7796, 0x7fc0b0 } },
      0.0 },
    { 0.64,
      0.43,
      0.075,
      0.9,
      { 5, { 0xffe9b8, 0xf5b878, 0xd8806a, 0x8f8a9a, 0xe0b890 } },
      0.0 },
    { 1.20,
      0.44,
      0.070,
      -1.1,
      { 4, { 0xfff0c8, 0xf3b070, 0xcf6f58, 0x7f8fa0 } },
      0.0 },
    { 0.08,
      0.40,
      0.085,
      1.0,
      { 4, { 0xd8ead0, 0x8fc8b8, 0x3f93a4, 0x5aa8a8 } },
      0.0 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  for (gsize i = 0; i < G_N_ELEMENTS (suns); i++)
    add_sun (scene, &suns[i]);
  add_land (scene);
  return scene;
}

Sheet *
paint_impasto (int long_side)
{
  static const BrushWork layers[] = {
    { 9.0, 70.0, 9.0, 0.05, 0.05, 0.07, 1.8, 0.35, 0.20, 0.0, FALSE, 1 },
    { 6.5, 44.0, 5.2, 0.08, 0.06, 0.10, 1.9, 0.40, 0.15, 0.0, TRUE, 2 },
    { 5.0, 26.0, 3.0, 0.10, 0.06, 0.12, 1.7, 0.40, 0.15, 0.05, TRUE, 3 },
    { 4.5, 12.0, 1.7, 0.14, 0.08, 0.10, 1.5, 0.30, 0.20, 0.12, TRUE, 4 },
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0x7a5a3c));

  brush_cover (sheet, scene, layers, G_N_ELEMENTS (layers));
  sheet_light (sheet, 0.16, 0.07);
  scene_free (scene);
  return sheet;
}
