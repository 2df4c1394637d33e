/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.c: lines along a scene's directions, as far apart everywhere */
#include "lines.h"

#include <math.h>

#include "numbers.h"

/* How many of @knots come before the line is too near to another. */
static int
free_knots (const Scene *scene, const guint8 *taken, const Knot *knots, int n)
{
  for (int i = 0; i < n; i++)
    {
      const Knot *knot = &knots[i];

      if (knot->x < 0.0 || knot->y < 0.0 || knot->x >= scene->width
          || knot->y >= scene->height
          || taken[(int) knot->y * scene->width + (int) knot->x])
        return i;
    }
  return n;
}

/* Lays a line both ways from @start.  Returns the number of @knots. */
static int
lay_line (const Scene    *scene,
          const LineWork *work,
          const guint8   *taken,
          const Knot     *start,
          Knot           *knots)
{
  double half_length = 0.5 * work->length * scene->px;
  Knot   ahead[MAX_KNOTS];
  Knot   back[MAX_KNOTS];
  int    n_ahead = free_knots (scene, taken, ahead,
                               stroke_follow (scene, start, half_length, 0.0,
                                              work->stays, ahead));
  int    n_back = free_knots (scene, taken, back,
                              stroke_follow (scene, start, half_length, PI,
                                             work->stays, back));
  int    n = 0;

  for (int i = n_back - 1; i > 0; i--)
    knots[n++] = back[i];
  for (int i = 0; i < n_ahead; i++)
    knots[n++] = ahead[i];
  return n;
}

void
lines_draw (const Scene    *scene,
            Stroke         *stroke,
            const LineWork *work,
            void (*draw) (void *data, Knot *knots, int n_knots),
            void *data)
{
  double   px = scene->px;
  double   pitch = work->pitch * px;
  double   area = (double) scene->width * scene->height;
  int      n_tries = (int) (7.0 * area / (pitch * pitch));
  guint8  *taken = g_new0 (guint8, scene->width * scene->height);
  uint32_t random = work->seed;

  for (int i = 0; i < n_tries; i++)
    {
      double size = 1.0 + work->wobble * next_between (&random, -1.0, 1.0);
      double x = scene->width * next_random (&random);
      double y = scene->height * next_random (&random);
      Knot   start = { x, y, 0.5 * pitch * size };
      Knot   knots[2 * MAX_KNOTS];
      int    n_knots;

      if (taken[(int) start.y * scene->width + (int) start.x])
        continue;
      n_knots = lay_line (scene, work, taken, &start, knots);
      if (n_knots < 2
          || length_of (knots[n_knots - 1].x - knots[0].x,
                        knots[n_knots - 1].y - knots[0].y)
               < work->shortest * px)
        continue;
      for (int k = 0; k < n_knots; k++)
        knots[k].half = 0.86 * pitch * size;
      stroke_trace (stroke, knots, n_knots);
      for (int k = 0; k < stroke->n_touches; k++)
        taken[stroke->touches[k].pixel] = 1;
      for (int k = 0; k < n_knots; k++)
        knots[k].half = 0.5 * pitch * size;
      draw (data, knots, n_knots);
    }
  g_free (taken);
}
