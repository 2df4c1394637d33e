/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maxpool.c: the largest of a window, stride 2, and its gradient
 *
 * Windows of 2x2, the first at the first pixel, or of 3x3, the first around it;
 * windows that reach beyond the picture count what is inside.  Saved is the
 * position of the largest pixel in its window, a byte, counted along the rows;
 * of several the first.
 *
 * One task per row of what is made.
 */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "layer.h"

typedef struct
{
  const PstLayerWork *work;
  int                 size;   /* of the windows */
  int                 before; /* how many pixels before twice its number a
                               * window begins */
} Job;

static PstReach
maxpool_reach (const PstLayer *layer)
{
  return (PstReach){ .size = layer->size,
                     .stride = 2,
                     .before = (layer->size - 1) / 2 };
}

static gsize
maxpool_saved (const PstLayer *layer, PstShape out)
{
  return (gsize) out.width * out.channels;
}

static Job
job_for (const PstLayer *layer, const PstLayerWork *work)
{
  return (Job){ .work = work,
                .size = layer->size,
                .before = maxpool_reach (layer).before };
}

/* What is saved of window (@row, @column), or NULL. */
static guint8 *
argmax_of (const Job *job, int row, int column)
{
  const PstSavedBand *saved = &job->work->saved;
  PstShape            small = job->work->out.shape;

  if (! saved->data)
    return NULL;
  return (guint8 *) saved->data
         + ((gsize) (row - saved->top) * small.width + column) * small.channels;
}

/* ---- forward ------------------------------------------------------------ */

/* Takes the channels that are larger in pixel (@y, @x), number @place of the
 * window. */
static void
compare (const Job *job,
         int        y,
         int        x,
         int        place,
         float     *largest,
         guint8    *argmax)
{
  const float *pixel = pst_band_pixel (&job->work->in[0], y, x);
  int          channels = job->work->in[0].shape.channels;

  for (int c = 0; c < channels; c++)
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
  PstShape large = job->work->in[0].shape;
  int      top = 2 * row - job->before;
  int      left = 2 * column - job->before;
  float   *largest = pst_band_pixel (&job->work->out, row, column);
  guint8  *argmax = argmax_of (job, row, column);

  if (argmax)
    memset (argmax, 0, large.channels);
  for (int c = 0; c < large.channels; c++)
    largest[c] = -G_MAXFLOAT;
  for (int place = 0; place < job->size * job->size; place++)
    {
      int y = top + place / job->size;
      int x = left + place % job->size;

      if (y >= 0 && y < large.height && x >= 0 && x < large.width)
        compare (job, y, x, place, largest, argmax);
    }
}

static void
forward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->work->out.shape.width; x++)
    take_largest (job, job->work->begin + index, x);
}

static void
maxpool_forward (const PstLayer *layer, const PstLayerWork *work)
{
  Job job = job_for (layer, work);

  pst_workers_run (work->workers, work->end - work->begin, forward_row, &job);
}

/* ---- backward ----------------------------------------------------------- */

/* Adds what window (@row, @column) gives to the pixel that is number @place in
 * it. */
static void
give_back (const Job *job, int row, int column, int place, float *dx)
{
  const float  *dy = pst_band_pixel (&job->work->out, row, column);
  const guint8 *argmax = argmax_of (job, row, column);
  int           channels = job->work->out.shape.channels;

  for (int c = 0; c < channels; c++)
    if (argmax[c] == place)
      dx[c] += dy[c];
}

static void
backward_pixel (const Job *job, int y, int x)
{
  PstShape small = job->work->out.shape;
  float   *dx = pst_band_pixel (&job->work->in[0], y, x);
  int      down = y + job->before;
  int      right = x + job->before;

  if (! job->work->add)
    memset (dx, 0, sizeof (float) * small.channels);

  /* The windows that the pixel lies in: those that begin less than their size
   * before it. */
  for (int row = MAX (0, down - job->size + 2) / 2;
       row <= down / 2 && row < small.height; row++)
    for (int column = MAX (0, right - job->size + 2) / 2;
         column <= right / 2 && column < small.width; column++)
      give_back (job, row, column,
                 (down - 2 * row) * job->size + right - 2 * column, dx);
}

static void
backward_row (void *data, int index, int worker)
{
  const Job *job = data;

  for (int x = 0; x < job->work->in[0].shape.width; x++)
    backward_pixel (job, job->work->begin + index, x);
}

static void
maxpool_backward (const PstLayer *layer, const PstLayerWork *work)
{
  Job job = job_for (layer, work);

  pst_workers_run (work->workers, work->end - work->begin, backward_row, &job);
}

/* ---- the kind ----------------------------------------------------------- */

static char *
maxpool_describe (const PstLayer *layer)
{
  return g_strdup_printf (_ ("max pooling %dx%d, stride 2"), layer->size,
                          layer->size);
}

const PstLayerKind pst_layer_maxpool = { .op = "maxpool",
                                         .reach = maxpool_reach,
                                         .saved = maxpool_saved,
                                         .forward = maxpool_forward,
                                         .backward = maxpool_backward,
                                         .describe = maxpool_describe };
