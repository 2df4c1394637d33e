/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixels.c: pixels of GIMP's drawables, to and from PstImage */
#include "pixels.h"

#include <glib/gi18n-lib.h>

#include "plugin/buffer.h"

/* Pixels, both ways, that are masked and written at a time: a tile of GIMP. */
#define PIECE 64

PstImage *
pst_pixels_read (PstDrawableRef       drawable,
                 const GeglRectangle *area,
                 GError             **error)
{
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (drawable);

  return pst_buffer_read (buffer, area, error);
}

PstImage *
pst_pixels_read_layer (PstLayerRef          layer,
                       const GeglRectangle *area,
                       GError             **error)
{
  g_autoptr (PstImage) image =
    pst_pixels_read (GIMP_DRAWABLE (layer), area, error);
  const gsize       n_pixels = (gsize) area->width * area->height;
  PstDrawableRef    mask;
  g_autofree float *values = NULL;

  if (! image)
    return NULL;
  mask = GIMP_DRAWABLE (gimp_layer_get_mask (layer));
  if (mask == PST_NO_ITEM || ! gimp_layer_get_apply_mask (layer))
    return g_steal_pointer (&image);

  values = pst_pixels_read_mask (mask, area, error);
  if (! values)
    return NULL;
  for (gsize i = 0; i < n_pixels; i++)
    image->pixels[i * 4 + 3] *= values[i];
  return g_steal_pointer (&image);
}

PstImage *
pst_pixels_read_whole (PstDrawableRef drawable, GError **error)
{
  const GeglRectangle area = { 0, 0, gimp_drawable_get_width (drawable),
                               gimp_drawable_get_height (drawable) };

  return gimp_item_is_layer (GIMP_ITEM (drawable))
           ? pst_pixels_read_layer (GIMP_LAYER (drawable), &area, error)
           : pst_pixels_read (drawable, &area, error);
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

float *
pst_pixels_read_mask (PstDrawableRef       mask,
                      const GeglRectangle *area,
                      GError             **error)
{
  float *values;
  g_autoptr (GeglBuffer) buffer = NULL;

  values = g_try_malloc_n ((gsize) area->width * area->height, sizeof *values);
  if (! values)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_MEMORY,
                           _ ("There is not enough memory for the selection."));
      return NULL;
    }

  buffer = gimp_drawable_get_buffer (mask);
  gegl_buffer_get (buffer, area, 1.0, mask_format (buffer), values,
                   GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  return values;
}

/* @piece: of at most PIECE pixels both ways */
static void
write_piece (GeglBuffer          *buffer,
             const PstImage      *image,
             const float         *mask,
             const GeglRectangle *piece)
{
  float  values[PIECE * PIECE * 4];
  float *to = values;

  for (int y = piece->y; y < piece->y + piece->height; y++)
    for (int x = piece->x; x < piece->x + piece->width; x++, to += 4)
      {
        const gsize i = (gsize) y * image->width + x;

        memcpy (to, image->pixels + i * 4, 4 * sizeof *to);
        to[3] *= mask[i];
      }

  gegl_buffer_set (buffer, piece, 0, babl_format ("R'G'B'A float"), values,
                   GEGL_AUTO_ROWSTRIDE);
}

static void
write_masked (GeglBuffer     *buffer,
              const PstImage *image,
              const float    *mask,
              int             begin,
              int             end)
{
  for (int y = begin; y < end; y += PIECE)
    for (int x = 0; x < image->width; x += PIECE)
      write_piece (buffer, image, mask,
                   GEGL_RECTANGLE (x, y, MIN (PIECE, image->width - x),
                                   MIN (PIECE, end - y)));
}

gboolean
pst_pixels_write (PstLayerRef     layer,
                  const PstImage *image,
                  const float    *mask,
                  int             y,
                  int             n_rows)
{
  g_autoptr (GeglBuffer) buffer = NULL;

  if (! gimp_item_is_valid (GIMP_ITEM (layer)))
    return FALSE;
  buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));
  if (! buffer)
    return FALSE;

  if (mask)
    write_masked (buffer, image, mask, y, y + n_rows);
  else
    gegl_buffer_set (buffer, GEGL_RECTANGLE (0, y, image->width, n_rows), 0,
                     babl_format ("R'G'B'A float"),
                     image->pixels + (gsize) y * image->width * 4,
                     GEGL_AUTO_ROWSTRIDE);

  /* The last reference: changed tiles go to GIMP. */
  g_clear_object (&buffer);
  gimp_drawable_update (GIMP_DRAWABLE (layer), 0, y, image->width, n_rows);
  return TRUE;
}
