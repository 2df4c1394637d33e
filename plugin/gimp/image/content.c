/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c: the layer that is repainted, and which part of it */
#include "content.h"

#include <glib/gi18n-lib.h>

#include "pixels.h"

/* What may happen to the content, as it is told before a run and during one. */
typedef struct
{
  const char *before; /* N_() */
  const char *during; /* N_() */
} Loss;

static const Loss closed = {
  N_ ("The image has been closed. Open it again and start again."),
  N_ ("The image was closed while its layer was being repainted."),
};

static const Loss removed = {
  N_ ("The layer has been removed from the image. Undo that, or cancel and "
      "select another layer."),
  N_ ("The layer was removed while it was being repainted. Nothing was added "
      "to the image."),
};

static const Loss converted = {
  N_ ("The mode of the image has been changed. Cancel and start again."),
  N_ ("The mode of the image was changed while its layer was being repainted. "
      "Nothing was added to the image; please start again."),
};

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE, message);
  return FALSE;
}

static gboolean
refuse_unselected (GError **error)
{
  return refuse (error, _ ("The selection does not touch the layer. Select a "
                           "part of it, or nothing, and try again."));
}

/* Number of the window that the plug-in was called in; 0: none, or not
 * needed. */
static int
find_display (void)
{
#if GIMP_CHECK_VERSION(2, 99, 0)
  GimpDisplay *display = gimp_default_display ();

  return display ? gimp_display_get_id (display) : 0;
#else
  return 0;
#endif
}

/* GIMP 3 keeps an image that was closed until the plug-in has ended; that its
 * window is gone tells. */
static gboolean
is_open (const PstContent *content)
{
#if GIMP_CHECK_VERSION(2, 99, 0)
  if (content->display > 0 && ! gimp_display_id_is_valid (content->display))
    return FALSE;
#endif
  return gimp_image_is_valid (content->image);
}

/* GIMP's channel for it, whose name is the same in all languages. */
static gboolean
is_quick_mask (PstDrawableRef drawable)
{
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (drawable));

  return gimp_item_is_channel (GIMP_ITEM (drawable))
         && g_strcmp0 (name, "Qmask") == 0;
}

PstLayerRef
pst_content_find_layer (PstDrawableRef drawable)
{
  if (gimp_item_is_layer (GIMP_ITEM (drawable)))
    return GIMP_LAYER (drawable);
  if (gimp_item_is_layer_mask (GIMP_ITEM (drawable)))
    return gimp_layer_from_mask (GIMP_LAYER_MASK (drawable));
  return PST_NO_ITEM;
}

gboolean
pst_content_find (PstContent    *content,
                  PstImageRef    image,
                  PstDrawableRef drawable,
                  GError       **error)
{
  PstLayerRef   layer = pst_content_find_layer (drawable);
  GeglRectangle area;

  if (layer == PST_NO_ITEM && is_quick_mask (drawable))
    return refuse (error, _ ("The quick mask is being edited. Choose Select ▸ "
                             "Toggle Quick Mask and try again."));
  if (layer == PST_NO_ITEM)
    return refuse (error, _ ("A channel cannot be repainted. Select a layer "
                             "and try again."));
  if (gimp_item_get_image (GIMP_ITEM (layer)) != image)
    return refuse (error, _ ("The layer belongs to another image."));
  if (gimp_image_get_floating_sel (image) != PST_NO_ITEM)
    return refuse (error, _ ("There is a floating selection. Anchor it "
                             "(Layer ▸ Anchor Layer) and try again."));
  if (gimp_image_get_base_type (image) == GIMP_INDEXED)
    return refuse (error, _ ("An indexed image has only the colors of its "
                             "palette. Choose Image ▸ Mode ▸ RGB and try "
                             "again."));
  if (! gimp_drawable_mask_intersect (GIMP_DRAWABLE (layer), &area.x, &area.y,
                                      &area.width, &area.height))
    return refuse_unselected (error);

  *content = (PstContent){ .image = image,
                           .layer = layer,
                           .base_type = gimp_image_get_base_type (image),
                           .display = find_display (),
                           .area = area };
  return TRUE;
}

void
pst_content_set_regions (PstContent *content,
                         gboolean    selection_is_region,
                         gboolean    mask_is_region)
{
  PstDrawableRef drawable = GIMP_DRAWABLE (content->layer);
  GeglRectangle *area = &content->area;

  content->selection_is_region = selection_is_region;
  content->mask_is_region = mask_is_region;
  content->is_selected =
    ! selection_is_region && ! gimp_selection_is_empty (content->image);
  content->width = gimp_drawable_get_width (drawable);
  content->height = gimp_drawable_get_height (drawable);
  if (selection_is_region)
    *area = (GeglRectangle){ 0, 0, content->width, content->height };
  else if (! gimp_drawable_mask_intersect (drawable, &area->x, &area->y,
                                           &area->width, &area->height))
    *area = (GeglRectangle){ 0 };
}

gboolean
pst_content_equal (const PstContent *one, const PstContent *other)
{
  return one->layer == other->layer
         && gegl_rectangle_equal (&one->area, &other->area)
         && one->is_selected == other->is_selected
         && one->selection_is_region == other->selection_is_region
         && one->mask_is_region == other->mask_is_region;
}

PstImage *
pst_content_read (const PstContent *content, int side, GError **error)
{
  return content->mask_is_region
           ? pst_pixels_read (GIMP_DRAWABLE (content->layer), &content->area,
                              side, error)
           : pst_pixels_read_layer (content->layer, &content->area, side,
                                    error);
}

/* What has happened to it; NULL: nothing. */
static const Loss *
find_loss (const PstContent *content)
{
  if (! is_open (content))
    return &closed;
  if (! gimp_item_is_valid (GIMP_ITEM (content->layer)))
    return &removed;
  if ((int) gimp_image_get_base_type (content->image) != content->base_type)
    return &converted;
  return NULL;
}

static gboolean
has_another_size (const PstContent *content)
{
  PstDrawableRef drawable = GIMP_DRAWABLE (content->layer);

  return gimp_drawable_get_width (drawable) != content->width
         || gimp_drawable_get_height (drawable) != content->height;
}

gboolean
pst_content_is_there (const PstContent *content, GError **error)
{
  const Loss *loss = find_loss (content);

  if (loss)
    return refuse (error, _ (loss->before));
  return ! gegl_rectangle_is_empty (&content->area)
         || refuse_unselected (error);
}

gboolean
pst_content_is_intact (const PstContent *content, GError **error)
{
  const Loss *loss = find_loss (content);

  if (loss)
    return refuse (error, _ (loss->during));
  return ! has_another_size (content)
         || refuse (error,
                    _ ("The size of the layer was changed while it was being "
                       "repainted. Nothing was added to the image; please "
                       "start again."));
}
