/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-file.h: pictures in files: PNG, JPEG, TIFF, WebP
 *
 * GEGL must have been initialised.
 */
#pragma once

#include <babl/babl.h>

#include "core/pastiche.h"

/* How the pixels of a file are kept. */
typedef struct
{
  gboolean    has_alpha;
  gboolean    is_deep; /* more than 8 bits for each channel */
  const Babl *space;   /* the RGB colour profile; NULL: sRGB */
} PstPictureFormat;

/* pst_picture_read:
 * The kind of file is detected from its first bytes; any colour space is
 * converted to sRGB, and the picture is turned as the file's Exif orientation
 * says.  The caller owns the picture.
 * @ret_format: may be NULL
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
PstImage *pst_picture_read (const char       *path,
                            PstPictureFormat *ret_format,
                            GError          **error);

/* pst_picture_check_output:
 * Whether a picture can be written at @path: the extension is of a known kind,
 * and the file can be written.
 * Errors: PST_ERROR_IMAGE (extension), G_FILE_ERROR. */
gboolean pst_picture_check_output (const char *path, GError **error);

/* pst_picture_write:
 * Writes @image so that the file appears complete or not at all.
 * @format: what to keep, as far as the kind of file can: a JPEG has 8 bits, and
 * shows transparent parts on white; a WebP is sRGB.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY, G_FILE_ERROR. */
gboolean pst_picture_write (const char      *path,
                            const PstImage  *image,
                            PstPictureFormat format,
                            GError         **error);
