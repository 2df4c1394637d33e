/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail.h: small pictures of styles */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/style.h"
#include "thumbnail-file.h"

/* pst_thumbnail_new:
 * Returns a GtkImage of @size by @size pixels.  The picture of a file comes
 * later, from a thread, and not at all when the image is destroyed before. */
GtkWidget *pst_thumbnail_new (const PstStyle *style, int size);

/* pst_thumbnail_of_drawable:
 * The caller owns it; NULL if GIMP cannot tell its pixels.  Main thread. */
GdkPixbuf *pst_thumbnail_of_drawable (PstDrawableRef          drawable,
                                      const PstThumbnailSize *size);

/* Pixels of the screen for one of the toolkit: 2 on a dense screen. */
int pst_thumbnail_get_scale (GtkWidget *widget);
