/* SPDX-License-Identifier: GPL-3.0-or-later */
/* embroidery.c: a bunch of flowers, stitched in silk on dark linen */
#include "painter.h"

#include <math.h>

#include "lines.h"
#include "numbers.h"
#include "paper.h"
#include "things.h"

static const Palette greens = { 4, { 0x1c4830, 0x38784a, 0x78a858, 0xc0d080 } };

static void
add_stem (Scene *scene, double x0, double y0, double x1, double y1, double bow)
{
  Limb   stem = { 3,
                  { { x0, y0, 0.007 },
                    { 0.5 * (x0 + x1) + bow, 0.5 * (y0 + y1), 0.008 },
                    { x1, y1, 0.009 } },
                  { 3, { 0x98b868, 0x58904c, 0x2c5838 } } };
  double along = 0.2;

  add_limb (scene, &stem);
  for (int i = 0; i < 4; i++, along += 0.18)
    {
      double x = mix (x0, x1, along) + bow * 4.0 * along * (1.0 - along) * 0.9;
      double y = mix (y0, y1, along);
      double side = i % 2 ? 1.0 : -1.0;
      Leaf   leaf = { x,    y,     x + side * 0.105, y - 0.055, -0.16 * side,
                      0.20, greens };

      add_leaf (scene, &leaf);
    }
}

static void
add_bloom (Scene *scene, double x, double y, double size, int kind)
{
  static const Palette petals[] = {
    { 4, { 0x7a1428, 0xb82838, 0xe05850, 0xf8a890 } },
    { 4, { 0x98501c, 0xd88828, 0xf0c050, 0xfcecb0 } },
    { 4, { 0x2c3c88, 0x4c68b8, 0x88a0dc, 0xd8e0f8 } },
    { 4, { 0x682868, 0xa04898, 0xd088c0, 0xf4d0e8 } },
    { 4, { 0xb8a8a0, 0xe0d4c4, 0xf6eee0, 0xffffff } },
  };
  static const Palette hearts[] = {
    { 3, { 0x583010, 0xd8a030, 0xfce890 } },
    { 3, { 0x501820, 0xa83038, 0xe88070 } },
  };
  const Palette *color = &petals[kind % 5];
  Flower         outer = {
            x,          y,   size,   6 + kind % 3,     kind % 2 ? 0.5 : 0.15,
            0.4 * kind, 1.0, *color, hearts[kind % 2], 0.0
  };
  Flower inner = outer;

  inner.radius = 0.62 * size;
  inner.turn += 0.5;
  inner.colors = petals[(kind + 4) % 5];
  inner.core = 0.42;
  add_flower (scene, &outer);
  add_flower (scene, &inner);
}

static void
add_border (Scene *scene)
{
  static const Palette bands[] = {
    { 2, { 0xb82838, 0xe05850 } },
    { 2, { 0xd88828, 0xf0c050 } },
    { 2, { 0x4c68b8, 0x88a0dc } },
  };
  double right = scene->right;
  int    n = 15;

  for (int i = 0; i < 2 * n; i++)
    {
      double at = (i % n + 0.5) / n * right;
      double y = i < n ? 0.035 : 0.965;
      Shape  lozenge = { 4,
                         { { at - 0.030, y },
                           { at, y - 0.024 },
                           { at + 0.030, y },
                           { at, y + 0.024 } },
                         bands[i % 3],
                         8.0,
                         8.0,
                        i % 2 ? 0.9 : -0.9,
                         0.3 };

      add_shape (scene, &lozenge);
    }
}

/* Little sprigs all over the cloth. */
static void
add_sprigs (Scene *scene)
{
  static const Palette colors[] = {
    { 3, { 0x987028, 0xd8a840, 0xf4dc90 } },
    { 3, { 0x4c68b8, 0x88a0dc, 0xc8d4f4 } },
    { 3, { 0x58904c, 0x88b468, 0xc0d890 } },
  };
  uint32_t random = 31;

  for (int i = 0; i < 63; i++)
    {
      double x = (i % 7 + next_between (&random, 0.2, 0.8)) / 7.0;
      double y = (i / 7 + next_between (&random, 0.2, 0.8)) / 9.0;
      double turn = next_between (&random, -PI, PI);

      for (int k = 0; k < 3; k++)
        {
          double angle = turn + 0.95 * (k - 1);
          Leaf   leaf = { 0.8 * x,
                          0.06 + 0.88 * y,
                          0.8 * x + 0.032 * cosine (angle),
                          0.06 + 0.88 * y + 0.032 * sine (angle),
                          0.0,
                          0.24,
                          colors[i % 3] };

          add_leaf (scene, &leaf);
        }
    }
}

