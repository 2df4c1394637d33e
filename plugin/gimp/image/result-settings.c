/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.c: the settings that are kept with a result, and read back */
#include "result-settings.h"

#include <glib/gi18n-lib.h>

#include "last-used.h"
#include "layer-text.h"
#include "plugin/find-model.h"
#include "plugin/params-json.h"
#include "styles-json.h"

/* The paths of this session; GIMP does not save it. */
#define SESSION_PARASITE "pastiche-session"

/* Returns the text, owned by the caller. */
static char *
write_settings (const PstRequest *request, gboolean with_paths)
{
  const char      *model = request->params.model;
  g_autofree char *name = pst_styles_dup_name (&request->styles);
  g_autofree char *text = pst_params_to_json (&request->params, name);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (root);

  if (! with_paths && model)
    {
      g_autofree char *model_name = pst_model_dup_name (model);

      json_object_set_string_member (object, "model", model_name);
    }
  json_object_set_array_member (object, "styles",
                                pst_styles_to_json (&request->styles,
                                                    request->content.image,
                                                    with_paths));
  return json_to_string (root, /* pretty= */ FALSE);
}

void
pst_result_settings_init (PstResultSettings *settings,
                          const PstRequest  *request)
{
  settings->kept = write_settings (request, /* with_paths= */ FALSE);
  settings->session = write_settings (request, /* with_paths= */ TRUE);
}

void
pst_result_settings_clear (PstResultSettings *settings)
{
  g_clear_pointer (&settings->kept, g_free);
  g_clear_pointer (&settings->session, g_free);
}

/* Those of the session begin with those they belong to. */
void
pst_result_settings_attach (const PstResultSettings *settings,
                            PstLayerRef              layer)
{
  g_autofree char *session =
    g_strconcat (settings->kept, settings->session, NULL);

  pst_layer_text_set (layer, PST_RESULT_PARASITE, PST_LAYER_TEXT_KEPT,
                      settings->kept);
  pst_layer_text_set (layer, SESSION_PARASITE, 0, session);
}

/* Where styles may be that are not where they were: the gallery's folders, and
 * those of the last styles. */
static GPtrArray *
find_folders (void)
{
  GPtrArray *folders = pst_last_used_list (PST_REMEMBERED_FOLDERS);
  g_auto (PstStyles) last = { 0 };

  pst_last_used_styles (&last);
  for (int i = 0; i < last.n_styles; i++)
    {
      GFile *file = last.list[i].file;
      GFile *folder = file ? g_file_get_parent (file) : NULL;

      if (folder)
        g_ptr_array_add (folders, folder);
    }
  return folders;
}

static gboolean
read_object (JsonObject *object,
             PstImageRef image,
             PstParams  *params,
             PstStyles  *styles,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, "styles");
  g_autoptr (GPtrArray) folders = find_folders ();

  if (! node || ! JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("It contains no styles."));
      return FALSE;
    }
  return pst_styles_from_json (styles, json_node_get_array (node), image,
                               folders, error)
         && pst_params_read (params, object, error);
}

gboolean
pst_result_settings_read (PstLayerRef layer,
                          PstParams  *params,
                          PstStyles  *styles,
                          GError    **error)
{
  g_autofree char *kept = pst_layer_text_dup (layer, PST_RESULT_PARASITE);
  g_autofree char *session = pst_layer_text_dup (layer, SESSION_PARASITE);
  const char      *text = kept;
  g_autoptr (JsonObject) object = NULL;

  if (! kept)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("The layer is not the result of a neural style "
                              "transfer: it has no settings. Choose one that "
                              "is."));
      return FALSE;
    }

  if (session && g_str_has_prefix (session, kept))
    text = session + strlen (kept);
  object = pst_params_parse (text, strlen (text), error);
  if (object
      && read_object (object, gimp_item_get_image (GIMP_ITEM (layer)), params,
                      styles, error))
    return TRUE;
  g_prefix_error (error, "%s ", _ ("The settings of the layer are damaged."));
  return FALSE;
}
