/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-model.c: the built-in network, and small ones
 *
 * PASTICHE_TEST_MODELS: the folder of the built-in network.
 */
#include <string.h>

#include "core/model/model.h"
#include "core/pastiche.h"
#include "model-file.h"
#include "whole-array.h"

/* The output of sha256sum. */
#define COMPACT_CHECKSUM \
  "0341d754039478b62672d5577c5417cdc85fe78f9142c3e3ae43df868134e5ca"

#define LABEL "folder/label.safetensors"

/* ---- the built-in network ----------------------------------------------- */

typedef struct
{
  const char *name;
  int         in;
  int         out;
  int         kernel;
} Conv;

static const Conv compact_convs[] = {
  { "conv1_1", 3, 64, 3 },    { "conv1_2", 64, 48, 3 },
  { "conv2_1", 48, 128, 3 },  { "conv2_2", 128, 128, 3 },
  { "conv3_1", 128, 256, 3 }, { "conv3_2", 256, 128, 3 },
  { "conv4_1", 128, 256, 3 }, { "conv4_2", 256, 256, 3 },
  { "conv5_1", 256, 256, 3 },
};

/* The projections; the other taps have none. */
static const Conv compact_projections[] = {
  { "relu3_1", 256, 160, 1 },
  { "relu4_1", 256, 128, 1 },
  { "relu4_2", 256, 96, 1 },
  { "relu5_1", 256, 128, 1 },
};

static const char *const compact_taps[] = { "relu1_1", "relu2_1", "relu3_1",
                                            "relu4_1", "relu4_2", "relu5_1" };

static guint64
count_parameters (const Conv *convs, gsize n)
{
  guint64 total = 0;

  for (gsize i = 0; i < n; i++)
    total += (guint64) convs[i].out
             * (convs[i].in * convs[i].kernel * convs[i].kernel + 1);

  return total;
}

static PstModel *
compact_new (void)
{
  const char *folder = g_getenv ("PASTICHE_TEST_MODELS");

  g_assert_nonnull (folder);

  g_autofree char *path =
    g_build_filename (folder, "compact.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  PstModel *model = pst_model_new_from_file (path, &error);

  g_assert_no_error (error);
  return model;
}

static void
test_compact (void)
{
  g_autoptr (PstModel) model = compact_new ();

  g_assert_cmpstr (pst_model_get_name (model), ==, "compact");
  g_assert_nonnull (strstr (pst_model_get_credits (model), "Simonyan"));
  g_assert_cmpstr (pst_model_get_checksum (model), ==, COMPACT_CHECKSUM);
  g_assert_cmpuint (pst_model_get_n_parameters (model), ==,
                    count_parameters (compact_convs,
                                      G_N_ELEMENTS (compact_convs))
                      + count_parameters (compact_projections,
                                          G_N_ELEMENTS (compact_projections)));

  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (model->mean[i], ==, 0.45f);
      g_assert_cmpfloat (model->scale[i], ==, 4.0f);
    }

  /* relu4_2 is tapped, but for those who ask for it by name. */
  g_assert_cmphex (model->style_taps, ==, 0x2f);
  g_assert_cmphex (model->content_taps, ==, 0x04);
}

static void
test_compact_layers (void)
{
  g_autoptr (PstModel) model = compact_new ();
  gsize conv = 0;
  gsize pools = 0;

  g_assert_cmpint (model->n_layers, ==, 19);
  for (int i = 0; i < model->n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      if (layer->kind == &pst_layer_conv)
        {
          g_assert_cmpint (conv, <, G_N_ELEMENTS (compact_convs));
          g_assert_cmpstr (layer->name, ==, compact_convs[conv].name);
          g_assert_cmpint (layer->in_channels, ==, compact_convs[conv].in);
          g_assert_cmpint (layer->out_channels, ==, compact_convs[conv].out);
          g_assert_true (layer->relu);
          g_assert_nonnull (layer->conv);
          conv++;
        }
      else if (layer->kind == &pst_layer_avgpool)
        {
          g_assert_cmpint (layer->in_channels, ==, layer->out_channels);
          g_assert_null (layer->conv);
          pools++;
        }
    }

  g_assert_cmpint (conv, ==, G_N_ELEMENTS (compact_convs));
  g_assert_cmpint (pools, ==, 4);
}

