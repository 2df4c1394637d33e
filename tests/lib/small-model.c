/* SPDX-License-Identifier: GPL-3.0-or-later */
/* small-model.c: small networks with random weights, as files in memory */
#include "small-model.h"

#include <math.h>
#include <string.h>

#include "check.h"

const SmallLayer small_layers[] = {
  { .op = "conv", .name = "conv1_1", .channels = 8, .kernel = 3 },
  { .op = "tap", .name = "relu1_1" },
  { .op = "conv", .name = "conv1_2", .channels = 12, .kernel = 3 },
  { .op = "avgpool" },
  { .op = "conv", .name = "conv2_1", .channels = 16, .kernel = 1 },
  { .op = "conv", .name = "conv3_1", .channels = 16, .kernel = 3 },
  { .op = "tap", .name = "relu3_1", .channels = 10 },
  { .op = "avgpool" },
  { .op = "conv", .name = "conv4_1", .channels = 24, .kernel = 3 },
  { .op = "conv", .name = "conv4_2", .channels = 16, .kernel = 3 },
  { .op = "tap", .name = "relu4_2", .channels = 7 },
  { .op = NULL },
};

typedef struct
{
  GString    *header; /* entries of tensors, each with a comma before it */
  GByteArray *tensors;
  CheckRandom random;
} Writer;

static void
add_tensor (Writer     *writer,
            const char *name,
            const char *shape,
            gsize       n,
            double      deviation)
{
  guint begin = writer->tensors->len;

  for (gsize i = 0; i < n; i++)
    {
      float   value = deviation * check_random_normal (&writer->random);
      guint32 bits;

      memcpy (&bits, &value, sizeof bits);
      bits = GUINT32_TO_LE (bits);
      g_byte_array_append (writer->tensors, (const guint8 *) &bits,
                           sizeof bits);
    }
  g_string_append_printf (writer->header,
                          ",\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],"
                          "\"data_offsets\":[%u,%u]}",
                          name, shape, begin, writer->tensors->len);
}

static void
add_conv (Writer *writer, const char *name, int in, int out, int kernel)
{
  int              fan = in * kernel * kernel;
  g_autofree char *weight = g_strdup_printf ("%s.weight", name);
  g_autofree char *bias = g_strdup_printf ("%s.bias", name);
  g_autofree char *shape =
    g_strdup_printf ("%d,%d,%d,%d", out, in, kernel, kernel);
  g_autofree char *length = g_strdup_printf ("%d", out);

  add_tensor (writer, weight, shape, (gsize) out * fan, sqrt (2.0 / fan));
  add_tensor (writer, bias, length, out, 0.1);
}

/* Appends the layers' part of the graph; returns it, owned by the caller. */
static char *
add_layers (Writer *writer, const SmallLayer *layers)
{
  GString *graph = g_string_new (NULL);
  int      channels = 3;

  for (const SmallLayer *layer = layers; layer->op; layer++)
    {
      if (layer != layers)
        g_string_append_c (graph, ',');
      if (g_str_equal (layer->op, "conv"))
        {
          add_conv (writer, layer->name, layer->input ? layer->from : channels,
                    layer->channels, layer->kernel);
          channels = layer->channels;
          g_string_append_printf (graph,
                                  "{\"op\":\"conv\",\"name\":\"%s\","
                                  "\"stride\":%d,\"relu\":%s",
                                  layer->name, MAX (layer->stride, 1),
                                  layer->linear ? "false" : "true");
          if (layer->input)
            g_string_append_printf (graph, ",\"input\":\"%s\"", layer->input);
          g_string_append_c (graph, '}');
        }
      else if (g_str_equal (layer->op, "add"))
        g_string_append_printf (graph,
                                "{\"op\":\"add\",\"name\":\"%s\","
                                "\"with\":\"%s\",\"relu\":%s}",
                                layer->name, layer->input,
                                layer->linear ? "false" : "true");
      else if (g_str_equal (layer->op, "maxpool"))
        g_string_append_printf (graph,
                                "{\"op\":\"maxpool\",\"name\":\"%s\","
                                "\"size\":%d}",
                                layer->name, layer->kernel);
      else if (g_str_equal (layer->op, "mean"))
        g_string_append (graph, "{\"op\":\"mean\"}");
      else if (g_str_equal (layer->op, "avgpool"))
        g_string_append (graph, "{\"op\":\"avgpool\",\"size\":2}");
      else if (layer->channels == 0)
        g_string_append_printf (graph, "{\"op\":\"tap\",\"name\":\"%s\"}",
                                layer->name);
      else
        {
          g_autofree char *project = g_strdup_printf ("p_%s", layer->name);

          add_conv (writer, project, channels, layer->channels, 1);
          g_string_append_printf (graph,
                                  "{\"op\":\"tap\",\"name\":\"%s\","
                                  "\"project\":\"%s\"}",
                                  layer->name, project);
        }
    }
  return g_string_free (graph, FALSE);
}

GBytes *
small_model_bytes (const SmallLayer *layers,
                   PstPadding        padding,
                   const char       *style,
                   const char       *content,
                   guint64           seed)
{
  Writer           writer = { .header = g_string_new (NULL),
                              .tensors = g_byte_array_new () };
  GByteArray      *file = g_byte_array_new ();
  g_autofree char *graph_layers = NULL;
  g_autofree char *graph = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *header = NULL;
  guint64          length;

  check_random_init (&writer.random, seed);
  graph_layers = add_layers (&writer, layers);
  graph = g_strdup_printf (
    "{\"version\":1,\"name\":\"small\",\"credits\":\"random\",\"input\":"
    "{\"order\":\"rgb\",\"mean\":[0.45,0.4,0.5],\"scale\":[4.0,3.5,3.0]},"
    "\"padding\":\"%s\",\"layers\":[%s],\"style\":%s,\"content\":%s}",
    padding == PST_PADDING_ZERO ? "zero" : "replicate", graph_layers, style,
    content);
  escaped = g_strescape (graph, NULL);
  header = g_strdup_printf ("{\"__metadata__\":{\"pastiche\":\"%s\"}%s}",
                            escaped, writer.header->str);
  length = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, strlen (header));
  g_byte_array_append (file, writer.tensors->data, writer.tensors->len);
  g_string_free (writer.header, TRUE);
  g_byte_array_unref (writer.tensors);
  return g_byte_array_free_to_bytes (file);
}

PstModel *
small_model_new (PstPadding padding)
{
  g_autoptr (GBytes) bytes =
    small_model_bytes (small_layers, padding, "[\"relu1_1\",\"relu3_1\"]",
                       "[\"relu4_2\"]", 1);
  g_autoptr (GError) error = NULL;
  PstModel *model = pst_model_new_from_bytes (bytes, "small network", &error);

  g_assert_no_error (error);
  return model;
}
