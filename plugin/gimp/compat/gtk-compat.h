/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gtk-compat.h: widgets that GTK 2 and GTK 3 make in different ways */
#pragma once

#include <gtk/gtk.h>

/* To be called once, before any widget is made. */
void pst_gtk_init (void);

/* A box; the children follow one another in direction @orientation. */
GtkWidget *pst_box_new (GtkOrientation orientation, int spacing);

/* Text that begins at the left, or at the upper left when it wraps. */
GtkWidget *pst_label_new (const char *text, gboolean wrap);

/* Draws a widget of @width × @height pixels. */
typedef void (*PstDraw) (cairo_t *cairo, int width, int height, gpointer data);

/* An area of at least @width × @height pixels. */
GtkWidget *pst_drawing_new (int width, int height, PstDraw draw, gpointer data);

/* The monitor that the pointer is on, in pixels of the screen. */
void pst_monitor_get (GtkWidget *widget, GdkRectangle *ret_monitor);

/* A view of @child which is as high as @child, also when that changes, but at
 * most @max_height pixels; then it scrolls. */
GtkWidget *pst_view_new (GtkWidget *child, int max_height);
