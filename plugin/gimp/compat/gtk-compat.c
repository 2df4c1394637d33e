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

void
pst_label_align_left (GtkWidget *label)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_label_set_xalign (GTK_LABEL (label), 0);
#else
  gtk_misc_set_alignment (GTK_MISC (label), 0, 0.5);
#endif
}

void
pst_label_fit_name (GtkWidget *label)
{
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
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

void
pst_label_set_wrap_width (GtkWidget *label, int width)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
#else
  gtk_widget_set_size_request (label, width, -1);
#endif
}

GtkWidget *
pst_icon_button_new (const char *icon, const char *sign)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  return gtk_button_new_from_icon_name (icon, GTK_ICON_SIZE_MENU);
#else
  GtkWidget     *button = gtk_button_new_with_label (sign);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (1.4));
  gtk_label_set_attributes (GTK_LABEL (gtk_bin_get_child (GTK_BIN (button))),
                            attributes);
  pango_attr_list_unref (attributes);
  return button;
#endif
}

GtkWidget *
pst_slider_new (GtkAdjustment *adjustment, int width)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
#else
  GtkWidget *scale = gtk_hscale_new (adjustment);
#endif

  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_widget_set_size_request (scale, width, -1);
  return scale;
}

#if ! GTK_CHECK_VERSION(3, 0, 0)

static void
on_realize (GtkWidget *button)
{
  GtkWidget      *label = gtk_bin_get_child (GTK_BIN (button));
  const GdkColor *color = &gtk_widget_get_style (button)->fg[GTK_STATE_NORMAL];

  gtk_widget_modify_fg (label, GTK_STATE_ACTIVE, color);
  gtk_widget_modify_fg (label, GTK_STATE_PRELIGHT, color);
}

#endif

void
pst_button_make_legible (GtkWidget *button)
{
#if ! GTK_CHECK_VERSION(3, 0, 0)
  g_signal_connect (button, "realize", G_CALLBACK (on_realize), NULL);
#endif
}

/* ---- names and the mouse wheel ------------------------------------------ */

/* Without "_", and without "(_X)", as Korean writes it. */
static char *
strip_mnemonic (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\s*\\(_.\\)|_", 0, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
}

void
pst_widget_set_accessible_name (GtkWidget *widget, const char *text)
{
  g_autofree char *name = strip_mnemonic (text);

  atk_object_set_name (gtk_widget_get_accessible (widget), name);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);
  GtkWidget *focus =
    GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* An event that nobody handles goes on to the parent. */
static gboolean
on_scroll (GtkWidget *widget, GdkEvent *event, gpointer data)
{
  if (! has_focus_within (widget))
    g_signal_stop_emission_by_name (widget, "scroll-event");
  return FALSE;
}

void
pst_widget_scroll_if_focused (GtkWidget *widget)
{
  g_signal_connect (widget, "scroll-event", G_CALLBACK (on_scroll), NULL);
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

/* The least height of a view, beyond which a window cannot be made smaller. */
#define MIN_VIEW_HEIGHT 160
/* Freed with the view. */
typedef struct
{
  GtkWidget *view;
  GtkWidget *child;
  int        max_height;
  int        height; /* that the view wants; 0: not yet shown */
  int        grown;  /* by so much the window was made higher */
  guint      idle;   /* source; 0: none */
} View;

static void
free_view (gpointer data)
{
  View *view = data;

  if (view->idle)
    g_source_remove (view->idle);
  g_free (view);
}

int
pst_widget_get_natural_height (GtkWidget *widget)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  int height;

  gtk_widget_get_preferred_height_for_width (
    widget, gtk_widget_get_allocated_width (widget), NULL, &height);
  return height;
#else
  GtkRequisition wanted;

  gtk_widget_size_request (widget, &wanted);
  return wanted.height;
#endif
}

static void
resize_window (GtkWidget *widget, int by)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);
  GdkWindow *surface = gtk_widget_get_window (window);
  int        width, height;

  if (surface
      && gdk_window_get_state (surface)
           & (GDK_WINDOW_STATE_MAXIMIZED | GDK_WINDOW_STATE_FULLSCREEN))
    return;
  gtk_window_get_size (GTK_WINDOW (window), &width, &height);
  gtk_window_resize (GTK_WINDOW (window), width, height + by);
}

static gboolean
follow_height (gpointer data)
{
  View *view = data;
  int   wanted =
    MIN (pst_widget_get_natural_height (view->child), view->max_height);
  int           by = 0;
  GtkAllocation allocation;

  gtk_widget_get_allocation (view->view, &allocation);
  if (wanted > view->height && view->height > 0)
    by = MAX (wanted - allocation.height, 0);
  else if (wanted < view->height)
    by = -CLAMP (allocation.height - wanted, 0, view->grown);

  view->height = wanted;
  view->grown += by;
  view->idle = 0;
  if (by != 0)
    resize_window (view->view, by);
  return G_SOURCE_REMOVE;
}

/* A window must not be resized while its children are. */
static void
on_child_allocated (GtkWidget *child, GtkAllocation *allocation, View *view)
{
  if (! view->idle)
    view->idle =
      g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_height, view, NULL);
}

#if GTK_CHECK_VERSION(3, 0, 0)

/* Between the child and the scrollbar, where there is one; GTK 2 has 3 pixels
 * there. */
static void
space_scrollbar (GtkWidget *scrolled)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (
    provider, "* { -GtkScrolledWindow-scrollbar-spacing: 6; }", -1, NULL);
  gtk_style_context_add_provider (gtk_widget_get_style_context (scrolled),
                                  GTK_STYLE_PROVIDER (provider),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
}

static void
set_opening_height (View *view)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (view->view);

  space_scrollbar (view->view);

  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_scrolled_window_set_max_content_height (scrolled, view->max_height);
  gtk_scrolled_window_set_min_content_height (scrolled, MIN (MIN_VIEW_HEIGHT,
                                                             view->max_height));
  /* It would lie on the controls. */
  gtk_scrolled_window_set_overlay_scrolling (scrolled, FALSE);
}

#else

/* A window opens as high as it has to be, and then stays so. */
static void
on_size_request (GtkWidget *widget, GtkRequisition *requisition, View *view)
{
  int height =
    MIN (pst_widget_get_natural_height (view->child), view->max_height);

  requisition->height =
    view->height > 0 ? MIN (height, MIN_VIEW_HEIGHT) : height;
}

static void
set_opening_height (View *view)
{
  g_signal_connect_after (view->view, "size-request",
                          G_CALLBACK (on_size_request), view);
}

#endif

GtkWidget *
pst_view_new (GtkWidget *child, int max_height)
{
  GtkWidget         *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget         *viewport = gtk_viewport_new (NULL, NULL);
  GtkScrolledWindow *window = GTK_SCROLLED_WINDOW (scrolled);
  View              *view = g_new (View, 1);

  *view = (View){ scrolled, child, max_height };
  g_object_set_data_full (G_OBJECT (scrolled), "view", view, free_view);
  gtk_scrolled_window_set_policy (window, GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_viewport_set_shadow_type (GTK_VIEWPORT (viewport), GTK_SHADOW_NONE);
  gtk_container_add (GTK_CONTAINER (viewport), child);
  gtk_container_add (GTK_CONTAINER (scrolled), viewport);
  /* The keyboard's focus is scrolled to. */
  gtk_container_set_focus_vadjustment (GTK_CONTAINER (child),
                                       gtk_scrolled_window_get_vadjustment (
                                         window));
  set_opening_height (view);
  g_signal_connect (child, "size-allocate", G_CALLBACK (on_child_allocated),
                    view);
  return scrolled;
}
