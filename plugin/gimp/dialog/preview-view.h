/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview-view.h: the preview's picture, scaled to the room that there is
 *
 * The original can be shown left of a line, and over it a spot at the size of
 * the result.  The line is dragged, the spot clicked; with the keyboard the
 * arrows move the spot, or the line if there is no spot.
 */
#pragma once

#include <gtk/gtk.h>

typedef struct _PstPreviewView PstPreviewView;

/* What the user does; each may change what is shown. */
typedef struct
{
  void (*line_moved) (gpointer data);
  void (*spot_chosen) (double x, double y, gpointer data); /* 0..1 */
  void (*spot_closed) (gpointer data);
} PstPreviewActions;

/* A spot of the picture. */
typedef struct
{
  double     x; /* its middle, 0..1 of the picture */
  double     y;
  double     width; /* 0..1 */
  double     height;
  int        side;    /* pixels of the result that the width is */
  GdkPixbuf *painted; /* at the size of the result; borrowed, NULL: not yet */
} PstShownSpot;

/* @actions: kept by the caller */
PstPreviewView *pst_preview_view_new (const PstPreviewActions *actions,
                                      gpointer                 data);

/* To be packed; destroyed before the view is freed. */
GtkWidget *pst_preview_view_get_widget (PstPreviewView *view);

/* The original, of which the picture has the shape, and the picture; each is
 * referenced, and may be NULL. */
void pst_preview_view_set_before (PstPreviewView *view, GdkPixbuf *before);
void pst_preview_view_set_after (PstPreviewView *view, GdkPixbuf *after);

/* Whether the original is shown left of the line. */
void pst_preview_view_set_compare (PstPreviewView *view, gboolean compare);

/* Copied, with a reference to what is painted; NULL: none is shown. */
void pst_preview_view_set_spot (PstPreviewView *view, const PstShownSpot *spot);

/* NULL is allowed. */
void pst_preview_view_free (PstPreviewView *view);
