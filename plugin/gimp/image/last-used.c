/* SPDX-License-Identifier: GPL-3.0-or-later */
/* last-used.c: what is remembered from run to run, and from session to session
 *
 * The styles are kept twice: as text, in a parasite that outlives the session,
 * and as the numbers of the layers, in one that does not, because numbers mean
 * nothing to another session.
 */
#include "last-used.h"

#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/params-json.h"
#include "region.h"
#include "styles-json.h"

#define STYLES  "pastiche-styles"
#define LAYERS  "pastiche-style-layers"
#define RESULT  "pastiche-like-layer"
#define LIBRARY "pastiche-style-library"

static void
keep (const char *name, int flags, gsize size, gconstpointer data)
{
  GimpParasite *parasite = gimp_parasite_new (name, flags, size, data);

  gimp_attach_parasite (parasite);
  gimp_parasite_free (parasite);
}

void
pst_last_used_set_styles (const PstStyles *styles)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;
  gint32           ids[PST_MAX_STYLES];

  json_object_set_array_member (object, "styles",
                                pst_styles_to_json (styles, PST_NO_ITEM,
                                                    /* with_paths= */ TRUE));
  json_node_set_object (root, object);
  text = json_to_string (root, /* pretty= */ FALSE);
  keep (STYLES, GIMP_PARASITE_PERSISTENT, strlen (text) + 1, text);

  for (int i = 0; i < styles->n_styles; i++)
    ids[i] = styles->list[i].drawable == PST_NO_ITEM
               ? -1
               : gimp_item_get_id (GIMP_ITEM (styles->list[i].drawable));
  keep (LAYERS, 0, styles->n_styles * sizeof *ids, ids);
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

gboolean
pst_last_used_styles (PstStyles *ret_styles)
{
  GimpParasite *memory = gimp_get_parasite (STYLES);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *styles;

  if (! memory)
    return FALSE;

  object = pst_params_parse (memory->data, memory->size, NULL);
  gimp_parasite_free (memory);
  styles = object ? json_object_get_member (object, "styles") : NULL;
  if (! styles || ! JSON_NODE_HOLDS_ARRAY (styles)
      || ! pst_styles_from_json (ret_styles, json_node_get_array (styles),
                                 PST_NO_ITEM, /* folders= */ NULL, NULL))
    return FALSE;

  find_layers (ret_styles);
  return TRUE;
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
  if (ret_styles->n_styles == 0)
    pst_styles_add_default (ret_styles, content);
}

void
pst_last_used_set_result (PstLayerRef layer)
{
  gint32 id = gimp_item_get_id (GIMP_ITEM (layer));

  keep (RESULT, 0, sizeof id, &id);
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

void
pst_last_used_set_library (GFile *folder)
{
  g_autofree char *uri = g_file_get_uri (folder);

  keep (LIBRARY, GIMP_PARASITE_PERSISTENT, strlen (uri) + 1, uri);
}

GFile *
pst_last_used_library (void)
{
  GimpParasite    *memory = gimp_get_parasite (LIBRARY);
  g_autofree char *uri = NULL;

  if (! memory)
    return NULL;
  uri = g_strndup (memory->data, memory->size);
  gimp_parasite_free (memory);
  return g_file_new_for_uri (uri);
}
