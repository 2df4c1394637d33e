/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-write.c: a picture into a file (picture-file.h)
 *
 * libvips asks for strips, which are converted one by one.
 */
#include "picture-file.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <vips/vips.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "color-space.h"
#include "metadata.h"
#include "output-file.h"
#include "picture-kind.h"
#include "png-chunks.h"
#include "tiff-file.h"
#include "vips-library.h"

/* Bits of a channel in AVIF and HEIC, which every decoder knows. */
#define HEIF_BITS 8

static void
set_write_error (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  if (reason && strstr (reason, PST_VIPS_NO_MEMORY))
    g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
                 _ ("\"%s\" cannot be written: not enough memory."), name);
  else
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" cannot be written: %s."), name,
                 reason ? reason : _ ("the encoder does not say why"));
}

static const PstPictureKind *
kind_for_writing (const char *path, GError **error)
{
  const PstPictureKind *kind = pst_picture_kind_of_name (path);
  g_autofree char      *name = g_filename_display_name (path);

  if (! kind || ! kind->saver)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("\"%s\" cannot be written: the supported formats are "
                      "%s."),
                   name, PST_PICTURE_KINDS_WRITTEN);
      return NULL;
    }

  pst_vips_start ();
  if (! vips_type_find ("VipsOperation", kind->saver))
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("\"%s\" cannot be written: libvips was built without "
                      "this format here."),
                   name);
      return NULL;
    }
  return kind;
}

gboolean
pst_picture_check_output (const char *path, GError **error)
{
  return kind_for_writing (path, error) && pst_output_check (path, error);
}

/* ---- pixels ------------------------------------------------------------- */

/* What is written. */
typedef struct
{
  const PstImage     *image;
  int                 bands; /* 3, or 4 with alpha */
  gboolean            on_white;
  gboolean            is_deep;
  PstColorConversion *conversion; /* NULL: none */
} Pixels;

/* Puts the float @value, 0..1, at place @i of a row. */
static void
put_value (void *row, gsize i, gboolean is_deep, float value)
{
  float inside = value > 0 ? MIN (value, 1) : 0;

  if (is_deep)
    ((guint16 *) row)[i] = (guint16) lrintf (inside * 65535);
  else
    ((guint8 *) row)[i] = (guint8) lrintf (inside * 255);
}

/* @rgb: [width][3], what is in between
 * @target: where column @left is */
static void
convert_row (const Pixels *pixels,
             int           left,
             int           width,
             const float  *source,
             float        *rgb,
             void         *target)
{
  for (int x = 0; x < width; x++)
    for (int c = 0; c < 3; c++)
      {
        const float *pixel = source + 4 * (gsize) (left + x);

        rgb[3 * x + c] =
          pixels->on_white ? pixel[c] * pixel[3] + (1 - pixel[3]) : pixel[c];
      }
  if (pixels->conversion)
    pst_color_convert (pixels->conversion, width, rgb, rgb);

  for (int x = 0; x < width; x++)
    {
      gsize at = (gsize) x * pixels->bands;

      for (int c = 0; c < 3; c++)
        put_value (target, at + c, pixels->is_deep, rgb[3 * x + c]);
      if (pixels->bands == 4)
        put_value (target, at + 3, pixels->is_deep,
                   source[4 * (gsize) (left + x) + 3]);
    }
}

/* VipsStartFn: a row of colors */
static void *
start_rows (VipsImage *vips, void *data, void *unused)
{
  const Pixels *pixels = data;
  float        *rgb = g_try_new (float, (gsize) pixels->image->width * 3);

  if (! rgb)
    vips_error ("pastiche", PST_VIPS_NO_MEMORY);
  return rgb;
}

/* VipsGenerateFn */
static int
make_strip (VipsRegion *region,
            void       *rgb,
            void       *data,
            void       *unused,
            gboolean   *stop)
{
  const Pixels   *pixels = data;
  const VipsRect *area = &region->valid;

  for (int y = area->top; y < area->top + area->height; y++)
    convert_row (pixels, area->left, area->width,
                 pixels->image->pixels + 4 * (gsize) pixels->image->width * y,
                 rgb, VIPS_REGION_ADDR (region, area->left, y));
  return 0;
}

/* VipsStopFn */
static int
stop_rows (void *rgb, void *data, void *unused)
{
  g_free (rgb);
  return 0;
}

/* Returns a picture for libvips that is made of @pixels when it is used; NULL
 * on error. */
