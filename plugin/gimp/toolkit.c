/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toolkit.c: widgets that GTK 2 and GTK 3 make in different ways */
#include "toolkit.h"

GtkWidget *
pst_box_new (GtkOrientation orientation,
             int            spacing)
{
#if GTK_CHECK_VERSION (3, 0, 0)
  return gtk_box_new (orientation, spacing);
#else
  return orientation == GTK_ORIENTATION_VERTICAL
         ? gtk_vbox_new (FALSE, spacing) : gtk_hbox_new (FALSE, spacing);
#endif
}

GtkWidget *
pst_label_new (const char *text,
               gboolean    wrap)
{
  GtkWidget    *label = gtk_label_new (text);
  const double  y = wrap ? 0 : 0.5;

  gtk_label_set_line_wrap (GTK_LABEL (label), wrap);
#if GTK_CHECK_VERSION (3, 0, 0)
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), y);
#else
  gtk_misc_set_alignment (GTK_MISC (label), 0, y);
#endif
  return label;
}

/* ---- drawing ------------------------------------------------------------ */

/* Freed with the widget. */
typedef struct
{
  PstDraw  draw;
  gpointer data;
} Drawing;

#if GTK_CHECK_VERSION (3, 0, 0)

static gboolean
on_draw (GtkWidget *widget,
         cairo_t   *cairo,
         Drawing   *drawing)
{
  drawing->draw (cairo, gtk_widget_get_allocated_width (widget),
                 gtk_widget_get_allocated_height (widget), drawing->data);
  return FALSE;
}

#define DRAW_SIGNAL "draw"

#else

static gboolean
on_draw (GtkWidget      *widget,
         GdkEventExpose *event,
         Drawing        *drawing)
{
  cairo_t       *cairo = gdk_cairo_create (event->window);
  GtkAllocation  allocation;

  gdk_cairo_region (cairo, event->region);
  cairo_clip (cairo);
  gtk_widget_get_allocation (widget, &allocation);
  drawing->draw (cairo, allocation.width, allocation.height, drawing->data);
  cairo_destroy (cairo);
  return FALSE;
}

#define DRAW_SIGNAL "expose-event"

#endif

static void
free_drawing (gpointer  drawing,
              GClosure *closure)
{
  g_free (drawing);
}

GtkWidget *
pst_drawing_new (int      width,
                 int      height,
                 PstDraw  draw,
                 gpointer data)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Drawing   *drawing = g_new (Drawing, 1);

  *drawing = (Drawing) { draw, data };
  gtk_widget_set_size_request (area, width, height);
  g_signal_connect_data (area, DRAW_SIGNAL, G_CALLBACK (on_draw), drawing,
                         free_drawing, 0);
  return area;
}
