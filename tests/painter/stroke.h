/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke.h: which pixels a stroke covers, and where in the stroke they are
 *
 * A stroke is a line through knots, with a width at each.  What is put on its
 * pixels is up to the technique.
 */
#pragma once

#include "scene.h"
#include "sheet.h"

#define MAX_KNOTS 160

typedef struct
{
  double x, y; /* pixels */
  double half; /* half of the width, pixels */
} Knot;

typedef struct
{
  int   pixel;  /* row * width + column */
  float along;  /* pixels from the first knot; negative before it */
  float across; /* -1..1, from the left edge to the right one */
  float cover;  /* 0..1, less than 1 within a pixel of the edge */
} Touch;

typedef struct
{
  int    n_touches;
  Touch *touches;
  double length; /* of the stroke, pixels */

  /* private */
  int    width, height;
  int    n_allocated;
  int   *index; /* [height][width], of the touch, -1: none */
  float *away;  /* [height][width], of the touched, in half widths */
} Stroke;

Stroke *stroke_new (int width, int height);
void    stroke_free (Stroke *stroke);

/* Finds what the stroke through @knots touches: @stroke->touches, until the
 * next call. */
void stroke_trace (Stroke *stroke, const Knot *knots, int n_knots);

/* stroke_follow:
 * Lays knots from (@x, @y), pixels, along the scene's directions, turned by
 * @turn radians.
 * @length, @half: pixels
 * @stays: whether the stroke ends where another region begins
 * Returns the number of @knots, MAX_KNOTS at most. */
int stroke_follow (const Scene *scene,
                   const Knot  *start,
                   double       length,
                   double       turn,
                   gboolean     stays,
                   Knot        *knots);
