/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixels.c: pixels of GIMP's drawables, to and from PstImage */
#include "pixels.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "effects.h"
#include "plugin/buffer.h"
#include "scaled-size.h"

/* ---- scaled down -------------------------------------------------------- */

/* What is read: part of a drawable, and where its pixels go. */
typedef struct
{
  PstDrawableRef drawable;
  GeglRectangle  area;
  int            width; /* that it is scaled to */
  int            height;
  const Babl    *format;
  float         *values; /* [height][width] pixels */
  gboolean       quick;  /* a thumbnail will do, however coarse */
} Reading;

/* Linear light in 8 bits, as GIMP 2.10 scales it down, is too coarse in the
 * dark unless the drawable has no more. */
static gboolean
is_coarse (const Reading *reading, const Babl *format)
{
  BablModelFlag flags = babl_get_model_flags (babl_format_get_model (format));
  const Babl   *type = babl_format_get_type (format, 0);
  const Babl   *stored = pst_gimp_get_format (reading->drawable);

  return type == babl_type ("u8") && (flags & BABL_MODEL_FLAG_LINEAR)
         && babl_format_get_type (stored, 0) != type;
}

/* Returns FALSE if GIMP has no thumbnail that will do. */
static gboolean
read_thumbnail (const Reading *reading)
{
  const Babl *format;
  g_autoptr (GBytes) bytes = NULL;

  if (MAX (reading->width, reading->height) > PST_GIMP_MAX_THUMBNAIL)
    return FALSE;
  bytes = pst_gimp_dup_thumbnail (reading->drawable, &reading->area,
                                  reading->width, reading->height, &format);
  if (! bytes || (! reading->quick && is_coarse (reading, format)))
    return FALSE;
  babl_process (babl_fish (format, reading->format),
                g_bytes_get_data (bytes, NULL), reading->values,
                (glong) reading->width * reading->height);
  return TRUE;
}

static gboolean
read_buffer (const Reading *reading, GError **error)
{
  const GeglRectangle *area = &reading->area;
  double               scale = (double) reading->width / area->width;
  GeglRectangle  scaled = { lround (area->x * scale), lround (area->y * scale),
                            reading->width, reading->height };
  PstImageRef    scratch;
  PstDrawableRef seen = pst_effects_apply (reading->drawable, &scratch, error);
  GeglBuffer    *buffer;

  if (seen == PST_NO_ITEM)
    return FALSE;
  buffer = pst_gimp_get_buffer (seen);
  /* Rounding may lead a little beyond the last row. */
  gegl_buffer_get (buffer, &scaled, scale, reading->format, reading->values,
                   GEGL_AUTO_ROWSTRIDE,
                   gegl_rectangle_contains (gegl_buffer_get_extent (buffer),
                                            area)
                     ? GEGL_ABYSS_CLAMP
                     : GEGL_ABYSS_NONE);
  g_object_unref (buffer);
  pst_effects_drop (scratch);
  return TRUE;
}

/* ---- pictures ----------------------------------------------------------- */

static PstImage *
read_exactly (PstDrawableRef       drawable,
              const GeglRectangle *area,
              GError             **error)
{
  PstImageRef    scratch;
  PstDrawableRef seen = pst_effects_apply (drawable, &scratch, error);
  GeglBuffer    *buffer;
  PstImage      *image;

  if (seen == PST_NO_ITEM)
    return NULL;
  buffer = pst_gimp_get_buffer (seen);
  image = pst_buffer_read (buffer, area, error);
  g_object_unref (buffer);
  pst_effects_drop (scratch);
  return image;
}

static PstImage *
read_small (PstDrawableRef       drawable,
            const GeglRectangle *area,
            int                  side,
            gboolean             quick,
            GError             **error)
{
  Reading reading = { drawable,
                      *area,
                      area->width,
                      area->height,
                      babl_format ("R'G'B'A float"),
                      .quick = quick };
  g_autoptr (PstImage) image = NULL;

  pst_scaled_size (side, &reading.width, &reading.height);
  image = pst_image_new (reading.width, reading.height, error);
  if (! image)
    return NULL;
  reading.values = image->pixels;
  if (! read_thumbnail (&reading) && ! read_buffer (&reading, error))
    return NULL;
  return g_steal_pointer (&image);
}

