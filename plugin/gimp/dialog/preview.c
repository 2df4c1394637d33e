/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview.c: the developing picture in the dialog */
#include "preview.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "core/pastiche-spot.h"
#include "detail.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/pictures.h"
#include "plugin/gimp/image/pixbuf.h"
#include "preview-view.h"

#define TICK_MS 40

struct _PstPreview
{
  PstPreviewChanged changed;
  gpointer          data;
  PstPreviewRun    *run;
  PstDetail        *detail;
  GError           *error;  /* why something cannot be read; NULL: it can */
  PstPreviewStatus  status; /* as it was told last */
  guint             timer;

  PstRequest *request;  /* what is shown, or waits; owned, NULL: nothing */
  gboolean    waits;    /* to be begun */
  PstRequest *running;  /* what the run was started with; owned */
  PstPictures pictures; /* and what it works on */

  GtkWidget      *widget;
  PstPreviewView *view;
  GtkWidget      *caption;
  GtkWidget      *compare;
  GtkWidget      *show_spot;
  double          x; /* the middle of the spot, 0..1 */
  double          y;
};

/* ---- the picture -------------------------------------------------------- */

static void
show_picture (PstPreview *preview)
{
  const PstImage *picture = pst_preview_run_get_picture (preview->run);
  g_autoptr (PstImage) view = NULL;
  g_autoptr (GdkPixbuf) after = NULL;

  if (! picture || preview->waits) /* of choices that are past */
    return;
  view = pst_pictures_dup_view (&preview->pictures, picture, NULL);
  if (! view)
    return;

  after = pst_pixbuf_from_image (view);
  pst_preview_view_set_after (preview->view, after);
}

/* ---- the spot ----------------------------------------------------------- */

static gboolean
has_spot (const PstPreview *preview)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preview->show_spot));
}

/* What the spot is of, and how it looks so far. */
static void
show_spot (PstPreview *preview)
{
  const PstRequest *request = preview->request;
  PstShownSpot      spot = { preview->x, preview->y };
  PstSize           size, result;
  PstArea           area;

  if (! has_spot (preview) || ! request)
    {
      pst_preview_view_set_spot (preview->view, NULL);
      return;
    }
  size = (PstSize){ request->content.area.width, request->content.area.height };
  area = pst_spot_get_area (size, &request->params.settings, spot.x, spot.y);
  result = pst_spot_get_size (size, &request->params.settings);
  spot.width = (double) area.width / size.width;
  spot.height = (double) area.height / size.height;
  spot.side = MIN (PST_SPOT_SIDE, result.width);
  spot.painted = pst_detail_get_painted (preview->detail);
  pst_preview_view_set_spot (preview->view, &spot);
}

/* The spot goes on with a run that has come to its end. */
static void
poll_spot (PstPreview *preview)
{
  PstDetailBasis basis = { preview->running, &preview->pictures,
                           preview->status.model };

  if (has_spot (preview) && ! preview->waits)
    basis.composition = pst_preview_run_get_end (preview->run);
  if (pst_detail_poll (preview->detail, &basis))
    show_spot (preview);
}

static void
choose_spot (double x, double y, gpointer data)
{
  PstPreview *preview = data;

  preview->x = x;
  preview->y = y;
  pst_detail_choose (preview->detail, x, y);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview->show_spot), TRUE);
  show_spot (preview);
}

static void
close_spot (gpointer data)
{
  PstPreview *preview = data;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview->show_spot), FALSE);
}

static void
on_show_spot_toggled (GtkToggleButton *button, PstPreview *preview)
{
  if (! has_spot (preview))
    pst_detail_choose (preview->detail, preview->x, preview->y);
  show_spot (preview);
}

static void
on_line_moved (gpointer data)
{
  PstPreview *preview = data;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview->compare), TRUE);
}

static void
on_compare_toggled (GtkToggleButton *button, PstPreview *preview)
{
  pst_preview_view_set_compare (preview->view,
                                gtk_toggle_button_get_active (button));
}

/* ---- the run ------------------------------------------------------------ */

