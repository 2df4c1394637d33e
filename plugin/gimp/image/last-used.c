/* SPDX-License-Identifier: GPL-3.0-or-later */
/* last-used.c: what is remembered from run to run, and from session to session
 *
 * The styles are kept twice: as text in the file, and as the numbers of the
 * layers in a parasite, because numbers mean nothing to another session.
 */
#include "last-used.h"

#include <string.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/params-json.h"
#include "region.h"
#include "styles-json.h"

#define LAYERS "pastiche-style-layers"
#define RESULT "pastiche-like-layer"

#define FILE_NAME "pastiche.json"
#define MAX_FILES 48

static const char *const members[] = {
  [PST_REMEMBERED_FOLDERS] = "folders",
  [PST_REMEMBERED_FILES] = "files",
};

/* ---- the file ----------------------------------------------------------- */

static char *
dup_path (void)
{
  return g_build_filename (gimp_directory (), FILE_NAME, NULL);
}

/* What is in the file, empty if it cannot be read; owned by the caller. */
static JsonObject *
load (void)
{
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  gsize            size;
  JsonObject      *memory = NULL;

  if (g_file_get_contents (path, &text, &size, NULL))
    memory = pst_params_parse (text, size, NULL);
  return memory ? memory : json_object_new ();
}

/* A run does not depend on it; whoever looks for the reason finds it in the
 * terminal. */
static void
save (JsonObject *memory)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  json_node_set_object (root, memory);
  text = json_to_string (root, /* pretty= */ TRUE);
  if (! g_file_set_contents (path, text, -1, &error))
    g_printerr ("pastiche: %s\n", error->message);
}

/* The member if it is an array, else NULL. */
static JsonArray *
get_array (JsonObject *memory, const char *name)
{
  JsonNode *node = json_object_get_member (memory, name);

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                              : NULL;
}

/* ---- styles ------------------------------------------------------------- */

static void
keep (const char *name, gsize size, gconstpointer data)
{
  GimpParasite *parasite = gimp_parasite_new (name, 0, size, data);

  gimp_attach_parasite (parasite);
  gimp_parasite_free (parasite);
}

void
pst_last_used_set_styles (const PstStyles *styles)
{
  g_autoptr (JsonObject) memory = load ();
  gint32 ids[PST_MAX_STYLES];

  json_object_set_array_member (memory, "styles",
                                pst_styles_to_json (styles, PST_NO_ITEM,
                                                    /* with_paths= */ TRUE));
  save (memory);

  for (int i = 0; i < styles->n_styles; i++)
    ids[i] = styles->list[i].drawable == PST_NO_ITEM
               ? -1
               : gimp_item_get_id (GIMP_ITEM (styles->list[i].drawable));
  keep (LAYERS, styles->n_styles * sizeof *ids, ids);
}

/* Layers of this session, whether their image has a file or not. */
static void
find_layers (PstStyles *styles)
{
  GimpParasite *memory = gimp_get_parasite (LAYERS);
  gint32        ids[PST_MAX_STYLES];

  if (! memory)
    return;

  if (memory->size == styles->n_styles * sizeof *ids)
    {
      memcpy (ids, memory->data, memory->size);
      for (int i = 0; i < styles->n_styles; i++)
        {
          PstStyle      *style = &styles->list[i];
          PstDrawableRef drawable = pst_gimp_find_drawable (ids[i]);

          if (style->file || drawable == PST_NO_ITEM)
            continue;
          style->drawable = drawable;
          g_clear_pointer (&style->missing, g_free);
        }
    }
  gimp_parasite_free (memory);
}

void
pst_last_used_styles (PstStyles *ret_styles)
{
  g_autoptr (JsonObject) memory = load ();
  JsonArray *styles = get_array (memory, "styles");

  if (styles
      && pst_styles_from_json (ret_styles, styles, PST_NO_ITEM,
                               /* folders= */ NULL, NULL))
    find_layers (ret_styles);
}

