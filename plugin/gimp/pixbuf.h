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

/* The size of a picture that is scaled down to @side at its longer side, and
 * never up: @width and @height are changed. */
void pst_pixbuf_fit (int side, int *width, int *height);
