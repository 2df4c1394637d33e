/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-draw.h: how the gallery's pictures look */
#pragma once

#include <gtk/gtk.h>

#include "gallery-colors.h"
#include "gallery-item.h"
#include "grid.h"

#define PST_GALLERY_SIDE 72 /* of a picture, pixels of the toolkit */

typedef struct
{
  cairo_t         *cairo;
  GtkWidget       *widget;
  int              width; /* of the widget */
  PstGridSizes     sizes;
  PstGalleryColors colors; /* set by pst_gallery_draw_begin() */
} PstGalleryDraw;

typedef struct
{
  gboolean is_chosen;
  gboolean has_badge; /* to add it, or to remove it if it is chosen */
  gboolean is_near;   /* the badge is at hand */
  gboolean has_focus;
} PstGalleryState;

/* Sizes with the widget's font. */
void pst_gallery_draw_get_sizes (GtkWidget *widget, PstGridSizes *ret_sizes);

/* Fills the background; before all others. */
void pst_gallery_draw_begin (PstGalleryDraw *draw, int height);

/* In the middle of the widget, wrapped. */
void pst_gallery_draw_text (PstGalleryDraw *draw, const char *text, int height);

/* With its heading, if it has one. */
void pst_gallery_draw_item (PstGalleryDraw        *draw,
                            const PstGalleryItem  *item,
                            const PstGridCell     *cell,
                            const PstGalleryState *state);

/* @x, @y: in a cell of @sizes */
gboolean
pst_gallery_draw_is_in_badge (const PstGridSizes *sizes, double x, double y);
