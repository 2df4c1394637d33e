/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference-net.c: a whole network in doubles, with a reader of its own
 *
 * A safetensors file is the length of a JSON header (8 bytes, little-endian),
 * that header, and the tensors.
 */
#include "reference-net.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

typedef enum
{
  CONV,
  AVGPOOL,
  MAXPOOL,
  ADD,
  MEAN,
  TAP
} Kind;

typedef struct
{
  Kind          kind;
  char         *name;  /* owned */
  int           input; /* a layer; -1: the picture */
  int           other; /* of a sum */
  int           size;  /* of a maxpool's windows */
  gboolean      relu;
  gboolean      has_conv;
  ReferenceConv conv;
  float        *weight; /* owned */
  float        *bias;   /* owned */
} Layer;

struct _ReferenceNet
{
  Layer *layers; /* [n_layers] */
  int    n_layers;
  int    n_taps;
  double mean[3]; /* in the order of the pixels */
  double scale[3];
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
  gboolean half =
    g_str_equal (json_object_get_string_member (entry, "dtype"), "F16");
  gsize  n = 1;
  float *values;

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
read_conv (const File *file, const char *name, PstPadding padding, Layer *layer)
{
  int shape[4];
  int bias_shape[1];

  layer->weight = read_tensor (file, name, "weight", shape);
  layer->bias = read_tensor (file, name, "bias", bias_shape);
  layer->has_conv = TRUE;
  layer->conv = (ReferenceConv){ .in_channels = shape[1],
                                 .out_channels = shape[0],
                                 .kernel = shape[2],
                                 .padding = padding,
                                 .weight = layer->weight,
                                 .bias = layer->bias };
}

/* The layer of that name, before number @before; @fallback without a name. */
static int
find_layer (const ReferenceNet *net,
            int                 before,
            JsonObject         *entry,
            const char         *member,
            int                 fallback)
{
  const char *name =
    json_object_get_string_member_with_default (entry, member, NULL);

  if (! name)
    return fallback;
  while (--before >= 0)
    if (net->layers[before].kind != TAP
        && g_strcmp0 (net->layers[before].name, name) == 0)
      return before;
  g_error ("no layer %s", name);
}

static Kind
kind_of (const char *op)
{
  const char *const ops[] = {
    "conv", "avgpool", "maxpool", "add", "mean", "tap"
  };
  int kind = 0;

  while (! g_str_equal (ops[kind], op))
    kind++;
  return kind;
}

/* Layer number @index; @last: the layer whose activation is current */
static Layer
read_layer (const ReferenceNet *net,
            const File         *file,
            JsonObject         *entry,
            PstPadding          padding,
            int                 index,
            int                 last)
{
  Layer layer = { 0 };

  layer.kind = kind_of (json_object_get_string_member (entry, "op"));
  layer.name =
    g_strdup (json_object_get_string_member_with_default (entry, "name", NULL));
  layer.input = find_layer (net, index, entry, "input", last);
  layer.other = find_layer (net, index, entry, "with", -1);
  layer.size = json_object_get_int_member_with_default (entry, "size", 2);
  layer.relu =
    json_object_get_boolean_member_with_default (entry, "relu", FALSE);
  if (layer.kind == CONV)
    read_conv (file, layer.name, padding, &layer);
  if (layer.kind == TAP && json_object_has_member (entry, "project"))
    read_conv (file, json_object_get_string_member (entry, "project"), padding,
               &layer);
  layer.conv.stride =
    json_object_get_int_member_with_default (entry, "stride", 1);
  return layer;
}

static void
swap_doubles (double *a, double *b)
{
  double keep = *a;

  *a = *b;
  *b = keep;
}

/* A network that takes blue first is given pixels that are red first: the
 * weights of the first layer are swapped. */
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
read_model (ReferenceNet *net, const File *file, JsonObject *graph)
{
  JsonObject *input = json_object_get_object_member (graph, "input");
  JsonArray  *layers = json_object_get_array_member (graph, "layers");
  PstPadding  padding =
    g_str_equal (json_object_get_string_member (graph, "padding"), "replicate")
       ? PST_PADDING_REPLICATE
       : PST_PADDING_ZERO;

  net->n_layers = json_array_get_length (layers);
  net->layers = g_new0 (Layer, net->n_layers);
  for (int i = 0, last = -1; i < net->n_layers; i++)
    {
      net->layers[i] =
        read_layer (net, file, json_array_get_object_element (layers, i),
                    padding, i, last);
      if (net->layers[i].kind == TAP)
        net->n_taps++;
      else
        last = i;
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
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  g_autoptr (JsonParser) header = json_parser_new ();
  g_autoptr (JsonParser) graph = json_parser_new ();
  ReferenceNet *net = g_new0 (ReferenceNet, 1);
  guint64       length;
  File          file;
  JsonObject   *metadata;

  memcpy (&length, data, sizeof length);
  length = GUINT64_FROM_LE (length);
  g_assert_true (
    json_parser_load_from_data (header, (const char *) data + 8, length, NULL));
  file.header = json_node_get_object (json_parser_get_root (header));
  file.tensors = data + 8 + length;
  metadata = json_object_get_object_member (file.header, "__metadata__");
  g_assert_true (json_parser_load_from_data (
    graph, json_object_get_string_member (metadata, "pastiche"), -1, NULL));
  read_model (net, &file, json_node_get_object (json_parser_get_root (graph)));
  return net;
}

void
reference_net_free (ReferenceNet *net)
{
  for (int i = 0; i < net->n_layers; i++)
    {
      g_free (net->layers[i].name);
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

static gsize
size_of (const ReferenceTap *x)
{
  return (gsize) x->height * x->width * x->channels;
}

/* A buffer for the output of @layer for @x, of zeros. */
static ReferenceTap
shape_of (const Layer *layer, const ReferenceTap *x)
{
  ReferenceTap y = *x;

  if (layer->kind == AVGPOOL || layer->kind == MAXPOOL
      || (layer->kind == CONV && layer->conv.stride == 2))
    {
      y.height = (x->height + 1) / 2;
      y.width = (x->width + 1) / 2;
    }
  if (layer->kind == MEAN)
    y.height = y.width = 1;
  if (layer->has_conv)
    y.channels = layer->conv.out_channels;
  y.f = g_new0 (double, size_of (&y));
  return y;
}

/* The output of @layer for @x, and @other where it is a sum; owned by the
 * caller. */
static ReferenceTap
run_layer (const Layer *layer, const ReferenceTap *x, const ReferenceTap *other)
{
  ReferenceTap y = shape_of (layer, x);

  if (layer->has_conv)
    reference_conv_forward (&layer->conv, x->height, x->width, x->f,
                            layer->relu, y.f);
  else if (layer->kind == AVGPOOL)
    reference_pool_forward (x->height, x->width, x->channels, x->f, y.f);
  else if (layer->kind == MAXPOOL)
    reference_maxpool_forward (x->height, x->width, x->channels, layer->size,
                               x->f, y.f);
  else if (layer->kind == MEAN)
    for (gsize i = 0; i < size_of (x); i++)
      y.f[i % x->channels] += x->f[i] / (x->height * x->width);
  else
    for (gsize i = 0; i < size_of (x); i++)
      {
        y.f[i] = x->f[i] + (layer->kind == ADD ? other->f[i] : 0);
        y.f[i] = layer->relu ? fmax (y.f[i], 0) : y.f[i];
      }
  return y;
}

void
reference_net_forward (const ReferenceNet *net,
                       int                 height,
                       int                 width,
                       const double       *rgb,
                       ReferenceTap       *ret_taps)
{
  g_autofree ReferenceTap *y = g_new (ReferenceTap, net->n_layers);
  ReferenceTap x = { .height = height, .width = width, .channels = 3 };
  int          n_taps = 0;

  x.f = g_new (double, (gsize) height *width * 3);
  for (gsize i = 0; i < (gsize) height * width * 3; i++)
    x.f[i] = (rgb[i] - net->mean[i % 3]) * net->scale[i % 3];

  for (int i = 0; i < net->n_layers; i++)
    {
      const Layer *layer = &net->layers[i];

      y[i] = run_layer (layer, layer->input < 0 ? &x : &y[layer->input],
                        &y[MAX (layer->other, 0)]);
      if (layer->kind == TAP)
        ret_taps[n_taps++] = y[i];
    }
  for (int i = 0; i < net->n_layers; i++)
    if (net->layers[i].kind != TAP)
      g_free (y[i].f);
  g_free (x.f);
}

void
reference_taps_clear (int n_taps, ReferenceTap *taps)
{
  for (int i = 0; i < n_taps; i++)
    g_clear_pointer (&taps[i].f, g_free);
}
