/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.c: the developing picture in the dialog */
#include "preview.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "layer-settings.h"
#include "miniature.h"
#include "pixbuf.h"
#include "procedure.h"
#include "toolkit.h"

#define TICK_MS 40

/* Longer side of the picture on the screen. */
#define SHOWN_SIDE 320

struct _PstPreview
{
  const PstContent *content;
  PstPreviewChanged changed;
  gpointer          data;
  PstTrial         *trial;
  GError           *error; /* why something cannot be read; NULL: it can */
  PstTrialFacts     facts; /* as they were told last */
  guint             timer;

  PstMiniature miniature; /* what the trial works on */

  char     *choices; /* what is shown or waits; NULL: nothing */
  gboolean  waits;   /* to be begun */
  PstStyles styles;
  PstParams params;

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
  const int    picture_width = gdk_pixbuf_get_width (preview->before);
  const int    picture_height = gdk_pixbuf_get_height (preview->before);
  const double scale =
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
      const double at = preview->split * width;

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

/* Outside the selection the layer stays what it is. */
static void
keep_unselected (PstPreview *preview)
{
  const float  *selection = preview->miniature.selection;
  const int     width = gdk_pixbuf_get_width (preview->after);
  const int     height = gdk_pixbuf_get_height (preview->after);
  const int     stride = gdk_pixbuf_get_rowstride (preview->after);
  const guchar *before = gdk_pixbuf_read_pixels (preview->before);
  guchar       *after = gdk_pixbuf_get_pixels (preview->after);

  if (! selection || gdk_pixbuf_get_width (preview->before) != width
      || gdk_pixbuf_get_height (preview->before) != height)
    return;

  for (int y = 0; y < height; y++)
    for (int i = 0; i < 4 * width; i++)
      {
        const guchar from = before[(gsize) y * stride + i];
        guchar      *to = &after[(gsize) y * stride + i];

        *to = from + (*to - from) * selection[(gsize) y * width + i / 4] + 0.5f;
      }
}

static void
show_picture (PstPreview *preview)
{
  const PstImage *picture = pst_trial_get_picture (preview->trial);

  if (! picture || preview->waits) /* of choices that are past */
    return;

  g_clear_object (&preview->after);
  preview->after = pst_pixbuf_from_image (picture);
  keep_unselected (preview);
  gtk_widget_queue_draw (preview->area);
}

/* ---- the trial ---------------------------------------------------------- */

/* Reads the content unless it is there as the styles take it. */
static gboolean
read_content (PstPreview *preview, GError **error)
{
  PstMiniature *miniature = &preview->miniature;
  PstContent    content = *preview->content;
  gboolean      success;

  pst_styles_fit_content (&preview->styles, &content);
  if (pst_miniature_shows (miniature, &content))
    return TRUE;

  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  success = pst_miniature_read_content (miniature, &content, error);
  if (success)
    preview->before = pst_pixbuf_from_image (miniature->original);
  gtk_widget_queue_draw (preview->area);
  return success;
}

static void
begin (PstPreview *preview)
{
  PstMiniature *miniature = &preview->miniature;
  const int     side = pst_trial_get_side (&preview->params);

  preview->waits = FALSE;
  g_clear_error (&preview->error);
  if (read_content (preview, &preview->error)
      && pst_miniature_read_styles (miniature, &preview->styles, side,
                                    &preview->error))
    pst_trial_start (preview->trial, miniature->original, miniature->styles,
                     miniature->n_styles, &preview->params);
}

static void
show_caption (PstPreview *preview, const PstTrialFacts *facts)
{
  g_autofree char *text = NULL;

  if (facts->fraction < 1 && preview->choices && ! facts->problem)
    text =
      g_strdup_printf (_ ("Preview, %d %%"), (int) (facts->fraction * 100));
  else
    text = g_strdup (_ ("Preview"));
  gtk_label_set_text (GTK_LABEL (preview->caption), text);
}

static gboolean
tick (gpointer data)
{
  PstPreview         *preview = data;
  const gboolean      busy = pst_trial_poll (preview->trial);
  const PstTrialFacts before = preview->facts;
  PstTrialFacts       facts;

  show_picture (preview);
  if (preview->waits && ! busy)
    begin (preview);

  facts = preview->facts = pst_preview_get_facts (preview);
  if (facts.fraction != before.fraction)
    show_caption (preview, &facts);
  if (facts.model != before.model || facts.problem != before.problem
      || facts.speed != before.speed)
    preview->changed (preview->data);
  return G_SOURCE_CONTINUE;
}

/* ---- public ------------------------------------------------------------- */

static void
make_widget (PstPreview *preview)
{
  GtkWidget *buttons = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  int        width = preview->content->area.width;
  int        height = preview->content->area.height;

  height = MIN (SHOWN_SIDE, (double) SHOWN_SIDE * height / width);

  preview->widget = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  preview->area = pst_drawing_new (SHOWN_SIDE, height, draw, preview);
  preview->caption = pst_label_new (_ ("Preview"), FALSE);
  preview->compare =
    gtk_check_button_new_with_mnemonic (_ ("Compare _with the original"));
  gimp_help_set_help_data (preview->compare,
                           _ ("Show the layer as it is in a part of the "
                              "preview; drag the line between them"),
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
pst_preview_new (const PstContent *content,
                 PstPreviewChanged changed,
                 gpointer          data)
{
  PstPreview *preview = g_new0 (PstPreview, 1);

  preview->content = content;
  preview->changed = changed;
  preview->data = data;
  preview->split = 0.5;
  preview->trial =
    pst_trial_new (gimp_get_progname (), pst_procedure_get_threads ());
  make_widget (preview);
  read_content (preview, &preview->error);
  preview->timer = g_timeout_add (TICK_MS, tick, preview);
  return preview;
}

GtkWidget *
pst_preview_get_widget (PstPreview *preview)
{
  return preview->widget;
}

void
pst_preview_show (PstPreview      *preview,
                  const PstStyles *styles,
                  const PstParams *params)
{
  g_autofree char *choices = NULL;

  if (styles)
    choices = pst_layer_settings_new (params, styles, preview->content->image);
  if (g_strcmp0 (choices, preview->choices) == 0)
    return;

  g_free (preview->choices);
  preview->choices = g_steal_pointer (&choices);
  preview->waits = styles != NULL;
  pst_trial_stop (preview->trial);
  if (! styles)
    return;

  pst_styles_clear (&preview->styles);
  pst_styles_copy (&preview->styles, styles);
  pst_params_clear (&preview->params);
  pst_params_copy (&preview->params, params);
}

PstTrialFacts
pst_preview_get_facts (const PstPreview *preview)
{
  PstTrialFacts facts = *pst_trial_get_facts (preview->trial);

  if (preview->error)
    facts.problem = preview->error->message;
  return facts;
}

void
pst_preview_take_sketch (PstPreview      *preview,
                         const PstStyles *styles,
                         const PstParams *params,
                         PstSketch       *ret_sketch)
{
  g_autofree char *choices = NULL;

  *ret_sketch = (PstSketch){ 0 };
  if (preview->waits
      || ! pst_miniature_is_current (&preview->miniature, styles))
    return;
  choices = pst_layer_settings_new (params, styles, preview->content->image);
  if (g_strcmp0 (choices, preview->choices) == 0)
    pst_trial_take_sketch (preview->trial, ret_sketch);
}

void
pst_preview_free (PstPreview *preview)
{
  if (! preview)
    return;

  g_source_remove (preview->timer);
  pst_trial_free (preview->trial);
  pst_miniature_clear (&preview->miniature);
  g_clear_error (&preview->error);
  g_free (preview->choices);
  pst_styles_clear (&preview->styles);
  pst_params_clear (&preview->params);
  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  g_free (preview);
}
