/* SPDX-License-Identifier: GPL-3.0-or-later */
/* global-avgpool.c: the mean of all pixels, and its gradient
 *
 * One task per group of channels; backward, per row.
 */
#include <glib/gi18n-lib.h>

#include "core/kernels/kernels.h"
#include "layer.h"

static PstReach
global_avgpool_reach (const PstLayer *layer)
{
  return (PstReach){ .whole = TRUE };
}

static void
average_group (void *data, int index, int worker)
{
  const PstLayerWork *work = data;
  PstShape            shape = work->in[0].shape;
  int                 first = index * PST_CHANNEL_GROUP;
  int                 n = MIN (PST_CHANNEL_GROUP, shape.channels - first);
  gsize               pixels = pst_shape_pixels (shape);
  const float        *x = pst_band_row (&work->in[0], 0) + first;
  float              *mean = work->out.data + first;
  double              sums[PST_CHANNEL_GROUP] = { 0 };

  for (gsize pixel = 0; pixel < pixels; pixel++, x += shape.channels)
    for (int c = 0; c < n; c++)
      sums[c] += x[c];
  for (int c = 0; c < n; c++)
    mean[c] = sums[c] / pixels;
}

static void
global_avgpool_forward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_workers_run (work->workers,
                   PST_CHANNEL_GROUPS (work->in[0].shape.channels),
                   average_group, (gpointer) work);
}

static void
spread_row (void *data, int index, int worker)
{
  const PstLayerWork *work = data;
  PstShape            shape = work->in[0].shape;
  const float        *mean = work->out.data;
  float              *dx = pst_band_row (&work->in[0], work->begin + index);
  float               share = 1.0f / pst_shape_pixels (shape);

  for (int pixel = 0; pixel < shape.width; pixel++, dx += shape.channels)
    for (int c = 0; c < shape.channels; c++)
      dx[c] = share * mean[c] + (work->add ? dx[c] : 0);
}

static void
global_avgpool_backward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_workers_run (work->workers, work->end - work->begin, spread_row,
                   (gpointer) work);
}

static char *
global_avgpool_describe (const PstLayer *layer)
{
  return g_strdup (_ ("global average pooling"));
}

const PstLayerKind pst_layer_global_avgpool = {
  .op = "mean",
  .reach = global_avgpool_reach,
  .forward = global_avgpool_forward,
  .backward = global_avgpool_backward,
  .describe = global_avgpool_describe
};
