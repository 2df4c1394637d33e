/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c: pastiche-model list, show and verify */
#include "show.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/model/file.h"
#include "core/model/model.h"
#include "core/model/safetensors.h"
#include "import.h"
#include "plugin/find-model.h"

/* ---- list --------------------------------------------------------------- */

void
pst_show_list (const char *program)
{
  g_auto (GStrv) names = pst_model_list (program);

  for (int i = 0; names[i]; i++)
    {
      g_autofree char *path = pst_model_find_path (names[i], program, NULL);
      GStatBuf         status;

      if (path && g_stat (path, &status) == 0)
        g_print ("%-12s %6.1f MB  %s\n", names[i], status.st_size / 1e6, path);
    }

  for (const char *const *known = pst_import_names (); *known; known++)
    if (! g_strv_contains ((const char *const *) names, *known))
      {
        g_print ("%-12s ", *known);
        g_print (_ ("not installed; get it with models/fetch.sh %s\n"), *known);
      }
}

/* ---- reading ------------------------------------------------------------ */

/* Whether the file at @path is a head. */
static gboolean
is_head (const char *path)
{
  g_autoptr (GBytes) bytes = pst_file_read (path, PST_FILE_MAX, NULL);
  g_autoptr (PstSafetensors) file =
    bytes ? pst_safetensors_new (bytes, NULL) : NULL;

  return file && pst_safetensors_get_metadata (file, "pastiche-head");
}

/* As pst_model_new_from_file(); the message says so if the file is a head. */
static PstModel *
load_network (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  PstModel *model = pst_model_new_from_file (path, &reason);

  if (! model && is_head (path))
    pst_fail (error, PST_ERROR_MODEL,
              _ ("\"%s\" is a head, not a network: it is for \"pastiche-model "
                 "classify\""),
              path);
  else if (! model)
    g_propagate_error (error, g_steal_pointer (&reason));
  return model;
}

/* ---- show --------------------------------------------------------------- */

static void
print_layer (const PstModel *model, const PstLayer *layer)
{
  g_autofree char *description = layer->kind->describe (layer);

  g_print ("  %-24s %s", layer->name, description);
  if (layer->inputs[1] >= 0)
    g_print (_ (" with %s"), model->layers[layer->inputs[1]].name);
  if (layer->relu)
    g_print (", ReLU");
  if (layer->kind == &pst_layer_tap)
    {
      int tap = pst_model_find_tap (model, layer->name);

      g_print ("%s%s",
               pst_taps_have (model->style_taps, tap) ? _ (", style") : "",
               pst_taps_have (model->content_taps, tap) ? _ (", content") : "");
    }
  g_print ("\n");
}

gboolean
pst_show_network (const char *path, GError **error)
{
  g_autoptr (PstModel) model = load_network (path, error);

  if (! model)
    return FALSE;

  g_print ("%s\n%s\n", model->name, path);
  g_print (_ ("%.0f parameters\n"
              "input (rgb - [%g, %g, %g]) * [%g, %g, %g]\n"),
           (double) model->n_parameters, model->mean[0], model->mean[1],
           model->mean[2], model->scale[0], model->scale[1], model->scale[2]);
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
      g_print (_ ("%s: valid; it has no checksum\n"), path);
      return TRUE;
    }

  begin = pst_safetensors_get_data (file) - data;
  g_autofree char *hash =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, data + begin, size - begin);
  if (! g_str_equal (hash, expected))
    return pst_fail (
      error, PST_ERROR_MODEL,
      _ ("The model \"%s\" is damaged: its data differ from those "
         "that were imported"),
      path);

  g_print (_ ("%s: intact, SHA-256 of the data %s\n"), path, hash);
  return TRUE;
}

gboolean
pst_verify_network (const char *path, GError **error)
{
  g_autoptr (PstModel) model = load_network (path, error);
  g_autoptr (GBytes) bytes = NULL;

  if (! model)
    return FALSE;

  bytes = pst_file_read (path, PST_FILE_MAX, error);
  return bytes && check_hash (bytes, path, error);
}
