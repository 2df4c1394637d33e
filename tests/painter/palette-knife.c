/* SPDX-License-Identifier: GPL-3.0-or-later */
/* palette-knife.c: a harbor in autumn, in slabs of paint that a knife spread */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "stroke.h"
#include "things.h"

static void
add_town (Scene *scene)
{
  static const uint32_t walls[][3] = {
    { 0xa8552f, 0xdf8a45, 0xf6c078 }, { 0x8f3b34, 0xc95f43, 0xe99a6a },
    { 0x9a8a6a, 0xe0cf9f, 0xfbf0cf }, { 0x55708a, 0x8fb0c0, 0xcfe0dc },
    { 0xa57a28, 0xe5b23c, 0xf9da7a }, { 0x6a4a5c, 0xa8788a, 0xd9aeb0 },
  };
  uint32_t random = 4;

  for (int i = 0; i < 13; i++)
    {
      const uint32_t *wall = walls[(i * 5 + 1) % 6];
      double          height = next_between (&random, 0.13, 0.25);
      double          shift = next_between (&random, -0.015, 0.015);
      double          width = next_between (&random, 0.095, 0.13);
      double          roof = next_between (&random, 0.04, 0.09);
      House           house = {
                  -0.04 + 0.108 * i + shift,
                  0.585,
                  width,
                  height,
                  roof,
                  { 3, { wall[0], wall[1], wall[2] } },
                  { 3, { 0x5c2a26, 0x9a4030, 0xd0683e } },
                  2,
                  3,
                  { 4, { 0x26304a, 0x3a4a66, 0x6a7f92, 0xf2d08a } },
      };

      add_house (scene, &house);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky   sky = { { 4, { 0x4a86a8, 0x8fb9bf, 0xe5d6b0, 0xf6c98f } },
                             0.5,
                             0.6,
                             { 4, { 0x7f98aa, 0xc9cfc6, 0xf3e6cc, 0xfff7e6 } },
                             21 };
  static const Ridge hill = {
    0.50, 0.26, 1.1, 4, { 4, { 0x7a6a86, 0xb07a5a, 0xd89a4a, 0x8a8f4a } },
    0.25, 0.7,  0.6, 22
  };
  static const Tree trees[] = {
    { 0.10,
      0.60,
      0.36,
      0.11,
      { 5, { 0x7a2f1c, 0xb8481f, 0xe5822a, 0xf7b93f, 0xfde08a } },
      0x4a3428,
      6 },
    { 1.27,
      0.60,
      0.40,
      0.12,
      { 5, { 0x5a3a1c, 0xa8641f, 0xdf9a2a, 0xf4cf4f, 0xfdeaa0 } },
      0x4a3428,
      8 },
  };
  static const Water water = {
    0.60, 1.01, { 4, { 0x8fb0b0, 0x4f8a9a, 0x2a6280, 0x1d3f5c } },
    0.72, 0.9,  0xfdf0d0,
    25,   NULL
  };
  static const Boat boats[] = {
    { 0.42,
      0.72,
      0.13,
      { 3, { 0x2a3c5a, 0x3f6a8c, 0x9ac0cc } },
      { 3, { 0xb8502f, 0xe8884a, 0xfbc98a } },
      1 },
    { 0.95,
      0.82,
      0.19,
      { 3, { 0x6a1f1c, 0xc0392b, 0xf0805a } },
      { 3, { 0xcfc4a8, 0xf6ecd2, 0xffffff } },
      2 },
    { 0.72,
      0.655,
      0.060,
      { 3, { 0x2f3f3a, 0x4f7a62, 0xa0c090 } },
      { 3, { 0xd8c08a, 0xf6e6b8, 0xffffe6 } },
      3 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  add_ridge (scene, &hill);
  add_town (scene);
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    add_tree (scene, &trees[i]);
  add_water (scene, &water);
  for (gsize i = 0; i < G_N_ELEMENTS (boats); i++)
    add_boat (scene, &boats[i]);
  return scene;
}

typedef struct
{
  double   spacing, length, half; /* pixels of a picture 800 wide */
  double   detail;
  uint32_t seed;
} Knife;

/* A slab of @colors, streaky across, torn towards its end. */
static void
spread (Sheet *sheet, const Stroke *stroke, const Rgb *colors, uint32_t seed)
{
  double px = sheet->px;

  for (int i = 0; i < stroke->n_touches; i++)
    {
      const Touch *touch = &stroke->touches[i];
      double       t = touch->along / stroke->length;
      double       v = touch->across;
      double       streak = noise (v * 2.6, touch->along / (60.0 * px), seed);
      double fine = noise (v * 11.0, touch->along / (34.0 * px), seed + 1);
      double torn = noise (v * 4.0, touch->along / (7.0 * px), seed + 2);
      double rim =
        smooth_step (0.86, 0.97, fabs (v)) + 1.2 * smooth_step (0.90, 0.97, t);
      double cover = touch->cover
                     * smooth_step (-0.10, 0.12, 1.0 - t + 0.30 * torn - 0.12)
                     * smooth_step (-0.01, 0.02, t);
      Rgb color = rgb_mix (colors[0], colors[1],
                           smooth_step (-0.35, 0.65, streak + 0.35 * fine));

      color = rgb_mix (color, colors[2], smooth_step (0.40, 0.62, fine));
      if (t < -0.01 || t > 1.01)
        continue;
      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel], color, cover);
      sheet->paint[touch->pixel] =
        (float) mix (sheet->paint[touch->pixel],
                     px * (1.0 + 0.25 * fine + 0.20 * torn + 0.9 * rim), cover);
    }
}

static void
cover (Sheet *sheet, const Scene *scene, Stroke *stroke, const Knife *knife)
{
  double   px = sheet->px;
  double   area = (double) sheet->width * sheet->height;
  int      n = (int) (area / (knife->spacing * knife->spacing * px * px));
  float   *around = scene_tones (scene, 16.0);
  uint32_t random = knife->seed;

  for (int i = 0; i < n; i++)
    {
      double   x = sheet->width * next_between (&random, -0.02, 1.02);
      double   y = sheet->height * next_between (&random, -0.02, 1.02);
      double   size = next_between (&random, 0.6, 1.4);
      double   half = 0.5 * knife->half * px * size;
      double   length = knife->length * px * next_between (&random, 0.6, 1.3);
      double   stray = next_between (&random, -0.22, 0.22);
      gboolean is_across = next_random (&random) < 0.18;
      double   angle =
        scene_angle (scene, x, y) + stray + (is_across ? 0.5 * PI : 0.0);
      double      right = cosine (angle);
      double      down = sine (angle);
      const Spot *spot = scene_spot (scene, x, y);
      int         at = (int) clamp (y, 0, sheet->height - 1) * sheet->width
               + (int) clamp (x, 0, sheet->width - 1);
      double light = next_between (&random, -0.09, 0.09);
      double streak_light = next_between (&random, -0.12, 0.22);
      double streak_warm = next_between (&random, -0.10, 0.10);
      Rgb    colors[3];
      Knot   knots[2];

      colors[0] = rgb_shift (spot->color, light, 0.0);
      colors[1] = rgb_shift (scene_spot (scene, x + 1.6 * half * down,
                                         y - 1.6 * half * right)
                               ->color,
                             0.05, next_between (&random, -0.08, 0.08));
      colors[2] = rgb_shift (spot->color, streak_light, streak_warm);
      if (fabs (rgb_tone (spot->color) - around[at])
          < knife->detail * next_between (&random, 0.4, 1.6))
        continue;
      knots[0] =
        (Knot){ x - 0.5 * length * right, y - 0.5 * length * down, half };
      knots[1] = (Knot){ x + 0.5 * length * right, y + 0.5 * length * down,
                         half * next_between (&random, 0.8, 1.1) };
      stroke_trace (stroke, knots, 2);
      spread (sheet, stroke, colors, knife->seed + (uint32_t) i);
    }
  g_free (around);
}

Sheet *
paint_palette_knife (int long_side)
{
  static const Knife layers[] = {
    { 15.0, 66.0, 44.0, 0.0, 1 },
    { 10.0, 40.0, 26.0, 0.0, 2 },
    { 8.0, 26.0, 15.0, 0.06, 3 },
    { 6.0, 16.0, 8.0, 0.13, 4 },
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0x6a5444));
  Stroke *stroke = stroke_new (scene->width, scene->height);

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    cover (sheet, scene, stroke, &layers[i]);
  sheet_light (sheet, 0.17, 0.06);
  stroke_free (stroke);
  scene_free (scene);
  return sheet;
}
