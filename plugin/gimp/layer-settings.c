/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-settings.c: the settings that are kept with a result, and read back */
#include "layer-settings.h"

#include <glib/gi18n-lib.h>

#include "canvas.h"
#include "plugin/params-read.h"
#include "plugin/settings-text.h"
#include "style-text.h"

char *
pst_layer_settings_new (const PstParams *params,
                        const PstStyles *styles,
                        PstImageRef      image)
{
  g_autofree char *name = pst_styles_dup_name (styles);
  g_autofree char *text = pst_params_to_json (params, name);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  json_object_set_array_member (json_node_get_object (root), "styles",
                                pst_styles_to_json (styles, image));
  return json_to_string (root, /* pretty= */ FALSE);
}

gboolean
pst_layer_settings_exist (PstLayerRef layer)
{
  GimpParasite *parasite =
    gimp_item_get_parasite (GIMP_ITEM (layer), PST_PARASITE);

  if (! parasite)
    return FALSE;
  gimp_parasite_free (parasite);
  return TRUE;
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
                           _ ("There are no styles in it."));
      return FALSE;
    }
  return pst_styles_from_json (styles, json_node_get_array (node), image, error)
         && pst_params_read (params, object, error);
}

gboolean
pst_layer_settings_read (PstLayerRef layer,
                         PstParams  *params,
                         PstStyles  *styles,
                         GError    **error)
{
  GimpParasite *parasite =
    gimp_item_get_parasite (GIMP_ITEM (layer), PST_PARASITE);
  g_autoptr (JsonObject) object = NULL;

  if (! parasite)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("The layer is not the result of a neural style "
                              "transfer: it has no settings. Choose one that "
                              "is."));
      return FALSE;
    }

  object = pst_settings_text_parse (parasite->data, parasite->size, error);
  gimp_parasite_free (parasite);
  if (object
      && read_object (object, gimp_item_get_image (GIMP_ITEM (layer)), params,
                      styles, error))
    return TRUE;
  g_prefix_error (error, "%s ", _ ("The settings of the layer are damaged."));
  return FALSE;
}
