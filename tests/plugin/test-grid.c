/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-grid.c: where the cells of a gallery are, and where the keys lead */
#include "check.h"
#include "plugin/gimp/gallery/grid.h"

#define MAX_CELLS 60
#define N_GRIDS   200

static const PstGridSizes sizes = { 82, 96, 4, 20 };

/* ---- random grids ------------------------------------------------------- */

typedef struct
{
  PstGrid  grid;
  gboolean starts[MAX_CELLS];
  int      n_cells;
  int      width;
} Case;

static void
make_case (Case *one, CheckRandom *random)
{
  *one = (Case){ .n_cells = check_random_int (random, 0, MAX_CELLS),
                 .width = check_random_int (random, 1, 700) };
  for (int i = 0; i < one->n_cells; i++)
    one->starts[i] = check_random_int (random, 0, 5) == 0;
  pst_grid_lay_out (&one->grid, &sizes, one->starts, one->n_cells, one->width);
  g_assert_cmpint (one->grid.n_cells, ==, one->n_cells);
}

static void
for_each_case (void (*check) (const Case *one))
{
  CheckRandom random;

  check_random_init (&random, 1);
  for (int i = 0; i < N_GRIDS; i++)
    {
      Case one;

      make_case (&one, &random);
      check (&one);
      pst_grid_clear (&one.grid);
    }
}

/* Whether the two rectangles of a cell's size, and of the heading's above it,
 * have a point in common. */
static gboolean
overlap (const Case *one, int a, int b)
{
  const PstGridCell *cell_a = &one->grid.cells[a];
  const PstGridCell *cell_b = &one->grid.cells[b];
  int                top_a = cell_a->y - (one->starts[a] ? sizes.heading : 0);
  int                top_b = cell_b->y - (one->starts[b] ? sizes.heading : 0);

  return ABS (cell_a->x - cell_b->x) < one->grid.sizes.cell_width
         && top_a < cell_b->y + sizes.cell_height
         && top_b < cell_a->y + sizes.cell_height;
}

/* ---- the layout --------------------------------------------------------- */

static void
check_layout (const Case *one)
{
  const PstGridCell *cells = one->grid.cells;
  int                bottom = 0;

  for (int i = 0; i < one->n_cells; i++)
    {
      g_assert_cmpint (cells[i].x, >=, 0);
      g_assert_cmpint (cells[i].y, >=, one->starts[i] ? sizes.heading : 0);
      if (one->grid.n_columns > 1)
        g_assert_cmpint (cells[i].x + one->grid.sizes.cell_width, <=,
                         one->width);
      if (one->starts[i])
        g_assert_cmpint (cells[i].x, ==, cells[0].x);
      if (i > 0) /* in the order of reading */
        g_assert_true (
          cells[i].y > cells[i - 1].y
          || (cells[i].y == cells[i - 1].y && cells[i].x > cells[i - 1].x));
      for (int j = 0; j < i; j++)
        g_assert_false (overlap (one, i, j));
      bottom = MAX (bottom, cells[i].y + sizes.cell_height);
    }
  g_assert_cmpint (one->grid.height, >=, bottom);
  g_assert_cmpint (one->grid.height, <=, bottom + sizes.spacing);
}

static void
test_layout (void)
{
  for_each_case (check_layout);
}

/* As many columns as there is room for, which they fill. */
static void
test_columns (void)
{
  static const gboolean starts[6] = { FALSE };
  PstGrid               grid = { 0 };

  pst_grid_lay_out (&grid, &sizes, starts, 6, 4 + 3 * 86);
  g_assert_cmpint (grid.n_columns, ==, 3);
  g_assert_cmpint (grid.cells[3].x, ==, 4);
  g_assert_cmpint (grid.cells[3].y, ==, 4 + 100);
  pst_grid_lay_out (&grid, &sizes, starts, 6, 4 + 3 * 86 - 1);
  g_assert_cmpint (grid.n_columns, ==, 2);
  g_assert_cmpint (grid.sizes.cell_width, ==, (4 + 3 * 86 - 1 - 3 * 4) / 2);
  g_assert_cmpint (grid.cells[1].x, ==, 4 + grid.sizes.cell_width + 4);
  pst_grid_clear (&grid);
}

