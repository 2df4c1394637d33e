/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-menu.h: the choice of a layer of any open image, or of a file */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/image/style.h"

/* Takes over the contents of @style. */
typedef void (*PstStyleChosen) (PstStyle *style, gpointer data);

/* pst_style_menu_popup:
 * @parent: a widget of the window that asks.
 * Shows the menu; @chosen is called for each picture that is chosen: several
 * if the user selects several files, none if the menu is left. */
void pst_style_menu_popup (GtkWidget        *parent,
                           const PstContent *content,
                           PstStyleChosen    chosen,
                           gpointer          data);
