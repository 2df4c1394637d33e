/* SPDX-License-Identifier: GPL-3.0-or-later */
/* description.c: how the tensors of a file make a network */
#include "description.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "description-layers.h"
#include "json.h"

#define VERSION 1

/* The tap names listed under @member ("style", "content") as bits. */
static gboolean
read_tap_list (const PstModel *model,
               JsonObject     *description,
               const char     *member,
               guint32        *ret_taps,
               GError        **error)
{
  JsonArray *array = pst_json_get_array (description, member, error);
  guint32    taps = 0;

  if (! array)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode   *node = json_array_get_element (array, i);
      const char *name = NULL;

      if (JSON_NODE_HOLDS_VALUE (node))
        name = json_node_get_string (node); /* NULL for other values */
      if (! name)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("\"%s\" must be a list of tap names"), member);

      int tap = pst_model_find_tap (model, name);
      if (tap < 0)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("\"%s\" names the tap \"%s\", which no layer has"),
                         member, name);

      const PstLayer *layer = &model->layers[model->taps[tap]];
      if (model->layers[layer->inputs[0]].kind == &pst_layer_global_avgpool)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("\"%s\" names the tap \"%s\", a mean, which has no "
                            "positions"),
                         member, name);
      taps |= (guint32) 1 << tap;
    }

  if (taps == 0)
    return pst_fail (error, PST_ERROR_MODEL, _ ("\"%s\" names no tap"), member);

  *ret_taps = taps;
  return TRUE;
}

/* Chooses between two words. */
static gboolean
read_choice (JsonObject *object,
             const char *member,
             const char *first,
             const char *second,
             gboolean   *ret_is_second,
             GError    **error)
{
  const char *word = pst_json_get_string (object, member, NULL, error);

  if (! word)
    return FALSE;
  if (strcmp (word, first) != 0 && strcmp (word, second) != 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"%s\" is \"%s\"; possible are \"%s\" and \"%s\""),
                     member, word, first, second);

  *ret_is_second = strcmp (word, second) == 0;
  return TRUE;
}

static gboolean
read_input (PstModel      *model,
            PstLayerNeeds *needs,
            JsonObject    *description,
            GError       **error)
{
  JsonObject *input = pst_json_get_object (description, "input", error);
  gboolean    replicate = FALSE;
  float       mean[3];
  float       scale[3];

  if (! input || ! pst_json_get_numbers (input, "mean", 3, mean, error)
      || ! pst_json_get_numbers (input, "scale", 3, scale, error)
      || ! read_choice (input, "order", "rgb", "bgr", &needs->bgr, error)
      || ! read_choice (description, "padding", "zero", "replicate", &replicate,
                        error))
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (scale[i] == 0)
        return pst_fail (error, PST_ERROR_MODEL, _ ("\"scale\" must not be 0"));
      model->mean[i] = mean[needs->bgr ? 2 - i : i];
      model->scale[i] = scale[needs->bgr ? 2 - i : i];
    }

  needs->padding = replicate ? PST_PADDING_REPLICATE : PST_PADDING_ZERO;
  return TRUE;
}

static gboolean
read_description (PstModel             *model,
                  const PstSafetensors *file,
                  JsonObject           *description,
                  GError              **error)
{
  PstLayerNeeds needs = { .file = file };
  gint64        version;

  if (! pst_json_get_count (description, "version", -1, &version, error))
    return FALSE;

  if (version != VERSION)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the version is %lld, but this program reads version "
                        "%d; a newer Pastiche may read it"),
                     (long long) version, VERSION);

  const char *name = pst_json_get_string (description, "name", NULL, error);
  if (! name)
    return FALSE;

  const char *credits = pst_json_get_string (description, "credits", "", error);
  if (! credits)
    return FALSE;

  if (*name == '\0')
    return pst_fail (error, PST_ERROR_MODEL, _ ("\"name\" is empty"));

  model->name = g_strdup (name);
  model->credits = g_strdup (credits);

  return read_input (model, &needs, description, error)
         && pst_layers_read (model, &needs, description, error)
         && read_tap_list (model, description, "style", &model->style_taps,
                           error)
         && read_tap_list (model, description, "content", &model->content_taps,
                           error);
}

gboolean
pst_description_read (PstModel             *model,
                      const PstSafetensors *file,
                      const char           *text,
                      GError              **error)
{
  g_autoptr (JsonObject) description =
    pst_json_parse (text, strlen (text), error);

  if (! description)
    {
      g_prefix_error (error, _ ("description: "));
      return FALSE;
    }

  if (! read_description (model, file, description, error))
    {
      g_prefix_error (error, _ ("description: "));
      return FALSE;
    }

  return TRUE;
}
