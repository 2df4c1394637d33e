/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-item.h: a picture of the gallery, which can become a style */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "plugin/gimp/image/styles.h"

typedef struct
{
  PstStyle   style;   /* what it becomes; owned */
  char      *name;    /* below the picture; owned */
  char      *place;   /* the image that it is a layer of, or its folder; owned,
                       * NULL: nothing to tell */
  char      *heading; /* of the section that begins with it; owned, or NULL */
  GdkPixbuf *picture; /* owned; NULL: not there (yet) */
  char      *problem; /* why the file is broken; owned, NULL: it is not */
  gboolean   is_read; /* there is a picture, or there will not be any */
} PstGalleryItem;

/* @style: its contents are taken over.  A name that is NULL is the style's.
 * Owned by the caller. */
PstGalleryItem *
pst_gallery_item_new (PstStyle *style, const char *name, const char *place);
void pst_gallery_item_free (gpointer item);

/* Whether both are the same layer, or the same file. */
gboolean pst_gallery_item_equal (const PstGalleryItem *item,
                                 const PstStyle       *style);

/* Index of the style that the item is; -1: none. */
int pst_gallery_item_find (const PstGalleryItem *item, const PstStyles *styles);

/* What is known about it, for a tooltip or a screen reader; owned by the
 * caller. */
char *pst_gallery_item_describe (const PstGalleryItem *item);

/* @items: PstGalleryItem *, in order; taken over */
typedef void (*PstItemsListed) (GPtrArray *items, gpointer data);
