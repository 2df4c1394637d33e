/* SPDX-License-Identifier: GPL-3.0-or-later */
/* anchor.c: holds what a coarser scale painted while a finer one adds
 * brushwork */
#include "anchor.h"

/* Pixels of a picture. */
typedef struct
{
  int x, y;
  int width, height;
} Block;

static int
blocks (int side)
{
  return (side + PST_ANCHOR_BLOCK - 1) / PST_ANCHOR_BLOCK;
}

void
pst_anchor_init (PstAnchor *anchor, PstArena *arena, int height, int width)
{
  anchor->height = height;
  anchor->width = width;
  anchor->means =
    pst_arena_floats (arena, 3 * (gsize) blocks (height) * blocks (width));
  anchor->sums = pst_arena_doubles (arena, blocks (height));
}

static Block
block_at (const PstAnchor *anchor, int row, int column)
{
  Block block = { .x = column * PST_ANCHOR_BLOCK, .y = row * PST_ANCHOR_BLOCK };

  block.width = MIN (PST_ANCHOR_BLOCK, anchor->width - block.x);
  block.height = MIN (PST_ANCHOR_BLOCK, anchor->height - block.y);
  return block;
}

static void
block_mean (const PstAnchor *anchor,
            const Block     *block,
            const float     *x,
            float            ret_mean[3])
{
  float sum[3] = { 0 };

  for (int py = block->y; py < block->y + block->height; py++)
    for (int px = block->x; px < block->x + block->width; px++)
      for (int c = 0; c < 3; c++)
        sum[c] += x[3 * ((gsize) py * anchor->width + px) + c];
  for (int c = 0; c < 3; c++)
    ret_mean[c] = sum[c] / (block->width * block->height);
}

/* ---- the picture that is held ------------------------------------------- */

typedef struct
{
  const PstAnchor *anchor;
  const float     *x;
  float           *dx;
  double           slope; /* d loss / d mean = slope * difference */
} Run;

static void
set_row (void *data, int row, int worker)
{
  const Run *run = data;
  int        n = blocks (run->anchor->width);
  float     *means = run->anchor->means + 3 * (gsize) row * n;

  for (int column = 0; column < n; column++)
    {
      Block block = block_at (run->anchor, row, column);

      block_mean (run->anchor, &block, run->x, means + 3 * column);
    }
}

void
pst_anchor_set (PstAnchor *anchor, PstWorkers *workers, const float *x)
{
  Run run = { .anchor = anchor, .x = x };

  pst_workers_run (workers, blocks (anchor->height), set_row, &run);
}

/* ---- the loss ----------------------------------------------------------- */

static void
add_gradient (const PstAnchor *anchor,
              const Block     *block,
              const float      gradient[3],
              float           *dx)
{
  for (int py = block->y; py < block->y + block->height; py++)
    for (int px = block->x; px < block->x + block->width; px++)
      for (int c = 0; c < 3; c++)
        dx[3 * ((gsize) py * anchor->width + px) + c] += gradient[c];
}

static void
add_row (void *data, int row, int worker)
{
  const Run   *run = data;
  int          n = blocks (run->anchor->width);
  const float *means = run->anchor->means + 3 * (gsize) row * n;
  double       sum = 0;

  for (int column = 0; column < n; column++)
    {
      Block block = block_at (run->anchor, row, column);
      float difference[3];

      block_mean (run->anchor, &block, run->x, difference);
      for (int c = 0; c < 3; c++)
        {
          difference[c] -= means[3 * column + c];
          sum += (double) difference[c] * difference[c];
          difference[c] *= run->slope / (block.width * block.height);
        }
      add_gradient (run->anchor, &block, difference, run->dx);
    }
  run->anchor->sums[row] = sum;
}

double
pst_anchor_loss (const PstAnchor *anchor,
                 PstWorkers      *workers,
                 const float     *x,
                 double           weight,
                 float           *dx)
{
  int    n_rows = blocks (anchor->height);
  double n = 3.0 * n_rows * blocks (anchor->width);
  Run    run = { .anchor = anchor, .x = x, .dx = dx, .slope = 2 * weight / n };
  double sum = 0;

  pst_workers_run (workers, n_rows, add_row, &run);
  for (int row = 0; row < n_rows; row++)
    sum += anchor->sums[row];
  return sum / n;
}
