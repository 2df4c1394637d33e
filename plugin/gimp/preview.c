/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.c: the developing picture in the dialog */
#include "preview.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "layer-settings.h"
#include "pixbuf.h"
#include "procedure.h"
#include "reduced.h"
#include "toolkit.h"

#define TICK_MS 40

/* Longer side of the picture on the screen. */
#define SHOWN_SIDE 320

struct _PstPreview
{
  const PstContent  *content;
  PstPreviewChanged  changed;
  gpointer           data;
  PstTrial          *trial;
  GError            *error;      /* why something cannot be read; NULL: it can */
  PstTrialFacts      facts;      /* as they were told last */
  guint              timer;

  PstImage          *original;   /* NULL: it cannot be read */
  float             *selection;  /* of its size; NULL: all of it */

  char              *choices;    /* what is shown or waits; NULL: nothing */
  gboolean           waits;      /* to be begun */
  PstStyles          styles;
  PstParams          params;
  PstContent         fitted;     /* the content, as these styles take it */
  float             *regions[PST_MAX_STYLES];   /* owned; of one region once */

  GtkWidget         *widget;
  GtkWidget         *area;
  GtkWidget         *caption;
  GtkWidget         *compare;
  GdkPixbuf         *before;
  GdkPixbuf         *after;
  double             split;      /* where the original ends, 0..1 */
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
  const double scale = MIN ((double) width / picture_width,
                            (double) height / picture_height);

  *ret_x = (width - scale * picture_width) / 2;
  *ret_y = (height - scale * picture_height) / 2;
  *ret_scale = scale;
}

/* Fills the rectangle from the origin with @pixbuf. */
static void
paint (cairo_t   *cairo,
       GdkPixbuf *pixbuf,
       int        width,
       int        height)
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
draw_divider (cairo_t *cairo,
              double   x,
              int      height)
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
draw (cairo_t  *cairo,
      int       width,
      int       height,
      gpointer  data)
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
  paint (cairo, preview->after ? preview->after : preview->before,
         width, height);

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
on_pointer (GtkWidget  *area,
            GdkEvent   *event,
            PstPreview *preview)
{
  GtkAllocation allocation;
  double        pointer_x, pointer_y, x, y, scale;

  if (! preview->before || ! gdk_event_get_coords (event, &pointer_x,
                                                   &pointer_y))
    return FALSE;

  gtk_widget_get_allocation (area, &allocation);
  place (preview, allocation.width, allocation.height, &x, &y, &scale);
  preview->split = (pointer_x - x) /
                   (scale * gdk_pixbuf_get_width (preview->before));
  preview->split = CLAMP (preview->split, 0, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview->compare), TRUE);
  gtk_widget_queue_draw (area);
  return TRUE;
}

/* Outside the selection the layer stays what it is. */
static void
keep_unselected (PstPreview *preview,
                 PstImage   *picture)
{
  const PstImage *original = preview->original;

  if (! preview->selection || picture->width != original->width ||
      picture->height != original->height)
    return;

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    for (int c = 0; c < 4; c++)
      {
        float *to = &picture->pixels[4 * i + c];

        *to = original->pixels[4 * i + c] +
              (*to - original->pixels[4 * i + c]) * preview->selection[i];
      }
}

static void
show_picture (PstPreview *preview)
{
  g_autoptr (PstImage) picture = pst_trial_take_picture (preview->trial);

  if (! picture || preview->waits)      /* of choices that are past */
    return;

  keep_unselected (preview, picture);
  g_clear_object (&preview->after);
  preview->after = pst_pixbuf_from_image (picture);
  gtk_widget_queue_draw (preview->area);
}

/* ---- the trial ---------------------------------------------------------- */

/* Reads the content unless it is there as the styles take it. */
static gboolean
read_content (PstPreview  *preview,
              GError     **error)
{
  PstContent *fitted = &preview->fitted;
  PstContent  content = *preview->content;

  pst_styles_fit_content (&preview->styles, &content);
  if (preview->original &&
      content.selection_is_region == fitted->selection_is_region &&
      content.mask_is_region == fitted->mask_is_region)
    return TRUE;

  g_clear_pointer (&preview->original, pst_image_free);
  g_clear_pointer (&preview->selection, g_free);
  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  *fitted = content;
  preview->original = pst_reduced_read_content (fitted, PST_TRIAL_SIDE,
                                                &preview->selection, error);
  if (preview->original)
    preview->before = pst_pixbuf_from_image (preview->original);
  gtk_widget_queue_draw (preview->area);
  return preview->original != NULL;
}

