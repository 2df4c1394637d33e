/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-view.h: the gallery's pictures, in rows
 *
 * One widget that draws what is seen of them, because a folder may have
 * thousands.  Pictures are read when they are about to be seen: of files in a
 * thread, of layers one by one when there is nothing else to do.
 */
#pragma once

#include <gtk/gtk.h>

#include "gallery-item.h"

typedef struct _PstGalleryView PstGalleryView;

/* The user wants the picture as the only style, or with @mix to add it to the
 * others, or not any more if it is one of them. */
typedef void (*PstGalleryPicked) (const PstGalleryItem *item,
                                  gboolean              mix,
                                  gpointer              data);

/* pst_gallery_view_new:
 * @styles: those that are chosen; must outlive the view
 * The widget owns the view. */
PstGalleryView *pst_gallery_view_new (const PstStyles *styles,
                                      PstGalleryPicked picked,
                                      gpointer         data);

/* To be packed. */
GtkWidget *pst_gallery_view_get_widget (const PstGalleryView *view);

/* The part that has the keyboard's focus, and takes what is dropped. */
GtkWidget *pst_gallery_view_get_area (const PstGalleryView *view);

/* pst_gallery_view_set_items:
 * @items: of PstGalleryItem; taken over
 * @text: shown if there are none */
void pst_gallery_view_set_items (PstGalleryView *view,
                                 GPtrArray      *items,
                                 const char     *text);

/* pst_gallery_view_change_height:
 * @by: pixels, negative to take them away
 * Changes the height that is asked for, which stays at that of a row and a
 * part. */
void pst_gallery_view_change_height (PstGalleryView *view, int by);

/* After other styles were chosen. */
void pst_gallery_view_refresh (PstGalleryView *view);
