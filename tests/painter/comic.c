/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comic.c: a city under an exploding sky, in ink and printed dots */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "things.h"

static gboolean
look_rays (const void *thing, double x, double y, Spot *spot)
{
  static const Palette dusk = {
    5, { 0xfff0a0, 0xf8b040, 0xe85848, 0x8848a8, 0x2858b8 }
  };
  double right = x - 0.82;
  double down = y - 0.36;
  double away = length_of (right, down);
  double angle = arc (down, right);
  double ray = sine (22.0 * angle + 0.6 * sine (5.0 * angle));

  spot->color = palette_pick (&dusk, 0.95 * away + (ray > 0.25 ? 0.18 : -0.04));
  spot->angle = (float) angle;
  return TRUE;
}

static void
add_burst (Scene *scene)
{
  static const Flower bursts[] = {
    { 0.82,
      0.36,
      0.36,
      15,
      1.0,
      0.1,
      0.85,
      { 3, { 0xf8d038, 0xf09028, 0xd83028 } },
      { 2, { 0, 0 } },
      0.0 },
    { 0.82,
      0.36,
      0.25,
      13,
      1.0,
      0.4,
      0.85,
      { 3, { 0xfffbe0, 0xf8e860, 0xf8c030 } },
      { 2, { 0, 0 } },
      0.0 },
    { 0.82,
      0.36,
      0.13,
      11,
      1.0,
      0.2,
      0.85,
      { 2, { 0xffffff, 0xfffbe8 } },
      { 2, { 0, 0 } },
      0.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bursts); i++)
    add_flower (scene, &bursts[i]);
}

static void
add_cloud (Scene *scene, double x, double y, double size, uint32_t seed)
{
  uint32_t random = seed;
  int      region = scene->n_regions;

  for (int i = 0; i < 9; i++)
    {
      double r = size * next_between (&random, 0.30, 0.75);
      Ball   puff = {
          x + size * (i - 4.0) * 0.42,
          y + size * next_between (&random, -0.55, 0.25) * (i % 8 ? 1.0 : 0.4),
          r,
          r,
          { 4, { 0x6868b0, 0xb0a8d8, 0xf0e8f4, 0xffffff } },
          0.0,
          0.0,
          1
      };

      add_ball (scene, &puff);
    }
  scene->n_regions = region + 9;
}

static void
add_city (Scene *scene)
{
  static const Palette walls[] = {
    { 3, { 0x281c50, 0x50388c, 0x9068c0 } },
    { 3, { 0x601838, 0xa83048, 0xe86858 } },
    { 3, { 0x183860, 0x3070a0, 0x70b8d0 } },
    { 3, { 0x703818, 0xc07028, 0xf0b848 } },
    { 3, { 0x1c4840, 0x308870, 0x80c890 } },
  };
  static const Palette lights = {
    5, { 0x181838, 0x181838, 0x303060, 0xf8e060, 0xfff8c0 }
  };
  uint32_t random = 29;

  for (int row = 0; row < 2; row++)
    for (int i = 0; i < 11 - row; i++)
      {
        double width = next_between (&random, 0.085, 0.15) * (1.0 + 0.3 * row);
        double x = -0.03 + (0.128 + 0.012 * row) * i;
        double edge = fabs (x + 0.5 * width - 0.72);
        double steep = next_between (&random, 0.5, 1.25);
        double more = next_between (&random, 0.0, 0.10);
        double height = (row ? 0.14 : 0.26) + 0.34 * edge * steep + more;
        House  house = { x,
                         1.0,
                         width,
                         height,
                        i % 4 == 2 ? 0.07 : 0.0,
                         walls[(i * 3 + row * 2) % 5],
                         walls[(i + 1) % 5],
                         3 + i % 2,
                         (int) (height / 0.055),
                         lights };

        add_house (scene, &house);
        if (i % 3 == 0)
          {
            Limb mast = {
              2,
              { { x + 0.5 * width, 1.0 - height - house.roof, 0.004 },
                { x + 0.5 * width, 0.92 - height - house.roof, 0.002 } },
              { 2, { 0x181830, 0x181830 } }
            };

            add_limb (scene, &mast);
          }
      }
}

static void
add_rocket (Scene *scene)
{
  static const Palette red = { 3, { 0x901818, 0xe03828, 0xf89070 } };
  Leaf                 fins[] = {
                    { 0.30, 0.36, 0.13, 0.53, 0.18, 0.20, red },
                    { 0.33, 0.40, 0.30, 0.60, -0.20, 0.20, red },
  };
  Leaf flame[] = {
    { 0.26,
      0.46,
      0.02,
      0.72,
      0.06,
      0.20,
      { 3, { 0xd83828, 0xf08828, 0xf8c840 } } },
    { 0.25, 0.47, 0.10, 0.63, -0.05, 0.18, { 2, { 0xf8e060, 0xfffbd8 } } },
  };
  Leaf body = { 0.22,
                0.49,
                0.52,
                0.17,
                0.0,
                0.17,
                { 4, { 0x4878a8, 0x98b8d0, 0xe8f0f0, 0xffffff } } };
  Leaf nose = { 0.42, 0.275, 0.535, 0.155, 0.0, 0.24, red };
  Ball port = {
    0.375, 0.325, 0.035, 0.035, { 3, { 0x184080, 0x50a0d8, 0xd8f0f8 } },
    0.8,   0.0,   1
  };

  for (int i = 0; i < 2; i++)
    {
      add_leaf (scene, &flame[i]);
      add_leaf (scene, &fins[i]);
    }
  add_leaf (scene, &body);
  add_leaf (scene, &nose);
  add_ball (scene, &port);
}

