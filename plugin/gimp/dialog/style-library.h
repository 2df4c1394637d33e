/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-library.h: a folder of the user's pictures, as thumbnails */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/styles.h"

/* The picture was clicked: it is to be a style, or not any more. */
typedef void (*PstLibraryToggled) (GFile *file, gboolean wanted, gpointer data);

/* @styles: must outlive the widget.  The folder is remembered over sessions. */
GtkWidget *pst_style_library_new (const PstStyles  *styles,
                                  PstLibraryToggled toggled,
                                  gpointer          data);

/* Shows which pictures are styles now. */
void pst_style_library_mark (GtkWidget *library);
