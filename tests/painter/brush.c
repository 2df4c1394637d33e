/* SPDX-License-Identifier: GPL-3.0-or-later */
/* brush.c: a scene in strokes of a bristle brush */
#include "brush.h"

#include <math.h>

#include "numbers.h"

#define BRISTLES 24

typedef struct
{
  double tone[BRISTLES];
  double ridge[BRISTLES];
} Bristles;

static double
bristle (const double *values, double across)
{
  double place = (across * 0.5 + 0.5) * (BRISTLES - 1.001);
  int    i = (int) place;

  return mix (values[i], values[i + 1], place - i);
}

static void
load_brush (Bristles *bristles, uint32_t *random)
{
  for (int i = 0; i < BRISTLES; i++)
    {
      bristles->tone[i] = next_between (random, -1.0, 1.0);
      bristles->ridge[i] = next_random (random);
    }
}

/* Puts paint of @color on what @stroke touches. */
static void
lay (Sheet           *sheet,
     const Stroke    *stroke,
     const BrushWork *work,
     const Bristles  *bristles,
     Rgb              color)
{
  double px = sheet->px;

  for (int i = 0; i < stroke->n_touches; i++)
    {
      const Touch *touch = &stroke->touches[i];
      double       t = touch->along / stroke->length;
      double       tone = bristle (bristles->tone, touch->across);
      double       ridge = bristle (bristles->ridge, touch->across);
      double       grain =
        noise (touch->along / (9.0 * px), touch->across * 5.0, work->seed);
      double left =
        1.0 - work->dry * (0.45 + 0.55 * ridge) - t + 0.25 * work->dry * grain;
      double cover = touch->cover * smooth_step (-0.06, 0.10, left + 0.06);
      double edge = smooth_step (0.62, 0.92, fabs (touch->across));
      Rgb    here = rgb_shift (color, work->bristles * (tone + 0.4 * grain),
                               0.35 * work->bristles * tone);

      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel], here, cover);
      sheet->paint[touch->pixel] =
        (float) mix (sheet->paint[touch->pixel],
                     work->thickness * px
                       * (0.3 + 0.55 * ridge + 0.45 * edge + 0.25 * grain)
                       * (1.15 - 0.5 * t),
                     cover);
    }
}

/* A stroke gets thicker at its start and thinner at its end. */
static void
shape (Knot *knots, int n_knots, double half)
{
  for (int i = 0; i < n_knots; i++)
    {
      double t = n_knots > 1 ? (double) i / (n_knots - 1) : 0.0;

      knots[i].half = half * (0.72 + 0.28 * smooth_step (0.0, 0.25, t))
                      * (1.0 - 0.45 * smooth_step (0.6, 1.0, t));
    }
}

static void
cover (Sheet *sheet, const Scene *scene, Stroke *stroke, const BrushWork *work)
{
  double   px = sheet->px;
  double   area = (double) sheet->width * sheet->height;
  int      n_strokes = (int) (area / (work->spacing * work->spacing * px * px));
  float   *around = scene_tones (scene, 14.0);
  uint32_t random = work->seed;

  for (int i = 0; i < n_strokes; i++)
    {
      Bristles bristles;
      Knot     knots[MAX_KNOTS];
      double   x = sheet->width * next_between (&random, -0.04, 1.02);
      double   y = sheet->height * next_between (&random, -0.04, 1.02);
      double   size = next_between (&random, 0.65, 1.35);
      double   half = work->half * px * size;
      double   length = work->length * px * size;
      double   turn = work->turn * next_between (&random, -1.0, 1.0);
      double   light = work->light * next_between (&random, -1.0, 1.0);
      double   warm = work->warm * next_between (&random, -1.0, 1.0);
      Rgb      color = scene_spot (scene, x, y)->color;
      int      at = (int) clamp (y, 0, sheet->height - 1) * sheet->width
               + (int) clamp (x, 0, sheet->width - 1);
      int n_knots;

      load_brush (&bristles, &random);
      if (fabs (rgb_tone (color) - around[at])
          < work->detail * next_between (&random, 0.4, 1.6))
        continue;
      n_knots = stroke_follow (scene, &(Knot){ x, y, half }, length, turn,
                               work->stays, knots);
      if (n_knots < 2)
        {
          knots[1] = (Knot){ x + half, y, half };
          n_knots = 2;
        }
      shape (knots, n_knots, half);
      stroke_trace (stroke, knots, n_knots);
      lay (sheet, stroke, work, &bristles, rgb_shift (color, light, warm));
    }
  g_free (around);
}

void
brush_cover (Sheet           *sheet,
             const Scene     *scene,
             const BrushWork *layers,
             int              n_layers)
{
  Stroke *stroke = stroke_new (scene->width, scene->height);

  for (int i = 0; i < n_layers; i++)
    cover (sheet, scene, stroke, &layers[i]);
  stroke_free (stroke);
}
