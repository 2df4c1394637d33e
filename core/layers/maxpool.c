/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maxpool.c: the largest of a window, stride 2, and its gradient
 *
 * One task per row of what is made.
 */
#include "maxpool.h"

#include <string.h>

#include "avgpool.h"

typedef struct
{
  PstShape      large;
  PstShape      small;
  int           size;
  const float  *from; /* rows from_top and following */
  int           from_top;
  float        *to;
  int           to_top;
  guint8       *argmax; /* of the small side, written forward; or NULL */
  const guint8 *argmax_read;
  int           argmax_top;
  gboolean      add;
  int           begin;
} Job;

/* How far windows begin before twice their number. */
static int
before (const Job *job)
{
  return (job->size - 1) / 2;
}

/* Pixel @x of row @y, which are rows @top and following. */
static gsize
index_of (PstShape shape, int top, int y, int x)
{
  return ((gsize) (y - top) * shape.width + x) * shape.channels;
}

/* ---- forward ------------------------------------------------------------ */

/* Takes what is larger in pixel (@y, @x), number @place of the window. */
static void
compare (const Job *job,
         int        y,
         int        x,
         int        place,
         float     *largest,
         guint8    *argmax)
{
  const float *pixel = job->from + index_of (job->large, job->from_top, y, x);

  for (int c = 0; c < job->large.channels; c++)
    if (pixel[c] > largest[c])
      {
        largest[c] = pixel[c];
        if (argmax)
          argmax[c] = place;
      }
}

static void
take_largest (const Job *job, int row, int column)
{
  int     top = 2 * row - before (job);
  int     left = 2 * column - before (job);
  float  *largest = job->to + index_of (job->small, job->to_top, row, column);
  guint8 *argmax = NULL;

  if (job->argmax)
    {
      argmax =
        job->argmax + index_of (job->small, job->argmax_top, row, column);
      memset (argmax, 0, job->small.channels);
    }
  for (int c = 0; c < job->small.channels; c++)
    largest[c] = -G_MAXFLOAT;
  for (int place = 0; place < job->size * job->size; place++)
    {
      int y = top + place / job->size;
      int x = left + place % job->size;

      if (y >= 0 && y < job->large.height && x >= 0 && x < job->large.width)
        compare (job, y, x, place, largest, argmax);
    }
}

static void
forward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->small.width; x++)
    take_largest (job, job->begin + index, x);
}

void
pst_maxpool_forward (PstWorkers  *workers,
                     PstShape     shape,
                     int          size,
                     const float *x,
                     int          x_top,
                     float       *y,
                     int          y_top,
                     guint8      *argmax,
                     int          argmax_top,
                     int          begin,
                     int          end)
{
  Job job = { .large = shape,
              .small = pst_pool_shape (shape),
              .size = size,
              .from = x,
              .from_top = x_top,
              .to = y,
              .to_top = y_top,
              .argmax = argmax,
              .argmax_top = argmax_top,
              .begin = begin };

  pst_workers_run (workers, end - begin, forward_row, &job);
}

/* ---- backward ----------------------------------------------------------- */

/* Adds what window (@row, @column) gives to the pixel that is number @place in
 * it. */
static void
give_back (const Job *job, int row, int column, int place, float *dx)
{
  const float *dy =
    job->from + index_of (job->small, job->from_top, row, column);
  const guint8 *argmax =
    job->argmax_read + index_of (job->small, job->argmax_top, row, column);

  for (int c = 0; c < job->small.channels; c++)
    if (argmax[c] == place)
      dx[c] += dy[c];
}

static void
backward_pixel (const Job *job, int y, int x)
{
  float *dx = job->to + index_of (job->large, job->to_top, y, x);

  if (! job->add)
    memset (dx, 0, sizeof (float) * job->large.channels);

  /* The windows that the pixel lies in: those that begin less than their size
   * before it. */
  for (int row = MAX (0, y + before (job) - job->size + 2) / 2;
       row <= (y + before (job)) / 2 && row < job->small.height; row++)
    for (int column = MAX (0, x + before (job) - job->size + 2) / 2;
         column <= (x + before (job)) / 2 && column < job->small.width;
         column++)
      give_back (job, row, column,
                 (y + before (job) - 2 * row) * job->size + x + before (job)
                   - 2 * column,
                 dx);
}

static void
backward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->large.width; x++)
    backward_pixel (job, job->begin + index, x);
}

void
pst_maxpool_backward (PstWorkers   *workers,
                      PstShape      shape,
                      int           size,
                      const float  *dy,
                      int           dy_top,
                      const guint8 *argmax,
                      int           argmax_top,
                      float        *dx,
                      int           dx_top,
                      gboolean      add,
                      int           begin,
                      int           end)
{
  Job job = { .large = shape,
              .small = pst_pool_shape (shape),
              .size = size,
              .from = dy,
              .from_top = dy_top,
              .to = dx,
              .to_top = dx_top,
              .argmax_read = argmax,
              .argmax_top = argmax_top,
              .add = add,
              .begin = begin };

  pst_workers_run (workers, end - begin, backward_row, &job);
}
