/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixels.c: pixels of GIMP's drawables, to and from PstImage */
#include "pixels.h"

#include <glib/gi18n-lib.h>

#include "plugin/buffer.h"
#include "scaled-size.h"

/* ---- pictures ----------------------------------------------------------- */

static PstImage *
read_exactly (PstDrawableRef       drawable,
              const GeglRectangle *area,
              GError             **error)
{
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (drawable);

  return pst_buffer_read (buffer, area, error);
}

/* @depth: see pst_gimp_dup_thumbnail() */
static void
take_bytes (PstImage *image, const guchar *bytes, int depth)
{
  int n_colors = depth < 3 ? 1 : 3;

  for (gsize i = 0; i < (gsize) image->width * image->height; i++)
    {
      const guchar *from = bytes + i * depth;
      float        *to = image->pixels + i * 4;

      for (int c = 0; c < 3; c++)
        to[c] = from[c % n_colors] / 255.0f;
      to[3] = depth > n_colors ? from[n_colors] / 255.0f : 1;
    }
}

PstImage *
pst_pixels_read (PstDrawableRef       drawable,
                 const GeglRectangle *area,
                 int                  side,
                 GError             **error)
{
  int width = area->width;
  int height = area->height;
  int depth;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PstImage) image = NULL;

  if (side == 0)
    return read_exactly (drawable, area, error);

  pst_scaled_size (side, &width, &height);
  bytes = pst_gimp_dup_thumbnail (drawable, area, width, height, &depth);
  if (! bytes)
    {
      /* The long way, for a GIMP that was told to make no thumbnails. */
      image = read_exactly (drawable, area, error);
      return image ? pst_image_resize (image, width, height, error) : NULL;
    }

  image = pst_image_new (width, height, error);
  if (image)
    take_bytes (image, g_bytes_get_data (bytes, NULL), depth);
  return g_steal_pointer (&image);
}

PstImage *
pst_pixels_read_layer (PstLayerRef          layer,
                       const GeglRectangle *area,
                       int                  side,
                       GError             **error)
{
  g_autoptr (PstImage) image =
    pst_pixels_read (GIMP_DRAWABLE (layer), area, side, error);
  PstDrawableRef    mask = GIMP_DRAWABLE (gimp_layer_get_mask (layer));
  g_autofree float *values = NULL;

  if (! image || mask == PST_NO_ITEM || ! gimp_layer_get_apply_mask (layer))
    return g_steal_pointer (&image);

  values = pst_pixels_read_mask (mask, area, side, error);
  if (! values)
    return NULL;
  for (gsize i = 0; i < (gsize) image->width * image->height; i++)
    image->pixels[i * 4 + 3] *= values[i];
  return g_steal_pointer (&image);
}

PstImage *
pst_pixels_read_whole (PstDrawableRef drawable, int side, GError **error)
{
  GeglRectangle area = { 0, 0, gimp_drawable_get_width (drawable),
                         gimp_drawable_get_height (drawable) };

  return gimp_item_is_layer (GIMP_ITEM (drawable))
           ? pst_pixels_read_layer (GIMP_LAYER (drawable), &area, side, error)
           : pst_pixels_read (drawable, &area, side, error);
}

/* ---- masks -------------------------------------------------------------- */

static float *
new_mask (int width, int height, GError **error)
{
  float *values = g_try_malloc_n ((gsize) width * height, sizeof *values);

  if (! values)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_MEMORY,
                         _ ("Not enough memory for the selection."));
  return values;
}

/* Masks are linear, channels have the encoding of their image; both mean the
 * number that is stored. */
static const Babl *
mask_format (GeglBuffer *buffer)
{
  const Babl *model = babl_format_get_model (gegl_buffer_get_format (buffer));

  return babl_format (g_str_equal (babl_get_name (model), "Y'") ? "Y' float"
                                                                : "Y float");
}

static float *
read_mask_exactly (PstDrawableRef       mask,
                   const GeglRectangle *area,
                   GError             **error)
{
  float *values = new_mask (area->width, area->height, error);
  g_autoptr (GeglBuffer) buffer = NULL;

  if (! values)
    return NULL;
  buffer = gimp_drawable_get_buffer (mask);
  gegl_buffer_get (buffer, area, 1.0, mask_format (buffer), values,
                   GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  return values;
}

/* The long way; @values: of the size of @area. */
static float *
shrink_mask (const float         *values,
             const GeglRectangle *area,
             int                  width,
             int                  height,
             GError             **error)
{
  g_autoptr (PstImage) image = pst_image_new (area->width, area->height, error);
  g_autoptr (PstImage) small = NULL;
  float *shrunk = NULL;

  for (gsize i = 0; image && i < (gsize) area->width * area->height; i++)
    {
      image->pixels[4 * i] = values[i];
      image->pixels[4 * i + 3] = 1;
    }
  small = image ? pst_image_resize (image, width, height, error) : NULL;
  if (small)
    shrunk = new_mask (width, height, error);
  for (gsize i = 0; shrunk && i < (gsize) width * height; i++)
    shrunk[i] = small->pixels[4 * i];
  return shrunk;
}

float *
pst_pixels_read_mask (PstDrawableRef       mask,
                      const GeglRectangle *area,
                      int                  side,
                      GError             **error)
{
  int width = area->width;
  int height = area->height;
  int depth;
  g_autoptr (GBytes) bytes = NULL;
  const guchar *from;
  float        *values;

  if (side == 0)
    return read_mask_exactly (mask, area, error);

  pst_scaled_size (side, &width, &height);
  bytes = pst_gimp_dup_thumbnail (mask, area, width, height, &depth);
  if (! bytes)
    {
      g_autofree float *whole = read_mask_exactly (mask, area, error);

      return whole ? shrink_mask (whole, area, width, height, error) : NULL;
    }

  from = g_bytes_get_data (bytes, NULL);
  values = new_mask (width, height, error);
  for (gsize i = 0; values && i < (gsize) width * height; i++)
    values[i] = from[i * depth] / 255.0f;
  return values;
}

/* ---- writing ------------------------------------------------------------ */

gboolean
pst_pixels_write (PstLayerRef layer, const PstImage *image, int y, int n_rows)
{
  g_autoptr (GeglBuffer) buffer = NULL;

  if (! gimp_item_is_valid (GIMP_ITEM (layer)))
    return FALSE;
  buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));
  if (! buffer)
    return FALSE;

  gegl_buffer_set (buffer, GEGL_RECTANGLE (0, y, image->width, n_rows), 0,
                   babl_format ("R'G'B'A float"),
                   image->pixels + (gsize) y * image->width * 4,
                   GEGL_AUTO_ROWSTRIDE);

  /* The last reference: changed tiles go to GIMP. */
  g_clear_object (&buffer);
  gimp_drawable_update (GIMP_DRAWABLE (layer), 0, y, image->width, n_rows);
  return TRUE;
}
