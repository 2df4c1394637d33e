/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail.h: small pictures of styles */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/style.h"

/* pst_thumbnail_new:
 * Returns a GtkImage of @size by @size pixels.  The picture of a file comes
 * later, from a thread, and not at all when the image is destroyed before. */
GtkWidget *pst_thumbnail_new (const PstStyle *style, int size);
