/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-wash.c: peaks in mist, a pine and a fisherman, in ink on rice paper */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "stroke.h"
#include "things.h"

static Scene *
make_scene (int long_side)
{
  static const Ridge ridges[] = {
    { 0.52,
      0.62,
      1.9,
      5,
      { 3, { 0xa8a8a6, 0xd4d2cc, 0xf2ede0 } },
      0.26,
      0.35,
      1.3,
      93 },
    { 0.66,
      0.60,
      1.6,
      6,
      { 4, { 0x6a6a6c, 0x9a9a98, 0xd0cdc4, 0xf2ede0 } },
      0.34,
      0.55,
      1.3,
      74 },
    { 0.86,
      0.50,
      1.4,
      6,
      { 4, { 0x2c2c30, 0x606062, 0xa8a6a0, 0xf2ede0 } },
      0.34,
      0.75,
      1.3,
      78 },
  };
  Scene *scene = scene_new (long_side, 5, 4);

  for (int i = 0; i < scene->width * scene->height; i++)
    scene->spots[i].color = rgb_from_hex (0xf2ede0);
  scene->n_regions = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  return scene;
}

/* Puts ink of @density on a pixel. */
static void
wet (Sheet *sheet, int pixel, double density)
{
  sheet->color[pixel] =
    rgb_glaze (sheet->color[pixel], rgb (0.20, 0.20, 0.225), density);
}

/* Soft washes: dark at the tops, running out into mist. */
static void
wash (Sheet *sheet, const Scene *scene)
{
  float  *tones = scene_tones (scene, 2.5);
  guint8 *outlines = scene_outlines (scene);
  float  *away = distances (outlines, scene->width, scene->height);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;
      double flow = fractal (x / 80.0, y / 50.0, 5, 61);
      double bloom = fractal (x / 46.0 + 3.0, y / 46.0, 5, 62);
      double grain = noise (x / 1.5, y / 1.5, 63);
      double tide = smooth_step (0.03, 0.0, fabs (bloom - 0.15));
      double rim = exponential (-away[i] / (2.2 * sheet->px));
      double much = clamp (0.93 - tones[i], 0.0, 1.0);
      double mist = fractal (x / 220.0, y / 60.0, 3, 64);

      wet (sheet, i,
           much * 1.30
               * (1.0 + 0.7 * flow + 0.30 * tide + 0.55 * rim + 0.22 * grain)
               * smooth_step (-0.75, 0.1, mist + much)
             + 0.035 * clamp (flow + 0.3, 0.0, 1.0));
    }
  g_free (tones);
  g_free (outlines);
  g_free (away);
}

typedef struct
{
  double   density;
  double   dry; /* how soon the brush runs dry, 0..1 */
  uint32_t seed;
} Ink;

/* A stroke of a pointed brush of ink, that runs dry and shows the paper. */
static void
ink (Sheet *sheet, Stroke *stroke, const Knot *knots, int n_knots, Ink load)
{
  stroke_trace (stroke, knots, n_knots);
  for (int i = 0; i < stroke->n_touches; i++)
    {
      const Touch *touch = &stroke->touches[i];
      double       t = touch->along / stroke->length;
      double       hair = noise (touch->across * 4.5,
                                 touch->along / (34.0 * sheet->px), load.seed);
      double       along = touch->along / sheet->px;
      double speck = noise (touch->across * 9.0, along / 3.0, load.seed + 1);
      double missing =
        smooth_step (-0.1, 0.35,
                     hair + 0.5 * speck + load.dry * (1.5 * t - 0.55) - 0.35);
      double rim = 0.25 * smooth_step (0.6, 1.0, fabs (touch->across));

      wet (sheet, touch->pixel,
           load.density * touch->cover * (1.0 + rim + 0.2 * hair)
             * (1.0 - missing * smooth_step (0.0, 0.2, load.dry)));
    }
}

