/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batik.c: a peacock in a tree, drawn with wax on cotton and dyed
 *
 * The wax keeps lines and dots white; where it broke, dye ran into the cracks.
 */
#include "painter.h"

#include <math.h>

#include "numbers.h"
#include "paper.h"
#include "things.h"

/* A curl of a twig: a spiral that begins at (x, y). */
static void
add_curl (Scene *scene,
          double x,
          double y,
          double size,
          double turn,
          double way)
{
  Limb   curl = { 10, { { 0 } }, { 3, { 0xc87828, 0x8a3c1c, 0x501c18 } } };
  double middle_x = x + size * cosine (turn);
  double middle_y = y + size * sine (turn);

  for (int i = 0; i < 10; i++)
    {
      double angle = turn + PI + way * 0.78 * i;
      double radius = size * (1.0 - 0.094 * i);

      curl.knots[i][0] = middle_x + radius * cosine (angle);
      curl.knots[i][1] = middle_y + radius * sine (angle);
      curl.knots[i][2] = 0.011 * (1.0 - 0.075 * i) * (0.5 + 5.0 * size);
    }
  add_limb (scene, &curl);
}

static void
add_tree_of_life (Scene *scene)
{
  static const Limb limbs[] = {
    { 5,
      { { 0.62, 1.05, 0.060 },
        { 0.60, 0.84, 0.042 },
        { 0.66, 0.66, 0.034 },
        { 0.62, 0.46, 0.027 },
        { 0.66, 0.26, 0.018 } },
      { 3, { 0xb86828, 0x7a3418, 0x481814 } } },
    { 4,
      { { 0.61, 0.80, 0.032 },
        { 0.46, 0.70, 0.026 },
        { 0.34, 0.72, 0.020 },
        { 0.22, 0.66, 0.012 } },
      { 3, { 0xb86828, 0x7a3418, 0x481814 } } },
    { 4,
      { { 0.65, 0.62, 0.030 },
        { 0.82, 0.56, 0.024 },
        { 0.96, 0.58, 0.018 },
        { 1.10, 0.50, 0.011 } },
      { 3, { 0xb86828, 0x7a3418, 0x481814 } } },
    { 4,
      { { 0.62, 0.46, 0.024 },
        { 0.50, 0.36, 0.019 },
        { 0.38, 0.36, 0.015 },
        { 0.28, 0.30, 0.010 } },
      { 3, { 0xb86828, 0x7a3418, 0x481814 } } },
  };
  static const double curls[][5] = {
    { 0.22, 0.66, 0.075, -2.2, 1.0 },  { 0.40, 0.71, 0.070, 1.9, -1.0 },
    { 0.28, 0.30, 0.070, -2.4, 1.0 },  { 0.46, 0.36, 0.060, 1.7, -1.0 },
    { 0.66, 0.26, 0.080, -1.2, 1.0 },  { 0.64, 0.36, 0.060, -2.6, -1.0 },
    { 1.10, 0.50, 0.075, -0.6, -1.0 }, { 0.92, 0.58, 0.070, 1.6, 1.0 },
    { 0.60, 0.88, 0.070, 2.6, 1.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limbs); i++)
    add_limb (scene, &limbs[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (curls); i++)
    add_curl (scene, curls[i][0], curls[i][1], curls[i][2], curls[i][3],
              curls[i][4]);
}

static void
add_leaves (Scene *scene)
{
  static const Palette kinds[] = {
    { 4, { 0x143c40, 0x1c6058, 0x48907c, 0x98c0a0 } },
    { 4, { 0x7a3018, 0xb85820, 0xe09838, 0xf4d080 } },
    { 4, { 0x142850, 0x284880, 0x5878b0, 0xa8b8d8 } },
  };
  uint32_t random = 17;

  for (int i = 0; i < 74; i++)
    {
      double x = next_between (&random, 0.05, 1.28);
      double y = next_between (&random, 0.06, 0.92);
      double angle = next_between (&random, -PI, PI);
      double size = next_between (&random, 0.05, 0.10);
      Leaf   leaf = { x,
                      y,
                      x + size * cosine (angle),
                      y + size * sine (angle),
                      next_between (&random, -0.12, 0.12),
                      0.24,
                      kinds[i % 3] };

      add_leaf (scene, &leaf);
    }
}

static void
add_flowers (Scene *scene)
{
  static const double places[][3] = {
    { 0.13, 0.16, 0.090 }, { 0.42, 0.13, 0.075 }, { 1.20, 0.22, 0.085 },
    { 0.12, 0.88, 0.090 }, { 0.36, 0.92, 0.070 }, { 1.22, 0.90, 0.095 },
    { 0.88, 0.14, 0.070 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (int k = 0; k < 2; k++)
      {
        Flower flower = { places[i][0],
                          places[i][1],
                          places[i][2] * (k ? 0.62 : 1.0),
                          8,
                          k ? 0.8 : 0.1,
                          0.39 * k,
                          1.0,
                          { 3, { 0xf4d890, 0xd87830, 0x903020 } },
                          { 2, { 0x501818, 0xc87028 } },
                          k ? 0.4 : 0.0 };

        if ((i + k) % 2)
          flower.colors = (Palette){ 3, { 0xe8dcb8, 0x6888b8, 0x203868 } };
        add_flower (scene, &flower);
      }
}

static void
add_peacock (Scene *scene)
{
  static const Palette blue = { 4, { 0x101c48, 0x1c3c80, 0x3868b0, 0x88a8d8 } };
  static const Palette gold = { 4, { 0x8a4414, 0xc88028, 0xe8b850, 0xf8e4a8 } };
  static const Palette plume = { 4,
                                 { 0x103c40, 0x1c6460, 0x409078, 0xa0c090 } };
  Limb                 body = { 6,
                                { { 0.985, 0.185, 0.028 },
                                  { 0.965, 0.25, 0.026 },
                                  { 0.925, 0.33, 0.036 },
                                  { 0.890, 0.42, 0.068 },
                                  { 0.87, 0.50, 0.060 },
                                  { 0.85, 0.56, 0.030 } },
                                { 3, { 0x88a8d8, 0x2c58a0, 0x142c60 } } };
  Leaf                 wing = { 0.925, 0.40, 0.80, 0.60, 0.14, 0.26, gold };
  Leaf                 beak = { 1.00, 0.180, 1.045, 0.195, 0.0, 0.24, gold };
  Ball eye = { 0.992, 0.178, 0.008, 0.008, { 2, { 0xf8e8c0, 0xf8e8c0 } },
               0,     0,     1 };

  for (int i = 0; i < 9; i++)
    {
      double angle = 1.30 + 0.115 * i;
      double length = 0.50 - 0.018 * (i - 4) * (i - 4);
      double x = 0.86 + length * cosine (angle);
      double y = 0.50 + length * sine (angle);
      Leaf   feather = { 0.86, 0.50, x, y, 0.04 * (i - 4) / 4.0, 0.085, plume };
      Ball   spots[] = {
          { x - 0.02 * cosine (angle), y - 0.02 * sine (angle), 0.038, 0.038,
            gold, 0, 0, 1 },
          { x - 0.02 * cosine (angle), y - 0.02 * sine (angle), 0.022, 0.022,
            blue, 0, 0, 1 },
      };

      add_leaf (scene, &feather);
      add_ball (scene, &spots[0]);
      add_ball (scene, &spots[1]);
    }
  for (int i = 0; i < 4; i++)
    {
      Limb crest = { 2,
                     { { 0.98, 0.165, 0.003 },
                       { 0.94 + 0.022 * i, 0.095 - 0.006 * i, 0.003 } },
                     { 2, { 0x2c58a0, 0x142c60 } } };
      Ball tip = {
        0.94 + 0.022 * i, 0.095 - 0.006 * i, 0.010, 0.010, gold, 0, 0, 1
      };

      add_limb (scene, &crest);
      add_ball (scene, &tip);
    }
  add_limb (scene, &body);
  add_leaf (scene, &wing);
  add_leaf (scene, &beak);
  add_ball (scene, &eye);
}

static gboolean
look_ground (const void *thing, double x, double y, Spot *spot)
{
  static const Palette dyes = {
    5, { 0xf4e0a8, 0xe8b860, 0xd07c3c, 0x8c4450, 0x2c4478 }
  };

  spot->color =
    palette_pick (&dyes, y * 0.8 + 0.35 * fractal (x * 1.6, y * 1.6, 3, 4));
  spot->angle = 0.0f;
  return TRUE;
}

static Scene *
make_scene (int long_side)
{
  Scene *scene = scene_new (long_side, 4, 3);

  scene_add (scene, look_ground, NULL);
  add_leaves (scene);
  add_flowers (scene);
  add_tree_of_life (scene);
  add_peacock (scene);
  return scene;
}

/* ---- wax ---------------------------------------------------------------- */

/* How white the wax has kept a place, 0..1: outlines, and rows of dots along
 * them.  @away: from the outlines, pixels of a picture 800 wide */
static double
wax_at (double x, double y, double away, gboolean is_ground)
{
  double wobble = 0.55 * noise (x / 9.0, y / 9.0, 31);
  double line = smooth_step (1.75 + wobble, 1.05 + wobble, away);
  double bent_x = x / 21.0 + 0.45 * noise (x / 50.0, y / 50.0, 45);
  double bent_y = y / 18.0 + 0.45 * noise (x / 50.0, y / 50.0, 46);
  double shift = 0.5 * (((int) floor (bent_y)) & 1);
  double right = bent_x + shift - floor (bent_x + shift) - 0.5;
  double down = bent_y - floor (bent_y) - 0.5;
  double size =
    0.10
    + 0.13
        * cell_random ((int) floor (bent_x + shift), (int) floor (bent_y), 32);
  double dot = smooth_step (size + 0.05, size - 0.03, length_of (right, down));

  if (is_ground && away > 7.0)
    return fmax (0.85 * smooth_step (1.0, 0.4, fabs (away - 8.0 - wobble)),
                 0.9 * dot * smooth_step (11.0, 13.0, away));
  if (! is_ground && away > 5.5 && away < 8.5)
    line =
      fmax (line,
            0.8 * smooth_step (0.1, 0.6, sine (x * 0.85) * sine (y * 0.85)));
  return line;
}

/* Cracks of the wax: where they are, 0..1. */
static double
crackle (double x, double y)
{
  double bent_x = x + 9.0 * fractal (x / 28.0, y / 28.0, 3, 33);
  double bent_y = y + 9.0 * fractal (x / 28.0, y / 28.0, 3, 34);
  double coarse = cell_edge (bent_x / 74.0, bent_y / 74.0, 35, NULL) * 74.0;
  double fine = cell_edge (bent_x / 27.0, bent_y / 27.0, 36, NULL) * 27.0;
  double much = fractal (x / 130.0, y / 130.0, 3, 37);

  return fmax (smooth_step (2.2, 0.5, coarse),
               smooth_step (1.5, 0.3, fine) * smooth_step (-0.25, 0.25, much));
}

Sheet *
paint_batik (int long_side)
{
  Scene *scene = make_scene (long_side);
  Sheet *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xf2e6c8));
  guint8 *outlines = scene_outlines (scene);
  float  *away = distances (outlines, scene->width, scene->height);
  Rgb    *dyes = scene_colors (scene, 2.0);
  int     ground = scene_region (scene, 3, 3);
  double  px = scene->px;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width / px;
      double y = i / sheet->width / px;
      double high = cloth_height (i % sheet->width, i / sheet->width, 1.5 * px);
      double mottle = fractal (x / 38.0, y / 38.0, 5, 38);
      double pool = exponential (-away[i] / (6.0 * px));
      double wax =
        wax_at (x, y, away[i] / px, scene->spots[i].region == ground);
      double crack = crackle (x, y);
      Rgb    cotton = rgb_shift (rgb_from_hex (0xf2e6c8), 0.05 * mottle, 0.03);
      Rgb    dye = rgb_shift (rgb_mix (dyes[i], scene->spots[i].color, 0.5),
                              0.15 * mottle - 0.06 * pool, 0.05 * mottle);
      Rgb    color = rgb_mix (dye, cotton, wax * (0.92 - 0.12 * mottle));

      color = rgb_mix (color, rgb_from_hex (0x281830),
                       crack * (0.30 + 0.45 * wax + 0.25 * rgb_tone (dye)));
      sheet->color[i] = rgb_scale (color, 0.86 + 0.18 * high);
      sheet->paint[i] = (float) (0.3 * px * high);
    }
  sheet_light (sheet, 0.12, 0.0);
  g_free (outlines);
  g_free (away);
  g_free (dyes);
  scene_free (scene);
  return sheet;
}
