/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whole-array.c: the core's operations on whole arrays */
#include "whole-array.h"

#include <string.h>

#include "core/layers/conv.h"
#include "core/loss/gram.h"
#include "core/loss/losses.h"

PstLayerWork
whole_conv (const PstConv *conv,
            PstWorkers    *workers,
            int            height,
            int            width,
            float         *scratch)
{
  const PstConvSpec *spec = pst_conv_spec (conv);
  PstShape           in = { height, width, spec->in_channels };
  PstShape           out = { height, width, spec->out_channels };

  return (PstLayerWork){ .workers = workers,
                         .end = height,
                         .in = { { .shape = in } },
                         .out = { .shape = out },
                         .scratch = scratch };
}

void
whole_conv_forward (const PstConv *conv,
                    PstWorkers    *workers,
                    int            height,
                    int            width,
                    const float   *x,
                    gboolean       relu,
                    float         *y,
                    float         *scratch)
{
  PstLayerWork work = whole_conv (conv, workers, height, width, scratch);

  work.in[0].data = (float *) x;
  work.out.data = y;
  pst_conv_forward (conv, relu, &work);
}

void
whole_conv_backward (const PstConv *conv,
                     PstWorkers    *workers,
                     int            height,
                     int            width,
                     const float   *dy,
                     gboolean       add,
                     float         *dx,
                     float         *scratch)
{
  PstLayerWork work = whole_conv (conv, workers, height, width, scratch);

  work.in[0].data = dx;
  work.out.data = (float *) dy;
  work.add = add;
  pst_conv_backward (conv, &work);
}

static PstShape
output_shape (const PstLayer *layer, PstShape in)
{
  PstShape out = pst_layer_shape (layer, in);

  out.channels = in.channels;
  return out;
}

void
whole_layer_forward (const PstLayer *layer,
                     PstWorkers     *workers,
                     PstShape        shape,
                     const float    *x,
                     float          *y,
                     void           *saved)
{
  PstShape     out = output_shape (layer, shape);
  PstLayerWork work = { .workers = workers,
                        .end = out.height,
                        .in = { { .data = (float *) x, .shape = shape } },
                        .out = { .data = y, .shape = out },
                        .saved = { .data = saved } };

  layer->kind->forward (layer, &work);
}

void
whole_layer_backward (const PstLayer *layer,
                      PstWorkers     *workers,
                      PstShape        shape,
                      const float    *dy,
                      const void     *saved,
                      gboolean        add,
                      float          *dx)
{
  PstShape     out = output_shape (layer, shape);
  PstLayerWork work = { .workers = workers,
                        .end = shape.height,
                        .in = { { .data = dx, .shape = shape } },
                        .out = { .data = (float *) dy, .shape = out },
                        .saved = { .data = (void *) saved },
                        .add = add };

  layer->kind->backward (layer, &work);
}

static double
sum (gsize n, const float *weights)
{
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    total += weights ? weights[i] : 1.0;
  return total;
}

void
whole_gram (PstWorkers  *workers,
            gsize        n,
            int          c,
            const float *f,
            const float *weights,
            double      *ret_gram,
            float       *scratch)
{
  memset (ret_gram, 0, sizeof (double) * c * c);
  pst_gram_add (workers, &(PstFeatures){ n, c, f, weights }, FALSE, ret_gram,
                scratch);
  pst_gram_finish (c, sum (n, weights), ret_gram);
}

double
whole_variance (gsize n, int c, const float *f, const float *weights)
{
  g_autofree double *sums = g_new0 (double, 2 * c);

  pst_feature_moments (&(PstFeatures){ n, c, f, weights }, sums, sums + c);
  return pst_feature_variance (c, sum (n, weights), sums, sums + c);
}

double
whole_content_loss (PstWorkers  *workers,
                    gsize        n,
                    int          c,
                    const float *f,
                    const float *target,
                    const float *weights,
                    double       variance,
                    double       weight,
                    float       *df)
{
  return pst_content_loss (workers, &(PstFeatures){ n, c, f, weights },
                           &(PstContentTarget){ target, sum (n, weights),
                                                variance },
                           weight, df);
}

typedef struct
{
  PstNet *net;
  int     seen[PST_MODEL_MAX_TAPS]; /* rows */
  float **f;
} Collection;

static void
collect (void *data, int tap, int begin, int end, const float *f, float *df)
{
  Collection *collection = data;
  PstShape    shape = pst_net_tap_shape (collection->net, tap);
  gsize       row = (gsize) shape.width * shape.channels;

  g_assert_null (df);
  g_assert_cmpint (begin, ==, collection->seen[tap]);
  collection->seen[tap] = end;
  memcpy (collection->f[tap] + begin * row, f,
          sizeof (float) * (end - begin) * row);
}

gboolean
whole_net_forward (PstNet      *net,
                   guint32      taps,
                   const float *rgb,
                   float       *ret_f[PST_MODEL_MAX_TAPS])
{
  Collection collection = { .net = net, .f = ret_f };
  gboolean   complete;

  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    if (pst_taps_have (taps, t))
      ret_f[t] = g_new (float, pst_shape_size (pst_net_tap_shape (net, t)));
  complete = pst_net_forward (net, rgb, collect, &collection);
  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    if (complete && pst_taps_have (taps, t))
      g_assert_cmpint (collection.seen[t], ==,
                       pst_net_tap_shape (net, t).height);
  return complete;
}