/* Reads the content unless it is there as the styles take it. */
static gboolean
read_content (PstPreview *preview, const PstRequest *request, GError **error)
{
  PstPictures *pictures = &preview->pictures;
  g_autoptr (GdkPixbuf) before = NULL;

  if (pst_pictures_have_content (pictures, request))
    return TRUE;

  if (pst_pictures_read_content (pictures, &request->content, PST_PREVIEW_SIDE,
                                 error))
    before = pst_pixbuf_from_image (pictures->content);
  pst_preview_view_set_after (preview->view, NULL);
  pst_preview_view_set_before (preview->view, before);
  return before != NULL;
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
  if (pst_request_check (request, &preview->error)
      && read_content (preview, request, &preview->error)
      && pst_pictures_read_styles (pictures, request,
                                   pst_preview_run_get_side (params),
                                   &preview->error))
    pst_preview_run_start (preview->run, pictures->content, pictures->styles,
                           pictures->n_styles, params);
}

/* ---- the caption -------------------------------------------------------- */

/* Owned by the caller. */
static char *
describe (const PstPreview *preview)
{
  const PstPreviewStatus *status = &preview->status;
  const char             *problem = pst_detail_get_problem (preview->detail);
  double                  spot = pst_detail_get_fraction (preview->detail);

  if (status->fraction < 1 && preview->request && ! status->problem)
    return g_strdup_printf (_ ("Preview, %d %%"),
                            (int) (status->fraction * 100));
  if (! has_spot (preview) || status->problem)
    return g_strdup (_ ("Preview"));
  if (problem)
    return g_strdup (problem);
  if (spot < 1)
    return g_strdup_printf (_ ("Detail, %d %%"), (int) (spot * 100));
  return g_strdup (_ ("Detail"));
}

static void
show_caption (PstPreview *preview)
{
  g_autofree char *text = describe (preview);

  if (g_strcmp0 (text, gtk_label_get_text (GTK_LABEL (preview->caption))) != 0)
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
  poll_spot (preview);
  if (preview->waits && ! busy && ! pst_detail_is_busy (preview->detail))
    begin (preview);

  *status = pst_preview_get_status (preview);
  show_caption (preview);
  if (status->model != before.model || status->problem != before.problem
      || status->speed != before.speed)
    preview->changed (preview->data);
  return G_SOURCE_CONTINUE;
}

/* ---- public ------------------------------------------------------------- */

static GtkWidget *
new_button (const char *label, const char *help)
{
  GtkWidget *button = gtk_check_button_new_with_mnemonic (label);

  gimp_help_set_help_data (button, help, NULL);
  pst_button_make_legible (button);
  return button;
}

static void
make_buttons (PstPreview *preview)
{
  preview->compare = new_button (_ ("Compare _with the original"),
                                 _ ("Show the original layer in part of the "
                                    "preview; drag the line between them"));
  preview->show_spot = new_button (_ ("Detail at 100 %"),
                                   _ ("Paint one spot as the result will have "
                                      "it, at its size; click the preview to "
                                      "choose the spot"));
  g_signal_connect (preview->compare, "toggled",
                    G_CALLBACK (on_compare_toggled), preview);
  g_signal_connect (preview->show_spot, "toggled",
                    G_CALLBACK (on_show_spot_toggled), preview);
}

static void
make_widget (PstPreview *preview)
{
  static const PstPreviewActions actions = { on_line_moved, choose_spot,
                                             close_spot };
  GtkWidget *buttons = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  preview->widget = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  preview->view = pst_preview_view_new (&actions, preview);
  preview->caption = pst_label_new (_ ("Preview"), FALSE);
  make_buttons (preview);

  gtk_box_pack_start (GTK_BOX (buttons), preview->show_spot, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (buttons), preview->compare, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (preview->widget),
                      pst_preview_view_get_widget (preview->view), TRUE, TRUE,
                      0);
  gtk_box_pack_start (GTK_BOX (preview->widget), preview->caption, FALSE, FALSE,
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
  preview->x = preview->y = 0.5;
  preview->run = pst_preview_run_new (gimp_get_progname ());
  preview->detail = pst_detail_new ();
  make_widget (preview);
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
  pst_detail_stop (preview->detail);
  show_spot (preview);
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
  pst_detail_free (preview->detail);
  pst_preview_run_free (preview->run);
  pst_pictures_clear (&preview->pictures);
  pst_preview_view_free (preview->view);
  pst_request_unref (preview->request);
  pst_request_unref (preview->running);
  g_clear_error (&preview->error);
  g_free (preview);
}
