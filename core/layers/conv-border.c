/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-border.c: the extra gradient of a convolution with replicate padding, at
 * the border
 *
 * In one dimension the gradient at pixel p is the sum over taps k of dy at p +
 * k - 1; the first pixel also gets dy at itself by tap 2, the last by tap 0. In
 * two dimensions, rows and columns multiply out: the first and last row get
 * their part with all columns, the first and last column with the rows that
 * exist.
 */
#include "conv-border.h"

#include "core/kernels/kernels.h"

#define BLOCK 48 /* pixels of a side in a task */

/* In this order, so that opposite ones are neighbors. */
enum
{
  LEFT,
  RIGHT,
  TOP,
  BOTTOM,
  SIDES
};

struct _PstBorder
{
  int    in_channels;
  int    out_channels;
  int    padded_out;     /* rounded up to groups */
  float *weights[SIDES]; /* each packed [3][in][padded_out] */
};

/* ---- weights ------------------------------------------------------------ */

/* The taps of a side, along it: a row or a column of the kernel. */
static void
pack_side (PstBorder *border, int side, const float *weight, float *taps)
{
  gsize n = (gsize) border->in_channels * border->out_channels;

  for (int k = 0; k < 3; k++)
    {
      int across = side == LEFT || side == TOP ? 2 : 0;
      int tap = side < TOP ? 3 * k + across : 3 * across + k;

      for (gsize i = 0; i < n; i++)
        taps[k * n + i] = weight[tap * n + i];
    }
  pst_kernels_pack (3 * border->in_channels, border->out_channels, taps,
                    border->weights[side]);
}

PstBorder *
pst_border_new (int in_channels, int out_channels, const float *weight)
{
  PstBorder        *border = g_new0 (PstBorder, 1);
  gsize             depth = 3 * (gsize) in_channels;
  g_autofree float *taps = g_try_new (float, depth *out_channels);
  gboolean          ready = taps != NULL;

  border->in_channels = in_channels;
  border->out_channels = out_channels;
  border->padded_out = PST_ROUND_CHANNELS (out_channels);
  for (int side = 0; ready && side < SIDES; side++)
    {
      border->weights[side] = g_try_new (float, depth * border->padded_out);
      ready = border->weights[side] != NULL;
      if (ready)
        pack_side (border, side, weight, taps);
    }
  if (! ready)
    g_clear_pointer (&border, pst_border_free);
  return border;
}

void
pst_border_free (PstBorder *border)
{
  if (! border)
    return;

  for (int side = 0; side < SIDES; side++)
    g_free (border->weights[side]);
  g_free (border);
}

/* ---- running ------------------------------------------------------------ */

typedef struct
{
  const PstBorder   *border;
  const PstConvWork *work;
  int                begin; /* pixels along the sides */
  int                end;
  gboolean           sides[SIDES]; /* to be done */
} Job;

gsize
pst_border_scratch (const PstBorder *border)
{
  return BLOCK * (3 * (gsize) border->in_channels + border->padded_out);
}

/* The pixel at place @at of a side. */
static void
find_pixel (const Job *job, int side, int at, int *ret_row, int *ret_column)
{
  int last_row = job->work->source.height - 1;
  int last_column = job->work->source.width - 1;

  *ret_row = side < TOP ? at : side == TOP ? 0 : last_row;
  *ret_column = side >= TOP ? at : side == LEFT ? 0 : last_column;
}

static void
add_side (const Job *job, int side, int first, int count, float *windows)
{
  const PstBorder     *border = job->border;
  const PstConvOutput *output = &job->work->output;
  gsize                width = job->work->source.width;
  int                  depth = 3 * border->in_channels;
  float               *sums = windows + (gsize) BLOCK * depth;
  int                  row, column;

  for (int i = 0; i < count; i++)
    {
      find_pixel (job, side, first + i, &row, &column);
      pst_window_gather_side (&job->work->source, row, column, side >= TOP,
                              windows + (gsize) i * depth);
    }
  pst_kernels_get ()->gemm (&(PstProduct){ .rows = count,
                                           .columns = border->padded_out,
                                           .depth = depth,
                                           .a = windows,
                                           .a_stride = depth,
                                           .b = border->weights[side],
                                           .c = sums,
                                           .c_stride = border->padded_out });
  for (int i = 0; i < count; i++, sums += border->padded_out)
    {
      float *y;

      find_pixel (job, side, first + i, &row, &column);
      y = output->y
          + ((row - output->top) * width + column) * border->out_channels;
      for (int o = 0; o < border->out_channels; o++)
        y[o] += sums[o];
    }
}

/* Opposite sides, which in a picture of one row or column are the same
 * pixels. */
static void
run_block (void *data, int index, int worker)
{
  const Job *job = data;
  int        first = job->begin + index * BLOCK;
  int        count = MIN (BLOCK, job->end - first);

  for (int side = 0; side < SIDES; side++)
    if (job->sides[side])
      add_side (job, side, first, count,
                job->work->scratch + worker * job->work->scratch_size);
}

static void
run (const Job *job)
{
  pst_workers_run (job->work->workers,
                   (job->end - job->begin + BLOCK - 1) / BLOCK, run_block,
                   (gpointer) job);
}

void
pst_border_add (const PstBorder *border, const PstConvWork *work)
{
  Job columns = { .border = border,
                  .work = work,
                  .begin = work->begin,
                  .end = work->end,
                  .sides = { [LEFT] = TRUE, [RIGHT] = TRUE } };
  Job rows = { .border = border,
               .work = work,
               .end = work->source.width,
               .sides = { [TOP] = work->begin == 0,
                          [BOTTOM] = work->end == work->source.height } };

  run (&columns);
  if (rows.sides[TOP] || rows.sides[BOTTOM])
    run (&rows);
}
