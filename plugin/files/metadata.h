/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metadata.h: what a file says of its picture, and what a result keeps of it */
#pragma once

#include <vips/vips.h>

/* pst_metadata_dup:
 * What a result keeps of what is said of @image: resolution, Exif, XMP, IPTC,
 * texts; without the orientation, which has been applied, and without previews.
 * As the fields of a picture of one pixel, which the caller owns; NULL if there
 * is no memory. */
VipsImage *pst_metadata_dup (VipsImage *image);

/* pst_metadata_copy:
 * Gives @image the fields of @metadata, the result of pst_metadata_dup(). */
void pst_metadata_copy (VipsImage *metadata, VipsImage *image);

/* Whether the file of @metadata says what resolution the picture has. */
gboolean pst_metadata_has_resolution (VipsImage *metadata);

/* Whether a file of @image says nothing of it: no profile either. */
gboolean pst_metadata_is_empty (VipsImage *image);
