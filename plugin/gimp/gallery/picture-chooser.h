/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-chooser.h: the choice of pictures, or of a folder, from the disk */
#pragma once

#include <gtk/gtk.h>

/* pst_picture_chooser_run:
 * @parent: a widget of the window that asks
 * @folder: shown at first; NULL: the one of before
 * Asks for pictures, and shows the one that the pointer is at.  Returns GFile *
 * in order, none if the user cancels; owned by the caller. */
GPtrArray *pst_picture_chooser_run (GtkWidget *parent, GFile *folder);

/* Asks for a folder of pictures; owned by the caller, NULL: none. */
GFile *pst_picture_chooser_run_for_folder (GtkWidget *parent);
