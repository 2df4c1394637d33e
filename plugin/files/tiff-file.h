/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiff-file.h: what libvips does not do with TIFF files */
#pragma once

#include <glib.h>
#include <vips/vips.h>

#define PST_TIFF_MAX_TEXTS 6

/* What a file says of its picture: the first, but for small previews and
 * masks. */
typedef struct
{
  int      page;      /* the number of its directory */
  gboolean is_raw;    /* whether a camera's sensor values are in the file */
  int      n_samples; /* of a pixel */
  int      n_bits;    /* of a sample */
  gboolean is_float;  /* whether samples are floating-point numbers */
  gboolean is_common; /* whether libvips knows samples of this kind */
  int      n_colors;  /* the first of them */
  int      alpha;     /* the number of the sample; -1: none */
  gboolean is_inverted;
  char    *texts[PST_TIFF_MAX_TEXTS]; /* NULL: none; owned */
} PstTiffPicture;

/* pst_tiff_picture_new:
 * Reads this from the file at @path.  The caller owns it; NULL where the file
 * cannot be read. */
PstTiffPicture *pst_tiff_picture_new (const char *path);

/* pst_tiff_sort_samples:
 * Returns @image, the picture that @tiff describes, without the samples that
 * are neither color nor alpha, and with black as 0 also of floating numbers.
 * The caller owns it; NULL on error. */
VipsImage *pst_tiff_sort_samples (const PstTiffPicture *tiff, VipsImage *image);

/* pst_tiff_add_texts:
 * Adds to @image, as fields of Exif data, what @tiff has about author,
 * copyright, camera and date. */
void pst_tiff_add_texts (const PstTiffPicture *tiff, VipsImage *image);

/* pst_tiff_write_texts:
 * Adds the same fields of @image, and IPTC, to the TIFF file at @path.
 * @has_resolution: if not, none is claimed
 * Returns whether it went well. */
gboolean pst_tiff_write_texts (const char *path,
                               VipsImage  *image,
                               gboolean    has_resolution);

/* NULL is allowed. */
void pst_tiff_picture_free (PstTiffPicture *tiff);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTiffPicture, pst_tiff_picture_free)