static Scene *
make_scene (int long_side)
{
  static const Vessel vase = {
    0.40,
    0.93,
    0.25,
    6,
    { 0.07, 0.135, 0.155, 0.13, 0.085, 0.115 },
    { 5, { 0x1c4858, 0x2c7080, 0x58a0a0, 0xa8d0c0, 0xf0f0d8 } },
    0.0,
    4
  };
  static const double blooms[][3] = {
    { 0.40, 0.36, 0.150 }, { 0.20, 0.47, 0.105 }, { 0.61, 0.46, 0.110 },
    { 0.26, 0.21, 0.090 }, { 0.56, 0.20, 0.095 }, { 0.40, 0.58, 0.085 },
    { 0.10, 0.29, 0.065 }, { 0.70, 0.29, 0.065 }, { 0.41, 0.12, 0.058 },
  };
  static const double buds[][2] = {
    { 0.06, 0.55 },
    { 0.74, 0.57 },
    { 0.13, 0.14 },
    { 0.68, 0.13 },
  };
  Scene *scene = scene_new (long_side, 4, 5);

  for (int i = 0; i < scene->width * scene->height; i++)
    scene->spots[i].color = rgb_from_hex (0x1e2438);
  scene->n_regions = 1;
  add_border (scene);
  add_sprigs (scene);
  for (gsize i = 0; i < G_N_ELEMENTS (blooms); i++)
    add_stem (scene, blooms[i][0], blooms[i][1], 0.40, 0.72,
              0.35 * (blooms[i][0] - 0.40));
  for (gsize i = 0; i < G_N_ELEMENTS (buds); i++)
    add_stem (scene, buds[i][0], buds[i][1], 0.40, 0.72,
              0.4 * (buds[i][0] - 0.40));
  add_vessel (scene, &vase);
  for (gsize i = 0; i < G_N_ELEMENTS (buds); i++)
    add_bloom (scene, buds[i][0], buds[i][1], 0.042, (int) i + 2);
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

/* One stitch along @knots: a thread of silk, twisted, that dives at its ends.
 */
static void
stitch (Needle *needle, const Knot *knots, int n_knots)
{
  Sheet      *sheet = needle->sheet;
  double      px = sheet->px;
  const Knot *middle = &knots[n_knots / 2];
  Rgb         color = scene_spot (needle->scene, middle->x, middle->y)->color;
  double      light = next_between (&needle->random, -0.07, 0.07);
  double      warm = next_between (&needle->random, -0.03, 0.03);
  double      sheen = next_between (&needle->random, 0.0, 0.12);

  color = rgb_saturate (rgb_shift (color, light, warm), 1.1);
  stroke_trace (needle->stroke, knots, n_knots);
  for (int i = 0; i < needle->stroke->n_touches; i++)
    {
      const Touch *touch = &needle->stroke->touches[i];
      double       length = needle->stroke->length;
      double       v = touch->across;
      double       dome = sqrt (fmax (1.0 - v * v, 0.0));
      double       twist = sine (1.7 * (touch->along + 2.2 * px * v) / px);
      double       ends =
        smooth_step (-0.4 * px, 2.6 * px, touch->along)
        * smooth_step (length + 0.4 * px, length - 2.6 * px, touch->along);
      double shine = sheen * smooth_step (0.25, 0.5, touch->along / length)
                     * smooth_step (0.75, 0.5, touch->along / length);

      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel],
                 rgb_scale (rgb_shift (color, shine + 0.05 * twist, 0.0),
                            (0.45 + 0.55 * ends) * (0.62 + 0.42 * dome)),
                 touch->cover);
      sheet->paint[touch->pixel] =
        (float) mix (sheet->paint[touch->pixel],
                     px * (0.25 + dome * (0.5 + 0.9 * ends) + 0.08 * twist),
                     touch->cover);
    }
}

/* Divides a line into stitches. */
static void
sew (void *data, Knot *knots, int n_knots)
{
  Needle *needle = data;
  int     from = 0;

  if (scene_region (needle->scene, knots[n_knots / 2].x, knots[n_knots / 2].y)
      == 0)
    return;
  while (from < n_knots - 1)
    {
      int n = (int) next_between (&needle->random, 6.0, 11.0);

      if (n_knots - from - n < 4)
        n = n_knots - from;
      for (int i = from; i < from + n; i++)
        knots[i].half = 1.15 * needle->sheet->px;
      stitch (needle, knots + from, n);
      from += n - 1;
      if (n == 1)
        break;
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
      double faded =
        fractal (x / (150.0 * sheet->px), y / (150.0 * sheet->px), 4, 6);
      double slub = noise (x / (60.0 * sheet->px), y / (2.4 * sheet->px), 7)
                    + noise (x / (2.4 * sheet->px), y / (60.0 * sheet->px), 8);

      sheet->color[i] =
        rgb_scale (rgb_shift (sheet->color[i], 0.05 * slub + 0.05 * faded,
                              0.02 * slub),
                   0.55 + 0.75 * high);
      sheet->paint[i] = (float) (0.6 * sheet->px * high);
    }
}

Sheet *
paint_embroidery (int long_side)
{
  static const LineWork rows = { 2.0, 300.0, 1.0, 0.15, TRUE, 2 };
  Scene                *scene = make_scene (long_side);
  Sheet                *sheet =
    sheet_new (scene->width, scene->height, scene->px, rgb_from_hex (0x2c3454));
  Needle needle = { sheet, scene, stroke_new (scene->width, scene->height), 5 };
  Stroke *marker = stroke_new (scene->width, scene->height);

  weave (sheet);
  lines_draw (scene, marker, &rows, sew, &needle);
  sheet_light (sheet, 0.20, 0.05);
  stroke_free (needle.stroke);
  stroke_free (marker);
  scene_free (scene);
  return sheet;
}
