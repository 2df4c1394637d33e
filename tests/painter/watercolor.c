/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watercolor.c: a lake between mountains, in washes on rough paper
 *
 * A pale wash over all, then darker ones over what is darker.  Pigment gathers
 * at the edges of a wash and in the hollows of the paper; where it is wet it
 * flows into blooms.
 */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "paper.h"
#include "things.h"

static void
add_shore (Scene *scene)
{
  static const Tree pines[] = {
    { 0.07,
      0.74,
      0.50,
      0.085,
      { 4, { 0x10302f, 0x24544a, 0x4f8a66, 0x8fb07a } },
      0,
      2 },
    { 0.19,
      0.75,
      0.36,
      0.065,
      { 4, { 0x1a3c3c, 0x2f6658, 0x5f9a70, 0xa8c088 } },
      0,
      3 },
    { 0.29,
      0.73,
      0.22,
      0.045,
      { 4, { 0x2a5056, 0x4a7f70, 0x86b080, 0xc0cf98 } },
      0,
      4 },
    { 1.22,
      0.72,
      0.30,
      0.055,
      { 4, { 0x1c3f44, 0x3a6a62, 0x6fa07a, 0xb0c48c } },
      0,
      5 },
    { 1.31,
      0.74,
      0.42,
      0.075,
      { 4, { 0x12343a, 0x2a5a54, 0x5a9070, 0xa0b884 } },
      0,
      6 },
  };
  static const Tree autumn = {
    1.09,
    0.72,
    0.17,
    0.065,
    { 5, { 0x9a4a24, 0xcf7a30, 0xe8a848, 0xf5cf7a, 0xfae6a8 } },
    0x6a4a3a,
    7
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pines); i++)
    add_pine (scene, &pines[i]);
  add_tree (scene, &autumn);
}

static Scene *
make_scene (int long_side)
{
  static const Sky   sky = { { 4, { 0x5f9ccf, 0x9fc6e0, 0xe8e0d8, 0xf9d8b8 } },
                             0.52,
                             0.52,
                             { 4, { 0x9aa8c8, 0xd8dce8, 0xfaf8f6, 0xffffff } },
                             33 };
  static const Ridge ridges[] = {
    { 0.47,
      0.36,
      1.3,
      6,
      { 4, { 0x6a80b0, 0x9ab0cc, 0xcfd6dc, 0xf0e2d2 } },
      0.30,
      0.75,
      0.8,
      41 },
    { 0.58,
      0.24,
      1.7,
      5,
      { 4, { 0x4f6f9c, 0x6f9aa8, 0xa8c4b8, 0xe0e2cc } },
      0.24,
      0.6,
      0.7,
      45 },
    { 0.68,
      0.13,
      2.6,
      5,
      { 4, { 0x3a6a62, 0x5f9070, 0x9ab478, 0xd8d09a } },
      0.12,
      0.6,
      0.4,
      47 },
  };
  static const Water water = {
    0.685, 1.02, { 4, { 0xb8d4dc, 0x7fb4c8, 0x4a8ab0, 0x2f6290 } },
    0.70,  0.8,  0xfdfcf8,
    51,    NULL
  };
  static const Boat  boat = { 0.74,
                              0.82,
                              0.085,
                              { 3, { 0x5a2f28, 0xa85038, 0xd88a60 } },
                              { 3, { 0xd8b890, 0xf6e6cc, 0xfffaf0 } },
                              2 };
  static const Field bank = {
    0.955, 0.05, 0.3,
    0.2,   40.0, { 5, { 0x4a6a3a, 0x86984a, 0xcfb060, 0xe8c888, 0x9a7a48 } },
    5
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  add_shore (scene);
  add_water (scene, &water);
  add_boat (scene, &boat);
  add_field (scene, &bank);
  return scene;
}

/* Where the wash for tones below @limit lies: 255 where it does not. */
static guint8 *
dry_places (const Scene *scene, const float *tones, double limit, uint32_t seed)
{
  int     n = scene->width * scene->height;
  guint8 *dry = scene_outlines (scene);

  for (int i = 0; i < n; i++)
    {
      double x = i % scene->width / scene->px;
      double y = i / scene->width / scene->px;
      double frayed = 0.07 * fractal (x / 26.0, y / 26.0, 4, seed);
      double gap = noise (x / 60.0, y / 60.0, seed + 9);

      /* Things touch each other wet but here and there. */
      dry[i] = tones[i] + frayed > limit || (dry[i] && gap > -0.05) ? 255 : 0;
    }
  return dry;
}

typedef struct
{
  double   limit;   /* of the tones */
  double   density; /* of the pigment */
  double   edge;    /* how much gathers there */
  uint32_t seed;
} Wash;

static void
add_wash (Sheet       *sheet,
          const Scene *scene,
          const float *tones,
          const Rgb   *pigments,
          const float *tooth,
          const Wash  *wash)
{
  double  px = sheet->px;
  guint8 *dry = dry_places (scene, tones, wash->limit, wash->seed);
  float  *away = distances (dry, sheet->width, sheet->height);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / px;
      double y = i / sheet->width / px;
      double inside = away[i] / px;
      double flow = fractal (x / 90.0, y / 90.0, 5, wash->seed + 1);
      double bloom = fractal (x / 70.0 + 5.0, y / 70.0, 4, wash->seed + 2);
      double tide = smooth_step (0.035, 0.0, fabs (bloom - 0.22))
                    - 0.8 * smooth_step (0.20, 0.34, bloom);
      double gathered =
        exponential (-inside / 1.6) + 0.45 * exponential (-inside / 6.0);
      double density = wash->density
                       * (1.0 + 0.55 * flow + 0.30 * tide
                          + wash->edge * gathered + 0.75 * (0.5 - tooth[i]));

      density *= smooth_step (0.0, 1.0, inside);
      sheet->color[i] =
        rgb_glaze (sheet->color[i], pigments[i], clamp (density, 0.0, 3.0));
    }
  g_free (dry);
  g_free (away);
}