static void
test_compact_taps (void)
{
  g_autoptr (PstModel) model = compact_new ();

  g_assert_cmpint (model->n_taps, ==, G_N_ELEMENTS (compact_taps));
  g_assert_cmpint (pst_model_find_tap (model, "relu6_1"), ==, -1);
  g_assert_cmpint (pst_model_find_tap (model, "conv1_1"), ==, -1);

  for (int t = 0; t < model->n_taps; t++)
    {
      const PstLayer *layer = &model->layers[model->taps[t]];
      const Conv     *projection = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (compact_projections); i++)
        if (strcmp (compact_projections[i].name, compact_taps[t]) == 0)
          projection = &compact_projections[i];

      g_assert_cmpint (pst_model_find_tap (model, compact_taps[t]), ==, t);
      g_assert_true (layer->kind == &pst_layer_tap);
      g_assert_cmpstr (layer->name, ==, compact_taps[t]);
      g_assert_cmpint (layer->conv != NULL, ==, projection != NULL);
      g_assert_cmpint (layer->in_channels, ==,
                       model->layers[model->taps[t] - 1].out_channels);
      g_assert_cmpint (layer->out_channels, ==,
                       projection ? projection->out : layer->in_channels);
    }
}

/* ---- small networks ----------------------------------------------------- */

static PstModel *
tiny_new (const char *description, const char *tensors)
{
  g_autoptr (GBytes) bytes = tiny_file_new (description, tensors);
  g_autoptr (GError) error = NULL;
  PstModel *model = pst_model_new_from_bytes (bytes, LABEL, &error);

  g_assert_no_error (error);
  return model;
}

static void
test_tiny (void)
{
  static const float mean[] = { 0.5f, 0.25f, 0.125f };
  static const float scale[] = { 1, 2, 4 };
  g_autoptr (PstModel) model = tiny_new (tiny_description, tiny_tensors);

  g_assert_cmpstr (pst_model_get_name (model), ==, "tiny");
  g_assert_cmpstr (pst_model_get_credits (model), ==, "nobody");
  g_assert_cmpuint (pst_model_get_n_parameters (model), ==, TINY_N_PARAMETERS);
  g_assert_cmpmem (model->mean, sizeof mean, mean, sizeof mean);
  g_assert_cmpmem (model->scale, sizeof scale, scale, sizeof scale);
  g_assert_cmpint (model->n_layers, ==, 5);
  g_assert_true (model->layers[0].relu);
  g_assert_false (model->layers[3].relu);
  g_assert_cmphex (model->style_taps, ==, 3);
  g_assert_cmphex (model->content_taps, ==, 2);

  g_autoptr (PstModel) other = pst_model_ref (model);
  g_assert_true (other == model);
}

/* Members that may be left out, and those that are ignored. */
static void
test_optional (void)
{
  g_autofree char *no_credits =
    replace_once (tiny_description, "\"credits\":\"nobody\"", "\"note\":[1]");
  g_autofree char *no_size =
    replace_once (no_credits, "\"avgpool\",\"size\":2", "\"avgpool\"");
  g_autofree char *spare =
    replace_once (tiny_tensors, "\"p2.bias\"",
                  "\"spare\":{\"dtype\":\"U8\",\"shape\":[0],"
                  "\"data_offsets\":[512,512]},\"p2.bias\"");

  g_autoptr (PstModel) model = tiny_new (no_size, spare);
  g_assert_cmpstr (pst_model_get_credits (model), ==, "");
}

/* The first layer's output, [4][4][4], for a fixed picture. */
static void
run_first_layer (const PstModel *model, float *ret_y)
{
  const PstConv    *conv = model->layers[0].conv;
  g_autofree float *scratch = g_new (float, pst_conv_scratch (conv, FALSE, 0));
  float             rgb[4 * 4 * 3];

  for (gsize i = 0; i < G_N_ELEMENTS (rgb); i++)
    rgb[i] = (i * 7 % 31) / 31.0f;

  whole_conv_forward (conv, NULL, 4, 4, rgb, FALSE, ret_y, scratch);
}

/* The same network, written for the other order of the channels, gives the same
 * model. */
