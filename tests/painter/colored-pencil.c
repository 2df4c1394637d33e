/* SPDX-License-Identifier: GPL-3.0-or-later */
/* colored-pencil.c: a still life, hatched in many colors on white paper */
#include "painter.h"

#include "chalk.h"
#include "still-life.h"

Sheet *
paint_colored_pencil (int long_side)
{
  static const Palette wall = {
    5, { 0xf6d9a0, 0xe8a878, 0xc98a9a, 0x8f8ac0, 0x5a6aa8 }
  };
  static const Palette   table = { 4,
                                   { 0x6ab0a8, 0x4f8fa0, 0xa0c8a0, 0x3f6a8a } };
  static const ChalkWork layers[] = {
    { 4.6, 80.0, 1.8, 0.95, 0.0, 0.05, 0.1, 1.60, 0.45, 0.12, 0.62, 0.0, TRUE,
      1 },
    { 4.6, 60.0, 1.5, 0.98, 0.65, 0.05, 0.1, 1.30, 0.45, 0.30, 0.66, 0.0, TRUE,
      2 },
    { 4.4, 46.0, 1.5, 1.05, -0.55, 0.05, 0.0, 0.95, 0.45, 0.32, 0.72, 0.0, TRUE,
      3 },
    { 4.2, 36.0, 1.4, 1.15, 0.1, 0.08, 0.0, 0.66, 0.40, 0.22, 0.78, 0.0, TRUE,
      4 },
    { 4.2, 28.0, 1.6, 1.25, 0.0, 0.12, 0.0, 0.42, 0.40, 0.12, 0.82, 0.0, TRUE,
      5 },
  };
  static const ChalkWork lines = { 2.2, 26.0, 0.7, 0.95, 0.0, 0.1,   0.0,
                                   1.3, 0.45, 0.0, 0.75, 1.6, FALSE, 6 };
  Rgb                    dark = rgb_from_hex (0x2c2a4a);
  Scene                 *scene = still_life_new (long_side, &wall, &table);
  Chalk  chalk = chalk_open (scene, rgb_from_hex (0xfaf7ef), 1.7);
  Sheet *sheet;

  for (int i = 0; i < scene->width * scene->height; i++)
    scene->spots[i].color = rgb_saturate (scene->spots[i].color, 1.35);
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    chalk_cover (&chalk, &layers[i], NULL);
  chalk_cover (&chalk, &lines, &dark);
  sheet = chalk_close (&chalk);
  scene_free (scene);
  return sheet;
}
