/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-read.c: a picture from a file (picture-file.h)
 *
 * libvips decodes in strips, which are converted one by one: in memory is one
 * picture, the result, unless the file is stored lying on its side or in passes
 * from coarse to fine.
 */
#include "picture-file.h"

#include <stdio.h>
#include <string.h>
#include <vips/vips.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "color-space.h"
#include "metadata.h"
#include "picture-input.h"
#include "picture-open.h"
#include "png-chunks.h"
#include "vips-library.h"

void
pst_picture_format_clear (PstPictureFormat *format)
{
  g_clear_pointer (&format->profile, g_bytes_unref);
  g_clear_pointer (&format->space, g_bytes_unref);
  g_clear_object (&format->metadata);
}

/* ---- colors ------------------------------------------------------------- */

static PstColorModel
model_of (VipsImage *image)
{
  if (image->Type == VIPS_INTERPRETATION_CMYK && image->Bands >= 4)
    return PST_COLORS_CMYK;
  return image->Bands >= 3 ? PST_COLORS_RGB : PST_COLORS_GRAY;
}

/* Whether the colors are those of CIE, not of a device. */
static gboolean
is_absolute (VipsImage *image)
{
  return image->Coding != VIPS_CODING_NONE
         || image->Type == VIPS_INTERPRETATION_LAB
         || image->Type == VIPS_INTERPRETATION_LABS
         || image->Type == VIPS_INTERPRETATION_XYZ;
}

/* Returns @image with numbers that are converted here: of 8 or 16 bits, or
 * floating, of gray, RGB or CMYK. */
static VipsImage *
simplify (const PstPictureInput *input, VipsImage *image, GError **error)
{
  g_autoptr (PstVipsImage) rgb = NULL;
  VipsImage *result = NULL;

  if (! is_absolute (image))
    rgb = g_object_ref (image);
  else if (vips_colourspace (image, &rgb, VIPS_INTERPRETATION_RGB16, NULL) != 0)
    {
      pst_picture_input_fail (input, error);
      return NULL;
    }

  switch (rgb->BandFmt)
    {
    case VIPS_FORMAT_UCHAR:
    case VIPS_FORMAT_USHORT:
    case VIPS_FORMAT_FLOAT:
      return g_steal_pointer (&rgb);

    case VIPS_FORMAT_DOUBLE:
      vips_cast (rgb, &result, VIPS_FORMAT_FLOAT, NULL);
      break;

    case VIPS_FORMAT_UINT:
      vips_cast (rgb, &result, VIPS_FORMAT_USHORT, "shift", TRUE, NULL);
      break;

    default:
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("\"%s\" has signed or complex numbers, of which it is "
                      "not known what is black and what is white. Save it with "
                      "unsigned or floating ones."),
                   input->name);
      return NULL;
    }
  if (! result)
    pst_picture_input_fail (input, error);
  return result;
}

/* The profile of the file, if it can be used for @image; the caller owns a
 * reference. */
static GBytes *
find_profile (const PstPictureInput *input,
              VipsImage             *image,
              PstColorModel          model)
{
  const void *data;
  gsize       length;
  VipsBlob   *usual = NULL;
  g_autoptr (GBytes) profile = NULL;

  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME) == VIPS_TYPE_BLOB
      && vips_image_get_blob (image, VIPS_META_ICC_NAME, &data, &length) == 0)
    profile = g_bytes_new (data, length);
  else if (pst_picture_input_is (input, "Png"))
    profile = pst_png_gamma_profile (input->path);
  if (profile && pst_color_profile_is_of (profile, model))
    return g_steal_pointer (&profile);

  if (model == PST_COLORS_CMYK && vips_profile_load ("cmyk", &usual, NULL) == 0)
    {
      g_bytes_unref (g_steal_pointer (&profile));
      data = vips_blob_get (usual, &length);
      profile = g_bytes_new (data, length);
      vips_area_unref (VIPS_AREA (usual));
      return g_steal_pointer (&profile);
    }
  return NULL;
}

/* ---- pixels ------------------------------------------------------------- */

typedef struct
{
  PstImage           *image;
  PstColorModel       model;
  PstColorConversion *conversion; /* NULL: none; owned, as what follows */
  float              *colors;     /* [width][colors of the model] */
  float              *rgb;        /* [width][3] */
  gint64              deadline;
} Pixels;

static void
pixels_clear (Pixels *pixels)
{
  pst_color_conversion_free (pixels->conversion);
  g_free (pixels->colors);
  g_free (pixels->rgb);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pixels, pixels_clear)

/* Value @i of a row, 0..1. */
static float
value_at (const void *row, gsize i, VipsBandFormat format)
{
  switch (format)
    {
    case VIPS_FORMAT_UCHAR:
      return ((const guint8 *) row)[i] / 255.0f;

    case VIPS_FORMAT_USHORT:
      return ((const guint16 *) row)[i] / 65535.0f;

    default:
      return ((const float *) row)[i];
    }
}

/* @source: [width][bands]
 * @target: [width][4] */
static void
convert_row (Pixels *pixels, VipsImage *vips, const void *source, float *target)
{
  int          width = pixels->image->width;
  int          n = pixels->model;
  float        unit = pixels->model == PST_COLORS_CMYK ? 100 : 1;
  const float *rgb = pixels->colors;
  int          step = n;

  for (int x = 0; x < width; x++)
    for (int c = 0; c < n; c++)
      pixels->colors[x * n + c] =
        unit * value_at (source, (gsize) x * vips->Bands + c, vips->BandFmt);

  if (pixels->conversion)
    {
      pst_color_convert (pixels->conversion, width, pixels->colors,
                         pixels->rgb);
      rgb = pixels->rgb;
      step = 3;
    }
  for (int x = 0; x < width; x++)
    {
      for (int c = 0; c < 3; c++)
        target[4 * x + c] = rgb[x * step + (step == 1 ? 0 : c)];
      target[4 * x + 3] =
        vips->Bands > n
          ? value_at (source, (gsize) x * vips->Bands + n, vips->BandFmt)
          : 1;
    }
}