/* Strokes that shape the rocks, where they are dark. */
static void
shape_rocks (Sheet *sheet, const Scene *scene, Stroke *stroke)
{
  float   *tones = scene_tones (scene, 3.0);
  double   px = sheet->px;
  uint32_t random = 8;

  for (int i = 0; i < 5200; i++)
    {
      Knot   knots[MAX_KNOTS];
      double x = sheet->width * next_random (&random);
      double y = sheet->height * next_random (&random);
      double size = next_between (&random, 0.5, 1.5);
      int    at = (int) y * sheet->width + (int) x;
      double dark = 0.86 - tones[at];
      double turn = next_between (&random, -0.3, 0.3);
      double chance = next_random (&random);
      int    n;

      if (scene->spots[at].region == 0 || dark < 0.08 || chance > 0.25 + dark)
        continue;
      n = stroke_follow (scene, &(Knot){ x, y, 2.3 * px * size },
                         34.0 * px * size, turn, TRUE, knots);
      if (n < 4)
        continue;
      for (int k = 0; k < n; k++)
        {
          double t = (double) k / (n - 1);

          knots[k].half *=
            (0.25 + 0.75 * smooth_step (0.0, 0.3, t)) * (1.0 - 0.85 * t);
        }
      ink (sheet, stroke, knots, n,
           (Ink){ 0.30 + 0.85 * dark, 0.8, 100u + (uint32_t) i });
    }
  g_free (tones);
}

/* Draws a smooth line through @n places, [x, y, half of the width], heights. */
static void
draw (Sheet *sheet, Stroke *stroke, const double (*places)[3], int n, Ink load)
{
  Knot knots[MAX_KNOTS];
  int  n_knots = 0;

  for (int i = 0; i + 1 < n; i++)
    for (int k = 0; k < 12; k++)
      {
        double t = k / 12.0;
        double at[3];

        for (int j = 0; j < 3; j++)
          {
            double a = places[MAX (i - 1, 0)][j];
            double b = places[i][j];
            double c = places[i + 1][j];
            double d = places[MIN (i + 2, n - 1)][j];

            at[j] = b
                    + 0.5 * t
                        * (c - a
                           + t
                               * (2.0 * a - 5.0 * b + 4.0 * c - d
                                  + t * (3.0 * (b - c) + d - a)));
          }
        at[2] *= 1.0 + 0.3 * noise ((n_knots + 1) * 0.35, 0.5, load.seed);
        knots[n_knots++] = (Knot){ at[0] * sheet->height, at[1] * sheet->height,
                                   fmax (at[2] * sheet->height, 0.4) };
      }
  ink (sheet, stroke, knots, n_knots, load);
}

/* A fan of needles. */
static void
add_needles (Sheet   *sheet,
             Stroke  *stroke,
             double   x,
             double   y,
             double   size,
             uint32_t seed)
{
  uint32_t random = seed;

  for (int i = 0; i < 30; i++)
    {
      double angle = next_between (&random, -PI - 0.15, 0.15);
      double length = size * next_between (&random, 0.6, 1.1);
      double places[3][3] = {
        { x, y, 0.0011 },
        { x + 0.5 * length * cosine (angle),
          y + 0.5 * length * sine (angle) - 0.004, 0.0018 },
        { x + length * cosine (angle), y + length * sine (angle) + 0.002,
          0.0004 },
      };

      draw (sheet, stroke, (const double (*)[3]) places, 3,
            (Ink){ next_between (&random, 0.7, 1.7), 0.1,
                   seed + (uint32_t) i });
    }
}

