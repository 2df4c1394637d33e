/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-colors.h: the theme's colors, for what the gallery draws itself */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  double red; /* 0..1 */
  double green;
  double blue;
} PstColor;

typedef struct
{
  PstColor back;          /* of a list */
  PstColor text;          /* on it */
  PstColor selected;      /* what is selected */
  PstColor selected_text; /* on that */
  PstColor accent;        /* frames and marks: the selection's, or the text's
                           * where that could be overlooked */
  PstColor on_accent;
} PstGalleryColors;

void pst_gallery_colors_get (PstGalleryColors *colors, GtkWidget *widget);

/* As the source of what is drawn next. */
void pst_color_use (const PstColor *color, cairo_t *cairo, double alpha);
