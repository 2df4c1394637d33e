/* SPDX-License-Identifier: GPL-3.0-or-later */
/* avgpool.c: average pooling of 2x2, stride 2, and its gradient
 *
 * A window that is cut off by the right or lower border is averaged over the
 * pixels that it has, as Caffe does.  One task per row of the small side.
 */
#include <glib/gi18n-lib.h>

#include "layer.h"

static PstReach
avgpool_reach (const PstLayer *layer)
{
  return (PstReach){ .size = 2, .stride = 2 };
}

/* Pixels of the large side in window @index of a line of @n. */
static int
window_size (int n, int index)
{
  return MIN (2, n - 2 * index);
}

static void
average_window (const PstLayerWork *work, int y, int x)
{
  PstShape     large = work->in[0].shape;
  const float *window = pst_band_pixel (&work->in[0], 2 * y, 2 * x);
  float       *mean = pst_band_pixel (&work->out, y, x);
  /* A missing neighbor is replaced by the pixel beside it: the same mean. */
  gsize        right = window_size (large.width, x) == 2 ? large.channels : 0;
  gsize        below = window_size (large.height, y) == 2
                         ? (gsize) large.width * large.channels
                         : 0;

  for (int c = 0; c < large.channels; c++)
    mean[c] = 0.25f
              * ((window[c] + window[right + c])
                 + (window[below + c] + window[below + right + c]));
}

static void
forward_row (void *data, int index, int worker)
{
  const PstLayerWork *work = data;

  for (int x = 0; x < work->out.shape.width; x++)
    average_window (work, work->begin + index, x);
}

static void
spread_window (const PstLayerWork *work, int y, int x)
{
  PstShape     large = work->in[0].shape;
  int          rows = window_size (large.height, y);
  int          columns = window_size (large.width, x);
  float        share = 1.0f / (rows * columns);
  const float *mean = pst_band_pixel (&work->out, y, x);

  for (int r = 0; r < rows; r++)
    {
      float *to = pst_band_pixel (&work->in[0], 2 * y + r, 2 * x);

      for (int k = 0; k < columns; k++, to += large.channels)
        for (int c = 0; c < large.channels; c++)
          to[c] = share * mean[c] + (work->add ? to[c] : 0);
    }
}

static void
backward_row (void *data, int index, int worker)
{
  const PstLayerWork *work = data;

  for (int x = 0; x < work->out.shape.width; x++)
    spread_window (work, work->begin / 2 + index, x);
}

static void
avgpool_forward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_workers_run (work->workers, work->end - work->begin, forward_row,
                   (gpointer) work);
}

static void
avgpool_backward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_workers_run (work->workers, (work->end + 1) / 2 - work->begin / 2,
                   backward_row, (gpointer) work);
}

static char *
avgpool_describe (const PstLayer *layer)
{
  return g_strdup (_ ("average pooling 2x2"));
}

const PstLayerKind pst_layer_avgpool = { .op = "avgpool",
                                         .reach = avgpool_reach,
                                         .forward = avgpool_forward,
                                         .backward = avgpool_backward,
                                         .describe = avgpool_describe };
