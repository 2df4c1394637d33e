/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chalk.c: strokes of a dry stick on rough paper */
#include "chalk.h"

#include <math.h>

#include "numbers.h"
#include "paper.h"

Chalk
chalk_open (const Scene *scene, Rgb ground, double grain)
{
  Chalk              chalk = { .scene = scene };
  g_autofree guint8 *outlines = scene_outlines (scene);

  chalk.sheet = sheet_new (scene->width, scene->height, scene->px, ground);
  chalk.stroke = stroke_new (scene->width, scene->height);
  chalk.tooth = paper_tooth (chalk.sheet, grain, 5);
  chalk.tones = scene_tones (scene, 1.5);
  chalk.away = distances (outlines, scene->width, scene->height);
  return chalk;
}

Sheet *
chalk_close (Chalk *chalk)
{
  stroke_free (chalk->stroke);
  g_free ((gpointer) chalk->tooth);
  g_free ((gpointer) chalk->tones);
  g_free ((gpointer) chalk->away);
  return chalk->sheet;
}

/* How hard the stick is pressed on a tone, 0..1. */
static double
pressure (const ChalkWork *work, double tone)
{
  return clamp ((work->light - tone) / (work->light - work->dark), 0.0, 1.0);
}

static void
rub (const Chalk *chalk, const ChalkWork *work, Rgb color, double press)
{
  const Stroke *stroke = chalk->stroke;
  Sheet        *sheet = chalk->sheet;

  for (int i = 0; i < stroke->n_touches; i++)
    {
      const Touch *touch = &stroke->touches[i];
      double       t = touch->along / stroke->length;
      double       across = touch->across;
      double       hard =
        press * pressure (work, chalk->tones[touch->pixel])
        * (1.0 - 0.5 * across * across) * smooth_step (-0.02, 0.12, t)
        * smooth_step (1.02, 0.75, t)
        * (0.9
           + 0.25
               * noise (touch->along / (14.0 * sheet->px), across, work->seed));
      double bare = 0.5 + work->grain * (0.5 - chalk->tooth[touch->pixel]);
      double filled = smooth_step (-0.22, 0.22, hard - bare);

      sheet->color[touch->pixel] =
        rgb_mix (sheet->color[touch->pixel], color,
                 work->solid * filled * touch->cover);
    }
}

/* A color near @color, as from a box with a few dozen sticks. */
static Rgb
choose_stick (Rgb color, double hue, uint32_t *random)
{
  double light = next_between (random, -0.6, 0.6) * hue;
  double warm = next_between (random, -1.0, 1.0) * hue;
  double green = next_between (random, -0.6, 0.6) * hue;

  color = rgb_shift (color, light, warm);
  return rgb (color.r, clamp (color.g + green, 0.0, 1.0), color.b);
}

void
chalk_cover (const Chalk *chalk, const ChalkWork *work, const Rgb *stick)
{
  const Scene *scene = chalk->scene;
  double       px = scene->px;
  double       area = (double) scene->width * scene->height;
  int          n = (int) (area / (work->spacing * work->spacing * px * px));
  uint32_t     random = work->seed;

  for (int i = 0; i < n; i++)
    {
      Knot   knots[MAX_KNOTS];
      double x = scene->width * next_between (&random, -0.03, 1.0);
      double y = scene->height * next_between (&random, -0.03, 1.0);
      double half = work->half * px * next_between (&random, 0.7, 1.3);
      double length = work->length * px * next_between (&random, 0.5, 1.4);
      double turn =
        work->turn + work->stray * next_between (&random, -1.0, 1.0);
      double press = work->press * next_between (&random, 0.75, 1.2);
      int    at = (int) clamp (y, 0, scene->height - 1) * scene->width
               + (int) clamp (x, 0, scene->width - 1);
      Rgb color = choose_stick (scene->spots[at].color, work->hue, &random);
      int n_knots;

      if (pressure (work, chalk->tones[at]) <= 0.02
          || (work->outline > 0.0 && chalk->away[at] > work->outline * px))
        continue;
      n_knots = stroke_follow (scene, &(Knot){ x, y, half }, length, turn,
                               work->stays, knots);
      if (n_knots < 2)
        continue;
      stroke_trace (chalk->stroke, knots, n_knots);
      rub (chalk, work, stick ? *stick : color, press);
    }
}
