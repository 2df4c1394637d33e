/* SPDX-License-Identifier: GPL-3.0-or-later */
/* embroidery.c: flowers before hills and the sun, stitched in silk on linen */
#include "painter.h"

#include <math.h>

#include "lines.h"
#include "numbers.h"
#include "paper.h"
#include "things.h"

static const Palette greens = { 4, { 0x103c30, 0x287044, 0x68a44c, 0xc0d074 } };

static void
add_land (Scene *scene)
{
  static const Sky sky = { { 4, { 0x3c84c4, 0x68aad8, 0xa8d0dc, 0xf4dcb0 } },
                           0.55,
                           0.42,
                           { 3, { 0xb8c4d4, 0xf0e8dc, 0xfff8ec } },
                           12 };
  static const Sun sun = {
    0.86, 0.24, 0.15, 0.01, { 4, { 0xffe890, 0xf8b838, 0xe87828, 0xf4c078 } },
    0.0
  };
  static const Ridge hills[] = {
    { 0.52,
      0.22,
      1.5,
      3,
      { 3, { 0x8468b0, 0x5c64b0, 0x8898cc } },
      0.22,
      0.5,
      0.5,
      8 },
    { 0.60,
      0.14,
      1.2,
      2,
      { 3, { 0x8cbc54, 0x3c8c50, 0x1c6448 } },
      0.24,
      0.4,
      0.45,
      15 },
  };
  static const Field field = {
    0.60, 0.03, 0.62,
    0.30, 26.0, { 4, { 0xc87424, 0xe8a838, 0xf8d878, 0xa0b848 } },
    3
  };

  add_sky (scene, &sky);
  add_sun (scene, &sun);
  for (gsize i = 0; i < G_N_ELEMENTS (hills); i++)
    add_ridge (scene, &hills[i]);
  add_field (scene, &field);
}

static void
add_house_and_trees (Scene *scene)
{
  static const House house = { 0.78,
                               0.66,
                               0.16,
                               0.10,
                               0.085,
                               { 2, { 0xe0d4c8, 0xfff8ea } },
                               { 3, { 0xa83030, 0xd84838, 0xf08060 } },
                               3,
                               1,
                               { 2, { 0x34507c, 0x6088b8 } } };
  Tree               trees[] = {
                  { 1.10, 0.74, 0.36, 0.13, greens, 0x8a5430, 5 },
                  { 0.14, 0.70, 0.30, 0.11, greens, 0x8a5430, 9 },
  };

  add_house (scene, &house);
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    add_tree (scene, &trees[i]);
}

static void
add_stem (Scene *scene, double x, double y, double bow)
{
  Limb stem = { 3,
                { { x, y, 0.010 },
                  { x + bow, mix (y, 1.02, 0.5), 0.012 },
                  { x + 0.4 * bow, 1.04, 0.013 } },
                { 3, { 0x98c068, 0x58984c, 0x2c6440 } } };

  add_limb (scene, &stem);
  for (int i = 0; i < 3; i++)
    {
      double along = 0.35 + 0.22 * i;
      double from_x = x + bow * 4.0 * along * (1.0 - along) * 0.8;
      double from_y = mix (y, 1.02, along);
      double side = i % 2 ? 1.0 : -1.0;
      Leaf   leaf = { from_x,        from_y,       from_x + side * 0.15,
                      from_y - 0.07, -0.16 * side, 0.22,
                      greens };

      add_leaf (scene, &leaf);
    }
}

static void
add_bloom (Scene *scene, double x, double y, double size, int kind)
{
  static const Palette petals[] = {
    { 4, { 0x84142c, 0xc42838, 0xe85850, 0xf8a490 } },
    { 4, { 0x283c90, 0x4868c4, 0x80a0e4, 0xd4e0fc } },
    { 4, { 0xc06a18, 0xf0a028, 0xf8cc50, 0xfff0b8 } },
    { 4, { 0x782870, 0xb04ca0, 0xdc84c4, 0xf8d0e8 } },
    { 4, { 0xe8b8b0, 0xf8dcd0, 0xfff4ec, 0xffffff } },
  };
  static const Palette hearts[] = {
    { 3, { 0x704010, 0xe0a830, 0xfff0a0 } },
    { 3, { 0x701c28, 0xb83840, 0xf09080 } },
  };
  Flower outer = { x,
                   y,
                   size,
                   7,
                   kind % 2 ? 0.5 : 0.15,
                   0.4 * kind,
                   1.0,
                   petals[kind % 5],
                   hearts[kind % 2],
                   0.0 };
  Flower inner = outer;

  inner.radius = 0.6 * size;
  inner.turn += 0.45;
  inner.colors = petals[(kind + 4) % 5];
  inner.core = 0.45;
  add_flower (scene, &outer);
  add_flower (scene, &inner);
}

