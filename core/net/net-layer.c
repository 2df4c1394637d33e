/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-layer.c: what a layer needs, and what comes of it */
#include "net-layer.h"

#include "core/layers/avgpool.h"

/* Row i of what comes out is made of the @size rows of the input from
 * @stride i - @before on. */
typedef struct
{
  int size;
  int stride;
  int before;
} Reach;

static Reach
reach_of (const PstLayer *layer)
{
  int size = 1;

  switch (layer->kind)
    {
    case PST_LAYER_CONV:
      size = pst_conv_kernel (layer->conv);
      return (Reach){ size, 1, size / 2 };

    case PST_LAYER_STRIDED:
      size = pst_strided_kernel (layer->strided);
      return (Reach){ size, 2, size / 2 };

    case PST_LAYER_AVGPOOL:
      return (Reach){ 2, 2, 0 };

    case PST_LAYER_MAXPOOL:
      return (Reach){ layer->size, 2, (layer->size - 1) / 2 };

    case PST_LAYER_ADD:
    case PST_LAYER_MEAN:
    case PST_LAYER_TAP:
      break;
    }
  return (Reach){ 1, 1, 0 };
}

PstShape
pst_layer_shape (const PstLayer *layer, PstShape in)
{
  PstShape out = reach_of (layer).stride == 2 ? pst_pool_shape (in) : in;

  if (layer->kind == PST_LAYER_MEAN)
    out.height = out.width = 1;
  out.channels = layer->out_channels;
  return out;
}

int
pst_layer_input_begin (const PstLayer *layer, int begin)
{
  Reach reach = reach_of (layer);

  if (layer->kind == PST_LAYER_MEAN)
    return 0;
  return reach.stride * begin - reach.before;
}

int
pst_layer_input_end (const PstLayer *layer, int end, int height)
{
  Reach reach = reach_of (layer);

  if (layer->kind == PST_LAYER_MEAN)
    return height;
  return MIN (reach.stride * (end - 1) - reach.before + reach.size, height);
}

int
pst_layer_output_begin (const PstLayer *layer, int begin)
{
  Reach reach = reach_of (layer);
  int   first = MAX (0, begin + reach.before - reach.size + 1);

  if (layer->kind == PST_LAYER_MEAN)
    return 0;
  return (first + reach.stride - 1) / reach.stride;
}

int
pst_layer_output_end (const PstLayer *layer, int end, int height)
{
  Reach reach = reach_of (layer);

  if (layer->kind == PST_LAYER_MEAN)
    return 1;
  return MIN ((end - 1 + reach.before) / reach.stride + 1, height);
}

gsize
pst_layer_record (const PstLayer *layer, PstShape out)
{
  if (layer->kind == PST_LAYER_MAXPOOL)
    return (gsize) out.width * out.channels;
  if (layer->relu)
    return out.width * PST_CHANNEL_GROUPS (out.channels) * sizeof (PstBits);
  return 0;
}

gsize
pst_layer_scratch (const PstLayer *layer, gboolean bf16, int width)
{
  if (layer->conv)
    return pst_conv_scratch (layer->conv, bf16, width);
  return layer->strided ? pst_strided_scratch (layer->strided) : 0;
}

double
pst_layer_operations (const PstLayer *layer, PstShape out)
{
  double pixels = pst_shape_pixels (out);

  if (layer->conv)
    return pixels * pst_conv_operations (layer->conv);
  return layer->strided ? pixels * pst_strided_operations (layer->strided) : 0;
}
