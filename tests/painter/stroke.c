/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke.c: which pixels a stroke covers, and where in the stroke they are */
#include "stroke.h"

#include <math.h>

#include "numbers.h"

Stroke *
stroke_new (int width, int height)
{
  Stroke *stroke = g_new0 (Stroke, 1);

  stroke->width = width;
  stroke->height = height;
  stroke->index = g_new (int, width *height);
  stroke->away = g_new (float, width *height);
  for (int i = 0; i < width * height; i++)
    stroke->index[i] = -1;
  return stroke;
}

void
stroke_free (Stroke *stroke)
{
  g_free (stroke->touches);
  g_free (stroke->index);
  g_free (stroke->away);
  g_free (stroke);
}

static void
touch (Stroke *stroke, const Touch *new_touch, double away)
{
  int *index = &stroke->index[new_touch->pixel];

  if (*index >= 0 && away >= stroke->away[new_touch->pixel])
    return;
  if (*index < 0)
    {
      if (stroke->n_touches == stroke->n_allocated)
        {
          stroke->n_allocated = 2 * stroke->n_allocated + 256;
          stroke->touches =
            g_renew (Touch, stroke->touches, stroke->n_allocated);
        }
      *index = stroke->n_touches++;
    }
  stroke->touches[*index] = *new_touch;
  stroke->away[new_touch->pixel] = (float) away;
}

/* @along: of @from, pixels
 * @is_first, @is_last: the stroke ends there, in a half circle */
static void
trace_segment (Stroke     *stroke,
               const Knot *from,
               double      along,
               gboolean    is_first,
               gboolean    is_last)
{
  const Knot *to = from + 1;
  double      right = to->x - from->x;
  double      down = to->y - from->y;
  double      length = fmax (length_of (right, down), 1e-6);
  double      per_square = 1.0 / (length * length);
  double      half = fmax (from->half, to->half) + 1.0;
  int         left = (int) fmax (floor (fmin (from->x, to->x) - half), 0.0);
  int         top = (int) fmax (floor (fmin (from->y, to->y) - half), 0.0);
  int end_x = (int) fmin (fmax (from->x, to->x) + half + 1.0, stroke->width);
  int end_y = (int) fmin (fmax (from->y, to->y) + half + 1.0, stroke->height);

  for (int row = top; row < end_y; row++)
    for (int column = left; column < end_x; column++)
      {
        double x = column + 0.5 - from->x;
        double y = row + 0.5 - from->y;
        double t = (x * right + y * down) * per_square;
        double near = clamp (t, 0.0, 1.0);
        double off_x = x - near * right;
        double off_y = y - near * down;
        double here = mix (from->half, to->half, near);
        double reach = here + 0.5;
        double away, side;
        Touch  new_touch = { row * stroke->width + column, 0.0f, 0.0f, 1.0f };

        if (off_x * off_x + off_y * off_y > reach * reach)
          continue;
        away = length_of (off_x, off_y);
        side = (y * right - x * down) / length;
        if ((t < 0.0 && is_first) || (t > 1.0 && is_last))
          near = t;
        new_touch.along = (float) (along + near * length);
        new_touch.across = (float) clamp (side / fmax (here, 0.3), -1.0, 1.0);
        new_touch.cover = (float) (clamp (here + 0.5 - away, 0.0, 1.0)
                                   * clamp (2.0 * here, 0.0, 1.0));
        touch (stroke, &new_touch, away / fmax (here, 0.3));
      }
}

void
stroke_trace (Stroke *stroke, const Knot *knots, int n_knots)
{
  for (int i = 0; i < stroke->n_touches; i++)
    stroke->index[stroke->touches[i].pixel] = -1;
  stroke->n_touches = 0;
  stroke->length = 0.0;

  for (int i = 0; i + 1 < n_knots; i++)
    {
      trace_segment (stroke, &knots[i], stroke->length, i == 0,
                     i + 2 == n_knots);
      stroke->length +=
        length_of (knots[i + 1].x - knots[i].x, knots[i + 1].y - knots[i].y);
    }
}

int
stroke_follow (const Scene *scene,
               const Knot  *start,
               double       length,
               double       turn,
               gboolean     stays,
               Knot        *knots)
{
  double step = fmax (fmax (start->half * 0.7, 2.0), length / (MAX_KNOTS - 2));
  int    region = scene_region (scene, start->x, start->y);
  int    n_knots = 1;
  double right = 0.0;
  double down = 0.0;

  knots[0] = *start;
  for (double along = step; along <= length; along += step)
    {
      const Knot *last = &knots[n_knots - 1];
      double      angle = scene_angle (scene, last->x, last->y) + turn;
      double      x = cosine (angle);
      double      y = sine (angle);
      double      sign = n_knots > 1 && x * right + y * down < 0.0 ? -1.0 : 1.0;

      right = n_knots > 1 ? mix (right, sign * x, 0.6) : x;
      down = n_knots > 1 ? mix (down, sign * y, 0.6) : y;
      knots[n_knots] =
        (Knot){ last->x + step * right, last->y + step * down, start->half };
      if (stays
          && scene_region (scene, knots[n_knots].x, knots[n_knots].y) != region)
        break;
      n_knots++;
    }
  return n_knots;
}