static Scene *
make_scene (int long_side)
{
  static const double blooms[][4] = {
    { 0.30, 0.60, 0.170, 0.03 },  { 0.62, 0.76, 0.150, -0.03 },
    { 0.08, 0.86, 0.130, 0.02 },  { 0.96, 0.84, 0.140, 0.03 },
    { 1.18, 0.95, 0.110, -0.02 }, { 0.36, 0.93, 0.105, 0.02 },
    { 0.46, 0.50, 0.075, -0.02 }, { 0.80, 0.96, 0.090, 0.01 },
  };
  Scene *scene = scene_new (long_side, 5, 4);

  add_land (scene);
  add_house_and_trees (scene);
  for (gsize i = 0; i < G_N_ELEMENTS (blooms); i++)
    add_stem (scene, blooms[i][0], blooms[i][1], blooms[i][3]);
  for (gsize i = G_N_ELEMENTS (blooms); i-- > 0;)
    add_bloom (scene, blooms[i][0], blooms[i][1], blooms[i][2], (int) i);
  return scene;
}

/* ---- stitches ----------------------------------------------------------- */

typedef struct
{
  Sheet       *sheet;
  const Scene *scene;
  Stroke      *stroke;
  uint32_t     random;
} Needle;

/* Of a thread from @from to @to: silk is lightest across the light. */
static double
sheen (const Knot *from, const Knot *to)
{
  double right = to->x - from->x;
  double down = to->y - from->y;
  double with = 0.7071 * (right + down) / fmax (length_of (right, down), 1e-6);

  return 0.5 - with * with;
}

/* One stitch along @knots: a bundle of silk that dives at its ends. */
static void
stitch (Needle *needle, const Knot *knots, int n_knots)
{
  Sheet      *sheet = needle->sheet;
  double      px = sheet->px;
  const Knot *middle = &knots[n_knots / 2];
  Rgb         color = scene_spot (needle->scene, middle->x, middle->y)->color;
  double      chance = next_between (&needle->random, -0.045, 0.045);
  double      warm = next_between (&needle->random, -0.02, 0.02);
  double      light = chance + 0.13 * sheen (&knots[0], &knots[n_knots - 1]);

  color = rgb_saturate (rgb_shift (color, light, warm), 1.12);
  stroke_trace (needle->stroke, knots, n_knots);
  for (int i = 0; i < needle->stroke->n_touches; i++)
    {
      const Touch *touch = &needle->stroke->touches[i];
      double       length = needle->stroke->length;
      double       v = touch->across;
      double       dome = sqrt (fmax (1.0 - v * v, 0.0));
      double       from_end = fmin (touch->along, length - touch->along);
      double       ends = smooth_step (-1.5 * px, 4.0 * px, from_end);
      double       hair =
        noise (4.0 * v + 50.0 * chance, touch->along / (30.0 * px), 71);
      double shine = 0.13 * smooth_step (0.2, 0.5, touch->along / length)
                     * smooth_step (0.8, 0.5, touch->along / length) * dome;
      Rgb lit = rgb_shift (color, shine + 0.06 * hair, 0.0);

      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel],
                 rgb_scale (lit, (0.70 + 0.30 * ends) * (0.66 + 0.38 * dome)),
                 touch->cover);
      sheet->paint[touch->pixel] =
        (float) mix (sheet->paint[touch->pixel],
                     px * (0.3 + dome * (0.6 + 1.4 * ends) + 0.15 * hair),
                     touch->cover);
    }
}

/* Divides a line into stitches. */
static void
sew (void *data, Knot *knots, int n_knots)
{
  Needle *needle = data;

  for (int i = 0; i < n_knots; i++)
    knots[i].half *= 1.1;
  for (int from = 0; from < n_knots - 1;)
    {
      int n = (int) next_between (&needle->random, 9.0, 17.0);

      if (n_knots - from - n < 6)
        n = n_knots - from;
      stitch (needle, knots + from, n);
      from += n - 1;
    }
}

static void
weave (Sheet *sheet)
{
  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      double x = i % sheet->width;
      double y = i / sheet->width;
      double high = cloth_height (x, y, 2.9 * sheet->px);

      sheet->color[i] = rgb_scale (sheet->color[i], 0.55 + 0.6 * high);
      sheet->paint[i] = (float) (0.6 * sheet->px * high);
    }
}

Sheet *
paint_embroidery (int long_side)
{
  static const LineWork rows = { 5.0, 300.0, 4.0, 0.15, TRUE, 2 };
  Scene                *scene = make_scene (long_side);
  Sheet                *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0xc8b48c));
  Needle needle = { sheet, scene, stroke_new (scene->width, scene->height), 5 };
  Stroke *marker = stroke_new (scene->width, scene->height);

  weave (sheet);
  lines_draw (scene, marker, &rows, sew, &needle);
  sheet_light (sheet, 0.16, 0.05);
  stroke_free (needle.stroke);
  stroke_free (marker);
  scene_free (scene);
  return sheet;
}
