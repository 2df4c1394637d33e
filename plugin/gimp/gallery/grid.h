/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.h: where the cells of a gallery are
 *
 * Cells follow one another in rows.  A section begins with a heading across all
 * columns, and a row of its own.  Knows neither GIMP nor the toolkit.
 */
#pragma once

#include <glib.h>

/* In pixels. */
typedef struct
{
  int cell_width;
  int cell_height;
  int spacing; /* around and between cells */
  int heading; /* height */
} PstGridSizes;

typedef struct
{
  int x; /* upper left corner */
  int y;
} PstGridCell;

/* Empty when it is zero. */
typedef struct
{
  PstGridSizes sizes;
  PstGridCell *cells; /* owned */
  int          n_cells;
  int          n_columns;
  int          height; /* of all */
} PstGrid;

/* pst_grid_lay_out:
 * @starts: for each cell, whether a section begins with it, whose heading is
 *   sizes->heading pixels above the cell
 * @width: of the view, at least one column; what is left of it makes the cells
 *   wider than @sizes, see @grid->sizes */
void pst_grid_lay_out (PstGrid            *grid,
                       const PstGridSizes *sizes,
                       const gboolean     *starts,
                       int                 n_cells,
                       int                 width);

/* The cell at a point; -1: none. */
int pst_grid_find (const PstGrid *grid, int x, int y);

/* pst_grid_move:
 * The cell that the keyboard leads to from @cell; @cell itself at the end.
 * @columns, @rows: to the right, down, or, negative, back; one of both is 0.
 * Right from the end of a row goes on in the next one; down where there is
 * nothing below goes to the nearest. */
int pst_grid_move (const PstGrid *grid, int cell, int columns, int rows);

/* Those of which something is seen from @top to @bottom; none if *@ret_first is
 * *@ret_end. */
void pst_grid_get_visible (const PstGrid *grid,
                           int            top,
                           int            bottom,
                           int           *ret_first,
                           int           *ret_end);

void pst_grid_clear (PstGrid *grid);
