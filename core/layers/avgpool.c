/* SPDX-License-Identifier: GPL-3.0-or-later */
/* avgpool.c: average pooling of 2x2, stride 2, and its gradient
 *
 * One task per row of the small side.
 */
#include "avgpool.h"

typedef struct
{
  PstShape     large;
  PstShape     small;
  const float *from; /* rows from_top and following */
  int          from_top;
  float       *to;
  int          to_top;
  gboolean     add;   /* backward */
  int          begin; /* first row of the small side */
} Job;

PstShape
pst_pool_shape (PstShape x)
{
  return (PstShape){ .height = (x.height + 1) / 2,
                     .width = (x.width + 1) / 2,
                     .channels = x.channels };
}

/* Pixels of the large side in window @index of a line of @n. */
static int
window_size (int n, int index)
{
  return MIN (2, n - 2 * index);
}

static void
average_window (const Job *job, int y, int x)
{
  int          channels = job->large.channels;
  gsize        pixel = channels;
  gsize        row = (gsize) job->large.width * channels;
  const float *window =
    job->from + (2 * y - job->from_top) * row + 2 * x * pixel;
  float *mean =
    job->to + ((gsize) (y - job->to_top) * job->small.width + x) * pixel;
  /* A missing neighbour is replaced by the pixel beside it: the same mean. */
  gsize right = window_size (job->large.width, x) == 2 ? pixel : 0;
  gsize below = window_size (job->large.height, y) == 2 ? row : 0;

  for (int c = 0; c < channels; c++)
    mean[c] = 0.25f
              * ((window[c] + window[right + c])
                 + (window[below + c] + window[below + right + c]));
}

static void
forward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->small.width; x++)
    average_window (job, job->begin + index, x);
}

static void
spread_window (const Job *job, int y, int x)
{
  int          channels = job->large.channels;
  int          rows = window_size (job->large.height, y);
  int          columns = window_size (job->large.width, x);
  float        share = 1.0f / (rows * columns);
  const float *mean =
    job->from + ((gsize) (y - job->from_top) * job->small.width + x) * channels;

  for (int r = 0; r < rows; r++)
    {
      float *to =
        job->to
        + ((gsize) (2 * y + r - job->to_top) * job->large.width + 2 * x)
            * channels;

      for (int k = 0; k < columns; k++, to += channels)
        for (int c = 0; c < channels; c++)
          to[c] = share * mean[c] + (job->add ? to[c] : 0);
    }
}

static void
backward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->small.width; x++)
    spread_window (job, job->begin + index, x);
}

void
pst_pool_forward (PstWorkers  *workers,
                  PstShape     shape,
                  const float *x,
                  int          x_top,
                  float       *y,
                  int          y_top,
                  int          begin,
                  int          end)
{
  Job job = { .large = shape,
              .small = pst_pool_shape (shape),
              .from = x,
              .from_top = x_top,
              .to = y,
              .to_top = y_top,
              .begin = begin };

  pst_workers_run (workers, end - begin, forward_row, &job);
}

void
pst_pool_backward (PstWorkers  *workers,
                   PstShape     shape,
                   const float *dy,
                   int          dy_top,
                   float       *dx,
                   int          dx_top,
                   gboolean     add,
                   int          begin,
                   int          end)
{
  Job job = { .large = shape,
              .small = pst_pool_shape (shape),
              .from = dy,
              .from_top = dy_top,
              .to = dx,
              .to_top = dx_top,
              .add = add,
              .begin = begin / 2 };

  pst_workers_run (workers, (end + 1) / 2 - begin / 2, backward_row, &job);
}