/* ---- what is at a place ------------------------------------------------- */

static void
check_find (const Case *one)
{
  for (int i = 0; i < one->n_cells; i++)
    {
      int x = one->grid.cells[i].x;
      int y = one->grid.cells[i].y;

      g_assert_cmpint (pst_grid_find (&one->grid, x, y), ==, i);
      g_assert_cmpint (pst_grid_find (&one->grid,
                                      x + one->grid.sizes.cell_width - 1,
                                      y + sizes.cell_height - 1),
                       ==, i);
      g_assert_cmpint (pst_grid_find (&one->grid, x - 1, y), ==, -1);
      g_assert_cmpint (pst_grid_find (&one->grid, x, y - 1), ==, -1);
    }
  g_assert_cmpint (pst_grid_find (&one->grid, 1, one->grid.height + 50), ==,
                   -1);
}

static void
test_find (void)
{
  for_each_case (check_find);
}

static void
check_visible (const Case *one)
{
  for (int top = -50; top < one->grid.height + 100; top += 37)
    {
      int first, end;

      pst_grid_get_visible (&one->grid, top, top + 150, &first, &end);
      for (int i = 0; i < one->n_cells; i++)
        {
          int      y = one->grid.cells[i].y;
          gboolean is_seen = y < top + 150 && y + sizes.cell_height > top;

          g_assert_cmpint (i >= first && i < end, ==, is_seen);
        }
    }
}

static void
test_visible (void)
{
  for_each_case (check_visible);
}

/* ---- where the keys lead ------------------------------------------------ */

/* Two sections in rows of three:  0 1 2 / 3 4 / 5 6 7 / 8 */
static void
test_move (void)
{
  static const gboolean starts[9] = { [0] = TRUE, [5] = TRUE };
  PstGrid               grid = { 0 };

  pst_grid_lay_out (&grid, &sizes, starts, 9, 4 + 3 * 86);

  g_assert_cmpint (pst_grid_move (&grid, 2, 1, 0), ==, 3);
  g_assert_cmpint (pst_grid_move (&grid, 3, -1, 0), ==, 2);
  g_assert_cmpint (pst_grid_move (&grid, 0, -1, 0), ==, 0);
  g_assert_cmpint (pst_grid_move (&grid, 8, 1, 0), ==, 8);

  g_assert_cmpint (pst_grid_move (&grid, 1, 0, 1), ==, 4);
  g_assert_cmpint (pst_grid_move (&grid, 2, 0, 1), ==, 4);
  g_assert_cmpint (pst_grid_move (&grid, 4, 0, 1), ==, 6);
  g_assert_cmpint (pst_grid_move (&grid, 7, 0, 1), ==, 8);
  g_assert_cmpint (pst_grid_move (&grid, 8, 0, 1), ==, 8);

  g_assert_cmpint (pst_grid_move (&grid, 7, 0, -1), ==, 4);
  g_assert_cmpint (pst_grid_move (&grid, 5, 0, -1), ==, 3);
  g_assert_cmpint (pst_grid_move (&grid, 4, 0, -1), ==, 1);
  g_assert_cmpint (pst_grid_move (&grid, 1, 0, -1), ==, 1);

  g_assert_cmpint (pst_grid_move (&grid, 0, 0, 3), ==, 8);
  g_assert_cmpint (pst_grid_move (&grid, 1, 0, 9), ==, 8);
  g_assert_cmpint (pst_grid_move (&grid, 8, 0, -9), ==, 0);
  pst_grid_clear (&grid);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/grid/layout", test_layout);
  g_test_add_func ("/grid/columns", test_columns);
  g_test_add_func ("/grid/find", test_find);
  g_test_add_func ("/grid/visible", test_visible);
  g_test_add_func ("/grid/move", test_move);
  return g_test_run ();
}
