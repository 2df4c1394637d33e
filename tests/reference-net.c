/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference-net.c: a whole network in doubles, read from its file once more
 *
 * A safetensors file is the length of a JSON header (8 bytes, little-endian),
 * that header, and the tensors.
 */
#include "reference-net.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  gboolean       is_pool;
  gboolean       relu;
  gboolean       has_conv;
  gboolean       is_tap;
  ReferenceConv  conv;
  float         *weight;    /* owned */
  float         *bias;      /* owned */
} Layer;

struct _ReferenceNet
{
  Layer  *layers;       /* [n_layers] */
  int     n_layers;
  int     n_taps;
  double  mean[3];      /* in the order of the pixels */
  double  scale[3];
};

/* ---- reading ------------------------------------------------------------ */

typedef struct
{
  JsonObject   *header;
  const guint8 *tensors;
} File;

static float
from_half (guint16 bits)
{
  double sign = bits >> 15 ? -1.0 : 1.0;
  int    exponent = (bits >> 10) & 31;
  int    fraction = bits & 1023;

  return exponent == 0 ? sign * ldexp (fraction, -24)
                       : sign * ldexp (1024 + fraction, exponent - 25);
}

/* The tensor @name.@part, owned by the caller; its shape in @ret_shape. */
static float *
read_tensor (const File *file,
             const char *name,
             const char *part,
             int        *ret_shape)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", name, part);
  JsonObject      *entry = json_object_get_object_member (file->header, key);
  JsonArray       *shape = json_object_get_array_member (entry, "shape");
  gint64           begin = json_array_get_int_element (
    json_object_get_array_member (entry, "data_offsets"), 0);
  gboolean         half = g_str_equal (
    json_object_get_string_member (entry, "dtype"), "F16");
  gsize            n = 1;
  float           *values;

  for (guint i = 0; i < json_array_get_length (shape); i++)
    n *= ret_shape[i] = json_array_get_int_element (shape, i);
  values = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    {
      guint16 bits;

      if (half)
        {
          memcpy (&bits, file->tensors + begin + 2 * i, sizeof bits);
          values[i] = from_half (GUINT16_FROM_LE (bits));
        }
      else
        memcpy (&values[i], file->tensors + begin + 4 * i, sizeof (float));
    }
  return values;
}

static void
read_conv (const File *file,
           const char *name,
           PstPadding  padding,
           Layer      *layer)
{
  int shape[4];
  int bias_shape[1];

  layer->weight = read_tensor (file, name, "weight", shape);
  layer->bias = read_tensor (file, name, "bias", bias_shape);
  layer->has_conv = TRUE;
  layer->conv = (ReferenceConv) {
    .in_channels = shape[1],
    .out_channels = shape[0],
    .kernel = shape[2],
    .padding = padding,
    .weight = layer->weight,
    .bias = layer->bias
  };
}

static Layer
read_layer (const File *file,
            JsonObject *entry,
            PstPadding  padding)
{
  const char *op = json_object_get_string_member (entry, "op");
  Layer       layer = { 0 };

  if (g_str_equal (op, "conv"))
    {
      read_conv (file, json_object_get_string_member (entry, "name"), padding,
                 &layer);
      layer.relu = json_object_get_boolean_member_with_default (entry, "relu",
                                                                FALSE);
    }
  else if (g_str_equal (op, "avgpool"))
    layer.is_pool = TRUE;
  else
    {
      layer.is_tap = TRUE;
      if (json_object_has_member (entry, "project"))
        read_conv (file, json_object_get_string_member (entry, "project"),
                   padding, &layer);
    }
  return layer;
}

static void
swap_doubles (double *a,
              double *b)
{
  double keep = *a;

  *a = *b;
  *b = keep;
}

/* A network that takes blue first is given pixels that are red first: the first
 * layer's weights change places. */
static void
turn_to_rgb (ReferenceNet *net)
{
  Layer *layer = net->layers;
  int    area = layer->conv.kernel * layer->conv.kernel;

  swap_doubles (&net->mean[0], &net->mean[2]);
  swap_doubles (&net->scale[0], &net->scale[2]);
  for (int o = 0; o < layer->conv.out_channels; o++)
    for (int k = 0; k < area; k++)
      {
        float *first = &layer->weight[o * 3 * area + k];
        float  keep = first[0];

        first[0] = first[2 * area];
        first[2 * area] = keep;
      }
}