/* Drops that fell off the brush. */
static void
splash (Sheet *sheet, const Rgb *pigments)
{
  uint32_t random = 71;

  for (int k = 0; k < 46; k++)
    {
      double x = sheet->width * next_random (&random);
      double y = sheet->height * next_random (&random);
      double size = sheet->px * power (next_random (&random), 3.0) * 4.5 + 1.2;
      Rgb    pigment = pigments[(int) y * sheet->width + (int) x];

      for (int row = (int) fmax (y - size - 1.0, 0.0);
           row < fmin (y + size + 1.0, sheet->height); row++)
        for (int column = (int) fmax (x - size - 1.0, 0.0);
             column < fmin (x + size + 1.0, sheet->width); column++)
          {
            double away = length_of (column + 0.5 - x, row + 0.5 - y) / size;
            double density = smooth_step (1.0, 0.85, away)
                             * (0.35 + 0.45 * smooth_step (0.5, 0.9, away));
            Rgb *at = &sheet->color[row * sheet->width + column];

            *at = rgb_glaze (*at, pigment, density);
          }
    }
}

Sheet *
paint_watercolor (int long_side)
{
  static const Wash washes[] = {
    { 0.93, 0.42, 0.50, 1 }, { 0.74, 0.40, 0.55, 2 }, { 0.56, 0.48, 0.60, 3 },
    { 0.40, 0.60, 0.60, 4 }, { 0.26, 0.75, 0.50, 5 },
  };
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xfbf8f0));
  float *tones = scene_tones (scene, 1.6);
  Rgb   *pigments = scene_colors (scene, 7.0);
  float *tooth = paper_tooth (sheet, 2.6, 8);

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / sheet->px;
      double y = i / sheet->width / sheet->px;

      pigments[i] =
        rgb_saturate (rgb_shift (pigments[i], -0.06,
                                 0.12 * fractal (x / 60.0, y / 60.0, 3, 14)),
                      1.45);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (washes); i++)
    add_wash (sheet, scene, tones, pigments, tooth, &washes[i]);
  splash (sheet, pigments);
  for (int i = 0; i < sheet->width * sheet->height; i++)
    sheet->paint[i] = tooth[i];
  sheet_light (sheet, 0.10, 0.0);
  g_free (tones);
  g_free (pigments);
  g_free (tooth);
  scene_free (scene);
  return sheet;
}
