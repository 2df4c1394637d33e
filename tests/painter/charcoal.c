/* SPDX-License-Identifier: GPL-3.0-or-later */
/* charcoal.c: a still life in charcoal and white chalk on gray-brown paper */
#include "painter.h"

#include <math.h>

#include "chalk.h"
#include "numbers.h"
#include "still-life.h"

/* Charcoal that was rubbed with a finger: soft, and darker in the hollows. */
static void
smudge (const Chalk *chalk)
{
  Sheet *sheet = chalk->sheet;
  float *soft = scene_tones (chalk->scene, 9.0);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;
      double wiped = fractal (x / 60.0 + y / 90.0, y / 30.0 - x / 70.0, 4, 3);
      double dark = clamp (0.62 - soft[i] + 0.16 * wiped, 0.0, 0.75);

      sheet->color[i] = rgb_mix (sheet->color[i], rgb_from_hex (0x2c2826),
                                 dark * (1.15 - 0.5 * chalk->tooth[i]));
    }
  g_free (soft);
}

Sheet *
paint_charcoal (int long_side)
{
  static const Palette wall = { 4, { 0xb8b0a4, 0x8a8278, 0x5a544e, 0x24211f } };
  static const Palette table = { 4,
                                 { 0x8f867a, 0xb0a698, 0x6f675e, 0x36322e } };
  static const ChalkWork black[] = {
    { 7.0, 90.0, 2.6, 0.85, 0.0, 0.25, 0.05, 0.80, 0.50, 0.0, 0.70, 0.0, FALSE,
      1 },
    { 5.6, 60.0, 1.8, 1.00, 0.60, 0.12, 0.05, 0.66, 0.55, 0.0, 0.80, 0.0, TRUE,
      2 },
    { 5.2, 44.0, 1.7, 1.05, -0.55, 0.12, 0.0, 0.50, 0.55, 0.0, 0.85, 0.0, TRUE,
      3 },
    { 5.0, 34.0, 2.6, 1.20, 0.0, 0.3, 0.0, 0.36, 0.6, 0.0, 0.95, 0.0, TRUE, 4 },
    { 2.6, 30.0, 0.9, 1.0, 0.0, 0.12, 0.0, 1.4, 0.5, 0.0, 0.85, 2.2, FALSE, 5 },
  };
  static const ChalkWork white[] = {
    { 5.0, 34.0, 2.0, 1.00, 0.0, 0.2, 1.0, 0.56, 0.7, 0.0, 0.85, 0.0, TRUE, 6 },
    { 4.0, 18.0, 1.6, 1.20, 0.0, 0.2, 1.0, 0.70, 0.6, 0.0, 0.95, 0.0, TRUE, 7 },
  };
  Rgb    coal = rgb_from_hex (0x171413);
  Rgb    lime = rgb_from_hex (0xf8f3e8);
  Scene *scene = still_life_new (long_side, &wall, &table);
  Chalk  chalk = chalk_open (scene, rgb_from_hex (0xbfae94), 2.2);
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
