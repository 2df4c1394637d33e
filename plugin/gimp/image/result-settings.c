/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.c: the settings that are kept with a result, and read back */
#include "result-settings.h"

#include <glib/gi18n-lib.h>

#include "last-used.h"
#include "plugin/find-model.h"
#include "plugin/params-json.h"

/* The paths of this session; GIMP does not save it. */
#define SESSION_PARASITE "pastiche-session"

/* ---- where files are ---------------------------------------------------- */

/* The folder of the image's file; owned by the caller, NULL: it has none on
 * this machine. */
static GFile *
find_folder (PstImageRef image)
{
  g_autofree char *uri = image == PST_NO_ITEM ? NULL : pst_gimp_dup_uri (image);
  g_autoptr (GFile) file = uri ? g_file_new_for_uri (uri) : NULL;

  return file && g_file_is_native (file) ? g_file_get_parent (file) : NULL;
}

static void
add_place (JsonObject *object,
           const char *member,
           GFile      *file,
           PstImageRef home,
           gboolean    with_paths)
{
  g_autoptr (GFile) folder = find_folder (home);
  g_autofree char *path = NULL;
  g_autofree char *place = NULL;

  if (with_paths)
    {
      place = g_file_get_uri (file);
    }
  else
    {
      path = folder ? g_file_get_relative_path (folder, file) : NULL;
      if (! path)
        path = g_file_get_basename (file);
      place = g_uri_escape_string (path, "/", /* allow_utf8= */ FALSE);
    }
  json_object_set_string_member (object, member, place);
}

/* @folder: taken over, may be NULL.  Returns the file, owned by the caller, if
 * there is one. */
static GFile *
find_in (GFile *folder, const char *path)
{
  GFile *file = folder ? g_file_resolve_relative_path (folder, path) : NULL;

  g_clear_object (&folder);
  if (file && ! g_file_query_exists (file, NULL))
    g_clear_object (&file);
  return file;
}

/* A file that does not lie where it lay below the folder of the image. */
static GFile *
find_elsewhere (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_auto (PstStyles) last = { 0 };
  GFile *found = find_in (pst_last_used_library (), name);

  pst_last_used_styles (&last);
  for (int i = 0; ! found && i < last.n_styles; i++)
    if (last.list[i].file)
      found = find_in (g_file_get_parent (last.list[i].file), name);
  return found;
}

/* @place: a URI, or what add_place() writes without paths.  Returns a file,
 * whether it exists or not, owned by the caller; NULL if it is neither. */
static GFile *
find_place (const char *place, PstImageRef home)
{
  g_autofree char *scheme = g_uri_parse_scheme (place);
  g_autofree char *path = NULL;
  GFile           *file;

  if (scheme)
    return g_file_new_for_uri (place);
  path = g_uri_unescape_string (place, NULL);
  if (home == PST_NO_ITEM || ! path || ! *path || g_path_is_absolute (path))
    return NULL;

  file = find_in (find_folder (home), path);
  if (! file)
    file = find_elsewhere (path);
  if (! file)
    {
      g_autoptr (GFile) folder = find_folder (home);

      file = folder ? g_file_resolve_relative_path (folder, path)
                    : g_file_new_for_path (path);
    }
  return file;
}

/* ---- writing styles ----------------------------------------------------- */

static void
add_layer (JsonObject    *object,
           PstDrawableRef layer,
           PstImageRef    home,
           gboolean       with_paths)
{
  PstImageRef      image = gimp_item_get_image (GIMP_ITEM (layer));
  g_autofree char *uri = image == home ? NULL : pst_gimp_dup_uri (image);
  g_autoptr (GFile) file = uri ? g_file_new_for_uri (uri) : NULL;

  json_object_set_int_member (object, "layer",
                              gimp_item_get_tattoo (GIMP_ITEM (layer)));
  if (file)
    add_place (object, "image", file, home, with_paths);
}

static JsonObject *
style_to_json (const PstStyle *style, PstImageRef home, gboolean with_paths)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *name = pst_style_dup_name (style);

  json_object_set_string_member (object, "name", name);
  if (style->drawable != PST_NO_ITEM)
    add_layer (object, style->drawable, home, with_paths);
  else
    add_place (object, "file", style->file, home, with_paths);
  json_object_set_double_member (object, "weight", style->weight);
  if (style->region)
    json_object_set_string_member (object, "region", style->region);
  return object;
}

JsonArray *
pst_styles_to_json (const PstStyles *styles,
                    PstImageRef      home,
                    gboolean         with_paths)
{
  JsonArray *array = json_array_new ();

  for (int i = 0; i < styles->n_styles; i++)
    json_array_add_object_element (array, style_to_json (&styles->list[i], home,
                                                         with_paths));
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

/* The open image whose file is there; without a path, one of that name. */
static PstImageRef
find_image (const char *place, PstImageRef home)
{
  g_autoptr (GFile) file = find_place (place, home);
  g_autofree char *uri = file ? g_file_get_uri (file) : NULL;
  PstImageRef      image = uri ? pst_gimp_find_image (uri) : PST_NO_ITEM;
  g_autofree char *scheme = g_uri_parse_scheme (place);

  if (image == PST_NO_ITEM && file && ! scheme)
    {
      g_autofree char *name = g_file_get_basename (file);

      image = pst_gimp_find_image_by_name (name);
    }
  return image;
}

static void
find_layer (PstStyle   *style,
            JsonNode   *number,
            const char *name,
            const char *place,
            PstImageRef home)
{
  PstImageRef image = place ? find_image (place, home) : home;

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
find_file (PstStyle *style, const char *place, PstImageRef home)
{
  GFileType type;

  style->file = find_place (place, home);
  if (! style->file || ! g_file_is_native (style->file))
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
    return find_file (style, file, home);
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

static void
attach (PstLayerRef   layer,
        const char   *name,
        int           flags,
        gsize         size,
        gconstpointer data)
{
  GimpParasite *parasite = gimp_parasite_new (name, flags, size, data);

  gimp_item_attach_parasite (GIMP_ITEM (layer), parasite);
  gimp_parasite_free (parasite);
}

/* Those of the session begin with those they belong to. */
void
pst_result_settings_attach (const PstResultSettings *settings,
                            PstLayerRef              layer)
{
  gsize            size = strlen (settings->kept) + 1;
  g_autofree char *session =
    g_strconcat (settings->kept, settings->session, NULL);

  attach (layer, PST_RESULT_PARASITE,
          GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE, size,
          settings->kept);
  attach (layer, SESSION_PARASITE, 0, strlen (session) + 1, session);
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

/* Returns a text, owned by the caller; NULL: there is none. */
static char *
get_text (PstLayerRef layer, const char *name)
{
  GimpParasite *parasite = gimp_item_get_parasite (GIMP_ITEM (layer), name);
  char         *text;

  if (! parasite)
    return NULL;
  text = g_strndup (parasite->data, parasite->size);
  gimp_parasite_free (parasite);
  return text;
}

gboolean
pst_result_settings_read (PstLayerRef layer,
                          PstParams  *params,
                          PstStyles  *styles,
                          GError    **error)
{
  g_autofree char *kept = get_text (layer, PST_RESULT_PARASITE);
  g_autofree char *session = get_text (layer, SESSION_PARASITE);
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