void
pst_last_used_choice (PstStyles *ret_styles, const PstContent *content)
{
  pst_last_used_styles (ret_styles);
  for (int i = ret_styles->n_styles - 1; i >= 0; i--)
    {
      PstStyle *style = &ret_styles->list[i];

      if (style->region && ! pst_region_check (style->region, content, NULL))
        g_clear_pointer (&style->region, g_free);
      if (! pst_style_check (style, content, NULL)
          || (style->file && ! g_file_query_exists (style->file, NULL)))
        pst_styles_remove (ret_styles, i);
    }
}

void
pst_last_used_set_result (PstLayerRef layer)
{
  gint32 id = gimp_item_get_id (GIMP_ITEM (layer));

  keep (RESULT, sizeof id, &id);
}

PstLayerRef
pst_last_used_result (void)
{
  GimpParasite  *memory = gimp_get_parasite (RESULT);
  PstDrawableRef drawable = PST_NO_ITEM;
  gint32         id;

  if (! memory)
    return PST_NO_ITEM;

  if (memory->size == sizeof id)
    {
      memcpy (&id, memory->data, sizeof id);
      drawable = pst_gimp_find_drawable (id);
    }
  gimp_parasite_free (memory);
  return drawable != PST_NO_ITEM && gimp_item_is_layer (GIMP_ITEM (drawable))
           ? GIMP_LAYER (drawable)
           : PST_NO_ITEM;
}

/* ---- the gallery -------------------------------------------------------- */

static GFile *
get_file (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? g_file_new_for_uri (json_node_get_string (node))
           : NULL;
}

static GPtrArray *
list_files (JsonObject *memory, PstRemembered kind)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = get_array (memory, members[kind]);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      GFile *file = get_file (array, i);

      if (file && g_file_is_native (file))
        g_ptr_array_add (files, file);
      else
        g_clear_object (&file);
    }
  return files;
}

static void
set_files (JsonObject *memory, PstRemembered kind, const GPtrArray *files)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < files->len && i < MAX_FILES; i++)
    {
      g_autofree char *uri = g_file_get_uri (files->pdata[i]);

      json_array_add_string_element (array, uri);
    }
  json_object_set_array_member (memory, members[kind], array);
  save (memory);
}

static void
drop (GPtrArray *files, GFile *file)
{
  for (guint i = files->len; i > 0; i--)
    if (g_file_equal (files->pdata[i - 1], file))
      g_ptr_array_remove_index (files, i - 1);
}

GPtrArray *
pst_last_used_list (PstRemembered kind)
{
  g_autoptr (JsonObject) memory = load ();

  return list_files (memory, kind);
}

void
pst_last_used_add (PstRemembered kind, GFile *file)
{
  g_autoptr (JsonObject) memory = load ();
  g_autoptr (GPtrArray) files = list_files (memory, kind);

  drop (files, file);
  g_ptr_array_insert (files, 0, g_object_ref (file));
  set_files (memory, kind, files);
}

void
pst_last_used_remove (PstRemembered kind, GFile *file)
{
  g_autoptr (JsonObject) memory = load ();
  g_autoptr (GPtrArray) files = list_files (memory, kind);

  drop (files, file);
  set_files (memory, kind, files);
}

void
pst_last_used_set_source (const char *source)
{
  g_autoptr (JsonObject) memory = load ();

  json_object_set_string_member (memory, "source", source);
  save (memory);
}

/* Owned by the caller; NULL: none. */
static char *
dup_source (JsonObject *memory)
{
  JsonNode *node = json_object_get_member (memory, "source");

  return node && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node)
           : NULL;
}

void
pst_last_used_gallery (PstLastGallery *ret_gallery)
{
  g_autoptr (JsonObject) memory = load ();

  ret_gallery->folders = list_files (memory, PST_REMEMBERED_FOLDERS);
  ret_gallery->files = list_files (memory, PST_REMEMBERED_FILES);
  ret_gallery->source = dup_source (memory);
}

void
pst_last_gallery_clear (PstLastGallery *gallery)
{
  g_clear_pointer (&gallery->folders, g_ptr_array_unref);
  g_clear_pointer (&gallery->files, g_ptr_array_unref);
  g_clear_pointer (&gallery->source, g_free);
}
