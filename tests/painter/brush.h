/* SPDX-License-Identifier: GPL-3.0-or-later */
/* brush.h: a scene in strokes of a bristle brush
 *
 * Sizes in pixels of a picture 800 wide.
 */
#pragma once

#include "stroke.h"

typedef struct
{
  double   spacing; /* one stroke for each square of this side */
  double   length;
  double   half;      /* of a stroke's width */
  double   light;     /* how much strokes differ in light */
  double   warm;      /* and in warmth */
  double   bristles;  /* and bristles within a stroke, in light */
  double   thickness; /* of the paint */
  double   dry;       /* how soon bristles run dry, 0..1 */
  double   turn;      /* how far strokes are turned by chance, radians */
  double   detail;    /* only where the scene's tone differs by as much from
                       * its surroundings; 0: everywhere */
  gboolean stays;     /* strokes end where the thing ends */
  uint32_t seed;
} BrushWork;

/* brush_cover:
 * Paints the scene in @n_layers layers of strokes, one over the other. */
void brush_cover (Sheet           *sheet,
                  const Scene     *scene,
                  const BrushWork *layers,
                  int              n_layers);
