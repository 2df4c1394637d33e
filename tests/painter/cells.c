/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.c: a surface divided into cells that follow a scene's directions */
#include "cells.h"

#include <math.h>
#include <string.h>

#include "numbers.h"

#define ROUNDS 7

typedef struct
{
  const Scene *scene;
  Cells       *cells;
  double       pitch; /* pixels */
  double       stretch;
  gboolean     square;
  int          columns, rows; /* of the grid of buckets, pitch wide */
  int         *first;         /* [rows][columns]: cell, -1: none */
  int         *next;          /* of each cell */
} Division;

static double
distance_to (const Division *division, const Cell *cell, double x, double y)
{
  double right = x - cell->x;
  double down = y - cell->y;
  double along = fabs (right * cell->right + down * cell->down);
  double across = fabs (down * cell->right - right * cell->down);

  along /= division->stretch;
  across *= division->stretch;

  if (! division->square)
    return length_of (along, across);
  return fmax (along, across) + 0.25 * fmin (along, across);
}

static void
turn (const Scene *scene, Cell *cell)
{
  double angle = scene_angle (scene, cell->x, cell->y);

  cell->right = cosine (angle);
  cell->down = sine (angle);
}

static void
fill_buckets (Division *division)
{
  Cells *cells = division->cells;

  for (int i = 0; i < division->columns * division->rows; i++)
    division->first[i] = -1;
  for (int i = 0; i < cells->n_cells; i++)
    {
      int column = (int) clamp (cells->cells[i].x / division->pitch, 0.0,
                                division->columns - 1);
      int row = (int) clamp (cells->cells[i].y / division->pitch, 0.0,
                             division->rows - 1);
      int bucket = row * division->columns + column;

      division->next[i] = division->first[bucket];
      division->first[bucket] = i;
    }
}

/* Sets what is nearest to the pixel at (@column, @row). */
static void
find_nearest (const Division *division, int column, int row)
{
  Cells *cells = division->cells;
  int    at = row * division->scene->width + column;
  int    middle_x = (int) (column / division->pitch);
  int    middle_y = (int) (row / division->pitch);
  double best = 1e9;
  double second = 1e9;

  for (int y = MAX (middle_y - 2, 0);
       y <= MIN (middle_y + 2, division->rows - 1); y++)
    for (int x = MAX (middle_x - 2, 0);
         x <= MIN (middle_x + 2, division->columns - 1); x++)
      for (int i = division->first[y * division->columns + x]; i >= 0;
           i = division->next[i])
        {
          double away =
            distance_to (division, &cells->cells[i], column + 0.5, row + 0.5);

          if (away < best)
            {
              second = best;
              best = away;
              cells->nearest[at] = i;
            }
          else if (away < second)
            second = away;
        }
  cells->margin[at] = (float) ((second - best) / (0.5 * division->pitch));
}

/* @step: between the pixels that are looked at */
static void
find_all (Division *division, int step)
{
  fill_buckets (division);
  for (int row = 0; row < division->scene->height; row += step)
    for (int column = 0; column < division->scene->width; column += step)
      find_nearest (division, column, row);
}

/* Moves each cell to the middle of the pixels nearest to it. */
static void
relax (Division *division, int step)
{
  const Scene *scene = division->scene;
  Cells       *cells = division->cells;
  double      *sums = g_new0 (double, 3 * cells->n_cells);

  find_all (division, step);
  for (int row = 0; row < scene->height; row += step)
    for (int column = 0; column < scene->width; column += step)
      {
        double *sum = sums + 3 * cells->nearest[row * scene->width + column];

        sum[0] += column + 0.5;
        sum[1] += row + 0.5;
        sum[2] += 1.0;
      }
  for (int i = 0; i < cells->n_cells; i++)
    {
      Cell *cell = &cells->cells[i];

      if (sums[3 * i + 2] < 1.0)
        continue;
      cell->x = sums[3 * i] / sums[3 * i + 2];
      cell->y = sums[3 * i + 1] / sums[3 * i + 2];
      turn (scene, cell);
    }
  g_free (sums);
}

static void
scatter (Division *division, uint32_t seed)
{
  const Scene *scene = division->scene;
  Cells       *cells = division->cells;
  uint32_t     random = seed;

  cells->n_cells = division->columns * division->rows;
  cells->cells = g_new (Cell, cells->n_cells);
  for (int i = 0; i < cells->n_cells; i++)
    {
      double x =
        (i % division->columns + next_random (&random)) * division->pitch;
      double y =
        (i / division->columns + next_random (&random)) * division->pitch;

      x = fmin (x, scene->width - 1.0);
      y = fmin (y, scene->height - 1.0);
      cells->cells[i] = (Cell){ .x = x, .y = y };
      turn (scene, &cells->cells[i]);
    }
}

Cells *
cells_new (const Scene *scene,
           double       size,
           double       stretch,
           gboolean     square,
           uint32_t     seed)
{
  Cells   *cells = g_new0 (Cells, 1);
  Division division = { scene, cells, size * scene->px, stretch, square };

  division.columns = (int) ceil (scene->width / division.pitch);
  division.rows = (int) ceil (scene->height / division.pitch);
  cells->nearest = g_new0 (int, scene->width * scene->height);
  cells->margin = g_new0 (float, scene->width * scene->height);
  scatter (&division, seed);
  division.first = g_new (int, division.columns *division.rows);
  division.next = g_new (int, cells->n_cells);
  for (int i = 0; i < ROUNDS; i++)
    relax (&division, 3);
  find_all (&division, 1);
  g_free (division.first);
  g_free (division.next);
  return cells;
}

void
cells_free (Cells *cells)
{
  g_free (cells->cells);
  g_free (cells->nearest);
  g_free (cells->margin);
  g_free (cells);
}
