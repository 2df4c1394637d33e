/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reduced.c: content and style scaled down, for the preview */
#include "reduced.h"

#include <libgimp/gimp.h>

#include "pixbuf.h"
#include "pixels.h"

/* The long way, for a GIMP that was told to make no thumbnails of layers. */
static PstImage *
read_and_shrink (PstDrawableRef       drawable,
                 const GeglRectangle *area,
                 int                  width,
                 int                  height,
                 GError             **error)
{
  g_autoptr (PstImage) whole = pst_pixels_read (drawable, area, error);

  return whole ? pst_image_resize (whole, width, height, error) : NULL;
}

/* GIMP 3.0's function that makes a GdkPixbuf of these frees them twice.
 * Returns bytes [height][width][*ret_depth], owned by the caller; NULL: GIMP
 * has none of this size. */
static GBytes *
get_bytes (PstDrawableRef       drawable,
           const GeglRectangle *area,
           int                  width,
           int                  height,
           int                 *ret_depth)
{
  int got_width = width;
  int got_height = height;
  g_autoptr (GBytes) bytes = NULL;

#if GIMP_CHECK_VERSION(2, 99, 0)
  bytes = gimp_drawable_get_sub_thumbnail_data (drawable, area->x, area->y,
                                                area->width, area->height,
                                                width, height, &got_width,
                                                &got_height, ret_depth);
#else
  guchar *data =
    gimp_drawable_get_sub_thumbnail_data (drawable, area->x, area->y,
                                          area->width, area->height, &got_width,
                                          &got_height, ret_depth);

  if (data)
    bytes =
      g_bytes_new_take (data, (gsize) got_width * got_height * *ret_depth);
#endif

  if (! bytes || got_width != width || got_height != height
      || g_bytes_get_size (bytes) < (gsize) width * height * *ret_depth)
    return NULL;
  return g_steal_pointer (&bytes);
}

/* @depth: 1 or 2 for gray, 3 or 4 for RGB; even with alpha */
static void
take_bytes (PstImage *image, const guchar *bytes, int depth)
{
  const int n_colors = depth < 3 ? 1 : 3;

  for (gsize i = 0; i < (gsize) image->width * image->height; i++)
    {
      const guchar *from = bytes + i * depth;
      float        *to = image->pixels + i * 4;

      for (int c = 0; c < 3; c++)
        to[c] = from[c % n_colors] / 255.0f;
      to[3] = depth > n_colors ? from[n_colors] / 255.0f : 1;
    }
}

/* @area: in the drawable, and within it */
static PstImage *
read_area (PstDrawableRef       drawable,
           const GeglRectangle *area,
           int                  width,
           int                  height,
           GError             **error)
{
  int depth;
  g_autoptr (GBytes) bytes = get_bytes (drawable, area, width, height, &depth);
  PstImage *image;

  if (! bytes)
    return read_and_shrink (drawable, area, width, height, error);

  image = pst_image_new (width, height, error);
  if (image)
    take_bytes (image, g_bytes_get_data (bytes, NULL), depth);
  return image;
}

/* Values of a mask, owned by the caller. */
static float *
read_mask (PstDrawableRef       mask,
           const GeglRectangle *area,
           const PstImage      *like,
           GError             **error)
{
  const gsize n_pixels = (gsize) like->width * like->height;
  g_autoptr (PstImage) image =
    read_area (mask, area, like->width, like->height, error);
  float *values;

  if (! image)
    return NULL;
  values = g_steal_pointer (&image->pixels);
  for (gsize i = 0; i < n_pixels; i++)
    values[i] = values[4 * i];
  return values;
}

/* Multiplies alpha by the layer's mask, if that is applied.
 * @area: of the layer, what @image shows */
static gboolean
apply_mask (PstImage            *image,
            PstLayerRef          layer,
            const GeglRectangle *area,
            GError             **error)
{
  const PstDrawableRef mask = GIMP_DRAWABLE (gimp_layer_get_mask (layer));
  g_autofree float    *values = NULL;

  if (mask == PST_NO_ITEM || ! gimp_layer_get_apply_mask (layer))
    return TRUE;
  values = read_mask (mask, area, image, error);
  if (! values)
    return FALSE;
  for (gsize i = 0; i < (gsize) image->width * image->height; i++)
    image->pixels[4 * i + 3] *= values[i];
  return TRUE;
}

PstImage *
pst_reduced_read_content (const PstContent *content,
                          int               side,
                          float           **ret_selection,
                          GError          **error)
{
  int width = content->area.width;
  int height = content->area.height;
  g_autoptr (PstImage) image = NULL;

  pst_pixbuf_fit (side, &width, &height);
  image = read_area (GIMP_DRAWABLE (content->layer), &content->area, width,
                     height, error);
  if (! image
      || (! content->mask_is_region
          && ! apply_mask (image, content->layer, &content->area, error)))
    return NULL;

  *ret_selection = NULL;
  if (! content->selection_is_region
      && ! gimp_selection_is_empty (content->image))
    {
      *ret_selection =
        pst_reduced_read_region (PST_REGION_SELECTION, content, image, error);
      if (! *ret_selection)
        return NULL;
    }
  return g_steal_pointer (&image);
}

float *
pst_reduced_read_region (const char       *region,
                         const PstContent *content,
                         const PstImage   *like,
                         GError          **error)
{
  GeglRectangle        area;
  const PstDrawableRef mask = pst_region_find (region, content, &area, error);

  return mask == PST_NO_ITEM ? NULL : read_mask (mask, &area, like, error);
}

PstImage *
pst_reduced_read_style (PstDrawableRef drawable, int side, GError **error)
{
  const GeglRectangle area = { 0, 0, gimp_drawable_get_width (drawable),
                               gimp_drawable_get_height (drawable) };
  int                 width = area.width;
  int                 height = area.height;
  g_autoptr (PstImage) image = NULL;

  pst_pixbuf_fit (side, &width, &height);
  image = read_area (drawable, &area, width, height, error);
  if (! image
      || (gimp_item_is_layer (GIMP_ITEM (drawable))
          && ! apply_mask (image, GIMP_LAYER (drawable), &area, error)))
    return NULL;
  return g_steal_pointer (&image);
}