static void
add_pine_tree (Sheet *sheet, Stroke *stroke)
{
  static const double trunk[][3] = {
    { 1.20, 1.02, 0.040 }, { 1.17, 0.84, 0.032 }, { 1.09, 0.68, 0.026 },
    { 1.10, 0.52, 0.021 }, { 1.02, 0.38, 0.015 }, { 0.92, 0.30, 0.009 },
    { 0.84, 0.31, 0.004 },
  };
  static const double boughs[][4][3] = {
    { { 1.11, 0.70, 0.014 },
      { 0.98, 0.62, 0.011 },
      { 0.88, 0.63, 0.008 },
      { 0.78, 0.58, 0.003 } },
    { { 1.10, 0.54, 0.013 },
      { 1.17, 0.44, 0.010 },
      { 1.25, 0.42, 0.008 },
      { 1.33, 0.36, 0.004 } },
    { { 1.05, 0.41, 0.011 },
      { 1.06, 0.30, 0.008 },
      { 1.13, 0.24, 0.006 },
      { 1.17, 0.18, 0.003 } },
    { { 1.12, 0.76, 0.012 },
      { 1.20, 0.68, 0.010 },
      { 1.28, 0.68, 0.007 },
      { 1.36, 0.63, 0.004 } },
  };
  static const double fans[][3] = {
    { 0.84, 0.31, 0.075 }, { 0.92, 0.29, 0.085 }, { 1.00, 0.34, 0.075 },
    { 0.78, 0.58, 0.070 }, { 0.86, 0.61, 0.080 }, { 0.95, 0.60, 0.070 },
    { 1.33, 0.36, 0.075 }, { 1.24, 0.40, 0.085 }, { 1.15, 0.44, 0.070 },
    { 1.17, 0.18, 0.075 }, { 1.10, 0.24, 0.080 }, { 1.03, 0.27, 0.065 },
    { 1.36, 0.63, 0.070 }, { 1.27, 0.66, 0.080 }, { 1.19, 0.67, 0.065 },
    { 0.90, 0.66, 0.055 },
  };
  uint32_t random = 21;

  for (int i = 0; i < 2; i++)
    draw (sheet, stroke, trunk, 7,
          (Ink){ i ? 0.9 : 0.8, i ? 0.75 : 0.45, 31 + (uint32_t) i });
  for (gsize i = 0; i < G_N_ELEMENTS (boughs); i++)
    draw (sheet, stroke, boughs[i], 4, (Ink){ 1.5, 0.4, 41 + (uint32_t) i });
  for (int i = 0; i < 60; i++)
    {
      double t = next_between (&random, 0.0, 0.55);
      double x = mix (1.20, 1.09, t) + next_between (&random, -0.028, 0.028);
      double y = mix (1.02, 0.46, t);
      double scale[4][3] = {
        { x - 0.008, y, 0.0014 },
        { x, y - 0.008, 0.002 },
        { x + 0.009, y - 0.002, 0.002 },
        { x + 0.007, y + 0.008, 0.001 },
      };

      draw (sheet, stroke, (const double (*)[3]) scale, 4,
            (Ink){ 1.1, 0.2, 300 + (uint32_t) i });
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fans); i++)
    {
      add_needles (sheet, stroke, fans[i][0], fans[i][1], fans[i][2],
                   500 + 40 * (uint32_t) i);
      add_needles (sheet, stroke, fans[i][0] - 0.02, fans[i][1] + 0.012,
                   0.8 * fans[i][2], 520 + 40 * (uint32_t) i);
    }
}

