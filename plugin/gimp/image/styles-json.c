/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles-json.c: styles as JSON, and back */
#include "styles-json.h"

#include <glib/gi18n-lib.h>

/* ---- where files are ---------------------------------------------------- */

GFile *
pst_styles_json_folder (PstImageRef image)
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
  g_autoptr (GFile) folder = pst_styles_json_folder (home);
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

/* The file in @folder, owned by the caller, if there is one. */
static GFile *
find_in (GFile *folder, const char *path)
{
  GFile *file = g_file_resolve_relative_path (folder, path);

  if (! g_file_query_exists (file, NULL))
    g_clear_object (&file);
  return file;
}

/* The file of a path below the folder of the image, or, if it is not there, of
 * that name in one of @folders. */
static GFile *
find_relative (const char *path, PstImageRef home, const GPtrArray *folders)
{
  g_autoptr (GFile) folder = pst_styles_json_folder (home);
  g_autofree char *name = g_path_get_basename (path);
  GFile           *file = folder ? find_in (folder, path) : NULL;

  for (guint i = 0; ! file && folders && i < folders->len; i++)
    file = find_in (folders->pdata[i], name);
  if (! file)
    file = folder ? g_file_resolve_relative_path (folder, path)
                  : g_file_new_for_path (path);
  return file;
}

/* @place: a URI, or what add_place() writes without paths.  Returns a file,
 * whether it exists or not, owned by the caller; NULL if it is neither. */
static GFile *
find_place (const char *place, PstImageRef home, const GPtrArray *folders)
{
  g_autofree char *scheme = g_uri_parse_scheme (place);
  g_autofree char *path = NULL;

  if (scheme)
    return g_file_new_for_uri (place);
  path = g_uri_unescape_string (place, NULL);
  if (home == PST_NO_ITEM || ! path || ! *path || g_path_is_absolute (path))
    return NULL;
  return find_relative (path, home, folders);
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
find_image (const char *place, PstImageRef home, const GPtrArray *folders)
{
  g_autoptr (GFile) file = find_place (place, home, folders);
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
find_layer (PstStyle        *style,
            JsonNode        *number,
            const char      *name,
            const char      *place,
            PstImageRef      home,
            const GPtrArray *folders)
{
  PstImageRef image = place ? find_image (place, home, folders) : home;

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
find_file (PstStyle        *style,
           const char      *place,
           PstImageRef      home,
           const GPtrArray *folders)
{
  GFileType type;

  style->file = find_place (place, home, folders);
  if (! style->file || ! g_file_is_native (style->file))
    return FALSE;
  type = g_file_query_file_type (style->file, G_FILE_QUERY_INFO_NONE, NULL);
  return type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN;
}

static gboolean
style_from_json (PstStyle        *style,
                 JsonObject      *object,
                 PstImageRef      home,
                 const GPtrArray *folders)
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
    return find_file (style, file, home, folders);
  find_layer (style, layer, name, get_string (object, "image"), home, folders);
  return TRUE;
}

gboolean
pst_styles_from_json (PstStyles       *styles,
                      JsonArray       *array,
                      PstImageRef      home,
                      const GPtrArray *folders,
                      GError         **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_auto (PstStyle) style = PST_STYLE_NONE;

      if (! JSON_NODE_HOLDS_OBJECT (node)
          || ! style_from_json (&style, json_node_get_object (node), home,
                                folders))
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
