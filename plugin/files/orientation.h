/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orientation.h: pictures that a camera stored lying on their side */
#pragma once

#include "core/pastiche.h"

/* pst_orientation_find:
 * What the Exif data in a JPEG, PNG or WebP file, or the tags of a TIFF file,
 * say about how the picture is stored: 1 (upright) to 8, numbered as in TIFF
 * 6.0, tag 274 "Orientation".  1 where nothing is said, or nothing that can be
 * understood.
 * @file: [length], all of the file, or what there is of it. */
int pst_orientation_find (const guint8 *file, gsize length);

/* pst_orientation_apply:
 * Returns @image, stored as @orientation (1..8) says, upright; the caller owns
 * it.
 * Errors: PST_ERROR_MEMORY. */
PstImage *
pst_orientation_apply (const PstImage *image, int orientation, GError **error);
