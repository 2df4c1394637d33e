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

/* The same for a label of one line that was made otherwise. */
void pst_label_align_left (GtkWidget *label);

/* A button with an icon.  GIMP 2.10 keeps the pale icons of its dark themes
 * when a light theme is chosen: there it has @sign instead, in the color of
 * text. */
GtkWidget *pst_icon_button_new (const char *icon, const char *sign);

/* For a label with a name in it: shows all of it in one line, without its
 * middle where there is no room. */
void pst_label_fit_name (GtkWidget *label);

/* For a label that wraps, above or below others: takes the width that there is.
 * GTK 2 wraps at a width that does not depend on the room, @width pixels. */
void pst_label_set_wrap_width (GtkWidget *label, int width);

/* A horizontal slider without its number, of at least @width pixels. */
GtkWidget *pst_slider_new (GtkAdjustment *adjustment, int width);

/* The text of a toggle, check or radio button that is on looks like that of one
 * that is off: GIMP 2.10's dark theme shows it as if it were insensitive. */
void pst_button_make_legible (GtkWidget *button);

/* The name that a screen reader says; a mnemonic in @text is left out. */
void pst_widget_set_accessible_name (GtkWidget *widget, const char *text);

/* From now on the mouse wheel changes the widget only while it, or what is in
 * it, has the keyboard's focus.  Else it scrolls what is around the widget. */
void pst_widget_scroll_if_focused (GtkWidget *widget);

/* Draws a widget of @width × @height pixels. */
typedef void (*PstDraw) (cairo_t *cairo, int width, int height, gpointer data);

/* An area of at least @width × @height pixels. */
GtkWidget *pst_drawing_new (int width, int height, PstDraw draw, gpointer data);

/* The monitor that the pointer is on, in pixels of the screen. */
void pst_monitor_get (GtkWidget *widget, GdkRectangle *ret_monitor);

/* The height that the widget wants at its present width. */
int pst_widget_get_natural_height (GtkWidget *widget);

/* pst_view_new:
 * A view of @child that scrolls where there is no room for it.  It opens as
 * high as @child, but at most @max_height pixels high; when @child grows or
 * shrinks afterwards, the window grows by what is missing, and shrinks again by
 * what it had grown. */
GtkWidget *pst_view_new (GtkWidget *child, int max_height);
