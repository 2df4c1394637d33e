/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.h: a line that tells the user why something was not done */
#pragma once

#include <gtk/gtk.h>

/* Shows nothing at first. */
GtkWidget *pst_notice_new (void);

/* @text: NULL: nothing (any more) */
void pst_notice_set_text (GtkWidget *notice, const char *text);
