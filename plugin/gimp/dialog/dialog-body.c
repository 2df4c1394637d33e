/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-body.c: what the dialogs of both series have in common */
#include "dialog-body.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "preview.h"
#include "plugin/gimp/image/request.h"
#include "summary.h"

/* Four lines below the preview, so that the dialog keeps its size. */
#define SUMMARY_WIDTH  320
#define SUMMARY_HEIGHT 72
/* Pixels of the monitor beside the controls: the buttons, the window's frame, a
 * panel; and the least that is left for them. */
#define OTHER_HEIGHT 260
#define MIN_HEIGHT   320

struct _PstDialogBody
{
  GtkDialog      *dialog;
  PstCall        *call;
  PstPresetChosen chosen;
  gpointer        data;

  PstPreview *preview;
  GtkWidget  *controls;
  GtkWidget  *advanced;
  GtkWidget  *summary;

  PstRequest *request; /* of the last update; owned */
};

/* ---- what is known of the choices --------------------------------------- */

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

  text = pst_summary_describe (body->request, &status, &possible);
  gtk_label_set_text (GTK_LABEL (body->summary), text);
  gtk_dialog_set_response_sensitive (body->dialog, GTK_RESPONSE_OK, possible);
}

void
pst_dialog_body_update (PstDialogBody *body)
{
  pst_request_unref (body->request);
  body->request = new_request (body);
  pst_preview_show (body->preview, body->request);
  show_summary (body);
}

/* ---- presets ------------------------------------------------------------ */

static void
on_preset_clicked (GtkWidget *button, PstDialogBody *body)
{
  body->chosen (g_object_get_data (G_OBJECT (button), "preset"), body->data);
}

static GtkWidget *
new_presets (PstDialogBody *body)
{
  GtkWidget       *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  int              n_presets;
  const PstPreset *presets = pst_presets_table (&n_presets);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (int i = 0; i < n_presets; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (presets[i].label));

      gimp_help_set_help_data (button, _ (presets[i].help), NULL);
      g_object_set_data (G_OBJECT (button), "preset", (gpointer) &presets[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (on_preset_clicked),
                        body);
      gtk_box_pack_start (GTK_BOX (box), button, TRUE, TRUE, 0);
    }
  return box;
}

/* ---- public ------------------------------------------------------------- */

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
  gtk_box_pack_start (GTK_BOX (half), pst_preview_get_widget (body->preview),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), body->summary, FALSE, FALSE, 0);
  return half;
}

static GtkWidget *
new_right_half (PstDialogBody *body)
{
  GtkWidget   *half = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget   *expander = gtk_expander_new_with_mnemonic (_ ("Ad_vanced"));
  GdkRectangle monitor;

  pst_monitor_get (GTK_WIDGET (body->dialog), &monitor);

  body->controls = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  body->advanced = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_expander_set_spacing (GTK_EXPANDER (expander), 6);
  gtk_container_add (GTK_CONTAINER (expander), body->advanced);

  gtk_box_pack_start (GTK_BOX (half), new_presets (body), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), body->controls, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), expander, FALSE, FALSE, 0);
  return pst_view_new (half, MAX (monitor.height - OTHER_HEIGHT, MIN_HEIGHT));
}

PstDialogBody *
pst_dialog_body_new (GtkDialog      *dialog,
                     PstCall        *call,
                     PstPresetChosen chosen,
                     gpointer        data)
{
  PstDialogBody *body = g_new0 (PstDialogBody, 1);
  GtkWidget     *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  *body = (PstDialogBody){ dialog, call, chosen, data };
  body->request = new_request (body);
  body->preview = pst_preview_new (body->request, show_summary, body);

  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), new_left_half (body), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_right_half (body), TRUE, TRUE, 0);
  gtk_widget_show_all (box);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), box, TRUE,
                      TRUE, 0);
  /* Return starts the run; it would press the preset that had the focus. */
  gtk_widget_grab_focus (
    gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_OK));
  return body;
}

GtkBox *
pst_dialog_body_get_controls (PstDialogBody *body)
{
  return GTK_BOX (body->controls);
}

GtkBox *
pst_dialog_body_get_advanced (PstDialogBody *body)
{
  return GTK_BOX (body->advanced);
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

  pst_preview_free (body->preview);
  pst_request_unref (body->request);
  g_free (body);
}