static void
test_bgr (void)
{
  g_autofree char *order =
    replace_once (tiny_description, "\"rgb\"", "\"bgr\"");
  g_autofree char *mean =
    replace_once (order, "[0.5,0.25,0.125]", "[0.125,0.25,0.5]");
  g_autofree char *bgr = replace_once (mean, "[1,2,4]", "[4,2,1]");
  g_autofree char *header = model_header (bgr, tiny_tensors);
  g_autoptr (GBytes) bytes = tiny_file_new (bgr, tiny_tensors);
  gsize   size;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  float   expected[64], got[64];

  /* c1.weight is [4][3][3][3], F32: exchange the planes 0 and 2. */
  for (int o = 0; o < 4; o++)
    {
      guint8 *planes = data + 8 + strlen (header) + o * 27 * 4;
      guint8  plane[36];

      memcpy (plane, planes, 36);
      memcpy (planes, planes + 72, 36);
      memcpy (planes + 72, plane, 36);
    }
  bytes = g_bytes_new_take (data, size);

  g_autoptr (PstModel) rgb_model = tiny_new (tiny_description, tiny_tensors);
  g_autoptr (PstModel) bgr_model =
    pst_model_new_from_bytes (bytes, LABEL, NULL);

  run_first_layer (rgb_model, expected);
  run_first_layer (bgr_model, got);
  g_assert_cmpmem (got, sizeof got, expected, sizeof expected);
  g_assert_cmpmem (bgr_model->mean, sizeof bgr_model->mean, rgb_model->mean,
                   sizeof rgb_model->mean);
  g_assert_cmpmem (bgr_model->scale, sizeof bgr_model->scale, rgb_model->scale,
                   sizeof rgb_model->scale);

  /* and the channels do matter */
  g_autoptr (PstModel) wrong = tiny_new (bgr, tiny_tensors);
  run_first_layer (wrong, got);
  g_assert_cmpint (memcmp (got, expected, sizeof got), !=, 0);
}

/* The tiny network's tensors in a type of two bytes: half of every offset. */
static char *
two_byte_tensors (const char *dtype)
{
  static const char *const offsets[][2] = {
    { "[0,432]", "[0,216]" },     { "[432,448]", "[216,224]" },
    { "[448,480]", "[224,240]" }, { "[480,488]", "[240,244]" },
    { "[488,512]", "[244,256]" }, { "[512,524]", "[256,262]" },
  };
  GString *tensors = g_string_new (tiny_tensors);

  g_string_replace (tensors, "F32", dtype, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    g_string_replace (tensors, offsets[i][0], offsets[i][1], 0);

  return g_string_free (tensors, FALSE);
}

/* @value, exact in both types and not subnormal in either, as F16 or BF16. */
static guint16
two_byte_pattern (float value, gboolean half)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  if (! half || value == 0)
    return (guint16) (bits >> 16);

  return (guint16) ((bits >> 16 & 0x8000) | (bits >> 13 & 0x3ff)
                    | ((bits >> 23 & 0xff) - 127 + 15) << 10);
}

static void
check_dtype (const char *dtype)
{
  g_autofree char *tensors = two_byte_tensors (dtype);
  g_autofree char *header = model_header (tiny_description, tensors);
  float            values[TINY_N_PARAMETERS];
  guint16          data[TINY_N_PARAMETERS];
  float            expected[64], got[64];

  tiny_values (values);
  for (int i = 0; i < TINY_N_PARAMETERS; i++)
    data[i] =
      GUINT16_TO_LE (two_byte_pattern (values[i], strcmp (dtype, "F16") == 0));

  g_autoptr (GBytes) bytes = model_file_new (header, data, sizeof data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_new_from_bytes (bytes, LABEL, &error);
  g_autoptr (PstModel) reference = tiny_new (tiny_description, tiny_tensors);

  g_assert_no_error (error);
  run_first_layer (model, got);
  run_first_layer (reference, expected);
  g_assert_cmpmem (got, sizeof got, expected, sizeof expected);
}

static void
test_dtypes (void)
{
  check_dtype ("F16");
  check_dtype ("BF16");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/compact", test_compact);
  g_test_add_func ("/model/compact-layers", test_compact_layers);
  g_test_add_func ("/model/compact-taps", test_compact_taps);
  g_test_add_func ("/model/tiny", test_tiny);
  g_test_add_func ("/model/optional", test_optional);
  g_test_add_func ("/model/bgr", test_bgr);
  g_test_add_func ("/model/dtypes", test_dtypes);

  return g_test_run ();
}
