/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.c: a plot of the loss
 *
 * The vertical axis is the loss, logarithmic, the horizontal one the progress
 * so far.  Losses of different scales cannot be compared: each has its own
 * curve.
 */
#include "plot.h"

#include <math.h>

#include "plugin/gimp/compat/gtk-compat.h"

#define WIDTH  360
#define HEIGHT 72
#define MARGIN 4

typedef struct
{
  double loss; /* logarithm */
  int    scale;
  int    iteration;
} Point;

struct _PstPlot
{
  GtkWidget *widget;
  GArray    *points; /* of Point */
};

/* The lowest and the highest loss of all scales. */
static void
find_range (const PstPlot *plot, double *ret_low, double *ret_high)
{
  double low = INFINITY;
  double high = -INFINITY;

  for (guint i = 0; i < plot->points->len; i++)
    {
      double loss = g_array_index (plot->points, Point, i).loss;

      low = MIN (low, loss);
      high = MAX (high, loss);
    }
  *ret_low = low;
  *ret_high = MAX (high, low + 0.1);
}

static void
trace (cairo_t *cairo, const PstPlot *plot, int width, int height)
{
  int    scale = -1;
  double low, high;

  find_range (plot, &low, &high);
  for (guint i = 0; i < plot->points->len; i++)
    {
      const Point *point = &g_array_index (plot->points, Point, i);
      double x = MARGIN + (double) i / plot->points->len * (width - 2 * MARGIN);
      double y =
        MARGIN + (high - point->loss) / (high - low) * (height - 2 * MARGIN);

      if (point->scale != scale)
        cairo_move_to (cairo, x, y);
      else
        cairo_line_to (cairo, x, y);
      scale = point->scale;
    }
}

/* In the color of text, so that it fits any theme. */
static void
set_color (cairo_t *cairo, GtkWidget *widget, double alpha)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget),
                               gtk_widget_get_state_flags (widget), &color);
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, alpha);
#else
  const GdkColor *color =
    &gtk_widget_get_style (widget)->fg[gtk_widget_get_state (widget)];

  cairo_set_source_rgba (cairo, color->red / 65535.0, color->green / 65535.0,
                         color->blue / 65535.0, alpha);
#endif
}

static void
draw (cairo_t *cairo, int width, int height, gpointer data)
{
  PstPlot *plot = data;

  set_color (cairo, plot->widget, 0.3);
  cairo_set_line_width (cairo, 1);
  cairo_rectangle (cairo, 0.5, 0.5, width - 1, height - 1);
  cairo_stroke (cairo);

  if (plot->points->len > 0)
    {
      set_color (cairo, plot->widget, 1);
      cairo_set_line_width (cairo, 1.5);
      trace (cairo, plot, width, height);
      cairo_stroke (cairo);
    }
}

PstPlot *
pst_plot_new (void)
{
  PstPlot *plot = g_new (PstPlot, 1);

  plot->points = g_array_new (FALSE, FALSE, sizeof (Point));
  plot->widget = pst_drawing_new (WIDTH, HEIGHT, draw, plot);
  return plot;
}

GtkWidget *
pst_plot_get_widget (PstPlot *plot)
{
  return plot->widget;
}

void
pst_plot_add (PstPlot *plot, const PstProgress *progress)
{
  const guint  n = plot->points->len;
  const Point *last =
    n > 0 ? &g_array_index (plot->points, Point, n - 1) : NULL;
  const Point point = { log (progress->total_loss), progress->scale,
                        progress->iteration };

  if (progress->iteration == 0 || ! isfinite (point.loss)
      || (last && last->scale == point.scale
          && last->iteration == point.iteration))
    return;

  g_array_append_val (plot->points, point);
  gtk_widget_queue_draw (plot->widget);
}

void
pst_plot_free (PstPlot *plot)
{
  g_array_unref (plot->points);
  g_free (plot);
}