/* A file that can be read without GIMP is left to the trial's thread. */
static gboolean
read_picture (const PstPreview  *preview,
              const PstStyle    *style,
              PstTrialStyle     *ret_style,
              GError           **error)
{
  const int        side = pst_trial_get_side (&preview->params);
  g_autofree char *path = style->file ? g_file_get_path (style->file) : NULL;

  if (style->drawable != PST_NO_ITEM)
    ret_style->image = pst_reduced_read_style (style->drawable, side, error);
  else if (path && gdk_pixbuf_get_file_info (path, NULL, NULL))
    ret_style->path = g_steal_pointer (&path);
  else
    ret_style->image = pst_style_read (style, error);
  return ret_style->image || ret_style->path;
}

static gboolean
read_style (PstPreview     *preview,
            int             index,
            PstTrialStyle  *ret_style,
            GError        **error)
{
  const PstStyle *style = &preview->styles.list[index];
  const int       same = pst_styles_find_region (&preview->styles, index);

  ret_style->weight = style->weight;
  if (style->region && same == index)
    preview->regions[index] = pst_reduced_read_region (style->region,
                                                       &preview->fitted,
                                                       preview->original,
                                                       error);
  ret_style->region = preview->regions[same];
  return (! style->region || ret_style->region) &&
         read_picture (preview, style, ret_style, error);
}

static void
drop_regions (PstPreview *preview)
{
  for (int i = 0; i < PST_MAX_STYLES; i++)
    g_clear_pointer (&preview->regions[i], g_free);
}

static void
begin (PstPreview *preview)
{
  PstTrialStyle styles[PST_MAX_STYLES] = { 0 };
  gboolean      success;

  preview->waits = FALSE;
  g_clear_error (&preview->error);
  drop_regions (preview);

  success = read_content (preview, &preview->error);
  for (int i = 0; success && i < preview->styles.n_styles; i++)
    success = read_style (preview, i, &styles[i], &preview->error);

  if (success)
    pst_trial_start (preview->trial, preview->original, styles,
                     preview->styles.n_styles, &preview->params);
  else
    for (int i = 0; i < preview->styles.n_styles; i++)
      {
        pst_image_free (styles[i].image);
        g_free (styles[i].path);
      }
}

static void
show_caption (PstPreview          *preview,
              const PstTrialFacts *facts)
{
  g_autofree char *text = NULL;

  if (facts->fraction < 1 && preview->choices && ! facts->problem)
    text = g_strdup_printf (_("Preview, %d %%"), (int) (facts->fraction * 100));
  else
    text = g_strdup (_("Preview"));
  gtk_label_set_text (GTK_LABEL (preview->caption), text);
}

static gboolean
tick (gpointer data)
{
  PstPreview          *preview = data;
  const gboolean       busy = pst_trial_poll (preview->trial);
  const PstTrialFacts  before = preview->facts;
  PstTrialFacts        facts;

  show_picture (preview);
  if (preview->waits && ! busy)
    begin (preview);

  facts = preview->facts = pst_preview_get_facts (preview);
  if (facts.fraction != before.fraction)
    show_caption (preview, &facts);
  if (facts.model != before.model || facts.problem != before.problem ||
      facts.speed != before.speed)
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
  preview->caption = pst_label_new (_("Preview"), FALSE);
  preview->compare = gtk_check_button_new_with_mnemonic (_("Compare _with the original"));
  gimp_help_set_help_data (preview->compare,
                           _("Show the layer as it is in a part of the "
                             "preview; drag the line between them"), NULL);
  gtk_widget_add_events (preview->area, GDK_BUTTON_PRESS_MASK |
                                        GDK_BUTTON1_MOTION_MASK);
  g_signal_connect (preview->area, "button-press-event",
                    G_CALLBACK (on_pointer), preview);
  g_signal_connect (preview->area, "motion-notify-event",
                    G_CALLBACK (on_pointer), preview);
  g_signal_connect_swapped (preview->compare, "toggled",
                            G_CALLBACK (gtk_widget_queue_draw), preview->area);

  gtk_box_pack_start (GTK_BOX (buttons), preview->caption, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (buttons), preview->compare, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (preview->widget), preview->area, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (preview->widget), buttons, FALSE, FALSE, 0);
  gtk_widget_show_all (preview->widget);
}

PstPreview *
pst_preview_new (const PstContent  *content,
                 PstPreviewChanged  changed,
                 gpointer           data)
{
  PstPreview *preview = g_new0 (PstPreview, 1);

  preview->content = content;
  preview->changed = changed;
  preview->data = data;
  preview->split = 0.5;
  preview->trial = pst_trial_new (gimp_get_progname (),
                                  pst_procedure_get_threads ());
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
pst_preview_free (PstPreview *preview)
{
  if (! preview)
    return;

  g_source_remove (preview->timer);
  pst_trial_free (preview->trial);
  drop_regions (preview);
  g_clear_error (&preview->error);
  pst_image_free (preview->original);
  g_free (preview->selection);
  g_free (preview->choices);
  pst_styles_clear (&preview->styles);
  pst_params_clear (&preview->params);
  g_clear_object (&preview->before);
  g_clear_object (&preview->after);
  g_free (preview);
}
