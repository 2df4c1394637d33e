/* SPDX-License-Identifier: GPL-3.0-or-later */
/* widgets.h: windows in which a test does what a user does */
#pragma once

#include <gtk/gtk.h>

/* To be called before GTK is initialized: widgets tell screen readers what they
 * are, which those of GTK 2 do only if they are asked to. */
void load_accessibility (void);

/* Runs the main loop until there is nothing to do, and for @ms at least. */
void settle (int ms);

/* find_widget:
 * @top: it, or what is in it
 * @text: what the widget, its label or a screen reader says; NULL: anything
 * Returns NULL if there is no such widget. */
GtkWidget *find_widget (GtkWidget *top, GType type, const char *text);

/* As a window manager does, of which there may be none. */
void focus_window (GtkWidget *window);

/* A key, pressed where the keyboard's focus of the window is. */
void press_key (GtkWidget *window, guint keyval, GdkModifierType state);

/* check_names:
 * What can have the keyboard's focus says what it is, and no two of a kind the
 * same.
 * Returns how many there are. */
int check_names (GtkWidget *window);