static void
add_boat_and_birds (Sheet *sheet, Stroke *stroke)
{
  static const double hull[][3] = { { 0.26, 0.900, 0.002 },
                                    { 0.33, 0.925, 0.010 },
                                    { 0.42, 0.925, 0.011 },
                                    { 0.50, 0.895, 0.002 } };
  static const double man[][3] = { { 0.395, 0.905, 0.013 },
                                   { 0.390, 0.875, 0.012 },
                                   { 0.392, 0.855, 0.006 } };
  static const double hat[][3] = { { 0.372, 0.852, 0.002 },
                                   { 0.392, 0.838, 0.008 },
                                   { 0.412, 0.850, 0.002 } };
  static const double rod[][3] = { { 0.40, 0.88, 0.0016 },
                                   { 0.50, 0.80, 0.0014 },
                                   { 0.57, 0.775, 0.001 } };
  static const double birds[][2] = { { 0.30, 0.13 },
                                     { 0.36, 0.10 },
                                     { 0.41, 0.145 },
                                     { 0.47, 0.115 },
                                     { 0.25, 0.09 } };

  draw (sheet, stroke, hull, 4, (Ink){ 1.9, 0.3, 71 });
  draw (sheet, stroke, man, 3, (Ink){ 1.3, 0.2, 72 });
  draw (sheet, stroke, hat, 3, (Ink){ 1.9, 0.1, 73 });
  draw (sheet, stroke, rod, 3, (Ink){ 1.4, 0.1, 74 });
  for (int i = 0; i < 7; i++)
    {
      double y = 0.935 + 0.011 * i;
      double x = 0.22 + 0.05 * (i % 3);
      double ripple[3][3] = { { x, y, 0.001 },
                              { x + 0.12, y + 0.004, 0.0022 },
                              { x + 0.26, y, 0.0006 } };

      draw (sheet, stroke, (const double (*)[3]) ripple, 3,
            (Ink){ 0.5, 0.6, 80 + (uint32_t) i });
    }
  for (gsize i = 0; i < G_N_ELEMENTS (birds); i++)
    {
      double x = birds[i][0];
      double y = birds[i][1];
      double wings[5][3] = { { x - 0.018, y - 0.006, 0.0008 },
                             { x - 0.008, y - 0.008, 0.0022 },
                             { x, y, 0.0018 },
                             { x + 0.009, y - 0.010, 0.0022 },
                             { x + 0.019, y - 0.008, 0.0006 } };

      draw (sheet, stroke, (const double (*)[3]) wings, 5,
            (Ink){ 1.3, 0.2, 90 + (uint32_t) i });
    }
}

/* The red sun, and the painter's seal. */
static void
add_red (Sheet *sheet)
{
  double size = sheet->height;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / size;
      double y = i / sheet->width / size;
      double flow = fractal (x * 14.0, y * 14.0, 4, 65);
      double sun =
        length_of (x - 0.565, y - 0.125) / (0.072 * (1.0 + 0.03 * flow));
      double u = fabs (x - 0.085) / 0.030;
      double v = fabs (y - 0.885) / 0.038;
      double mark =
        sine (x * 400.0) * sine (y * 330.0 + 2.0 * sine (x * 210.0));
      double red = smooth_step (1.03, 0.97, sun)
                   * (0.75 + 0.45 * flow + 0.3 * smooth_step (0.8, 1.0, sun));

      if (u < 1.0 && v < 1.0)
        red = mark > 0.10 && u < 0.82 && v < 0.86 ? 0.0 : 1.15 + 0.5 * flow;
      if (red > 0.0)
        sheet->color[i] =
          rgb_glaze (sheet->color[i], rgb (0.84, 0.22, 0.14), red);
    }
}

static void
lay_paper (Sheet *sheet)
{
  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;
      double fiber =
        noise (x / 26.0 + 2.0 * noise (x / 30.0, y / 30.0, 66), y / 1.4, 67)
        + noise (x / 1.4, y / 22.0, 68);
      double cloud = fractal (x / 130.0, y / 130.0, 4, 69);

      sheet->color[i] =
        rgb_shift (sheet->color[i], 0.018 * fiber + 0.03 * cloud, 0.02 * cloud);
    }
}

Sheet *
paint_ink_wash (int long_side)
{
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xf3ecda));
  Stroke *stroke = stroke_new (scene->width, scene->height);

  lay_paper (sheet);
  add_red (sheet);
  wash (sheet, scene);
  shape_rocks (sheet, scene, stroke);
  add_boat_and_birds (sheet, stroke);
  add_pine_tree (sheet, stroke);
  stroke_free (stroke);
  scene_free (scene);
  return sheet;
}
