/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gtk-compat.c: widgets that GTK 2 and GTK 3 make in different ways */
#include "gtk-compat.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

void
pst_gtk_init (void)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  gimp_ui_init (GETTEXT_PACKAGE);
#else
  gimp_ui_init (GETTEXT_PACKAGE, /* preview= */ FALSE);
#endif
}

GtkWidget *
pst_box_new (GtkOrientation orientation, int spacing)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  return gtk_box_new (orientation, spacing);
#else
  return orientation == GTK_ORIENTATION_VERTICAL
           ? gtk_vbox_new (FALSE, spacing)
           : gtk_hbox_new (FALSE, spacing);
#endif
}

GtkWidget *
pst_label_new (const char *text, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);
  double     y = wrap ? 0 : 0.5;

  gtk_label_set_line_wrap (GTK_LABEL (label), wrap);
#if GTK_CHECK_VERSION(3, 0, 0)
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

#if GTK_CHECK_VERSION(3, 0, 0)

static gboolean
on_draw (GtkWidget *widget, cairo_t *cairo, Drawing *drawing)
{
  drawing->draw (cairo, gtk_widget_get_allocated_width (widget),
                 gtk_widget_get_allocated_height (widget), drawing->data);
  return FALSE;
}

#define DRAW_SIGNAL "draw"

#else

static gboolean
on_draw (GtkWidget *widget, GdkEventExpose *event, Drawing *drawing)
{
  cairo_t *cairo = gdk_cairo_create (event->window);
  GtkAllocation allocation;

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
free_drawing (gpointer drawing, GClosure *closure)
{
  g_free (drawing);
}

GtkWidget *
pst_drawing_new (int width, int height, PstDraw draw, gpointer data)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Drawing   *drawing = g_new (Drawing, 1);

  *drawing = (Drawing){ draw, data };
  gtk_widget_set_size_request (area, width, height);
  g_signal_connect_data (area, DRAW_SIGNAL, G_CALLBACK (on_draw), drawing,
                         free_drawing, 0);
  return area;
}

/* ---- a view ------------------------------------------------------------- */

void
pst_monitor_get (GtkWidget *widget, GdkRectangle *ret_monitor)
{
  GdkScreen *screen;
  int        x, y;

  gdk_display_get_pointer (gtk_widget_get_display (widget), &screen, &x, &y,
                           NULL);
  gdk_screen_get_monitor_geometry (
    screen, gdk_screen_get_monitor_at_point (screen, x, y), ret_monitor);
}

#if GTK_CHECK_VERSION(3, 0, 0)

static gboolean
demand_height (gpointer view)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (view);
  GtkWidget         *viewport = gtk_bin_get_child (GTK_BIN (scrolled));
  int                height;

  if (viewport) /* else it was destroyed meanwhile */
    {
      gtk_widget_get_preferred_height (viewport, NULL, &height);
      height =
        MIN (height, gtk_scrolled_window_get_max_content_height (scrolled));
      gtk_scrolled_window_set_min_content_height (scrolled, height);
    }
  return G_SOURCE_REMOVE;
}

/* A window opens at its natural height, but then grows only if it must. */
static void
on_child_allocated (GtkWidget     *child,
                    GtkAllocation *allocation,
                    GtkWidget     *view)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, demand_height, g_object_ref (view),
                   g_object_unref);
}

static void
follow_height (GtkWidget *view, GtkWidget *child, int max_height)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (view);

  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_scrolled_window_set_max_content_height (scrolled, max_height);
  g_signal_connect (child, "size-allocate", G_CALLBACK (on_child_allocated),
                    view);
}

#else

static void
on_size_request (GtkWidget *view,
                 GtkRequisition *requisition,
                 gpointer max_height)
{
  GtkRequisition wanted;

  gtk_widget_size_request (gtk_bin_get_child (GTK_BIN (view)), &wanted);
  requisition->height = MIN (wanted.height, GPOINTER_TO_INT (max_height));
}

static void
follow_height (GtkWidget *view, GtkWidget *child, int max_height)
{
  g_signal_connect_after (view, "size-request", G_CALLBACK (on_size_request),
                          GINT_TO_POINTER (max_height));
}

#endif

GtkWidget *
pst_view_new (GtkWidget *child, int max_height)
{
  GtkWidget         *view = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget         *viewport = gtk_viewport_new (NULL, NULL);
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (view);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_viewport_set_shadow_type (GTK_VIEWPORT (viewport), GTK_SHADOW_NONE);
  gtk_container_add (GTK_CONTAINER (viewport), child);
  gtk_container_add (GTK_CONTAINER (view), viewport);
  /* The keyboard's focus is scrolled to. */
  gtk_container_set_focus_vadjustment (GTK_CONTAINER (child),
                                       gtk_scrolled_window_get_vadjustment (
                                         scrolled));
  follow_height (view, child, max_height);
  return view;
}