static void
read_network (ReferenceNet *net,
              const File   *file,
              JsonObject   *graph)
{
  JsonObject *input = json_object_get_object_member (graph, "input");
  JsonArray  *layers = json_object_get_array_member (graph, "layers");
  PstPadding  padding =
    g_str_equal (json_object_get_string_member (graph, "padding"), "replicate")
      ? PST_PADDING_REPLICATE : PST_PADDING_ZERO;

  net->n_layers = json_array_get_length (layers);
  net->layers = g_new0 (Layer, net->n_layers);
  for (int i = 0; i < net->n_layers; i++)
    {
      net->layers[i] =
        read_layer (file, json_array_get_object_element (layers, i), padding);
      net->n_taps += net->layers[i].is_tap;
    }
  for (int i = 0; i < 3; i++)
    {
      net->mean[i] = json_array_get_double_element (
        json_object_get_array_member (input, "mean"), i);
      net->scale[i] = json_array_get_double_element (
        json_object_get_array_member (input, "scale"), i);
    }
  if (g_str_equal (json_object_get_string_member (input, "order"), "bgr"))
    turn_to_rgb (net);
}

ReferenceNet *
reference_net_new (GBytes *bytes)
{
  const guint8          *data = g_bytes_get_data (bytes, NULL);
  g_autoptr (JsonParser) header = json_parser_new ();
  g_autoptr (JsonParser) graph = json_parser_new ();
  ReferenceNet          *net = g_new0 (ReferenceNet, 1);
  guint64                length;
  File                   file;
  JsonObject            *metadata;

  memcpy (&length, data, sizeof length);
  length = GUINT64_FROM_LE (length);
  g_assert_true (json_parser_load_from_data (header, (const char *) data + 8,
                                             length, NULL));
  file.header = json_node_get_object (json_parser_get_root (header));
  file.tensors = data + 8 + length;
  metadata = json_object_get_object_member (file.header, "__metadata__");
  g_assert_true (json_parser_load_from_data (
    graph, json_object_get_string_member (metadata, "pastiche"), -1, NULL));
  read_network (net, &file,
                json_node_get_object (json_parser_get_root (graph)));
  return net;
}

void
reference_net_free (ReferenceNet *net)
{
  for (int i = 0; i < net->n_layers; i++)
    {
      g_free (net->layers[i].weight);
      g_free (net->layers[i].bias);
    }
  g_free (net->layers);
  g_free (net);
}

int
reference_net_n_taps (const ReferenceNet *net)
{
  return net->n_taps;
}

/* ---- running ------------------------------------------------------------ */

/* What @layer makes of @x, owned by the caller. */
static ReferenceTap
run_layer (const Layer        *layer,
           const ReferenceTap *x)
{
  ReferenceTap y = *x;

  if (layer->is_pool)
    {
      y.height = (x->height + 1) / 2;
      y.width = (x->width + 1) / 2;
    }
  if (layer->has_conv)
    y.channels = layer->conv.out_channels;
  y.f = g_new (double, (gsize) y.height * y.width * y.channels);

  if (layer->is_pool)
    reference_pool_forward (x->height, x->width, x->channels, x->f, y.f);
  else if (layer->has_conv)
    reference_conv_forward (&layer->conv, x->height, x->width, x->f,
                            layer->relu, y.f);
  else
    memcpy (y.f, x->f,
            (gsize) y.height * y.width * y.channels * sizeof (double));
  return y;
}

void
reference_net_forward (const ReferenceNet *net,
                       int                 height,
                       int                 width,
                       const double       *rgb,
                       ReferenceTap       *ret_taps)
{
  ReferenceTap x = { .height = height, .width = width, .channels = 3 };
  int          n_taps = 0;

  x.f = g_new (double, (gsize) height * width * 3);
  for (gsize i = 0; i < (gsize) height * width * 3; i++)
    x.f[i] = (rgb[i] - net->mean[i % 3]) * net->scale[i % 3];

  for (int i = 0; i < net->n_layers; i++)
    {
      ReferenceTap y = run_layer (&net->layers[i], &x);

      if (net->layers[i].is_tap)
        ret_taps[n_taps++] = y;
      else
        {
          g_free (x.f);
          x = y;
        }
    }
  g_free (x.f);
}

void
reference_taps_clear (int           n_taps,
                      ReferenceTap *taps)
{
  for (int i = 0; i < n_taps; i++)
    g_clear_pointer (&taps[i].f, g_free);
}
