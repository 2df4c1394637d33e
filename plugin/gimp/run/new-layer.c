/* SPDX-License-Identifier: GPL-3.0-or-later */
/* new-layer.c: layers made of a run's pictures, and their place in the image */
#include "new-layer.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/image/pixels.h"

PstLayerRef
pst_new_layer (const PstContent *content, const char *name, GError **error)
{
  int type =
    content->base_type == GIMP_GRAY ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
  PstLayerRef layer;
  int         x, y;

  layer =
    gimp_layer_new (content->image, name, content->area.width,
                    content->area.height, type, 100,
                    gimp_image_get_default_new_layer_mode (content->image));
  if (layer == PST_NO_ITEM)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("GIMP cannot create a new layer: %s"),
                   pst_gimp_last_error ());
      return PST_NO_ITEM;
    }

  /* Before it is inserted: afterwards this would be another undo step. */
  gimp_drawable_get_offsets (GIMP_DRAWABLE (content->layer), &x, &y);
  gimp_layer_set_offsets (layer, x + content->area.x, y + content->area.y);
  return layer;
}

gboolean
pst_new_layer_fits (const PstContent *content, const PstImage *picture)
{
  return picture->width == content->area.width
         && picture->height == content->area.height;
}

gboolean
pst_new_layer_write (const PstContent *content,
                     PstLayerRef       layer,
                     const PstImage   *picture,
                     GError          **error)
{
  gboolean written = pst_new_layer_fits (content, picture)
                       ? pst_pixels_write (layer, picture, 0, picture->height)
                       : pst_pixels_write_resized (layer, picture);

  if (! written)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                         _ ("The result layer was removed."));
  return written;
}

static int
find_position (const PstContent *content)
{
  PstItemRef item = GIMP_ITEM (content->layer);
  PstItemRef parent = gimp_item_get_parent (item);
  int        position = gimp_image_get_item_position (content->image, item);
  int        n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (content->image, &n_layers);
  int i = 0;

  while (i < n_layers && layers[i] != content->layer)
    i++;
  for (; i > 0 && i < n_layers; i--, position--)
    if (gimp_item_get_parent (GIMP_ITEM (layers[i - 1])) != parent
        || ! pst_gimp_is_result (layers[i - 1]))
      break;
  return position;
}

gboolean
pst_new_layer_insert (const PstContent *content,
                      PstLayerRef       layer,
                      GError          **error)
{
  PstItemRef parent = gimp_item_get_parent (GIMP_ITEM (content->layer));

  if (gimp_image_insert_layer (content->image, layer, GIMP_LAYER (parent),
                               find_position (content)))
    return TRUE;
  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               _ ("The result cannot be added to the image: %s"),
               pst_gimp_last_error ());
  return FALSE;
}