static VipsImage *
make_image (Pixels *pixels, const PstPictureFormat *format)
{
  g_autoptr (PstVipsImage) vips = vips_image_new ();

  vips_image_init_fields (
    vips, pixels->image->width, pixels->image->height, pixels->bands,
    pixels->is_deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR, VIPS_CODING_NONE,
    pixels->is_deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB, 1,
    1);
  if (vips_image_pipelinev (vips, VIPS_DEMAND_STYLE_THINSTRIP, NULL) != 0
      || vips_image_generate (vips, start_rows, make_strip, stop_rows, pixels,
                              NULL)
           != 0)
    return NULL;
  if (format->metadata)
    pst_metadata_copy (format->metadata, vips);
  if (format->profile)
    vips_image_set_blob_copy (vips, VIPS_META_ICC_NAME,
                              g_bytes_get_data (format->profile, NULL),
                              g_bytes_get_size (format->profile));
  return g_steal_pointer (&vips);
}

/* ---- files -------------------------------------------------------------- */

/* More bytes than the file will have. */
static gint64
largest_size (const Pixels *pixels, const PstPictureFormat *format)
{
  gint64 n_pixels = (gint64) pixels->image->width * pixels->image->height;

  return n_pixels * (pixels->bands * (pixels->is_deep ? 2 : 1) + 1) + (1 << 16);
}

/* Writes @vips to the file @path.  Returns whether it went well. */
static gboolean
save_image (const char           *path,
            VipsImage            *vips,
            const PstPictureKind *kind,
            gboolean              has_resolution)
{
  const char *saver = kind->saver;
  /* libvips would write Exif data, if only to say 25 dots per inch. */
  gboolean    strip = pst_metadata_is_empty (vips);

  if (! has_resolution)
    {
      vips->Xres = vips->Yres = 1;
      vips_image_set_string (vips, VIPS_META_RESOLUTION_UNIT, "none");
    }
  if (g_str_equal (saver, "heifsave"))
    return vips_heifsave (vips, path, "Q", kind->quality, "bitdepth", HEIF_BITS,
                          "compression",
                          g_str_equal (kind->extensions[0], "avif")
                            ? VIPS_FOREIGN_HEIF_COMPRESSION_AV1
                            : VIPS_FOREIGN_HEIF_COMPRESSION_HEVC,
                          "strip", strip, NULL)
           == 0;
  if (g_str_equal (saver, "tiffsave"))
    return vips_tiffsave (vips, path, "resunit", VIPS_FOREIGN_TIFF_RESUNIT_INCH,
                          NULL)
             == 0
           && pst_tiff_write_texts (path, vips, has_resolution);
  if (g_str_equal (saver, "pngsave"))
    return vips_pngsave (vips, path, "strip", strip, NULL) == 0
           && (has_resolution || pst_png_clear_resolution (path));
  if (g_str_equal (saver, "webpsave"))
    return vips_webpsave (vips, path, "near_lossless", TRUE, "Q", kind->quality,
                          "strip", strip, NULL)
           == 0;
  if (g_str_equal (saver, "jxlsave"))
    return vips_jxlsave (vips, path, "lossless", TRUE, "strip", strip, NULL)
           == 0;
  return vips_call (saver, vips, path, "Q", kind->quality, "strip", strip, NULL)
         == 0;
}

gboolean
pst_picture_write (const char             *path,
                   const PstImage         *image,
                   const PstPictureFormat *format,
                   GError                **error)
{
  const PstPictureKind *kind = kind_for_writing (path, error);
  g_autoptr (PstColorConversion) conversion = NULL;
  g_autoptr (PstVipsImage) vips = NULL;
  g_autofree char *temporary = NULL;
  Pixels           pixels = { .image = image };

  if (! kind)
    return FALSE;

  /* The profile was tried when the picture was read. */
  if (! pst_color_conversion_new (PST_COLORS_RGB, format->space,
                                  format->profile, &conversion))
    {
      set_write_error (error, path, PST_VIPS_NO_MEMORY);
      return FALSE;
    }
  pixels.bands = format->has_alpha && kind->has_alpha ? 4 : 3;
  pixels.on_white = format->has_alpha && ! kind->has_alpha;
  pixels.is_deep = format->is_deep && kind->has_depth;
  pixels.conversion = conversion;

  temporary = pst_output_begin (path, largest_size (&pixels, format), error);
  if (! temporary)
    return FALSE;

  vips_error_clear ();
  vips = make_image (&pixels, format);
  errno = 0;
  if (! vips
      || ! save_image (temporary, vips, kind,
                       format->metadata
                         && pst_metadata_has_resolution (format->metadata)))
    {
      int              code = errno;
      g_autofree char *reason = pst_vips_take_message ();

      /* Of these, the encoders say nothing, or in words of their own. */
      set_write_error (error, path,
                       code == ENOSPC || code == EDQUOT || code == EFBIG
                         ? g_strerror (code)
                         : reason);
      g_unlink (temporary);
      return FALSE;
    }
  return pst_output_finish (temporary, path, error);
}
