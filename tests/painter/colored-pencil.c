/* SPDX-License-Identifier: GPL-3.0-or-later */
/* colored-pencil.c: a patchwork of fields, hatched in many colors on white
 * paper */
#include "painter.h"

#include "chalk.h"
#include "numbers.h"
#include "things.h"

/* Fields below a line, each of a color and a direction of its own, that become
 * smaller towards the horizon. */
static void
add_fields (Scene *scene)
{
  static const Palette crops[] = {
    { 3, { 0x1c5a34, 0x54a040, 0xb8d860 } },
    { 3, { 0xb86c10, 0xeeb42c, 0xfbe48a } },
    { 3, { 0x3c2c88, 0x7a5cc0, 0xc8a4e4 } },
    { 3, { 0x94301c, 0xdc6430, 0xf6b478 } },
    { 3, { 0x104c60, 0x2c8c90, 0x8cccb4 } },
    { 3, { 0x8c1c50, 0xdc5080, 0xf8b0bc } },
    { 3, { 0x1c347c, 0x3c6cbc, 0x94b8e4 } },
  };
  int n = scene->n_regions;

  for (int i = 0; i < scene->width * scene->height; i++)
    {
      Spot  *spot = &scene->spots[i];
      double x = (i % scene->width + 0.5) / scene->height;
      double y = (i / scene->width + 0.5) / scene->height;
      double top = 0.42 + 0.04 * fractal (x * 1.6, 0.2, 3, 14);
      double far = y - 0.25 + 0.05 * fractal (x * 1.5, y * 1.5, 2, 15);
      double cell;

      if (y < top)
        continue;
      cell_edge (4.0 + 1.15 * (x - 0.67) / far, 1.5 / far, 16, &cell);
      spot->region = n + (int) (cell * 10000.0);
      spot->color =
        palette_pick (&crops[(int) (cell * 7.0)],
                      0.42 + 0.75 * fractal (x * 6.0, y * 8.0, 4, 17));
      spot->angle = (float) (3.1 * (cell * 7.0 - (int) (cell * 7.0)));
    }
  scene->n_regions = n + 10000;
}

static void
add_trees (Scene *scene)
{
  static const Palette crowns[] = {
    { 4, { 0x14463c, 0x2c7a4c, 0x6cb054, 0xc8dc74 } },
    { 4, { 0x8a2c1c, 0xcc5a24, 0xf09a34, 0xfad878 } },
    { 4, { 0x1c3c6c, 0x2c6c8c, 0x5ca8a0, 0xb4dcac } },
  };
  uint32_t random = 5;

  for (int i = 0; i < 40; i++)
    {
      double near = (i + 0.5) / 40.0;
      double x = next_between (&random, 0.0, 1.34);
      double height = mix (0.05, 0.18, near) * next_between (&random, 0.8, 1.2);
      Tree   tree = {
          x, 0.45 + 0.53 * near * near, height, 0.16 * height, crowns[i % 3],
          0, (uint32_t) i + 8
      };

      add_cypress (scene, &tree);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky   sky = { { 4, { 0x3c7cc8, 0x7cb0e0, 0xf0c8a8, 0xfae0a0 } },
                             0.42,
                             0.52,
                             { 4, { 0xb09cd0, 0xf4c0b0, 0xfcecd0, 0xffffff } },
                             31 };
  static const Ridge ridges[] = {
    { 0.36,
      0.20,
      1.4,
      4,
      { 3, { 0x5c58b0, 0x8c80cc, 0xccb4dc } },
      0.16,
      0.9,
      0.7,
      32 },
    { 0.44,
      0.14,
      1.8,
      3,
      { 3, { 0x1c6c80, 0x48a08c, 0xa0cc8c } },
      0.14,
      0.9,
      0.6,
      34 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  add_fields (scene);
  add_trees (scene);
  return scene;
}

Sheet *
paint_colored_pencil (int long_side)
{
  static const ChalkWork layers[] = {
    { 6.5, 60.0, 1.7, 0.95, 0.0, 0.06, 0.1, 1.60, 0.35, 0.14, 0.62, 0.0, TRUE,
      1 },
    { 7.5, 46.0, 1.5, 1.00, 0.45, 0.06, 0.1, 1.20, 0.35, 0.34, 0.68, 0.0, TRUE,
      2 },
    { 6.5, 36.0, 1.5, 1.10, 0.0, 0.08, 0.0, 0.80, 0.35, 0.22, 0.78, 0.0, TRUE,
      3 },
    { 6.0, 28.0, 1.6, 1.25, 0.1, 0.10, 0.0, 0.52, 0.35, 0.14, 0.85, 0.0, TRUE,
      4 },
  };
  static const ChalkWork lines = { 4.0, 22.0, 0.8, 0.95, 0.0, 0.1,   0.0,
                                   1.1, 0.40, 0.0, 0.70, 1.6, FALSE, 6 };
  Rgb                    dark = rgb_from_hex (0x2c2a4a);
  Scene                 *scene = make_scene (long_side);
  Chalk  chalk = chalk_open (scene, rgb_from_hex (0xfaf7ef), 1.7);
  Sheet *sheet;

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    chalk_cover (&chalk, &layers[i], NULL);
  chalk_cover (&chalk, &lines, &dark);
  sheet = chalk_close (&chalk);
  scene_free (scene);
  return sheet;
}
