/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.h: lines along a scene's directions, as far apart everywhere
 *
 * After Jobard and Lefer, "Creating evenly-spaced streamlines" (1997): a line
 * ends where it gets too near to another.
 */
#pragma once

#include "stroke.h"

typedef struct
{
  double   pitch;    /* between lines, pixels of a picture 800 wide */
  double   length;   /* at most, likewise */
  double   shortest; /* lines below this are left out, likewise */
  double   wobble;   /* of the pitch, by chance */
  gboolean stays;    /* lines end where the thing ends */
  uint32_t seed;
} LineWork;

/* lines_draw:
 * Calls @draw for each line, from its one end to its other; the knots are half
 * a pitch wide. */
void lines_draw (const Scene    *scene,
                 Stroke         *stroke,
                 const LineWork *work,
                 void (*draw) (void *data, Knot *knots, int n_knots),
                 void *data);