PstImage *
pst_pixels_read (PstDrawableRef       drawable,
                 const GeglRectangle *area,
                 int                  side,
                 GError             **error)
{
  return side == 0 ? read_exactly (drawable, area, error)
                   : read_small (drawable, area, side, FALSE, error);
}

static GeglRectangle
whole (PstDrawableRef drawable)
{
  return (GeglRectangle){ 0, 0, gimp_drawable_get_width (drawable),
                          gimp_drawable_get_height (drawable) };
}

PstImage *
pst_pixels_read_icon (PstDrawableRef drawable, int side, GError **error)
{
  GeglRectangle area = whole (drawable);

  return read_small (drawable, &area, side, TRUE, error);
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
  GeglRectangle area = whole (drawable);

  if (side == 0 && MAX (area.width, area.height) > PST_IMAGE_MAX_SIDE)
    side = PST_IMAGE_MAX_SIDE;
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
mask_format (PstDrawableRef mask)
{
  const Babl *stored = pst_gimp_get_format (mask);
  const Babl *model = babl_format_get_model (stored);
  gboolean    is_linear =
    (babl_get_model_flags (model) & BABL_MODEL_FLAG_LINEAR) != 0;

  return babl_format_with_space (is_linear ? "Y float" : "Y' float",
                                 babl_format_get_space (stored));
}

float *
pst_pixels_read_mask (PstDrawableRef       mask,
                      const GeglRectangle *area,
                      int                  side,
                      GError             **error)
{
  Reading           reading = { mask, *area, area->width, area->height,
                                mask_format (mask) };
  g_autofree float *values = NULL;

  if (side > 0)
    pst_scaled_size (side, &reading.width, &reading.height);
  values = new_mask (reading.width, reading.height, error);
  if (! values)
    return NULL;
  reading.values = values;
  if ((side == 0 || ! read_thumbnail (&reading))
      && ! read_buffer (&reading, error))
    return NULL;
  return g_steal_pointer (&values);
}

/* ---- writing ------------------------------------------------------------ */

gboolean
pst_pixels_write (PstLayerRef layer, const PstImage *image, int y, int n_rows)
{
  g_autoptr (GeglBuffer) buffer = NULL;

  if (! gimp_item_is_valid (GIMP_ITEM (layer)))
    return FALSE;
  buffer = pst_gimp_get_buffer (GIMP_DRAWABLE (layer));
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

/* From @source to all of @target. */
static void
resize (GeglBuffer *source, GeglBuffer *target)
{
  const GeglRectangle *from = gegl_buffer_get_extent (source);
  const GeglRectangle *to = gegl_buffer_get_extent (target);
  GeglNode            *graph = gegl_node_new ();
  GeglNode            *read =
    gegl_node_new_child (graph, "operation", "gegl:buffer-source", "buffer",
                         source, NULL);
  GeglNode *scale =
    gegl_node_new_child (graph, "operation", "gegl:scale-ratio", "x",
                         (double) to->width / from->width, "y",
                         (double) to->height / from->height, "sampler",
                         GEGL_SAMPLER_CUBIC, "abyss-policy", GEGL_ABYSS_CLAMP,
                         NULL);
  GeglNode *write =
    gegl_node_new_child (graph, "operation", "gegl:write-buffer", "buffer",
                         target, NULL);

  gegl_node_link_many (read, scale, write, NULL);
  gegl_node_process (write);
  g_object_unref (graph);
}

gboolean
pst_pixels_write_resized (PstLayerRef layer, const PstImage *image)
{
  GeglBuffer *source;
  GeglBuffer *target;

  if (! gimp_item_is_valid (GIMP_ITEM (layer)))
    return FALSE;
  target = pst_gimp_get_buffer (GIMP_DRAWABLE (layer));
  if (! target)
    return FALSE;

  source = gegl_buffer_linear_new_from_data (image->pixels,
                                             babl_format ("R'G'B'A float"),
                                             GEGL_RECTANGLE (0, 0, image->width,
                                                             image->height),
                                             GEGL_AUTO_ROWSTRIDE, NULL, NULL);
  resize (source, target);
  g_object_unref (source);
  g_object_unref (target);
  gimp_drawable_update (GIMP_DRAWABLE (layer), 0, 0,
                        gimp_drawable_get_width (GIMP_DRAWABLE (layer)),
                        gimp_drawable_get_height (GIMP_DRAWABLE (layer)));
  return TRUE;
}
