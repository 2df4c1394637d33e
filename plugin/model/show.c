/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c: what pastiche-model says about networks */
#include "show.h"

#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/model/file.h"
#include "core/model/model.h"
#include "core/model/safetensors.h"
#include "import.h"
#include "plugin/network.h"

/* ---- list --------------------------------------------------------------- */

void
pst_show_list (const char *program)
{
  g_auto (GStrv) names = pst_network_list (program);

  for (int i = 0; names[i]; i++)
    {
      g_autofree char *path = pst_network_find (names[i], program, NULL);
      GStatBuf         status;

      if (path && g_stat (path, &status) == 0)
        g_print ("%-12s %6.1f MB  %s\n", names[i], status.st_size / 1e6, path);
    }

  for (const char *const *known = pst_import_names (); *known; known++)
    if (! g_strv_contains ((const char *const *) names, *known))
      g_print ("%-12s not installed; get it with models/fetch.sh %s\n", *known,
               *known);
}

/* ---- show --------------------------------------------------------------- */

static void
print_conv (const PstLayer *layer, int kernel, const char *stride)
{
  g_print ("  %-24s convolution %dx%d%s, %d -> %d%s\n", layer->name, kernel,
           kernel, stride, layer->in_channels, layer->out_channels,
           layer->relu ? ", ReLU" : "");
}

static void
print_layer (const PstModel *model, const PstLayer *layer)
{
  int tap = -1;

  switch (layer->kind)
    {
    case PST_LAYER_CONV:
      print_conv (layer, pst_conv_kernel (layer->conv), "");
      break;

    case PST_LAYER_STRIDED:
      print_conv (layer, pst_strided_kernel (layer->strided), ", stride 2");
      break;

    case PST_LAYER_AVGPOOL:
      g_print ("  %-24s means of 2x2\n", layer->name);
      break;

    case PST_LAYER_MAXPOOL:
      g_print ("  %-24s largest of %dx%d, stride 2\n", layer->name, layer->size,
               layer->size);
      break;

    case PST_LAYER_ADD:
      g_print ("  %-24s sum with %s%s\n", layer->name,
               model->layers[layer->inputs[1]].name,
               layer->relu ? ", ReLU" : "");
      break;

    case PST_LAYER_MEAN:
      g_print ("  %-24s mean of all pixels\n", "");
      break;

    case PST_LAYER_TAP:
      tap = pst_model_find_tap (model, layer->name);
      g_print ("  %-24s tap of %d channels%s%s%s\n", layer->name,
               layer->out_channels, layer->conv ? ", projected" : "",
               pst_taps_have (model->style_taps, tap) ? ", style" : "",
               pst_taps_have (model->content_taps, tap) ? ", content" : "");
      break;
    }
}

gboolean
pst_show_network (const char *path, GError **error)
{
  g_autoptr (PstModel) model = pst_model_new_from_file (path, error);

  if (! model)
    return FALSE;

  g_print ("%s\n%s\n%" G_GUINT64_FORMAT " parameters\n"
           "input (rgb - [%g, %g, %g]) * [%g, %g, %g]\n",
           model->name, path, model->n_parameters, model->mean[0],
           model->mean[1], model->mean[2], model->scale[0], model->scale[1],
           model->scale[2]);
  for (int i = 0; i < model->n_layers; i++)
    print_layer (model, &model->layers[i]);
  g_print ("%s\n", model->credits);
  return TRUE;
}

/* ---- verify ------------------------------------------------------------- */

/* @bytes: a file that has been accepted */
static gboolean
check_hash (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, error);
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char   *expected = NULL;
  gsize         begin;

  if (! file)
    return FALSE;

  expected = pst_safetensors_get_metadata (file, "sha256");
  if (! expected)
    {
      g_print ("%s: valid; it has no checksum\n", path);
      return TRUE;
    }

  begin = pst_safetensors_get_data (file) - data;
  g_autofree char *hash =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, data + begin, size - begin);
  if (! g_str_equal (hash, expected))
    return pst_fail (error, PST_ERROR_MODEL,
                     "The model “%s” is damaged: its data differ from those "
                     "that were imported",
                     path);

  g_print ("%s: intact, SHA-256 of the data %s\n", path, hash);
  return TRUE;
}

gboolean
pst_verify_network (const char *path, GError **error)
{
  g_autoptr (PstModel) model = pst_model_new_from_file (path, error);
  g_autoptr (GBytes) bytes = NULL;

  if (! model)
    return FALSE;

  bytes = pst_file_read (path, "network", error);
  return bytes && check_hash (bytes, path, error);
}
