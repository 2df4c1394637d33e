/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-file.h: pictures in files, read and written by libvips
 *
 * Read are JPEG, PNG, TIFF, WebP, GIF, HEIC, AVIF and JPEG XL; of several
 * pictures in a file, the first that is no preview.  Raw files are refused.
 */
#pragma once

#include "core/pastiche.h"
#include "picture-format.h"

/* Limits of a file's picture, whatever size is wanted. */
#define PST_PICTURE_MAX_PIXELS  (G_GINT64_CONSTANT (1) << 30)
#define PST_PICTURE_MAX_SECONDS 600

/* pst_picture_read:
 * The kind of file is detected from its first bytes.  The picture is turned as
 * the file says, and its colors are converted to @space (color-space.h; NULL:
 * sRGB).  One that is larger than PST_IMAGE_MAX_SIDE is read reduced to
 * @max_side.  The caller owns it.
 * @max_side: 1..PST_IMAGE_MAX_SIDE
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
PstImage *pst_picture_read (const char *path,
                            int         max_side,
                            GBytes     *space,
                            GError    **error);

/* pst_picture_read_content:
 * The same of a picture whose format a result is to have: its colors are in
 * ret_format->space.
 * @size: the longer side of the result; 0: that of the picture, which may then
 * not be larger than PST_IMAGE_MAX_SIDE
 * @ret_format: to be cleared if there was no error */
PstImage *pst_picture_read_content (const char       *path,
                                    int               size,
                                    PstPictureFormat *ret_format,
                                    GError          **error);

/* Whether the name or the first bytes of the file at @path are those of a
 * picture that is read. */
gboolean pst_picture_is_file (const char *path);

/* pst_picture_check_output:
 * Whether a picture can be written at @path: the extension is of a known kind,
 * and the file can be written.
 * Errors: PST_ERROR_IMAGE (extension), G_FILE_ERROR. */
gboolean pst_picture_check_output (const char *path, GError **error);

/* pst_picture_write:
 * Writes @image so that the file appears complete or not at all.
 * @format: what to keep, as far as the kind of file can: a JPEG has 8 bits, and
 * shows transparent parts on white.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY, G_FILE_ERROR. */
gboolean pst_picture_write (const char             *path,
                            const PstImage         *image,
                            const PstPictureFormat *format,
                            GError                **error);
