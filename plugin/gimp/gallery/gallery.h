/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery.h: the styles of a run, as a part of the dialog
 *
 * Pictures to choose from, by their source, and below them those that are
 * chosen.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/styles.h"

/* Called after the styles were changed. */
typedef void (*PstStylesChanged) (gpointer data);

/* pst_gallery_new:
 * @content, @styles: must outlive the widget.
 * @styles: shown at first, changed by the user. */
GtkWidget *pst_gallery_new (const PstContent *content,
                            PstStyles        *styles,
                            PstStylesChanged  changed,
                            gpointer          data);

/* Gives the keyboard's focus to the pictures. */
void pst_gallery_grab_focus (GtkWidget *gallery);
