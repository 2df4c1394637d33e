/* SPDX-License-Identifier: GPL-3.0-or-later */
/* add.c: the sum of two activations, or ReLU of it, and its gradient
 *
 * The shortcut of residual networks: K. He et al., "Deep Residual Learning for
 * Image Recognition", CVPR 2016.  One task per row.
 */
#include <glib/gi18n-lib.h>

#include "core/kernels/kernels.h"
#include "layer.h"

typedef struct
{
  const PstLayerWork *work;
  gboolean            relu;
} Job;

/* ReLU's bits of row @row, or NULL. */
static PstBits *
bits_of (const PstLayerWork *work, int row)
{
  PstShape shape = work->out.shape;

  if (! work->saved.data)
    return NULL;
  return (PstBits *) work->saved.data
         + (gsize) (row - work->saved.top) * shape.width
             * PST_CHANNEL_GROUPS (shape.channels);
}

static void
forward_row (void *data, int index, int worker)
{
  const Job          *job = data;
  const PstLayerWork *work = job->work;
  int                 row = work->begin + index;
  int                 channels = work->out.shape.channels;
  gsize               n = (gsize) work->out.shape.width * channels;
  const float        *a = pst_band_row (&work->in[0], row);
  const float        *b = pst_band_row (&work->in[1], row);
  float              *y = pst_band_row (&work->out, row);
  PstBits            *bits = bits_of (work, row);

  for (gsize pixel = 0; pixel < n; pixel += channels)
    for (int first = 0; first < channels; first += PST_CHANNEL_GROUP)
      {
        guint positive = 0;

        for (int c = first; c < MIN (first + PST_CHANNEL_GROUP, channels); c++)
          {
            float sum = a[pixel + c] + b[pixel + c];

            positive |= (guint) (sum > 0) << c % PST_CHANNEL_GROUP;
            y[pixel + c] = job->relu && ! (sum > 0) ? 0 : sum;
          }
        if (bits)
          *bits++ = positive;
      }
}

static void
add_forward (const PstLayer *layer, const PstLayerWork *work)
{
  Job job = { .work = work, .relu = layer->relu };

  pst_workers_run (work->workers, work->end - work->begin, forward_row, &job);
}

/* The gradient at the sum is that at both inputs, where the bits are set. */
static void
backward_row (void *data, int index, int worker)
{
  const PstLayerWork *work = data;
  int                 row = work->begin + index;
  int                 channels = work->out.shape.channels;
  int                 groups = PST_CHANNEL_GROUPS (channels);
  const float        *dy = pst_band_row (&work->out, row);
  float              *dx = pst_band_row (&work->in[0], row);
  const PstBits      *bits = bits_of (work, row);

  for (int pixel = 0; pixel < work->out.shape.width; pixel++)
    for (int c = 0; c < channels; c++)
      {
        gsize i = (gsize) pixel * channels + c;
        guint word = bits ? bits[(gsize) pixel * groups + c / PST_CHANNEL_GROUP]
                          : G_MAXUINT;
        gboolean passes = (word >> c % PST_CHANNEL_GROUP) & 1;

        dx[i] = (passes ? dy[i] : 0) + (work->add ? dx[i] : 0);
      }
}

static void
add_backward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_workers_run (work->workers, work->end - work->begin, backward_row,
                   (gpointer) work);
}

static char *
add_describe (const PstLayer *layer)
{
  return g_strdup (_ ("sum"));
}

const PstLayerKind pst_layer_add = { .op = "add",
                                     .saved = pst_layer_relu_saved,
                                     .forward = add_forward,
                                     .backward = add_backward,
                                     .describe = add_describe };
