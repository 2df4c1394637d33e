/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-strided.c: convolution with stride 2, and its gradient to the input
 *
 * Forward, kernel windows are gathered as the rows of a matrix, as in
 * conv-gemm.c.  Backward, a pixel of the input has met only every other row and
 * column of the kernel; which ones depends on whether its own row and column
 * are even.  So there are four kinds of pixels, and for each kind the gradient
 * is a small convolution of stride 1 with a part of the kernel.
 *
 * One task per row of what is made; the layers are small.
 */
#include "conv-strided.h"

#include <string.h>

#include "core/kernels/blas.h"

#define BLOCK 64 /* pixels for which windows are gathered at a time */

/* The part of the kernel that pixels with even or odd rows and columns meet. */
typedef struct
{
  int    rows;
  int    columns;
  float *weight; /* [rows][columns][out][in], the last row and column of the
                  * kernel first, as dy is ordered */
} Part;

struct _PstStrided
{
  int    in;
  int    out;
  int    kernel;
  float *weight;   /* [kernel][kernel][in][out] */
  Part   parts[4]; /* 2 * (row is odd) + (column is odd) */
};

/* ---- lifecycle ---------------------------------------------------------- */

/* The first row of the kernel that pixels of an even (@odd: odd) row meet, and
 * how many there are, each two further. */
static int
first_met (int kernel, int odd)
{
  return (odd + kernel / 2) % 2;
}

static int
count_met (int kernel, int odd)
{
  return (kernel - first_met (kernel, odd) + 1) / 2;
}

/* Fills in part number @index from the file's order. */
static gboolean
make_part (PstStrided *strided, int index, const float *weight)
{
  Part *part = &strided->parts[index];
  int   kernel = strided->kernel;
  int   top = first_met (kernel, index / 2);
  int   left = first_met (kernel, index % 2);
  int   in = strided->in;
  int   out = strided->out;

  part->rows = count_met (kernel, index / 2);
  part->columns = count_met (kernel, index % 2);
  part->weight =
    g_try_new (float, MAX ((gsize) part->rows * part->columns * in * out, 1));
  for (int r = 0; part->weight && r < part->rows; r++)
    for (int c = 0; c < part->columns; c++)
      for (int o = 0; o < out; o++)
        for (int i = 0; i < in; i++)
          {
            int   row = top + 2 * (part->rows - 1 - r);
            int   column = left + 2 * (part->columns - 1 - c);
            gsize from =
              (((gsize) o * in + i) * kernel + row) * kernel + column;
            gsize to = (((gsize) r * part->columns + c) * out + o) * in + i;

            part->weight[to] = weight[from];
          }
  return part->weight != NULL;
}

static void
order_weights (PstStrided *strided, const float *weight)
{
  int k2 = strided->kernel * strided->kernel;

  for (int o = 0; o < strided->out; o++)
    for (int i = 0; i < strided->in; i++)
      for (int k = 0; k < k2; k++)
        strided->weight[((gsize) k * strided->in + i) * strided->out + o] =
          weight[((gsize) o * strided->in + i) * k2 + k];
}

PstStrided *
pst_strided_new (const PstConvSpec *spec, const float *weight)
{
  PstStrided *strided = g_new0 (PstStrided, 1);
  gboolean    ready;

  strided->in = spec->in_channels;
  strided->out = spec->out_channels;
  strided->kernel = spec->kernel;
  strided->weight =
    g_try_new (float, (gsize) spec->in_channels * spec->out_channels
                        * spec->kernel * spec->kernel);
  ready = strided->weight != NULL;
  for (int i = 0; ready && i < 4; i++)
    ready = make_part (strided, i, weight);
  if (! ready)
    {
      pst_strided_free (strided);
      return NULL;
    }

  order_weights (strided, weight);
  return strided;
}

void
pst_strided_free (PstStrided *strided)
{
  if (! strided)
    return;

  for (int i = 0; i < 4; i++)
    g_free (strided->parts[i].weight);
  g_free (strided->weight);
  g_free (strided);
}

/* ---- windows ------------------------------------------------------------ */

typedef struct
{
  const PstStrided  *strided;
  const PstConvWork *work;
  int                width; /* of what is made */
} Job;

/* @rows x @columns pixels of the source from @top, @left on, zeros where it has
 * none: [rows][columns][channels]. */
