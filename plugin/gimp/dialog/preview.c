/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.c: the developing picture in the dialog */
#include "preview.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/pictures.h"
#include "plugin/gimp/image/pixbuf.h"

#define TICK_MS 40

/* Longer side of the picture on the screen. */
#define SHOWN_SIDE 320

struct _PstPreview
{
  PstPreviewChanged changed;
  gpointer          data;
  PstPreviewRun    *run;
  GError           *error;  /* why something cannot be read; NULL: it can */
  PstPreviewStatus  status; /* as it was told last */
  guint             timer;

  PstRequest *request;  /* what is shown, or waits; owned, NULL: nothing */
  gboolean    waits;    /* to be begun */
  PstRequest *running;  /* what the run was started with; owned */
  PstPictures pictures; /* and what it works on */

  GtkWidget *widget;
  GtkWidget *area;
  GtkWidget *caption;
  GtkWidget *compare;
  GdkPixbuf *before;
  GdkPixbuf *after;
  double     split; /* where the original ends, 0..1 */
};

/* ---- the picture -------------------------------------------------------- */

/* Where in the area the picture is. */
static void
place (PstPreview *preview,
       int         width,
       int         height,
       double     *ret_x,
       double     *ret_y,
       double     *ret_scale)
{
  int    picture_width = gdk_pixbuf_get_width (preview->before);
  int    picture_height = gdk_pixbuf_get_height (preview->before);
  double scale =
    MIN ((double) width / picture_width, (double) height / picture_height);

  *ret_x = (width - scale * picture_width) / 2;
  *ret_y = (height - scale * picture_height) / 2;
  *ret_scale = scale;
}

/* Fills the rectangle from the origin with @pixbuf. */
static void
paint (cairo_t *cairo, GdkPixbuf *pixbuf, int width, int height)
{
  cairo_save (cairo);
  cairo_scale (cairo, (double) width / gdk_pixbuf_get_width (pixbuf),
               (double) height / gdk_pixbuf_get_height (pixbuf));
  gdk_cairo_set_source_pixbuf (cairo, pixbuf, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cairo), CAIRO_EXTEND_PAD);
  cairo_rectangle (cairo, 0, 0, gdk_pixbuf_get_width (pixbuf),
                   gdk_pixbuf_get_height (pixbuf));
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/* A line that is seen on light and on dark. */
static void
draw_divider (cairo_t *cairo, double x, int height)
{
  for (int i = 0; i < 2; i++)
    {
      cairo_set_source_rgb (cairo, i, i, i);
      cairo_set_line_width (cairo, i == 0 ? 3 : 1);
      cairo_move_to (cairo, x, 0);
      cairo_line_to (cairo, x, height);
      cairo_stroke (cairo);
    }
}

static void
draw (cairo_t *cairo, int width, int height, gpointer data)
{
  PstPreview *preview = data;
  double      x, y, scale;

  if (! preview->before)
    return;

  place (preview, width, height, &x, &y, &scale);
  width = gdk_pixbuf_get_width (preview->before);
  height = gdk_pixbuf_get_height (preview->before);
  cairo_translate (cairo, x, y);
  cairo_scale (cairo, scale, scale);
  paint (cairo, preview->after ? preview->after : preview->before, width,
         height);

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preview->compare)))
    {
      double at = preview->split * width;

      cairo_rectangle (cairo, 0, 0, at, height);
      cairo_clip (cairo);
      paint (cairo, preview->before, width, height);
      cairo_reset_clip (cairo);
      draw_divider (cairo, at, height);
    }
}

/* The divider follows the pointer. */
static gboolean
on_pointer (GtkWidget *area, GdkEvent *event, PstPreview *preview)
{
  GtkAllocation allocation;
  double        pointer_x, pointer_y, x, y, scale;

  if (! preview->before
      || ! gdk_event_get_coords (event, &pointer_x, &pointer_y))
    return FALSE;

  gtk_widget_get_allocation (area, &allocation);
  place (preview, allocation.width, allocation.height, &x, &y, &scale);
  preview->split =
    (pointer_x - x) / (scale * gdk_pixbuf_get_width (preview->before));
  preview->split = CLAMP (preview->split, 0, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview->compare), TRUE);
  gtk_widget_queue_draw (area);
  return TRUE;
}

static void
show_picture (PstPreview *preview)
{
  const PstImage *picture = pst_preview_run_get_picture (preview->run);
  g_autoptr (PstImage) view = NULL;

  if (! picture || preview->waits) /* of choices that are past */
    return;
  view = pst_pictures_dup_view (&preview->pictures, picture, NULL);
  if (! view)
    return;

  g_clear_object (&preview->after);
  preview->after = pst_pixbuf_from_image (view);
  gtk_widget_queue_draw (preview->area);
}

/* ---- the run ------------------------------------------------------------ */

/* Reads the content unless it is there as the styles take it. */
static gboolean
read_content (PstPreview *preview, const PstRequest *request, GError **error)
{
  PstPictures *pictures = &preview->pictures;
  gboolean     success;

  if (pst_pictures_have_content (pictures, request))
    return TRUE;

  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  success =
    pst_pictures_read_content (pictures, request, PST_PREVIEW_SIDE, error);
  if (success)
    preview->before = pst_pixbuf_from_image (pictures->content);
  gtk_widget_queue_draw (preview->area);
  return success;
}

