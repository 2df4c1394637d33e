/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-body.c: the dialog of both series, but for its window */
#include "dialog-body.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "content-header.h"
#include "controls.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/gallery/gallery.h"
#include "plugin/gimp/image/request.h"
#include "preview.h"
#include "summary.h"

/* The window's width at first: the preview's part of it is larger than the
 * preview has to be. */
#define WIDTH 900
/* Four lines below the preview, so that the dialog keeps its size. */
#define SUMMARY_WIDTH  320
#define SUMMARY_HEIGHT 72
/* Pixels of the monitor beside the controls: the buttons, the window's frame, a
 * panel; and the least that is left for them. */
#define OTHER_HEIGHT 170
#define MIN_HEIGHT   320
/* Seconds between two looks at the image. */
#define LOOK_INTERVAL 1

struct _PstDialogBody
{
  GtkDialog       *dialog;
  PstCall         *call;
  PstParamsChanged changed;
  gpointer         data;

  PstPreview *preview;
  GtkWidget  *summary;
  GtkWidget  *gallery;
  GtkWidget  *controls;

  PstRequest *request;  /* of the last update; owned */
  gboolean    is_there; /* then it could be painted, see pst_request_check() */
  guint       looks;    /* the source of looks at the image */
};

/* ---- from the choices to what is shown of them -------------------------- */

static PstRequest *
new_request (const PstDialogBody *body)
{
  const PstCall *call = body->call;

  return pst_request_new (&call->content, &call->styles, &call->params);
}

static void
show_summary (gpointer data)
{
  PstDialogBody   *body = data;
  PstPreviewStatus status = pst_preview_get_status (body->preview);
  gboolean         possible;
  g_autofree char *text = NULL;

  text = pst_summary_describe (body->request, &status, &possible,
                               &body->call->promised);
  gtk_label_set_text (GTK_LABEL (body->summary), text);
  gtk_dialog_set_response_sensitive (body->dialog, GTK_RESPONSE_OK, possible);
}

static void
update (gpointer data)
{
  PstDialogBody *body = data;

  pst_request_unref (body->request);
  body->request = new_request (body);
  body->is_there = pst_request_check (body->request, NULL);
  pst_preview_show (body->preview, body->request);
  show_summary (body);
}

/* The user may select, remove and resize layers while the dialog is open, and
 * undo that. */
static gboolean
look (gpointer data)
{
  PstDialogBody *body = data;
  g_autoptr (PstRequest) now = new_request (body);

  if (! pst_request_equal (now, body->request)
      || pst_request_check (now, NULL) != body->is_there)
    update (body);
  return G_SOURCE_CONTINUE;
}

static void
on_params_changed (gpointer data)
{
  PstDialogBody *body = data;

  if (body->changed)
    body->changed (body->data);
  update (body);
}

/* A number that is being typed counts, too. */
static void
on_response (GtkDialog *dialog, int response, gpointer data)
{
  if (response == GTK_RESPONSE_OK)
    gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
}

/* Return starts the run, if there can be one; it would press the preset that
 * had the focus. */
static void
grab_focus (PstDialogBody *body)
{
  GtkWidget *ok =
    gtk_dialog_get_widget_for_response (body->dialog, GTK_RESPONSE_OK);

  if (gtk_widget_get_sensitive (ok))
    gtk_widget_grab_focus (ok);
  else
    pst_gallery_grab_focus (body->gallery);
}

/* ---- the layout --------------------------------------------------------- */

static GtkWidget *
new_summary (void)
{
  GtkWidget *label = pst_label_new (NULL, TRUE);

#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
#endif
  gtk_widget_set_size_request (label, SUMMARY_WIDTH, SUMMARY_HEIGHT);
  gimp_label_set_attributes (GTK_LABEL (label), PANGO_ATTR_STYLE,
                             PANGO_STYLE_ITALIC, -1);
  return label;
}

static GtkWidget *
new_left_half (PstDialogBody *body)
{
  GtkWidget *half = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);

  body->summary = new_summary ();
  gtk_box_pack_start (GTK_BOX (half), pst_content_header_new (body->call),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), pst_preview_get_widget (body->preview),
                      TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (half), body->summary, FALSE, FALSE, 0);
  return half;
}

static GtkWidget *
new_right_half (PstDialogBody *body)
{
  PstCall     *call = body->call;
  GtkWidget   *half = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GdkRectangle monitor;

  pst_monitor_get (GTK_WIDGET (body->dialog), &monitor);
  body->gallery = pst_gallery_new (&call->content, &call->styles, update, body);
  body->controls =
    pst_controls_new (&call->params,
                      MAX (call->content.area.width, call->content.area.height),
                      on_params_changed, body);

  gtk_box_pack_start (GTK_BOX (half), body->gallery, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (half), body->controls, FALSE, FALSE, 0);
  return pst_view_new (half, MAX (monitor.height - OTHER_HEIGHT, MIN_HEIGHT));
}

/* ---- public ------------------------------------------------------------- */

PstDialogBody *
pst_dialog_body_new (GtkDialog       *dialog,
                     PstCall         *call,
                     PstParamsChanged changed,
                     gpointer         data)
{
  PstDialogBody *body = g_new0 (PstDialogBody, 1);
  GtkWidget     *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  *body = (PstDialogBody){ dialog, call, changed, data };
  body->request = new_request (body);
  body->preview = pst_preview_new (body->request, show_summary, body);

#if ! GTK_CHECK_VERSION(3, 0, 0) /* GIMP 3's window for a procedure has one */
  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
#endif
  gtk_box_pack_start (GTK_BOX (box), new_left_half (body), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_right_half (body), FALSE, FALSE, 0);
  gtk_widget_show_all (box);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), box, TRUE,
                      TRUE, 0);
  gtk_window_set_default_size (GTK_WINDOW (dialog), WIDTH, -1);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  update (body);
  body->looks = g_timeout_add_seconds (LOOK_INTERVAL, look, body);
  grab_focus (body);
  return body;
}

void
pst_dialog_body_refresh (PstDialogBody *body)
{
  pst_controls_refresh (body->controls);
  update (body);
}

void
pst_dialog_body_take_sketch (PstDialogBody *body)
{
  g_autoptr (PstRequest) request = new_request (body);

  pst_preview_take_sketch (body->preview, request, &body->call->sketch);
}

void
pst_dialog_body_free (PstDialogBody *body)
{
  if (! body)
    return;

  g_source_remove (body->looks);
  pst_preview_free (body->preview);
  pst_request_unref (body->request);
  g_free (body);
}