static void
gather (const PstSource *source,
        int              top,
        int              left,
        int              rows,
        int              columns,
        float           *window)
{
  gsize channels = source->channels;
  int   first = CLAMP (-left, 0, columns);
  int   count = CLAMP (source->width - left, 0, columns) - first;

  for (int row = top; row < top + rows; row++, window += columns * channels)
    {
      memset (window, 0, sizeof (float) * columns * channels);
      if (row >= 0 && row < source->height && count > 0)
        pst_window_copy (source, (gsize) row * source->width + left + first,
                         count, window + first * channels);
    }
}

/* ---- forward ------------------------------------------------------------ */

static void
forward_block (const Job *job, int row, int column, int count, float *windows)
{
  const PstStrided    *strided = job->strided;
  const PstConvOutput *output = &job->work->output;
  int                  kernel = strided->kernel;
  int                  reach = kernel / 2;
  int                  depth = kernel * kernel * strided->in;
  gsize                width = job->width;
  gsize                first = row * width + column;
  float *y = output->y + (first - output->top * width) * strided->out;

  for (int i = 0; i < count; i++)
    gather (&job->work->source, 2 * row - reach, 2 * (column + i) - reach,
            kernel, kernel, windows + (gsize) i * depth);
  pst_gemm (count, strided->out, depth, windows, depth, strided->weight,
            strided->out, 0.0f, y, strided->out);
  pst_window_finish (output, width, strided->out, first, count);
}

static void
forward_row (void *data, int index, int worker)
{
  const Job *job = data;
  float     *windows = job->work->scratch + worker * job->work->scratch_size;

  for (int column = 0; column < job->width; column += BLOCK)
    forward_block (job, job->work->begin + index, column,
                   MIN (BLOCK, job->width - column), windows);
}

void
pst_strided_forward (const PstStrided *strided, const PstConvWork *work)
{
  Job job = { .strided = strided,
              .work = work,
              .width = (work->source.width + 1) / 2 };

  pst_workers_run (work->workers, work->end - work->begin, forward_row, &job);
}

/* ---- backward ----------------------------------------------------------- */

/* Writes [count][in] to every other pixel of a row, from @dx on. */
static void
spread (const Job *job, int count, const float *sums, float *dx)
{
  int in = job->strided->in;

  for (int i = 0; i < count; i++, sums += in, dx += 2 * in)
    for (int c = 0; c < in; c++)
      dx[c] = sums[c] + (job->work->output.add ? dx[c] : 0);
}

/* @count pixels from @column on, every other one. */
static void
backward_block (const Job *job, int row, int column, int count, float *windows)
{
  const PstStrided *strided = job->strided;
  const Part       *part = &strided->parts[2 * (row % 2) + column % 2];
  int               reach = strided->kernel / 2;
  int               in = strided->in;
  int               depth = part->rows * part->columns * strided->out;
  float            *sums = windows + (gsize) depth * BLOCK;
  float            *dx =
    job->work->output.y
    + ((gsize) (row - job->work->output.top) * job->width + column) * in;
  /* The last pixel of dy that row and column have contributed to. */
  int last_row = (row + reach - first_met (strided->kernel, row % 2)) / 2;
  int last_column =
    (column + reach - first_met (strided->kernel, column % 2)) / 2;

  for (int i = 0; i < count; i++)
    gather (&job->work->source, last_row - part->rows + 1,
            last_column + i - part->columns + 1, part->rows, part->columns,
            windows + (gsize) i * depth);
  if (depth > 0)
    pst_gemm (count, in, depth, windows, depth, part->weight, in, 0.0f, sums,
              in);
  else
    memset (sums, 0, sizeof (float) * count * in);
  spread (job, count, sums, dx);
}

static void
backward_row (void *data, int index, int worker)
{
  const Job *job = data;
  float     *windows = job->work->scratch + worker * job->work->scratch_size;

  for (int odd = 0; odd < 2; odd++)
    for (int column = odd; column < job->width; column += 2 * BLOCK)
      backward_block (job, job->work->begin + index, column,
                      MIN (BLOCK, (job->width - column + 1) / 2), windows);
}

void
pst_strided_backward (const PstStrided  *strided,
                      const PstConvWork *work,
                      int                width)
{
  Job job = { .strided = strided, .work = work, .width = width };

  pst_workers_run (work->workers, work->end - work->begin, backward_row, &job);
}

gsize
pst_strided_scratch (const PstStrided *strided)
{
  gsize kernel = strided->kernel;
  gsize forward = kernel * kernel * strided->in;
  gsize met = (kernel + 1) / 2;
  gsize backward = met * met * strided->out + strided->in;

  return BLOCK * MAX (forward, backward);
}
