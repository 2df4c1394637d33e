/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixbuf.h: pictures of GdkPixbuf, to and from PstImage
 *
 * Eight bits, for previews.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "core/pastiche.h"

/* Owned by the caller.
 * Errors: as pst_image_new(). */
PstImage *pst_pixbuf_to_image (const GdkPixbuf *pixbuf, GError **error);

/* With alpha; values are clamped.  Owned by the caller. */
GdkPixbuf *pst_pixbuf_from_image (const PstImage *image);

/* pst_pixbuf_read_image:
 * @side: longer side of what is returned, less if the picture is smaller
 * Returns the picture of a file, turned as its Exif data say; owned by the
 * caller.
 * Errors: as gdk_pixbuf_new_from_file(), pst_image_new(). */
PstImage *pst_pixbuf_read_image (const char *path, int side, GError **error);
