/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.c: what all kinds of layers have in common */
#include "layer.h"

#include "core/kernels/kernels.h"

void
pst_layer_clear (PstLayer *layer)
{
  if (layer->kind && layer->kind->free)
    layer->kind->free (layer);
  g_free (layer->name);
}

PstShape
pst_shape_halve (PstShape in)
{
  return (PstShape){ .height = (in.height + 1) / 2,
                     .width = (in.width + 1) / 2,
                     .channels = in.channels };
}

static PstReach
reach_of (const PstLayer *layer)
{
  if (layer->kind->reach)
    return layer->kind->reach (layer);
  return (PstReach){ .size = 1, .stride = 1 };
}

PstShape
pst_layer_shape (const PstLayer *layer, PstShape in)
{
  PstReach reach = reach_of (layer);
  PstShape out = reach.stride == 2 ? pst_shape_halve (in) : in;

  if (reach.whole)
    out.height = out.width = 1;
  out.channels = layer->out_channels;
  return out;
}

int
pst_layer_input_begin (const PstLayer *layer, int begin)
{
  PstReach reach = reach_of (layer);

  return reach.whole ? 0 : reach.stride * begin - reach.before;
}

int
pst_layer_input_end (const PstLayer *layer, int end, int height)
{
  PstReach reach = reach_of (layer);

  if (reach.whole)
    return height;
  return MIN (reach.stride * (end - 1) - reach.before + reach.size, height);
}

int
pst_layer_output_begin (const PstLayer *layer, int begin)
{
  PstReach reach = reach_of (layer);
  int      first = MAX (0, begin + reach.before - reach.size + 1);

  return reach.whole ? 0 : (first + reach.stride - 1) / reach.stride;
}

int
pst_layer_output_end (const PstLayer *layer, int end, int height)
{
  PstReach reach = reach_of (layer);

  if (reach.whole)
    return 1;
  return MIN ((end - 1 + reach.before) / reach.stride + 1, height);
}

gsize
pst_layer_saved (const PstLayer *layer, PstShape out)
{
  return layer->kind->saved ? layer->kind->saved (layer, out) : 0;
}

gsize
pst_layer_scratch (const PstLayer *layer, gboolean bf16, int width)
{
  return layer->kind->scratch ? layer->kind->scratch (layer, bf16, width) : 0;
}

double
pst_layer_operations (const PstLayer *layer, PstShape out)
{
  if (! layer->kind->operations)
    return 0;
  return pst_shape_pixels (out) * layer->kind->operations (layer);
}

gsize
pst_layer_relu_saved (const PstLayer *layer, PstShape out)
{
  if (! layer->relu)
    return 0;
  return out.width * PST_CHANNEL_GROUPS (out.channels) * sizeof (PstBits);
}
