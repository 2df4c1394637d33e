/* SPDX-License-Identifier: GPL-3.0-or-later */
/* woodcut.c: a great wave, printed from four blocks of wood */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "print.h"
#include "things.h"

/* A wave that breaks to the right over the hollow around (x, y). */
typedef struct
{
  double x, y, radius; /* of the hollow */
  double foot;         /* y of the sea */
  double width;        /* of its back */
} Wave;

static double
wave_back (const Wave *wave, double x)
{
  double u = (x - wave->x + 0.62 * wave->radius) / wave->width;
  double high = wave->foot - wave->y + 1.15 * wave->radius;

  return wave->foot - high * exponential (-u * u) + 0.012 * sine (23.0 * x)
         + 0.008 * sine (51.0 * x + 1.0);
}

static gboolean
look_wave (const void *thing, double x, double y, Spot *spot)
{
  static const Palette water = {
    5, { 0x143060, 0x2858a0, 0x4888c0, 0x98c4d8, 0xe8f0ec }
  };
  const Wave *wave = thing;
  double      back = wave_back (wave, x);
  double      right = x - wave->x;
  double      down = y - wave->y;
  double      away = length_of (right, down) / wave->radius;
  double      angle = arc (down, right);
  double      pull = smooth_step (3.2, 1.0, away);
  double      stripes, claws;

  if (y < back || (away < 1.0 && x > wave->x - 1.2 * wave->radius))
    return FALSE;
  stripes = sine (15.0 * power (away, 0.7) + 1.2 * sine (3.0 * angle)
                  + 0.7 * noise (x * 5.0, y * 5.0, 4));
  stripes =
    mix (sine (40.0 * (y - 0.25 * back) + 6.0 * sine (4.0 * x)), stripes, pull);
  spot->color = palette_pick (&water, 0.30 + 0.26 * stripes
                                        + 0.12 * noise (x * 9.0, y * 9.0, 5));
  claws = 0.030 + 0.024 * noise (x * 26.0, y * 26.0, 6)
          + 0.016 * noise (x * 60.0, y * 60.0, 7);
  if (y - back < claws * smooth_step (0.5, -0.2, right)
      || (away < 1.0 + 5.0 * claws && angle < -0.3 && angle > -2.7))
    spot->color = rgb_from_hex (0xf6f2e2);
  spot->angle = (float) mix (arc (wave_back (wave, x + 0.01) - back, 0.01),
                             angle + 0.5 * PI, pull > 0.15 ? 1.0 : 0.0);
  return TRUE;
}

static void
add_spray (Scene *scene, const Wave *wave, uint32_t seed)
{
  uint32_t random = seed;

  for (int i = 0; i < 46; i++)
    {
      double angle = next_between (&random, -2.6, -0.1);
      double far = wave->radius * next_between (&random, 0.62, 1.30);
      double size =
        wave->radius * power (next_random (&random), 2.0) * 0.055 + 0.0035;
      Ball drop = { wave->x + far * cosine (angle),
                    wave->y + far * sine (angle),
                    size,
                    size,
                    { 2, { 0xe8ead8, 0xfaf6e8 } },
                    0.0,
                    0.0,
                    1 };

      add_ball (scene, &drop);
    }
}

static gboolean
look_sky (const void *thing, double x, double y, Spot *spot)
{
  static const Palette sky = {
    5, { 0xd89050, 0xe0a868, 0xe8bc80, 0xf0d8a8, 0xe8b878 }
  };
  double right = x - 1.02;
  double down = y - 0.30;
  double away = length_of (right, down);
  double ray = sine (26.0 * arc (down, right));

  spot->color =
    palette_pick (&sky, y * 1.2 + 0.10 * ray * smooth_step (0.16, 0.3, away));
  spot->angle = (float) arc (down, right);
  if (away < 0.125)
    {
      spot->color = rgb_from_hex (0xc8402c);
      spot->angle = 0.0f;
      return FALSE;
    }
  return TRUE;
}

static gboolean
look_mountain (const void *thing, double x, double y, Spot *spot)
{
  static const Palette stone = { 4,
                                 { 0xf6f2e2, 0x8fa0b0, 0x3c5a80, 0x1c3458 } };
  double               side = fabs (x - 1.06);
  double               edge =
    0.50 + 0.62 * side - 0.30 * side * side + 0.012 * noise (x * 30.0, 0.5, 8);
  double below = y - edge;

  if (below < 0.0 || y > 0.80)
    return FALSE;
  spot->color =
    palette_pick (&stone,
                  3.4 * (y - 0.50) + 0.5 * noise (x * 34.0, y * 7.0, 9) - 0.25);
  spot->angle = (float) (x < 1.06 ? -0.62 + 1.57 : 0.62 + 1.57);
  return TRUE;
}

static Scene *
make_scene (int long_side)
{
  static const Wave waves[] = {
    { 0.66, 0.44, 0.225, 0.92, 0.40 },
    { 1.25, 0.80, 0.090, 0.98, 0.22 },
    { 0.10, 0.86, 0.080, 1.02, 0.28 },
  };
  static const Shape sea = {
    4,
    { { -0.1, 0.74 }, { 1.5, 0.74 }, { 1.5, 1.1 }, { -0.1, 1.1 } },
    { 5, { 0x8fbcd0, 0x3878b0, 0x1c4a88, 0x3878b0, 0x1c3c70 } },
    0.3,
    2.6,
    0.08,
    0.9
  };
  static const Boat boat = { 1.02,
                             0.885,
                             0.14,
                             { 3, { 0x5a2c18, 0xa85c30, 0xe8b878 } },
                             { 3, { 0xe0c890, 0xf4e2b8, 0xf8f0d8 } },
                             3 };
  Scene            *scene = scene_new (long_side, 4, 3);

  scene_add (scene, look_sky, NULL);
  scene_add (scene, look_mountain, NULL);
  add_shape (scene, &sea);
  scene_add (scene, look_wave, &waves[0]);
  add_spray (scene, &waves[0], 5);
  scene_add (scene, look_wave, &waves[1]);
  add_boat (scene, &boat);
  scene_add (scene, look_wave, &waves[2]);
  return scene;
}

Sheet *
paint_woodcut (int long_side)
{
  static const Edition edition = {
    .paper = 0xf6eed8,
    .inks = { 5, { 0xf4e2b8, 0xe0a060, 0xc8402c, 0x5a94bc, 0x1c4a88 } },
    .grain = 0.7,
    .right = { 0.9, -0.7 },
    .down = { 0.6, -0.5 },
    .key = { { 4.2, 90.0, 5.0, 0.25, TRUE, 3 },
             0.04,
             0.62,
             0.58,
             1.2,
             0.5,
             0.5 },
    .key_ink = 0x141a2a,
    .key_grain = 0.35,
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet = print_edition (scene, &edition);

  scene_free (scene);
  return sheet;
}
