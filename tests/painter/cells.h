/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.h: a surface divided into cells that follow a scene's directions
 *
 * Voronoi cells of points that are moved to the middles of their cells a few
 * times (Lloyd), by a distance that is measured in squares turned with the
 * scene (Hausner, 2001).
 */
#pragma once

#include "scene.h"

typedef struct
{
  double x, y;        /* middle, pixels */
  double right, down; /* its direction, a unit vector */
} Cell;

typedef struct
{
  int    n_cells;
  Cell  *cells;
  int   *nearest; /* [height][width], index of the cell */
  float *margin;  /* [height][width]: how much further the next one is, in
                   * halves of a cell's width */
} Cells;

/* cells_new:
 * @size: between neighbors, pixels of a picture 800 wide
 * @stretch: how much longer they are along the directions
 * @square: whether cells are square, else round
 * The caller owns it. */
Cells *cells_new (const Scene *scene,
                  double       size,
                  double       stretch,
                  gboolean     square,
                  uint32_t     seed);
void   cells_free (Cells *cells);
