/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-open.c: a picture as libvips has it, before it is decoded */
#include "picture-open.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "picture-file.h"
#include "png-chunks.h"
#include "vips-library.h"

/* ---- the file ----------------------------------------------------------- */

/* Opens the file, to be read from top to bottom.
 * @shrink: 1, 2, 4 or 8: how far a JPEG is reduced while it is decoded
 * NULL on error. */
static VipsImage *
open_file (const PstPictureInput *input, int shrink)
{
  g_autoptr (PstVipsSource) source = vips_source_new_from_file (input->path);
  g_autoptr (PstVipsOperation) load = NULL;
  /* Of GIF, frames that are damaged are only a warning. */
  VipsFailOn failure = pst_picture_input_is (input, "Nsgif")
                         ? VIPS_FAIL_ON_WARNING
                         : VIPS_FAIL_ON_ERROR;
  VipsImage *image = NULL;

  vips_error_clear ();
  load = source ? vips_operation_new (
           vips_nickname_find (g_type_from_name (input->loader)))
                : NULL;
  if (load)
    {
      g_object_set (load, "source", source, "fail_on", failure, "access",
                    VIPS_ACCESS_SEQUENTIAL, NULL);
      if (input->tiff && input->tiff->page > 0)
        g_object_set (load, "page", input->tiff->page, NULL);
      if (shrink > 1)
        g_object_set (load, "shrink", shrink, NULL);
      if (vips_cache_operation_buildp (&load) == 0)
        g_object_get (load, "out", &image, NULL);
      vips_object_unref_outputs (VIPS_OBJECT (load));
    }
  return image;
}

/* Returns @image with what libvips does not find in a PNG file; NULL on error.
 */
static VipsImage *
complete_png (const PstPictureInput *input, VipsImage *image)
{
  int orientation;
  g_autoptr (GBytes) exif = pst_png_late_exif (input->path, &orientation);
  double     per_mm[2];
  VipsImage *copy = NULL;

  if (vips_copy (image, &copy, NULL) != 0)
    return NULL;
  if (exif)
    {
      vips_image_set_blob_copy (copy, VIPS_META_EXIF_NAME,
                                g_bytes_get_data (exif, NULL),
                                g_bytes_get_size (exif));
      vips_image_set_int (copy, VIPS_META_ORIENTATION, orientation);
    }
  if (pst_png_read_resolution (input->path, per_mm))
    {
      copy->Xres = per_mm[0];
      copy->Yres = per_mm[1];
      vips_image_set_string (copy, VIPS_META_RESOLUTION_UNIT, "in");
    }
  return copy;
}

/* Opens the file, and adds what libvips leaves out; NULL on error. */
static VipsImage *
open_whole (const PstPictureInput *input, int shrink)
{
  g_autoptr (PstVipsImage) image = open_file (input, shrink);

  if (image && input->tiff)
    return pst_tiff_sort_samples (input->tiff, image);
  if (image && pst_picture_input_is (input, "Png"))
    return complete_png (input, image);
  return g_steal_pointer (&image);
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

/* ---- all of it ---------------------------------------------------------- */

/* Sets the error that a TIFF has samples that libvips does not read. */
static void
fail_numbers (const PstPictureInput *input, GError **error)
{
  vips_error_clear ();
  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               input->tiff->is_float
                 ? _ ("\"%s\" has floating-point samples of %d bits, which "
                      "cannot be read. Save it with those of 32 bits, or with "
                      "whole numbers of 8 or 16.")
                 : _ ("\"%s\" has samples of %d bits, which cannot be read. "
                      "Save it with 8 or 16."),
               input->name, input->tiff->n_bits);
}

static gboolean
check_size (const PstPictureInput *input,
            VipsImage             *image,
            int                    max_side,
            GError               **error)
{
  gint64 n_pixels = (gint64) image->Xsize * image->Ysize;

  if (n_pixels <= PST_PICTURE_MAX_PIXELS
      && (max_side > 0 || longer_side (image) <= PST_IMAGE_MAX_SIDE))
    return TRUE;

  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               max_side == 0 ? _ ("\"%s\" has %d x %d pixels, which is too "
                                  "large: set a --size of at most %d.")
                             : _ ("\"%s\" has %d x %d pixels, which is too "
                                  "large to be read."),
               input->name, image->Xsize, image->Ysize, PST_IMAGE_MAX_SIDE);
  return FALSE;
}

/* Returns @image, or a new one of the same file, at a size that may be; NULL on
 * error. */
static VipsImage *
fit (const PstPictureInput *input, VipsImage *image, int max_side)
{
  g_autoptr (PstVipsImage) small = NULL;
  int shrink = 1;

  if (longer_side (image) <= PST_IMAGE_MAX_SIDE)
    return g_object_ref (image);

  while (pst_picture_input_is (input, "Jpeg") && shrink < 8
         && longer_side (image) / (2 * shrink) >= 2 * max_side)
    shrink *= 2;
  small = shrink > 1 ? open_whole (input, shrink) : g_object_ref (image);
  return small ? reduce (small, image->Xsize, image->Ysize, max_side) : NULL;
}

VipsImage *
pst_picture_open (const PstPictureInput *input, int max_side, GError **error)
{
  g_autoptr (PstVipsImage) image = open_whole (input, /* shrink= */ 1);
  g_autoptr (PstVipsImage) small = NULL;
  VipsImage *upright = NULL;

  if (! image && input->tiff && ! input->tiff->is_common)
    {
      fail_numbers (input, error);
      return NULL;
    }
  if (image && ! check_size (input, image, max_side, error))
    return NULL;

  small = image ? fit (input, image, max_side) : NULL;
  upright = small ? set_upright (small) : NULL;
  if (! upright)
    pst_picture_input_fail (input, error);
  return upright;
}
