/* SPDX-License-Identifier: GPL-3.0-or-later */
/* charcoal.c: firs on hills under rain clouds, in charcoal and white
 * chalk on gray-brown paper */
#include "painter.h"

#include <math.h>

#include "chalk.h"
#include "numbers.h"
#include "things.h"

static void
add_trees (Scene *scene)
{
  static const Palette needles = { 4,
                                   { 0x0c0b0a, 0x24211f, 0x5c554e, 0x9a9186 } };
  uint32_t             random = 7;

  for (int i = 0; i < 46; i++)
    {
      double near = (i + 0.5) / 46.0;
      double x = next_between (&random, -0.02, 1.36);
      double y = 0.56 + 0.46 * near * near;
      double height = mix (0.05, 0.20, near) * next_between (&random, 0.7, 1.2);
      Tree tree = { x, y, height, 0.20 * height, needles, 0, (uint32_t) i + 3 };

      add_pine (scene, &tree);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky sky = {
    { 4, { 0x5c554e, 0x8a8278, 0xb4aa9c, 0xd8cebe } },
    0.46,
    0.72,
    { 5, { 0x0c0b0a, 0x4c4742, 0x9a9186, 0xdcd4c6, 0xffffff } },
    41
  };
  static const Ridge ridges[] = {
    { 0.44,
      0.30,
      1.7,
      5,
      { 4, { 0x7c756c, 0x948b80, 0xb4aa9c, 0xd8cebe } },
      0.26,
      1.6,
      0.9,
      33 },
    { 0.58,
      0.22,
      1.5,
      4,
      { 4, { 0x3a3632, 0x6c655d, 0x9a9186, 0xc8beae } },
      0.26,
      1.6,
      0.8,
      45 },
    { 0.72,
      0.20,
      1.3,
      4,
      { 4, { 0xdcd4c6, 0x9a9186, 0x5c554e, 0xa0968a } },
      0.30,
      1.4,
      0.6,
      52 },
    { 0.90,
      0.22,
      1.2,
      4,
      { 4, { 0xf0e8dc, 0xa89e90, 0x6c655d, 0x2c2926 } },
      0.34,
      1.4,
      0.6,
      57 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  add_trees (scene);
  return scene;
}

/* Charcoal that was rubbed with a finger: soft, and darker in the hollows. */
static void
smudge (const Chalk *chalk)
{
  Sheet *sheet = chalk->sheet;
  float *soft = scene_tones (chalk->scene, 7.0);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;
      double wiped = fractal (x / 60.0 + y / 90.0, y / 30.0 - x / 70.0, 4, 3);
      double dark = clamp (0.66 - soft[i] + 0.14 * wiped, 0.0, 0.75);

      sheet->color[i] = rgb_mix (sheet->color[i], rgb_from_hex (0x2c2826),
                                 dark * (1.1 - 0.3 * chalk->tooth[i]));
    }
  g_free (soft);
}

Sheet *
paint_charcoal (int long_side)
{
  static const ChalkWork black[] = {
    { 11.0, 60.0, 7.0, 0.80, 0.0, 0.20, 0.0, 0.80, 0.70, 0.0, 0.45, 0.0, FALSE,
      1 },
    { 7.5, 52.0, 1.7, 0.95, 0.45, 0.10, 0.0, 1.00, 0.40, 0.0, 0.75, 0.0, TRUE,
      2 },
    { 7.5, 44.0, 1.8, 1.05, -0.45, 0.10, 0.0, 0.72, 0.40, 0.0, 0.85, 0.0, TRUE,
      3 },
    { 6.5, 30.0, 2.6, 1.20, 0.0, 0.2, 0.0, 0.42, 0.5, 0.0, 0.95, 0.0, TRUE, 4 },
    { 4.0, 26.0, 1.2, 1.0, 0.0, 0.12, 0.0, 1.2, 0.4, 0.0, 0.85, 2.0, FALSE, 5 },
  };
  static const ChalkWork white[] = {
    { 7.5, 44.0, 2.0, 1.00, 0.1, 0.2, 1.0, 0.52, 0.5, 0.0, 0.85, 0.0, TRUE, 6 },
    { 6.0, 26.0, 2.0, 1.20, 0.0, 0.2, 1.0, 0.70, 0.5, 0.0, 0.95, 0.0, TRUE, 7 },
  };
  Rgb    coal = rgb_from_hex (0x171413);
  Rgb    lime = rgb_from_hex (0xf8f3e8);
  Scene *scene = make_scene (long_side);
  Chalk  chalk = chalk_open (scene, rgb_from_hex (0xbfae94), 2.6);
  Sheet *sheet;

  smudge (&chalk);
  for (gsize i = 0; i < G_N_ELEMENTS (black); i++)
    chalk_cover (&chalk, &black[i], &coal);
  for (gsize i = 0; i < G_N_ELEMENTS (white); i++)
    chalk_cover (&chalk, &white[i], &lime);
  sheet = chalk_close (&chalk);
  scene_free (scene);
  return sheet;
}
