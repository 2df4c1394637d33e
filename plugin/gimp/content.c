/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c: the layer that is repainted, and which part of it */
#include "content.h"

#include <glib/gi18n-lib.h>

#include "pixels.h"

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE, message);
  return FALSE;
}

gboolean
pst_content_find (PstContent      *content,
                  PstImageRef      image,
                  PstDrawableRef   drawable,
                  GError         **error)
{
  PstLayerRef   layer = PST_NO_ITEM;
  GeglRectangle area;

  if (gimp_item_is_layer (GIMP_ITEM (drawable)))
    layer = GIMP_LAYER (drawable);
  else if (gimp_item_is_layer_mask (GIMP_ITEM (drawable)))
    layer = gimp_layer_from_mask (GIMP_LAYER_MASK (drawable));

  if (layer == PST_NO_ITEM)
    return refuse (error, _("A channel cannot be repainted. Select a layer "
                            "and try again."));
  if (gimp_image_get_floating_sel (image) != PST_NO_ITEM)
    return refuse (error, _("There is a floating selection. Anchor it "
                            "(Layer ▸ Anchor Layer) and try again."));
  if (gimp_image_get_base_type (image) == GIMP_INDEXED)
    return refuse (error, _("An indexed image has only the colors of its "
                            "palette. Choose Image ▸ Mode ▸ RGB and try "
                            "again."));
  if (! gimp_drawable_mask_intersect (GIMP_DRAWABLE (layer), &area.x, &area.y,
                                      &area.width, &area.height))
    return refuse (error, _("The selection does not touch the layer. Select "
                            "a part of it, or nothing, and try again."));

  *content = (PstContent) {
    .image = image,
    .layer = layer,
    .base_type = gimp_image_get_base_type (image),
    .area = area
  };
  return TRUE;
}

/* Multiplies the alpha of the content by the layer's mask. */
static gboolean
apply_layer_mask (PstContent      *content,
                  PstDrawableRef   mask,
                  GError         **error)
{
  const gsize       n_pixels = (gsize) content->area.width *
                               content->area.height;
  g_autofree float *values = pst_pixels_read_mask (mask, &content->area,
                                                   error);

  if (! values)
    return FALSE;
  for (gsize i = 0; i < n_pixels; i++)
    content->pixels->pixels[i * 4 + 3] *= values[i];
  return TRUE;
}

gboolean
pst_content_read (PstContent  *content,
                  GError     **error)
{
  const PstDrawableRef drawable = GIMP_DRAWABLE (content->layer);
  PstDrawableRef       mask;

  content->pixels = pst_pixels_read (drawable, &content->area, error);
  if (! content->pixels)
    return FALSE;

  mask = GIMP_DRAWABLE (gimp_layer_get_mask (content->layer));
  if (mask != PST_NO_ITEM && gimp_layer_get_apply_mask (content->layer) &&
      ! apply_layer_mask (content, mask, error))
    return FALSE;

  if (! gimp_selection_is_empty (content->image))
    {
      GeglRectangle area = content->area;
      int           offset_x, offset_y;

      gimp_drawable_get_offsets (drawable, &offset_x, &offset_y);
      area.x += offset_x;
      area.y += offset_y;

      mask = GIMP_DRAWABLE (gimp_image_get_selection (content->image));
      content->selection = pst_pixels_read_mask (mask, &area, error);
      return content->selection != NULL;
    }
  return TRUE;
}

gboolean
pst_content_is_intact (const PstContent  *content,
                       GError           **error)
{
  if (! gimp_image_is_valid (content->image))
    return refuse (error, _("The image was closed while its layer was being "
                            "repainted."));
  if (! gimp_item_is_valid (GIMP_ITEM (content->layer)))
    return refuse (error, _("The layer was removed while it was being "
                            "repainted. Nothing was added to the image."));
  if ((int) gimp_image_get_base_type (content->image) != content->base_type)
    return refuse (error, _("The mode of the image was changed while its "
                            "layer was being repainted. Nothing was added to "
                            "the image; please start again."));
  return TRUE;
}

void
pst_content_clear (PstContent *content)
{
  g_clear_pointer (&content->pixels, pst_image_free);
  g_clear_pointer (&content->selection, g_free);
}
