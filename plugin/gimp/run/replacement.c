/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replacement.c: a result that takes the place of an earlier one */
#include "replacement.h"

#include <glib/gi18n-lib.h>

#include "new-layer.h"
#include "plugin/gimp/image/origin.h"

gboolean
pst_replacement_is_possible (PstLayerRef layer, const PstContent *content)
{
  PstItemRef item = GIMP_ITEM (layer);

  return layer != PST_NO_ITEM && gimp_item_is_valid (item)
         && gimp_item_get_image (item) == content->image
         && ! gimp_item_is_group (item) && ! gimp_item_get_lock_content (item);
}

static GeglRectangle
get_place (PstLayerRef layer)
{
  PstDrawableRef drawable = GIMP_DRAWABLE (layer);
  GeglRectangle  place = { .width = gimp_drawable_get_width (drawable),
                           .height = gimp_drawable_get_height (drawable) };

  gimp_drawable_get_offsets (drawable, &place.x, &place.y);
  return place;
}

/* The place of what is painted. */
static GeglRectangle
get_painted_place (const PstContent *content)
{
  GeglRectangle place = content->area;
  int           x, y;

  gimp_drawable_get_offsets (GIMP_DRAWABLE (content->layer), &x, &y);
  place.x += x;
  place.y += y;
  return place;
}

gboolean
pst_replacement_covers (PstLayerRef layer, const PstContent *content)
{
  GeglRectangle before = get_place (layer);
  GeglRectangle place = get_painted_place (content);
  g_auto (PstOrigin) origin = { .content = PST_NO_ITEM };

  pst_origin_read (layer, &origin);
  return gegl_rectangle_equal (&before, &place)
         || gegl_rectangle_equal (&origin.area, &content->area);
}

/* Where a result goes in the image: above what is painted; as far from it as
 * the earlier one was moved, unless one of the two has been cropped or scaled
 * since. */
static GeglRectangle
find_place (PstLayerRef replaced, const PstContent *content)
{
  g_auto (PstOrigin) origin = { .content = PST_NO_ITEM };
  const GeglRectangle *painted = &origin.area;
  GeglRectangle        before = get_place (replaced);
  GeglRectangle        below = get_place (content->layer);
  GeglRectangle        place = get_painted_place (content);

  pst_origin_read (replaced, &origin);
  if (below.width == origin.width && below.height == origin.height
      && before.width == painted->width && before.height == painted->height)
    {
      place.x += before.x - (below.x + painted->x);
      place.y += before.y - (below.y + painted->y);
    }
  return place;
}

void
pst_replacement_place (PstLayerRef       layer,
                       PstLayerRef       replaced,
                       const PstContent *content)
{
  GeglRectangle place = find_place (replaced, content);

  gimp_layer_set_offsets (layer, place.x, place.y);
}

/* Whether the layer is called as we called it; GIMP may have added a number. */
static gboolean
has_our_name (PstLayerRef layer)
{
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (layer));
  g_auto (PstOrigin) origin = { .content = PST_NO_ITEM };
  const char *rest;

  pst_origin_read (layer, &origin);
  if (! origin.result_name || ! g_str_has_prefix (name, origin.result_name))
    return FALSE;
  rest = name + strlen (origin.result_name);
  return ! *rest
         || (g_str_has_prefix (rest, " #") && rest[2]
             && strspn (rest + 2, "0123456789") == strlen (rest + 2));
}

static gboolean
has_size (PstLayerRef layer, const PstContent *content)
{
  GeglRectangle place = get_place (layer);

  return place.width == content->area.width
         && place.height == content->area.height;
}

static void
set_refused (GError **error)
{
  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               _ ("The result cannot be added to the image: %s"),
               pst_gimp_last_error ());
}

PstLayerRef
pst_replacement_new (PstLayerRef       replaced,
                     const char       *name,
                     const PstContent *content,
                     const PstImage   *picture,
                     GError          **error)
{
  g_autofree char *own_name = gimp_item_get_name (GIMP_ITEM (replaced));
  PstLayerRef      layer = gimp_layer_copy (replaced);

  if (layer == PST_NO_ITEM)
    {
      set_refused (error);
      return PST_NO_ITEM;
    }

  /* Until it is in its place. */
  gimp_item_set_lock_position (GIMP_ITEM (layer), FALSE);
  gimp_item_set_name (GIMP_ITEM (layer),
                      has_our_name (replaced) ? name : own_name);
  if (! gimp_drawable_has_alpha (GIMP_DRAWABLE (layer)))
    gimp_layer_add_alpha (layer);

  if (! has_size (layer, content)) /* GIMP resizes only what is in an image */
    return layer;
  pst_replacement_place (layer, replaced, content);
  if (! pst_new_layer_write (content, layer, picture, error))
    {
      gimp_item_delete (GIMP_ITEM (layer));
      return PST_NO_ITEM;
    }
  return layer;
}

/* Gives a layer in the image another size, and the pixels, which one of the
 * right size has already. */
static gboolean
fit (PstLayerRef       layer,
     PstLayerRef       replaced,
     const PstContent *content,
     const PstImage   *picture,
     GError          **error)
{
  GeglRectangle before = get_place (layer);
  GeglRectangle place = find_place (replaced, content);

  if (has_size (layer, content))
    return TRUE;
  if (! gimp_layer_resize (layer, place.width, place.height, before.x - place.x,
                           before.y - place.y))
    {
      set_refused (error);
      return FALSE;
    }
  return pst_new_layer_write (content, layer, picture, error);
}

gboolean
pst_replacement_insert (PstLayerRef       layer,
                        PstLayerRef       replaced,
                        const PstContent *content,
                        const PstImage   *picture,
                        GError          **error)
{
  PstImageRef      image = content->image;
  PstItemRef       old = GIMP_ITEM (replaced);
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (layer));
  guint            tattoo = gimp_item_get_tattoo (old);

  if (! gimp_image_insert_layer (image, layer,
                                 GIMP_LAYER (gimp_item_get_parent (old)),
                                 gimp_image_get_item_position (image, old)))
    {
      set_refused (error);
      return FALSE;
    }
  if (! fit (layer, replaced, content, picture, error))
    {
      gimp_image_remove_layer (image, layer);
      return FALSE;
    }

  if (gimp_item_get_lock_position (old))
    gimp_item_set_lock_position (GIMP_ITEM (layer), TRUE);
  gimp_image_remove_layer (image, replaced);
  gimp_item_set_name (GIMP_ITEM (layer), name);
  gimp_item_set_tattoo (GIMP_ITEM (layer), tattoo);
  return TRUE;
}