/* VipsRegionWrite */
static int
take_strip (VipsRegion *region, VipsRect *area, void *data)
{
  Pixels *pixels = data;

  if (g_get_monotonic_time () > pixels->deadline)
    {
      vips_error ("pastiche", "decoding takes more than %d s",
                  PST_PICTURE_MAX_SECONDS);
      return -1;
    }
  for (int y = area->top; y < area->top + area->height; y++)
    convert_row (pixels, region->im, VIPS_REGION_ADDR (region, 0, y),
                 pixels->image->pixels + 4 * (gsize) pixels->image->width * y);
  return 0;
}

/* Whether libjpeg warned of a picture that is not as it was. */
static gboolean
is_damaged (void)
{
  g_auto (GStrv) lines = g_strsplit (vips_error_buffer (), "\n", -1);

  for (char **line = lines; *line; line++)
    if ((strstr (*line, "Corrupt JPEG data")
         && ! strstr (*line, "extraneous bytes"))
        || strstr (*line, "Premature end"))
      return TRUE;
  return FALSE;
}

/* Returns the pixels of @vips, with the @profile, in @space. */
static PstImage *
read_pixels (const PstPictureInput *input,
             VipsImage             *vips,
             GBytes                *profile,
             GBytes                *space,
             GError               **error)
{
  g_autoptr (PstImage) image = pst_image_new (vips->Xsize, vips->Ysize, error);
  g_auto (Pixels) pixels = { .image = image, .model = model_of (vips) };

  if (! image)
    return NULL;
  pixels.deadline =
    g_get_monotonic_time () + PST_PICTURE_MAX_SECONDS * (gint64) G_USEC_PER_SEC;
  pixels.colors = g_try_new (float, (gsize) image->width *pixels.model);
  pixels.rgb = g_try_new (float, (gsize) image->width * 3);
  if (! pixels.colors || ! pixels.rgb)
    {
      pst_picture_input_fail_memory (input, error);
      return NULL;
    }
  if (profile || (space && pixels.model == PST_COLORS_RGB))
    pst_color_conversion_new (pixels.model, profile, space, &pixels.conversion);
  if (vips_sink_disc (vips, take_strip, &pixels) != 0 || is_damaged ())
    {
      pst_picture_input_fail (input, error);
      return NULL;
    }
  vips_error_clear ();
  return g_steal_pointer (&image);
}

/* ---- all of it ---------------------------------------------------------- */

/* The standard error as it was; NULL: it was left as it is. */
typedef FILE *Silence;

/* libjxl writes there what it finds in damaged files, and has no switch for
 * that.  What comes of it is also an error, and said once.  The C library of
 * GNU allows to set the variable ("Standard Streams" in its manual). */
static Silence
silence_begin (void)
{
#ifdef __GLIBC__
  FILE   *nowhere = g_fopen ("/dev/null", "we");
  Silence before = stderr;

  if (! nowhere)
    return NULL;
  stderr = nowhere;
  return before;
#else
  return NULL;
#endif
}

static void
silence_end (Silence before)
{
#ifdef __GLIBC__
  fclose (stderr);
  stderr = before;
#endif
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Silence, silence_end, NULL)

/* @space: not used if there is @ret_format
 * @ret_format: or NULL */
static PstImage *
read_picture (const char       *path,
              int               max_side,
              GBytes           *space,
              PstPictureFormat *ret_format,
              GError          **error)
{
  g_auto (PstPictureInput) input = { 0 };
  g_auto (Silence) silence = NULL;
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (PstVipsImage) upright = NULL;
  g_autoptr (PstVipsImage) simple = NULL;
  g_autoptr (GBytes) profile = NULL;
  PstImage     *image;
  PstColorModel model;

  pst_vips_start ();
  if (! pst_picture_input_identify (&input, path, error))
    return NULL;
  if (pst_picture_input_is (&input, "Jxl"))
    silence = silence_begin ();
  upright = pst_picture_open (&input, max_side, error);
  if (! upright)
    return NULL;
  simple = simplify (&input, upright, error);
  if (! simple)
    return NULL;

  model = model_of (simple);
  profile = find_profile (&input, upright, model);
  if (ret_format)
    {
      format.has_alpha = simple->Bands > (int) model;
      format.is_deep = simple->BandFmt != VIPS_FORMAT_UCHAR;
      if (model == PST_COLORS_RGB && profile
          && pst_color_profile_is_for_output (profile))
        format.profile = g_bytes_ref (profile);
      format.space = space = pst_color_space_of_profile (format.profile);
      format.metadata = pst_metadata_dup (upright);
      if (format.metadata && input.tiff)
        pst_tiff_add_texts (input.tiff, format.metadata);
    }
  image = read_pixels (&input, simple, profile, space, error);
  if (image && ret_format)
    {
      *ret_format = format;
      format = (PstPictureFormat){ 0 };
    }
  return image;
}

PstImage *
pst_picture_read (const char *path, int max_side, GBytes *space, GError **error)
{
  return read_picture (path, max_side, space, NULL, error);
}

PstImage *
pst_picture_read_content (const char       *path,
                          int               size,
                          PstPictureFormat *ret_format,
                          GError          **error)
{
  return read_picture (path, size, NULL, ret_format, error);
}
