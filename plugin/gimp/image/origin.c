/* SPDX-License-Identifier: GPL-3.0-or-later */
/* origin.c: the layer that a result was painted from */
#include "origin.h"

#include "layer-text.h"
#include "plugin/params-json.h"

/* Of the result: a JSON object, see pst_origin_attach(). */
#define ORIGIN_PARASITE "pastiche-origin"
/* Of the content: its identifier. */
#define ID_PARASITE "pastiche-id"

/* ---- reading ------------------------------------------------------------ */

/* Returns NULL if the result says nothing; owned by the caller. */
static JsonObject *
read_object (PstLayerRef result)
{
  g_autofree char *text = pst_layer_text_dup (result, ORIGIN_PARASITE);

  return text ? pst_params_parse (text, strlen (text), NULL) : NULL;
}

/* The member if it is there and of that type, else NULL. */
static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == type
           ? node
           : NULL;
}

/* Returns NULL if there is none. */
static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node ? json_node_get_string (node) : NULL;
}

/* Returns 0 if there is none. */
static int
get_int (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node ? CLAMP (json_node_get_int (node), G_MININT32, G_MAXINT32) : 0;
}

static gboolean
has_id (PstLayerRef layer, const char *id)
{
  g_autofree char *own = pst_layer_text_dup (layer, ID_PARASITE);

  return g_strcmp0 (own, id) == 0;
}

static gboolean
has_name (PstLayerRef layer, const char *name)
{
  g_autofree char *own = gimp_item_get_name (GIMP_ITEM (layer));

  return g_strcmp0 (own, name) == 0;
}

static gboolean
has_tattoo (PstLayerRef layer, JsonObject *object, const char *member)
{
  return (int) gimp_item_get_tattoo (GIMP_ITEM (layer))
         == get_int (object, member);
}

/* Whether the image of the result is another than it was painted in: neither
 * the result nor one that it was copied from has its tattoo. */
static gboolean
is_elsewhere (JsonObject *object, const PstLayerRef *layers, int n_layers)
{
  const char *id = get_string (object, "id");

  for (int i = 0; i < n_layers; i++)
    if (has_tattoo (layers[i], object, "self"))
      {
        g_autoptr (JsonObject) other = read_object (layers[i]);

        if (other && g_strcmp0 (get_string (other, "id"), id) == 0)
          return FALSE;
      }
  return TRUE;
}

/* How well a layer with the content's identifier agrees; -1: it is a copy of
 * the content.  Elsewhere there are only copies, and tattoos mean nothing. */
static int
rate (PstLayerRef layer, JsonObject *object, gboolean elsewhere)
{
  gboolean same_tattoo = has_tattoo (layer, object, "layer");
  gboolean same_name = has_name (layer, get_string (object, "content"));

  if (elsewhere)
    return 2 * same_name + same_tattoo;
  return same_tattoo || same_name ? 2 * same_tattoo + same_name : -1;
}

/* The best of the layers with the identifier, the lower of two. */
static PstLayerRef
find_content (PstLayerRef result, JsonObject *object)
{
  const char             *id = get_string (object, "id");
  int                     n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (gimp_item_get_image (GIMP_ITEM (result)), &n_layers);
  gboolean    elsewhere = is_elsewhere (object, layers, n_layers);
  PstLayerRef found = PST_NO_ITEM;
  int         best = -1;

  for (int i = n_layers - 1; id && i >= 0; i--)
    if (layers[i] != result && has_id (layers[i], id))
      {
        int rating = rate (layers[i], object, elsewhere);

        if (rating > best)
          {
            found = layers[i];
            best = rating;
          }
      }
  return found;
}

void
pst_origin_read (PstLayerRef result, PstOrigin *ret_origin)
{
  g_autoptr (JsonObject) object = read_object (result);

  *ret_origin = (PstOrigin){ .content = PST_NO_ITEM };
  if (! object)
    return;

  *ret_origin =
    (PstOrigin){ .content = find_content (result, object),
                 .content_name = g_strdup (get_string (object, "content")),
                 .result_name = g_strdup (get_string (object, "name")),
                 .area = { get_int (object, "x"), get_int (object, "y"),
                           get_int (object, "width"),
                           get_int (object, "height") },
                 .width = get_int (object, "content-width"),
                 .height = get_int (object, "content-height") };
}

void
pst_origin_clear (PstOrigin *origin)
{
  g_clear_pointer (&origin->content_name, g_free);
  g_clear_pointer (&origin->result_name, g_free);
}

gboolean
pst_origin_is (PstLayerRef result, PstLayerRef content)
{
  g_autoptr (JsonObject) object = read_object (result);
  const char *id = object ? get_string (object, "id") : NULL;

  return id && has_id (content, id) && has_tattoo (content, object, "layer");
}

/* ---- writing ------------------------------------------------------------ */

char *
pst_origin_dup_id (PstLayerRef content)
{
  char *id = pst_layer_text_dup (content, ID_PARASITE);

  return id ? id : g_uuid_string_random ();
}

void
pst_origin_attach (PstLayerRef       result,
                   guint             tattoo,
                   const char       *name,
                   const PstContent *content,
                   const char       *id)
{
  PstItemRef           item = GIMP_ITEM (content->layer);
  const GeglRectangle *area = &content->area;
  g_autofree char     *content_name = gimp_item_get_name (item);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "id", id);
  json_object_set_int_member (object, "layer",
                              (int) gimp_item_get_tattoo (item));
  json_object_set_int_member (object, "self", (int) tattoo);
  json_object_set_string_member (object, "content", content_name);
  json_object_set_string_member (object, "name", name);
  json_object_set_int_member (object, "x", area->x);
  json_object_set_int_member (object, "y", area->y);
  json_object_set_int_member (object, "width", area->width);
  json_object_set_int_member (object, "height", area->height);
  json_object_set_int_member (object, "content-width",
                              gimp_drawable_get_width (
                                GIMP_DRAWABLE (content->layer)));
  json_object_set_int_member (object, "content-height",
                              gimp_drawable_get_height (
                                GIMP_DRAWABLE (content->layer)));

  json_node_set_object (root, object);
  text = json_to_string (root, /* pretty= */ FALSE);
  pst_layer_text_set (result, ORIGIN_PARASITE, PST_LAYER_TEXT_KEPT, text);
}

void
pst_origin_mark (PstLayerRef content, const char *id)
{
  if (! has_id (content, id))
    pst_layer_text_set (content, ID_PARASITE, PST_LAYER_TEXT_KEPT, id);
}
