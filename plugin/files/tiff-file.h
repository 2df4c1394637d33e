/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiff-file.h: what libvips does not do with TIFF files */
#pragma once

#include <glib.h>
#include <vips/vips.h>

/* pst_tiff_find_page:
 * The number of the directory with the picture that is meant: the first, but
 * for small previews and masks.  0 where the file cannot be read.
 * @ret_is_raw: whether a camera's sensor values are in the file */
int pst_tiff_find_page (const char *path, gboolean *ret_is_raw);

/* pst_tiff_sort_samples:
 * Returns @image, the picture in the directory @page, without the samples that
 * are neither color nor alpha, and with black as 0 also of floating numbers.
 * The caller owns it; NULL on error. */
VipsImage *pst_tiff_sort_samples (const char *path, int page, VipsImage *image);

/* pst_tiff_read_texts:
 * Adds to @image, as fields of Exif data, what the directory @page says about
 * author, copyright, camera and date. */
void pst_tiff_read_texts (const char *path, int page, VipsImage *image);

/* pst_tiff_write_texts:
 * Adds the same fields of @image to the TIFF file at @path.
 * @has_resolution: if not, none is claimed
 * Returns whether it went well. */
gboolean pst_tiff_write_texts (const char *path,
                               VipsImage  *image,
                               gboolean    has_resolution);
