/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-read.c: a picture from a file (picture-file.h)
 *
 * libvips decodes in strips, which are converted one by one: in memory is one
 * picture, the result, unless the file is stored lying on its side or in passes
 * from coarse to fine.
 */
#include "picture-file.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <vips/vips.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "color-space.h"
#include "gif-file.h"
#include "metadata.h"
#include "picture-kind.h"
#include "png-chunks.h"
#include "tiff-file.h"
#include "vips-library.h"

#define START_LENGTH 16 /* bytes that show what kind of file it is */

/* How a picture is read. */
typedef struct
{
  const char *path;
  char       *name; /* of the file, for messages; owned */
  const char *loader;
  int         page;
} Input;

static void
input_clear (Input *input)
{
  g_free (input->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

void
pst_picture_format_clear (PstPictureFormat *format)
{
  g_clear_pointer (&format->profile, g_bytes_unref);
  g_clear_pointer (&format->space, g_bytes_unref);
  g_clear_object (&format->metadata);
}

/* ---- errors ------------------------------------------------------------- */

static void
set_memory_error (const Input *input, GError **error)
{
  g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
               _ ("\"%s\": not enough memory to read it."), input->name);
}

static void
set_decode_error (const Input *input, GError **error)
{
  g_autofree char *reason = pst_vips_take_message ();

  if (reason && strstr (reason, PST_VIPS_NO_MEMORY))
    set_memory_error (input, error);
  else
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" is damaged, or of a variant that cannot be read: "
                    "%s."),
                 input->name, reason ? reason : _ ("its data are not valid"));
}

static void
set_raw_error (const Input *input, GError **error)
{
  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               _ ("\"%s\" is a camera's raw file. Develop it, for example with "
                  "darktable, and use the picture that you save there."),
               input->name);
}

/* ---- what kind of file it is -------------------------------------------- */

/* Raw files that are not TIFF. */
static gboolean
is_raw (const guint8 *start)
{
  return memcmp (start, "FUJIFILMCCD-RAW", 15) == 0
         || memcmp (start + 4, "ftypcrx", 7) == 0
         || memcmp (start, "IIRO", 4) == 0 || memcmp (start, "IIRS", 4) == 0
         || memcmp (start, "MMOR", 4) == 0 || memcmp (start, "IIU", 4) == 0
         || memcmp (start, "FOVb", 4) == 0 || memcmp (start, "\0MRM", 4) == 0;
}

/* Whose pictures can be anywhere: if it is cut, no loader knows it. */
static gboolean
is_tiff (const guint8 *start)
{
  return memcmp (start, "II*\0", 4) == 0 || memcmp (start, "MM\0*", 4) == 0
         || memcmp (start, "II+\0", 4) == 0 || memcmp (start, "MM\0+", 4) == 0;
}

/* Copies the first bytes of @source; zeros if it is shorter. */
static void
copy_start (VipsSource *source, guint8 ret_start[START_LENGTH])
{
  guint8 *data = NULL;
  gint64  length = vips_source_sniff_at_most (source, &data, START_LENGTH);

  memset (ret_start, 0, START_LENGTH);
  if (length > 0)
    memcpy (ret_start, data, length);
}

/* The class name of the loader for the file; NULL if there is none in use. */
static const char *
find_loader (VipsSource *source)
{
  const char *loader = vips_foreign_find_load_source (source);

  vips_error_clear ();
  return loader && pst_vips_can_load (loader) ? loader : NULL;
}

/* Whether there is something to read.  A pipe or a device is not opened: that
 * may wait for ever. */
static gboolean
check_file (const Input *input, GError **error)
{
  GStatBuf    status;
  const char *reason = NULL;

  if (g_stat (input->path, &status) != 0 || g_access (input->path, R_OK) != 0)
    reason = g_strerror (errno);
  else if (S_ISDIR (status.st_mode))
    reason = g_strerror (EISDIR);
  else if (! S_ISREG (status.st_mode))
    reason = _ ("it is not a regular file");
  else if (status.st_size == 0)
    reason = _ ("it is empty");
  if (reason)
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" cannot be read: %s."), input->name, reason);
  return ! reason;
}

static gboolean
identify (Input *input, GError **error)
{
  g_autoptr (PstVipsSource) source = NULL;
  guint8   start[START_LENGTH] = { 0 };
  gboolean raw = FALSE;

  if (! check_file (input, error))
    return FALSE;

  source = vips_source_new_from_file (input->path);
  if (source)
    {
      copy_start (source, start);
      raw = is_raw (start);
      input->loader = raw ? NULL : find_loader (source);
    }
  if (! raw && ! input->loader && is_tiff (start))
    {
      set_decode_error (input, error);
      return FALSE;
    }
  vips_error_clear ();
  if (! raw && ! input->loader)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("\"%s\" is in none of the supported formats: %s."),
                   input->name, PST_PICTURE_KINDS_READ);
      return FALSE;
    }
  if (! raw && strstr (input->loader, "Tiff"))
    input->page = pst_tiff_find_page (input->path, &raw);
  if (raw)
    set_raw_error (input, error);
  else if (strstr (input->loader, "Nsgif") && ! pst_gif_is_whole (input->path))
    {
      vips_error ("pastiche", "the data end early");
      set_decode_error (input, error);
      return FALSE;
    }
  return ! raw;
}