static void
begin (PstPreview *preview)
{
  PstPictures     *pictures = &preview->pictures;
  PstRequest      *request = pst_request_ref (preview->request);
  const PstParams *params = &request->params;

  pst_request_unref (preview->running);
  preview->running = request;
  preview->waits = FALSE;
  g_clear_error (&preview->error);
  if (read_content (preview, request, &preview->error)
      && pst_pictures_read_styles (pictures, request,
                                   pst_preview_run_get_side (params),
                                   &preview->error))
    pst_preview_run_start (preview->run, pictures->content, pictures->styles,
                           pictures->n_styles, params);
}

static void
show_caption (PstPreview *preview)
{
  const PstPreviewStatus *status = &preview->status;
  g_autofree char        *text = NULL;

  if (status->fraction < 1 && preview->request && ! status->problem)
    text =
      g_strdup_printf (_ ("Preview, %d %%"), (int) (status->fraction * 100));
  else
    text = g_strdup (_ ("Preview"));
  gtk_label_set_text (GTK_LABEL (preview->caption), text);
}

static gboolean
tick (gpointer data)
{
  PstPreview       *preview = data;
  gboolean          busy = pst_preview_run_poll (preview->run);
  PstPreviewStatus  before = preview->status;
  PstPreviewStatus *status = &preview->status;

  show_picture (preview);
  if (preview->waits && ! busy)
    begin (preview);

  *status = pst_preview_get_status (preview);
  if (status->fraction != before.fraction)
    show_caption (preview);
  if (status->model != before.model || status->problem != before.problem
      || status->speed != before.speed)
    preview->changed (preview->data);
  return G_SOURCE_CONTINUE;
}

/* ---- public ------------------------------------------------------------- */

static void
make_widget (PstPreview *preview, const GeglRectangle *content)
{
  GtkWidget *buttons = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  int        height =
    MIN (SHOWN_SIDE, (double) SHOWN_SIDE * content->height / content->width);

  preview->widget = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  preview->area = pst_drawing_new (SHOWN_SIDE, height, draw, preview);
  preview->caption = pst_label_new (_ ("Preview"), FALSE);
  preview->compare =
    gtk_check_button_new_with_mnemonic (_ ("Compare _with the original"));
  gimp_help_set_help_data (preview->compare,
                           _ ("Show the original layer in part of the preview; "
                              "drag the line between them"),
                           NULL);
  gtk_widget_add_events (preview->area,
                         GDK_BUTTON_PRESS_MASK | GDK_BUTTON1_MOTION_MASK);
  g_signal_connect (preview->area, "button-press-event",
                    G_CALLBACK (on_pointer), preview);
  g_signal_connect (preview->area, "motion-notify-event",
                    G_CALLBACK (on_pointer), preview);
  g_signal_connect_swapped (preview->compare, "toggled",
                            G_CALLBACK (gtk_widget_queue_draw), preview->area);

  gtk_box_pack_start (GTK_BOX (buttons), preview->caption, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (buttons), preview->compare, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (preview->widget), preview->area, FALSE, FALSE,
                      0);
  gtk_box_pack_start (GTK_BOX (preview->widget), buttons, FALSE, FALSE, 0);
  gtk_widget_show_all (preview->widget);
}

PstPreview *
pst_preview_new (PstRequest *request, PstPreviewChanged changed, gpointer data)
{
  PstPreview *preview = g_new0 (PstPreview, 1);

  preview->changed = changed;
  preview->data = data;
  preview->split = 0.5;
  preview->run = pst_preview_run_new (gimp_get_progname ());
  make_widget (preview, &request->content.area);
  read_content (preview, request, &preview->error);
  preview->timer = g_timeout_add (TICK_MS, tick, preview);
  return preview;
}

GtkWidget *
pst_preview_get_widget (PstPreview *preview)
{
  return preview->widget;
}

void
pst_preview_show (PstPreview *preview, PstRequest *request)
{
  if (! pst_request_check (request, NULL))
    request = NULL;
  if (pst_request_equal (request, preview->request))
    return;

  pst_request_unref (preview->request);
  preview->request = request ? pst_request_ref (request) : NULL;
  preview->waits = request != NULL;
  pst_preview_run_stop (preview->run);
}

PstPreviewStatus
pst_preview_get_status (const PstPreview *preview)
{
  PstPreviewStatus status = *pst_preview_run_get_status (preview->run);

  if (preview->error)
    status.problem = preview->error->message;
  return status;
}

void
pst_preview_take_sketch (PstPreview       *preview,
                         const PstRequest *request,
                         PstSketch        *ret_sketch)
{
  *ret_sketch = (PstSketch){ 0 };
  if (! preview->waits && pst_request_equal (request, preview->request)
      && pst_pictures_are_current (&preview->pictures, request))
    pst_preview_run_take_sketch (preview->run, ret_sketch);
}

void
pst_preview_free (PstPreview *preview)
{
  if (! preview)
    return;

  g_source_remove (preview->timer);
  pst_preview_run_free (preview->run);
  pst_pictures_clear (&preview->pictures);
  pst_request_unref (preview->request);
  pst_request_unref (preview->running);
  g_clear_error (&preview->error);
  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  g_free (preview);
}
