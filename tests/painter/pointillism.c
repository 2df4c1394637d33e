/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pointillism.c: a river bank on a summer afternoon, in dots of pure color */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "stroke.h"
#include "things.h"

static void
add_people (Scene *scene)
{
  static const struct
  {
    double   x, y, size;
    Palette  dress;
    uint32_t shade;
  } people[] = {
    { 0.98, 0.93, 0.30, { 3, { 0xa04878, 0x602868, 0x2c1844 } }, 0xd84848 },
    { 0.80, 0.88, 0.22, { 3, { 0xe8e0f0, 0xa8a0d8, 0x6868b0 } }, 0xf0b848 },
    { 0.22, 0.80, 0.15, { 3, { 0xf09868, 0xc84838, 0x802838 } }, 0xf8f0d0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      double size = people[i].size;
      double x = people[i].x;
      double y = people[i].y;
      Limb   skirt = { 4,
                       { { x, y - 0.62 * size, 0.075 * size },
                         { x, y - 0.45 * size, 0.085 * size },
                         { x + 0.02 * size, y - 0.25 * size, 0.16 * size },
                         { x + 0.03 * size, y, 0.21 * size } },
                       people[i].dress };
      Ball   head = { x - 0.01 * size,
                      y - 0.76 * size,
                      0.055 * size,
                      0.070 * size,
                      { 3, { 0x8a5040, 0xd89870, 0xf8d0a8 } },
                      0.0,
                      0.0,
                      1 };
      Flower shade = { x - 0.05 * size,
                       y - 0.88 * size,
                       0.30 * size,
                       8,
                       0.2,
                       0.1,
                       0.40,
                       { 3, { people[i].shade, people[i].shade, 0xfff0d0 } },
                       { 2, { 0x806040, 0xc0a060 } },
                       0.1 };
      Limb   stick = { 2,
                       { { x - 0.06 * size, y - 0.9 * size, 0.010 * size },
                         { x + 0.08 * size, y - 0.5 * size, 0.010 * size } },
                       { 2, { 0x604030, 0x402820 } } };

      add_shadow (scene, &(Shadow){ x + 0.30 * size, y, 0.55 * size,
                                    0.07 * size, 0.6, 0.6 });
      add_limb (scene, &skirt);
      add_ball (scene, &head);
      add_limb (scene, &stick);
      add_flower (scene, &shade);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky   sky = { { 4, { 0x5088d0, 0x80b0e0, 0xb8d8e8, 0xf8e8c8 } },
                             0.42,
                             0.45,
                             { 3, { 0xb0b8e0, 0xf0e8f0, 0xfffcf0 } },
                             11 };
  static const Ridge bank = {
    0.42, 0.08, 2.4, 4, { 4, { 0x3870a0, 0x4898a0, 0x70b078, 0xc0d078 } },
    0.09, 0.7,  0.3, 12
  };
  static const Water water = {
    0.425, 0.80, { 4, { 0x90c0e8, 0x6098d8, 0x4078c0, 0x3858a0 } },
    0.75,  0.9,  0xfff4d8,
    13,    NULL
  };
  static const Field lawn = {
    0.735, 0.055, -0.8,
    0.55,  18.0,  { 5, { 0x286848, 0x50a048, 0xa0c848, 0xe8e068, 0xf0c868 } },
    14
  };
  static const Boat boats[] = {
    { 0.56,
      0.52,
      0.075,
      { 3, { 0x503048, 0x905068, 0xd09090 } },
      { 3, { 0xf0d0a0, 0xfff0d8, 0xffffff } },
      4 },
    { 0.86,
      0.46,
      0.042,
      { 3, { 0x503048, 0x905068, 0xd09090 } },
      { 3, { 0xf8b880, 0xffd8b0, 0xfff0e0 } },
      5 },
    { 0.40,
      0.455,
      0.035,
      { 3, { 0x404868, 0x607890, 0xa0b0c0 } },
      { 3, { 0xf0e0d0, 0xffffff, 0xffffff } },
      6 },
  };
  static const Tree trees[] = {
    { 1.24,
      0.90,
      0.86,
      0.24,
      { 5, { 0x103850, 0x1c6048, 0x409048, 0xa0c040, 0xf0e060 } },
      0x584068,
      21 },
    { 0.06,
      0.78,
      0.62,
      0.17,
      { 5, { 0x183c58, 0x246850, 0x509850, 0xb0c848, 0xf4e870 } },
      0x584068,
      22 },
    { 0.18,
      0.445,
      0.13,
      0.06,
      { 5, { 0x204868, 0x307060, 0x60a068, 0xb8c860, 0xf0e088 } },
      0x584068,
      23 },
    { 1.02,
      0.445,
      0.15,
      0.07,
      { 5, { 0x204868, 0x307060, 0x60a068, 0xb8c860, 0xf0e088 } },
      0x584068,
      25 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  add_ridge (scene, &bank);
  add_tree (scene, &trees[2]);
  add_tree (scene, &trees[3]);
  add_water (scene, &water);
  for (gsize i = 0; i < G_N_ELEMENTS (boats); i++)
    add_boat (scene, &boats[i]);
  add_field (scene, &lawn);
  add_shadow (scene, &(Shadow){ 1.10, 0.92, 0.42, 0.07, 0.65, 0.65 });
  add_shadow (scene, &(Shadow){ 0.14, 0.82, 0.26, 0.05, 0.6, 0.65 });
  add_tree (scene, &trees[1]);
  add_people (scene);
  add_tree (scene, &trees[0]);
  return scene;
}

/* A pure color that is part of @color: the eye mixes them again. */
static Rgb
divide (Rgb color, uint32_t *random)
{
  static const uint32_t pure[] = {
    0x1c3c98, 0x3068c8, 0x48a0e0, 0x40b0a0, 0x288048, 0x70b838,
    0xc8d838, 0xf8e040, 0xf8b030, 0xf07030, 0xd83838, 0xc04080,
    0x8048a8, 0xfff8e8, 0xf8c8c0, 0xc8d8f8, 0x281c48,
  };
  double red = color.r + next_between (random, -0.30, 0.30);
  double green = color.g + next_between (random, -0.22, 0.22);
  double blue = color.b + next_between (random, -0.30, 0.30);
  Rgb    best = color;
  double least = 1e9;

  for (gsize i = 0; i < G_N_ELEMENTS (pure); i++)
    {
      Rgb other = rgb_from_hex (pure[i]);

      double tone = rgb_tone (other) - rgb_tone (color);
      double away = ((other.r - red) * (other.r - red)
                     + (other.g - green) * (other.g - green)
                     + (other.b - blue) * (other.b - blue) + 2.5 * tone * tone)
                    * next_between (random, 0.35, 1.0);

      if (away < least)
        {
          least = away;
          best = other;
        }
    }
  return rgb_mix (color, best, 0.72);
}

typedef struct
{
  double   spacing, half; /* pixels of a picture 800 wide */
  double   strength;      /* of the division into pure colors */
  uint32_t seed;
} Dots;

static void
put_dot (Sheet *sheet, const Stroke *stroke, Rgb color, uint32_t seed)
{
  for (int i = 0; i < stroke->n_touches; i++)
    {
      const Touch *touch = &stroke->touches[i];
      double       v = touch->across;
      double       dome = sqrt (fmax (1.0 - v * v, 0.0));
      double       rough = noise (touch->along / sheet->px, v * 2.0, seed);

      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel],
                 rgb_shift (color, 0.05 * rough, 0.0), 0.96 * touch->cover);
      sheet->paint[touch->pixel] =
        (float) mix (sheet->paint[touch->pixel],
                     sheet->px * (0.75 * dome + 0.15 * rough), touch->cover);
    }
}

static void
dot_over (Sheet *sheet, const Scene *scene, Stroke *stroke, const Dots *dots)
{
  double   px = sheet->px;
  double   area = (double) sheet->width * sheet->height;
  int      n = (int) (area / (dots->spacing * dots->spacing * px * px));
  uint32_t random = dots->seed;

  for (int i = 0; i < n; i++)
    {
      double x = sheet->width * next_random (&random);
      double y = sheet->height * next_random (&random);
      double near = 0.75 + 0.5 * y / sheet->height;
      double half = dots->half * px * near * next_between (&random, 0.75, 1.25);
      double angle =
        scene_angle (scene, x, y) + next_between (&random, -0.3, 0.3);
      double right = cosine (angle);
      double down = sine (angle);
      double length = half * next_between (&random, 0.5, 1.5);
      Rgb    color = scene_spot (scene, x, y)->color;
      Knot   knots[] = {
          { x, y, half },
          { x + right * length, y + down * length, 0.9 * half },
      };

      color = rgb_mix (color, divide (color, &random), dots->strength);
      color = rgb_shift (color, next_between (&random, -0.05, 0.05), 0.0);
      stroke_trace (stroke, knots, 2);
      put_dot (sheet, stroke, color, dots->seed + (uint32_t) i);
    }
}

Sheet *
paint_pointillism (int long_side)
{
  static const Dots layers[] = {
    { 5.0, 5.0, 0.55, 1 },
    { 4.6, 3.0, 1.0, 2 },
    { 5.2, 2.6, 1.0, 3 },
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xe8dcc0));
  Stroke *stroke = stroke_new (scene->width, scene->height);

  for (int i = 0; i < scene->width * scene->height; i++)
    scene->spots[i].color = rgb_saturate (scene->spots[i].color, 1.15);
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    dot_over (sheet, scene, stroke, &layers[i]);
  sheet_light (sheet, 0.22, 0.03);
  stroke_free (stroke);
  scene_free (scene);
  return sheet;
}