gboolean
pst_picture_is_file (const char *path)
{
  g_autoptr (PstVipsSource) source = NULL;
  guint8 start[START_LENGTH];

  if (pst_picture_kind_of_name (path))
    return TRUE;

  if (! g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  pst_vips_start ();
  source = vips_source_new_from_file (path);
  if (! source)
    return FALSE;
  copy_start (source, start);
  return is_raw (start) || find_loader (source);
}

/* ---- opening ------------------------------------------------------------ */

/* Opens the file, to be read from top to bottom.
 * @shrink: 1, 2, 4 or 8: how far a JPEG is reduced while it is decoded */
static VipsImage *
open_file (const Input *input, int shrink, GError **error)
{
  g_autoptr (PstVipsSource) source = vips_source_new_from_file (input->path);
  g_autoptr (PstVipsOperation) load = NULL;
  /* Of GIF, frames that are damaged are only a warning. */
  VipsFailOn failure =
    strstr (input->loader, "Nsgif") ? VIPS_FAIL_ON_WARNING : VIPS_FAIL_ON_ERROR;
  VipsImage *image = NULL;

  vips_error_clear ();
  load = source ? vips_operation_new (
           vips_nickname_find (g_type_from_name (input->loader)))
                : NULL;
  if (load)
    {
      g_object_set (load, "source", source, "fail_on", failure, "access",
                    VIPS_ACCESS_SEQUENTIAL, NULL);
      if (input->page > 0)
        g_object_set (load, "page", input->page, NULL);
      if (shrink > 1)
        g_object_set (load, "shrink", shrink, NULL);
      if (vips_cache_operation_buildp (&load) == 0)
        g_object_get (load, "out", &image, NULL);
      vips_object_unref_outputs (VIPS_OBJECT (load));
    }
  if (! image)
    set_decode_error (input, error);
  return image;
}

/* Gives @image the Exif data that libvips does not find. */
static VipsImage *
add_late_exif (const Input *input, VipsImage *image)
{
  g_autoptr (GBytes) exif = pst_png_late_exif (input->path);
  VipsImage *copy = NULL;

  if (! exif || vips_copy (image, &copy, NULL) != 0)
    return g_object_ref (image);
  vips_image_set_blob_copy (copy, VIPS_META_EXIF_NAME,
                            g_bytes_get_data (exif, NULL),
                            g_bytes_get_size (exif));
  return copy;
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

/* ---- size and orientation ----------------------------------------------- */

static int
longer_side (VipsImage *image)
{
  return MAX (vips_image_get_width (image), vips_image_get_height (image));
}

/* @side in a picture that is reduced by @factor, as the engine rounds. */
static int
reduced (int side, double factor)
{
  return MAX (1, (int) lround (side * factor));
}

/* Returns @image, whose file's has @full_width x @full_height, reduced so that
 * its longer side is @max_side. */
static VipsImage *
reduce (VipsImage *image, int full_width, int full_height, int max_side)
{
  double         factor = (double) max_side / MAX (full_width, full_height);
  double         x = reduced (full_width, factor) / (double) image->Xsize;
  double         y = reduced (full_height, factor) / (double) image->Ysize;
  VipsBandFormat format = image->BandFmt;
  g_autoptr (PstVipsImage) weighted = NULL;
  g_autoptr (PstVipsImage) small = NULL;
  g_autoptr (PstVipsImage) even = NULL;
  VipsImage *result = NULL;

  if (! vips_image_hasalpha (image))
    return vips_resize (image, &result, x, "vscale", y, NULL) == 0 ? result
                                                                   : NULL;
  if (vips_premultiply (image, &weighted, NULL) != 0
      || vips_resize (weighted, &small, x, "vscale", y, NULL) != 0
      || vips_unpremultiply (small, &even, NULL) != 0
      || vips_cast (even, &result, format, NULL) != 0)
    return NULL;
  return result;
}

/* Returns @image as it is to be seen. */
static VipsImage *
set_upright (VipsImage *image)
{
  g_autoptr (PstVipsImage) whole = NULL;
  VipsImage *result = NULL;

  if (vips_image_get_orientation (image) <= 1)
    return g_object_ref (image);
  /* Its rows are not needed in their order. */
  whole = vips_image_copy_memory (image);
  return whole && vips_autorot (whole, &result, NULL) == 0 ? result : NULL;
}

/* Opens the picture, upright and not larger than may be.
 * @max_side: 0: not reduced */
static VipsImage *
open_upright (const Input *input, int max_side, GError **error)
{
  g_autoptr (PstVipsImage) image = open_file (input, 1, error);
  g_autoptr (PstVipsImage) small = NULL;
  g_autoptr (PstVipsImage) upright = NULL;
  int width, height, shrink = 1;

  if (image && strstr (input->loader, "Tiff"))
    {
      g_autoptr (PstVipsImage) whole = g_steal_pointer (&image);

      image = pst_tiff_sort_samples (input->path, input->page, whole);
      if (! image)
        set_decode_error (input, error);
    }
  if (! image)
    return NULL;
  width = image->Xsize;
  height = image->Ysize;
  if ((gint64) width * height > PST_PICTURE_MAX_PIXELS
      || (longer_side (image) > PST_IMAGE_MAX_SIDE && max_side == 0))
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   max_side == 0 ? _ ("\"%s\" has %d x %d pixels, which is too "
                                      "large: set a --size of at most %d.")
                                 : _ ("\"%s\" has %d x %d pixels, which is too "
                                      "large to be read."),
                   input->name, width, height, PST_IMAGE_MAX_SIDE);
      return NULL;
    }

  if (longer_side (image) > PST_IMAGE_MAX_SIDE)
    {
      while (strstr (input->loader, "Jpeg") && shrink < 8
             && longer_side (image) / (2 * shrink) >= 2 * max_side)
        shrink *= 2;
      if (shrink > 1)
        {
          g_clear_object (&image);
          image = open_file (input, shrink, error);
          if (! image)
            return NULL;
        }
      small = reduce (image, width, height, max_side);
    }
  else
    small = g_object_ref (image);
  if (small && strstr (input->loader, "Png"))
    {
      g_autoptr (PstVipsImage) known = g_steal_pointer (&small);

      small = add_late_exif (input, known);
    }
  upright = small ? set_upright (small) : NULL;
  if (! upright)
    set_decode_error (input, error);
  return g_steal_pointer (&upright);
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
simplify (const Input *input, VipsImage *image, GError **error)
{
  g_autoptr (PstVipsImage) rgb = NULL;
  VipsImage *result = NULL;

  if (! is_absolute (image))
    rgb = g_object_ref (image);
  else if (vips_colourspace (image, &rgb, VIPS_INTERPRETATION_RGB16, NULL) != 0)
    {
      set_decode_error (input, error);
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
    set_decode_error (input, error);
  return result;
}

/* The profile of the file, if it can be used for @image; the caller owns a
 * reference. */
static GBytes *
find_profile (const Input *input, VipsImage *image, PstColorModel model)
{
  const void *data;
  gsize       length;
  VipsBlob   *usual = NULL;
  g_autoptr (GBytes) profile = NULL;

  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME) == VIPS_TYPE_BLOB
      && vips_image_get_blob (image, VIPS_META_ICC_NAME, &data, &length) == 0)
    profile = g_bytes_new (data, length);
  else if (strstr (input->loader, "Png"))
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

/* Returns the pixels of @vips, with the @profile, in @space. */
static PstImage *
read_pixels (const Input *input,
             VipsImage   *vips,
             GBytes      *profile,
             GBytes      *space,
             GError     **error)
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
      set_memory_error (input, error);
      return NULL;
    }
  if (profile || (space && pixels.model == PST_COLORS_RGB))
    pst_color_conversion_new (pixels.model, profile, space, &pixels.conversion);
  if (vips_sink_disc (vips, take_strip, &pixels) != 0 || is_damaged ())
    {
      set_decode_error (input, error);
      return NULL;
    }
  vips_error_clear ();
  return g_steal_pointer (&image);
}

/* ---- all of it ---------------------------------------------------------- */

/* @space: not used if there is @ret_format
 * @ret_format: or NULL */
static PstImage *
read_picture (const char       *path,
              int               max_side,
              GBytes           *space,
              PstPictureFormat *ret_format,
              GError          **error)
{
  g_auto (Input)
    input = { .path = path, .name = g_filename_display_name (path) };
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (PstVipsImage) upright = NULL;
  g_autoptr (PstVipsImage) simple = NULL;
  g_autoptr (GBytes) profile = NULL;
  PstImage     *image;
  PstColorModel model;

  pst_vips_start ();
  if (! identify (&input, error))
    return NULL;
  upright = open_upright (&input, max_side, error);
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
      if (format.metadata && strstr (input.loader, "Tiff"))
        pst_tiff_read_texts (path, input.page, format.metadata);
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