static Scene *
make_scene (int long_side)
{
  Scene *scene = scene_new (long_side, 4, 3);

  scene_add (scene, look_rays, NULL);
  add_burst (scene);
  add_cloud (scene, 1.12, 0.56, 0.15, 3);
  add_cloud (scene, 0.20, 0.15, 0.12, 5);
  add_cloud (scene, 0.52, 0.60, 0.10, 9);
  add_city (scene);
  add_rocket (scene);
  return scene;
}

/* ---- print -------------------------------------------------------------- */

/* How much of one ink lies at (@x, @y), 0..1, where it shall cover @much.
 * @turn: of its screen */
static double
screen (double x, double y, double much, double turn, double pitch)
{
  double u = (x * cosine (turn) + y * sine (turn)) / pitch;
  double v = (y * cosine (turn) - x * sine (turn)) / pitch;
  double wave = 0.25 * (cosine (2.0 * PI * u) + cosine (2.0 * PI * v)) + 0.5;

  return smooth_step (-0.10, 0.10, much - 1.0 + wave * 0.98);
}

/* Four levels of an ink, as a colorist marks them. */
static double
level (double much)
{
  double steps = clamp (much, 0.0, 1.0) * 4.0;
  double whole = floor (steps);

  return (whole + smooth_step (0.3, 0.7, steps - whole)) / 4.0;
}

/* Ink lines at outlines, thicker towards the shaded side, and black shadows. */
static double
line_at (const Scene *scene, const float *away, const float *tones, int i)
{
  double x = i % scene->width / scene->px;
  double y = i / scene->width / scene->px;
  double half = (1.25 + 0.65 * noise (x / 30.0, y / 30.0, 41)) * scene->px;
  double line = clamp (half + 0.5 - away[i], 0.0, 1.0);
  double u = x * 0.78 + y * 0.62;
  double feather = sine (u * 1.25 + 1.5 * noise (x / 40.0, y / 40.0, 42));
  double dark = clamp (0.34 - tones[i], 0.0, 1.0) * 4.5;

  return fmax (line, smooth_step (-0.15, 0.15, dark - 0.55 - 0.5 * feather));
}

Sheet *
paint_comic (int long_side)
{
  static const Rgb cyan = { 0.05f, 0.58f, 0.84f };
  static const Rgb magenta = { 0.89f, 0.12f, 0.46f };
  static const Rgb yellow = { 1.0f, 0.88f, 0.10f };
  Scene           *scene = make_scene (long_side);
  Sheet           *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xf6ecd2));
  guint8 *outlines = scene_outlines (scene);
  float  *away = distances (outlines, scene->width, scene->height);
  float  *tones = scene_tones (scene, 2.0);
  double  px = scene->px;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double     x = i % sheet->width / px;
      double     y = i / sheet->width / px;
      const Rgb *c = &scene->spots[i].color;
      const Rgb *m = &scene_spot (scene, i % sheet->width - 1.3 * px,
                                  i / sheet->width + 0.7 * px)
                        ->color;
      const Rgb *k = &scene_spot (scene, i % sheet->width + 0.9 * px,
                                  i / sheet->width + 1.1 * px)
                        ->color;
      double fiber = fractal (x / 5.0, y / 5.0, 4, 43);
      double worn = 0.90 + 0.13 * fractal (x / 2.0, y / 2.0, 3, 44);
      Rgb    color = rgb_shift (sheet->color[i], 0.04 * fiber,
                                0.03 * fractal (x / 120.0, y / 120.0, 3, 45));

      color = rgb_mix (color, rgb_multiply (color, yellow),
                       worn * screen (x, y, level (1.0 - k->b), 0.05, 4.6));
      color = rgb_mix (color, rgb_multiply (color, magenta),
                       worn * screen (x, y, level (1.0 - m->g), 1.31, 4.6));
      color = rgb_mix (color, rgb_multiply (color, cyan),
                       worn * screen (x, y, level (1.0 - c->r), 0.26, 4.6));
      sheet->color[i] = rgb_mix (color, rgb_from_hex (0x14121c),
                                 0.96 * line_at (scene, away, tones, i));
    }
  g_free (outlines);
  g_free (away);
  g_free (tones);
  scene_free (scene);
  return sheet;
}
