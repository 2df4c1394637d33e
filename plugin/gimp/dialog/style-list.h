/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-list.h: the styles of a run, as a part of both dialogs
 *
 * A line for each style: its picture and name, which is the button to choose
 * another one; its weight, if there are several; its region, if the content has
 * any.  Below the button that adds a style, and the library.
 */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/styles.h"

/* Called after the styles were changed. */
typedef void (*PstStylesChanged) (gpointer data);

/* pst_style_list_new:
 * @content, @styles: must outlive the widget.
 * @styles: shown at first, changed by the user. */
GtkWidget *pst_style_list_new (const PstContent *content,
                               PstStyles        *styles,
                               PstStylesChanged  changed,
                               gpointer          data);
