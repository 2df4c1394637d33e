/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fruit.c: a bowl of fruit and a jug by a window, as a photo shows them */
#include "stage.h"

#include <math.h>

enum
{
  TABLE,
  WALL,
  BOWL,
  JUG,
  APPLE,
  GREEN_APPLE,
  PEAR,
  ORANGE,
  GRAPE,
  LEMON,
  STALK
};

static const struct
{
  double x, y, z, radius;
  int    material;
} round_fruit[] = {
  { -0.30, 0.72, -0.10, 0.36, APPLE },     { 0.36, 0.70, -0.16, 0.34, ORANGE },
  { 0.05, 0.76, 0.40, 0.36, GREEN_APPLE }, { 0.02, 1.08, 0.02, 0.33, APPLE },
  { 1.45, 0.33, -0.85, 0.33, APPLE },      { -1.28, 0.30, -1.02, 0.30, ORANGE },
  { 0.55, 0.27, -1.36, 0.27, LEMON },
};

static const double grapes[][3] = {
  { -0.55, 0.12, -1.30 }, { -0.36, 0.12, -1.42 }, { -0.45, 0.12, -1.14 },
  { -0.24, 0.12, -1.22 }, { -0.14, 0.12, -1.43 }, { -0.40, 0.31, -1.27 },
  { -0.24, 0.30, -1.33 }, { -0.06, 0.12, -1.22 }, { -0.62, 0.12, -1.08 },
};

static double
length_of (double x, double y)
{
  return sqrt (x * x + y * y);
}

static double
ball (Vec at, double x, double y, double z, double radius)
{
  Vec to = vec (at.x - x, at.y - y, at.z - z);

  return sqrt (vec_dot (to, to)) - radius;
}

/* An apple has a hollow at its top. */
static double
apple (Vec at, double x, double y, double z, double radius)
{
  double across = length_of (at.x - x, at.z - z) - 0.42 * radius;

  return length_of (across, 0.95 * (at.y - y)) - 0.60 * radius;
}

static double
jug (Vec at)
{
  Vec    to = vec (at.x + 1.55, at.y, at.z - 0.9);
  double away = length_of (to.x, to.z);
  double belly = length_of (away, 0.86 * (to.y - 0.72)) - 0.70;
  double radius = 0.24 + 0.10 * smooth_step (1.65, 2.15, to.y);
  double neck = fmax (away - radius, fabs (to.y - 1.55) - 0.60);
  double body = blend_distance (belly, neck, 0.35);
  double hollow = fmax (away - radius + 0.05, 1.2 - to.y);
  double ring = length_of (0.8 * (to.x + 0.58), to.y - 1.42) - 0.40;
  double handle = length_of (ring, to.z) - 0.07;

  return fmin (fmax (fmax (body, -to.y), -hollow), 0.8 * handle);
}

static double
bowl (Vec at)
{
  Vec    to = vec (at.x, at.y - 1.0, at.z - 0.05);
  double away = sqrt (vec_dot (to, to));
  double foot =
    fmax (length_of (at.x, at.z - 0.05) - 0.36, fabs (at.y - 0.05) - 0.06);

  return fmin (fmax (fabs (away - 0.98) - 0.03, to.y + 0.32), foot);
}

static Near
nearest (Vec at)
{
  Near near = { at.y, TABLE };
  Vec  leaned = vec (at.x - 2.02, at.y - 0.36, at.z + 0.05);

  near = nearer (near, 3.2 - at.z, WALL);
  near = nearer (near, 0.8 * bowl (at), BOWL);
  near = nearer (near, 0.8 * jug (at), JUG);
  near =
    nearer (near,
            0.9
              * blend_distance (ball (leaned, 0, 0, 0, 0.38),
                                ball (leaned, 0.10, 0.46, 0.05, 0.20), 0.45),
            PEAR);
  near =
    nearer (near,
            fmax (length_of (leaned.x - 0.14 - 0.1 * leaned.y, leaned.z - 0.06)
                    - 0.022,
                  fabs (leaned.y - 0.75) - 0.14),
            STALK);
  for (int i = 0; i < 7; i++)
    {
      double x = round_fruit[i].x, y = round_fruit[i].y;
      double z = round_fruit[i].z, radius = round_fruit[i].radius;
      double away = ball (at, x, y, z, radius);
      int    material = round_fruit[i].material;

      if (away > 0.5)
        {
          near = nearer (near, away, material);
          continue;
        }
      if (material == APPLE || material == GREEN_APPLE)
        {
          near = nearer (near, 0.9 * apple (at, x, y, z, radius), material);
          near = nearer (near,
                         fmax (length_of (at.x - x - 0.1 * (at.y - y), at.z - z)
                                 - 0.018,
                               fabs (at.y - y - 0.9 * radius) - 0.35 * radius),
                         STALK);
        }
      else
        near = nearer (near, away, material);
    }
  for (int i = 0; i < 9; i++)
    near =
      nearer (near, ball (at, grapes[i][0], grapes[i][1], grapes[i][2], 0.125),
              GRAPE);
  return near;
}

