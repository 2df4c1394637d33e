/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chosen-styles.h: the styles that are chosen, a line for each
 *
 * A line has the picture, its name and a button to remove it; with several
 * styles, its weight; its region, if the content has any.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/styles.h"

/* The user changed weights or regions, or with @removed took a style away. */
typedef void (*PstChosenChanged) (gboolean removed, gpointer data);

/* pst_chosen_styles_new:
 * @content, @styles: must outlive the widget
 * @styles: changed by the user. */
GtkWidget *pst_chosen_styles_new (const PstContent *content,
                                  PstStyles        *styles,
                                  PstChosenChanged  changed,
                                  gpointer          data);

/* After styles came or went. */
void pst_chosen_styles_refresh (GtkWidget *widget);
