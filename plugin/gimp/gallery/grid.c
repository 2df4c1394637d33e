/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.c: where the cells of a gallery are */
#include "grid.h"

void
pst_grid_lay_out (PstGrid            *grid,
                  const PstGridSizes *sizes,
                  const gboolean     *starts,
                  int                 n_cells,
                  int                 width)
{
  const int step_y = sizes->cell_height + sizes->spacing;
  int       step_x = sizes->cell_width + sizes->spacing;
  int       n_columns = MAX ((width - sizes->spacing) / step_x, 1);
  int       column = 0;
  int       y = sizes->spacing;

  step_x = MAX ((width - sizes->spacing) / n_columns, step_x);
  pst_grid_clear (grid);
  grid->sizes = *sizes;
  grid->sizes.cell_width = step_x - sizes->spacing;
  grid->cells = g_new (PstGridCell, n_cells);
  grid->n_cells = n_cells;
  grid->n_columns = n_columns;
  for (int i = 0; i < n_cells; i++)
    {
      if (column == n_columns || (starts[i] && column > 0))
        {
          column = 0;
          y += step_y;
        }
      if (starts[i])
        y += sizes->heading;
      grid->cells[i] = (PstGridCell){ sizes->spacing + column * step_x, y };
      column++;
    }
  grid->height = n_cells > 0 ? y + step_y : 0;
}

int
pst_grid_find (const PstGrid *grid, int x, int y)
{
  int first, end;

  pst_grid_get_visible (grid, y, y + 1, &first, &end);
  for (int i = first; i < end; i++)
    if (x >= grid->cells[i].x && x < grid->cells[i].x + grid->sizes.cell_width)
      return i;
  return -1;
}

/* Of the row that @cell is in, that nearest to @x. */
static int
find_nearest (const PstGrid *grid, int cell, int x)
{
  int nearest = cell;

  for (int i = 0; i < grid->n_cells; i++)
    if (grid->cells[i].y == grid->cells[cell].y
        && ABS (grid->cells[i].x - x) < ABS (grid->cells[nearest].x - x))
      nearest = i;
  return nearest;
}

static int
move_row (const PstGrid *grid, int cell, int direction)
{
  int other = cell;

  while (other >= 0 && other < grid->n_cells
         && grid->cells[other].y == grid->cells[cell].y)
    other += direction;
  return other < 0 || other == grid->n_cells
           ? cell
           : find_nearest (grid, other, grid->cells[cell].x);
}

int
pst_grid_move (const PstGrid *grid, int cell, int columns, int rows)
{
  for (int i = 0; i < ABS (rows); i++)
    cell = move_row (grid, cell, rows > 0 ? 1 : -1);
  return CLAMP (cell + columns, 0, grid->n_cells - 1);
}

void
pst_grid_get_visible (const PstGrid *grid,
                      int            top,
                      int            bottom,
                      int           *ret_first,
                      int           *ret_end)
{
  int first = 0;
  int end;

  while (first < grid->n_cells
         && grid->cells[first].y + grid->sizes.cell_height <= top)
    first++;
  for (end = first; end < grid->n_cells && grid->cells[end].y < bottom;)
    end++;
  *ret_first = first;
  *ret_end = end;
}

void
pst_grid_clear (PstGrid *grid)
{
  g_free (grid->cells);
  *grid = (PstGrid){ 0 };
}