static Vec
wood (Vec at)
{
  double plank = floor (at.z / 0.62);
  double in_plank = at.z / 0.62 - plank;
  double grain =
    fractal_noise (at.x * 0.9 + 7.0 * plank, at.z * 11.0, 5, 3 + (int) plank);
  double rings =
    sin (26.0 * at.z + 9.0 * fractal_noise (at.x * 0.5, at.z * 1.6, 3, 8));
  Vec color = vec_mix (vec_from_rgb (0x6a4226), vec_from_rgb (0xb58552),
                       clamp (0.5 + 0.5 * grain + 0.16 * rings, 0.0, 1.0));

  return vec_scale (color, in_plank < 0.02 ? 0.35 : 0.9 + 0.2 * sin (plank));
}

/* A mottled skin: @a where the noise is low, @b where it is high. */
static Vec
skin (Vec at, uint32_t a, uint32_t b, double size)
{
  double mottle =
    fractal_noise (at.x * size + at.z * 0.6 * size, at.y * 0.7 * size, 4, 31);

  return vec_mix (vec_from_rgb (a), vec_from_rgb (b),
                  smooth_step (-0.35, 0.45, mottle));
}

static Paint
paint (int material, Vec at, Vec *normal)
{
  double height = fractal_noise (at.x * 2.0, at.y * 2.0, 5, 12);
  double band = fabs (at.y - 0.46) < 0.05 ? 1.0 : 0.0;

  switch (material)
    {
    case TABLE:
      return (Paint){ wood (at), 0.10, 0.02 };
    case WALL:
      return (Paint){ vec_scale (vec_mix (vec_from_rgb (0x7d8a86),
                                          vec_from_rgb (0xa5aca0),
                                          0.5 + 0.5 * height),
                                 1.0),
                      0.0, 0.0 };
    case BOWL:
      return (Paint){ vec_mix (vec_from_rgb (0xe9e4d8), vec_from_rgb (0x2f5a9c),
                               band),
                      0.7, 0.04 };
    case JUG:
      return (Paint){ vec_mix (skin (at, 0x1f5f68, 0x2c8a88, 1.3),
                               vec_from_rgb (0xd8cdb0),
                               smooth_step (1.68, 1.74, at.y + 0.05 * height)),
                      0.9, 0.05 };
    case GREEN_APPLE:
      return (Paint){ skin (at, 0x86a52c, 0xc2cf58, 4.0), 0.5, 0.02 };
    case PEAR:
      return (Paint){ skin (at, 0xa8a43a, 0xd7b44c, 5.0), 0.3, 0.0 };
    case ORANGE:
      {
        double pores = noise (at.x * 46.0 + at.z * 20.0, at.y * 46.0, 5);

        *normal =
          vec_unit (vec_add (*normal, vec (0.1 * pores, 0.1 * pores, 0.0)));
        return (Paint){ skin (at, 0xd9761a, 0xe98f2a, 3.0), 0.4, 0.0 };
      }
    case LEMON:
      return (Paint){ skin (at, 0xdcb828, 0xf0d850, 4.0), 0.4, 0.0 };
    case GRAPE:
      return (Paint){ skin (at, 0x3a1a48, 0x5c2c60, 8.0), 0.8, 0.03 };
    case STALK:
      return (Paint){ vec_from_rgb (0x4a3520), 0.0, 0.0 };
    default:
      return (Paint){ skin (at, 0xa01c1c, 0xd8902c, 2.6), 0.7, 0.02 };
    }
}

/* The room, which the shiny things mirror: a window at the left. */
static Vec
room (Vec direction)
{
  double window = smooth_step (0.55, 0.62, -direction.x)
                  * smooth_step (0.02, 0.08, direction.y)
                  * smooth_step (0.75, 0.68, direction.y);

  return vec_mix (vec (0.16, 0.15, 0.14), vec (1.6, 1.7, 1.9), window);
}

bool
paint_fruit (Canvas *canvas)
{
  static const Stage stage = {
    nearest,
    paint,
    room,
    { 0.35, 2.15, -4.9 },
    { 0.12, 0.62, 0.0 },
    1.15,
    { -0.745, 0.565, -0.355 },
    { 2.1, 1.9, 1.6 },
    { 0.30, 0.34, 0.42 },
    0.16,
    400.0,
  };

  return stage_photograph (&stage, canvas);
}
