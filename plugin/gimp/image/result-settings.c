/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.c: the settings that are kept with a result, and read back */
#include "result-settings.h"

#include <glib/gi18n-lib.h>

#include "plugin/params-json.h"

/* ---- writing styles ----------------------------------------------------- */

static void
add_layer (JsonObject *object, PstDrawableRef layer, PstImageRef home)
{
  PstImageRef      image = gimp_item_get_image (GIMP_ITEM (layer));
  g_autofree char *uri = image == home ? NULL : pst_gimp_dup_uri (image);

  json_object_set_int_member (object, "layer",
                              gimp_item_get_tattoo (GIMP_ITEM (layer)));
  if (uri)
    json_object_set_string_member (object, "image", uri);
}

static JsonObject *
style_to_json (const PstStyle *style, PstImageRef home)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *name = pst_style_dup_name (style);

  json_object_set_string_member (object, "name", name);
  if (style->drawable != PST_NO_ITEM)
    {
      add_layer (object, style->drawable, home);
    }
  else
    {
      g_autofree char *uri = g_file_get_uri (style->file);

      json_object_set_string_member (object, "file", uri);
    }
  json_object_set_double_member (object, "weight", style->weight);
  if (style->region)
    json_object_set_string_member (object, "region", style->region);
  return object;
}

JsonArray *
pst_styles_to_json (const PstStyles *styles, PstImageRef home)
{
  JsonArray *array = json_array_new ();

  for (int i = 0; i < styles->n_styles; i++)
    json_array_add_object_element (array,
                                   style_to_json (&styles->list[i], home));
  return array;
}

/* ---- reading styles ----------------------------------------------------- */

/* The member @name if it is there and of that kind, else NULL. */
static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (! node || ! JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node ? json_node_get_string (node) : NULL;
}

static void
find_layer (PstStyle   *style,
            JsonNode   *number,
            const char *name,
            const char *uri,
            PstImageRef home)
{
  PstImageRef image = uri ? pst_gimp_find_image (uri) : home;

  if (image != PST_NO_ITEM)
    style->drawable = GIMP_DRAWABLE (
      gimp_image_get_layer_by_tattoo (image,
                                      (guint) json_node_get_int (number)));
  if (style->drawable == PST_NO_ITEM)
    style->missing = g_strdup (name);
}

/* Opening what is not a file of this machine could tell others about it; what
 * is no plain file may never end.  One that is gone is said to be when it is to
 * be read. */
static gboolean
find_file (PstStyle *style, const char *uri)
{
  GFileType type;

  style->file = g_file_new_for_uri (uri);
  if (! g_file_is_native (style->file))
    return FALSE;
  type = g_file_query_file_type (style->file, G_FILE_QUERY_INFO_NONE, NULL);
  return type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN;
}

static gboolean
style_from_json (PstStyle *style, JsonObject *object, PstImageRef home)
{
  const char *name = get_string (object, "name");
  const char *file = get_string (object, "file");
  JsonNode   *layer = get_value (object, "layer", G_TYPE_INT64);
  JsonNode   *weight = get_value (object, "weight", G_TYPE_DOUBLE);

  if (! weight)
    weight = get_value (object, "weight", G_TYPE_INT64);
  if (! name || (! file && ! layer))
    return FALSE;
  if (weight)
    style->weight = json_node_get_double (weight);
  if (! (style->weight > 0 && style->weight <= PST_STYLE_MAX_WEIGHT))
    return FALSE;

  style->region = g_strdup (get_string (object, "region"));
  if (file)
    return find_file (style, file);
  find_layer (style, layer, name, get_string (object, "image"), home);
  return TRUE;
}

gboolean
pst_styles_from_json (PstStyles  *styles,
                      JsonArray  *array,
                      PstImageRef home,
                      GError    **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_auto (PstStyle) style = PST_STYLE_NONE;

      if (! JSON_NODE_HOLDS_OBJECT (node)
          || ! style_from_json (&style, json_node_get_object (node), home))
        {
          g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                       _ ("Style number %u is invalid."), i + 1);
          pst_styles_clear (styles);
          return FALSE;
        }
      if (! pst_styles_add (styles, &style, error))
        {
          pst_styles_clear (styles);
          return FALSE;
        }
    }
  return TRUE;
}

/* ---- all of it ---------------------------------------------------------- */

char *
pst_result_settings_new (const PstRequest *request)
{
  g_autofree char *name = pst_styles_dup_name (&request->styles);
  g_autofree char *text = pst_params_to_json (&request->params, name);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  json_object_set_array_member (json_node_get_object (root), "styles",
                                pst_styles_to_json (&request->styles,
                                                    request->content.image));
  return json_to_string (root, /* pretty= */ FALSE);
}

static gboolean
read_object (JsonObject *object,
             PstImageRef image,
             PstParams  *params,
             PstStyles  *styles,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, "styles");

  if (! node || ! JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("It contains no styles."));
      return FALSE;
    }
  return pst_styles_from_json (styles, json_node_get_array (node), image, error)
         && pst_params_read (params, object, error);
}

gboolean
pst_result_settings_read (PstLayerRef layer,
                          PstParams  *params,
                          PstStyles  *styles,
                          GError    **error)
{
  GimpParasite *parasite =
    gimp_item_get_parasite (GIMP_ITEM (layer), PST_RESULT_PARASITE);
  g_autoptr (JsonObject) object = NULL;

  if (! parasite)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("The layer is not the result of a neural style "
                              "transfer: it has no settings. Choose one that "
                              "is."));
      return FALSE;
    }

  object = pst_params_parse (parasite->data, parasite->size, error);
  gimp_parasite_free (parasite);
  if (object
      && read_object (object, gimp_item_get_image (GIMP_ITEM (layer)), params,
                      styles, error))
    return TRUE;
  g_prefix_error (error, "%s ", _ ("The settings of the layer are damaged."));
  return FALSE;
}
