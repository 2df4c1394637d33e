/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.c: what the dialogs of both series have in common */
#include "frame.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "forecast.h"
#include "preview.h"
#include "toolkit.h"

/* Four lines below the preview, so that the dialog keeps its size. */
#define SUMMARY_WIDTH  320
#define SUMMARY_HEIGHT 72
/* Pixels of the monitor beside the controls: the buttons, the window's frame, a
 * panel; and the least that is left for them. */
#define OTHER_HEIGHT 260
#define MIN_HEIGHT   320

struct _PstFrame
{
  GtkDialog        *dialog;
  const PstContent *content;
  PstFrameChosen    chosen;
  gpointer          data;

  PstPreview *preview;
  GtkWidget  *controls;
  GtkWidget  *advanced;
  GtkWidget  *summary;

  PstStyles styles; /* of the last update */
  PstParams params;
};

/* ---- what is known of the choices --------------------------------------- */

static void
show_summary (gpointer data)
{
  PstFrame           *frame = data;
  const PstTrialFacts facts = pst_preview_get_facts (frame->preview);
  gboolean            possible;
  g_autofree char    *text = NULL;

  text = pst_forecast_describe (frame->content, &frame->styles, &frame->params,
                                &facts, &possible);
  gtk_label_set_text (GTK_LABEL (frame->summary), text);
  gtk_dialog_set_response_sensitive (frame->dialog, GTK_RESPONSE_OK, possible);
}

void
pst_frame_update (PstFrame        *frame,
                  const PstStyles *styles,
                  const PstParams *params)
{
  PstContent content = *frame->content;
  gboolean   usable;

  pst_styles_clear (&frame->styles);
  pst_styles_copy (&frame->styles, styles);
  pst_params_clear (&frame->params);
  pst_params_copy (&frame->params, params);

  pst_styles_fit_content (styles, &content);
  usable = pst_styles_check (styles, &content, NULL);
  pst_preview_show (frame->preview, usable ? styles : NULL, params);
  show_summary (frame);
}

/* ---- presets ------------------------------------------------------------ */

static void
on_preset_clicked (GtkWidget *button, PstFrame *frame)
{
  frame->chosen (g_object_get_data (G_OBJECT (button), "preset"), frame->data);
}

static GtkWidget *
new_presets (PstFrame *frame)
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
                        frame);
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
new_left_half (PstFrame *frame)
{
  GtkWidget *half = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);

  frame->summary = new_summary ();
  gtk_box_pack_start (GTK_BOX (half), pst_preview_get_widget (frame->preview),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), frame->summary, FALSE, FALSE, 0);
  return half;
}

static GtkWidget *
new_right_half (PstFrame *frame)
{
  GtkWidget   *half = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget   *expander = gtk_expander_new_with_mnemonic (_ ("Ad_vanced"));
  GdkRectangle monitor;

  pst_monitor_get (GTK_WIDGET (frame->dialog), &monitor);

  frame->controls = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  frame->advanced = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_expander_set_spacing (GTK_EXPANDER (expander), 6);
  gtk_container_add (GTK_CONTAINER (expander), frame->advanced);

  gtk_box_pack_start (GTK_BOX (half), new_presets (frame), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), frame->controls, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (half), expander, FALSE, FALSE, 0);
  return pst_view_new (half, MAX (monitor.height - OTHER_HEIGHT, MIN_HEIGHT));
}

PstFrame *
pst_frame_new (GtkDialog        *dialog,
               const PstContent *content,
               PstFrameChosen    chosen,
               gpointer          data)
{
  PstFrame  *frame = g_new0 (PstFrame, 1);
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  *frame = (PstFrame){ dialog, content, chosen, data };
  frame->preview = pst_preview_new (content, show_summary, frame);

  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), new_left_half (frame), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_right_half (frame), TRUE, TRUE, 0);
  gtk_widget_show_all (box);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), box, TRUE,
                      TRUE, 0);
  /* Return starts the run; it would press the preset that had the focus. */
  gtk_widget_grab_focus (
    gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_OK));
  return frame;
}

GtkBox *
pst_frame_get_controls (PstFrame *frame)
{
  return GTK_BOX (frame->controls);
}

GtkBox *
pst_frame_get_advanced (PstFrame *frame)
{
  return GTK_BOX (frame->advanced);
}

void
pst_frame_take_sketch (PstFrame        *frame,
                       const PstStyles *styles,
                       const PstParams *params,
                       PstSketch       *ret_sketch)
{
  pst_preview_take_sketch (frame->preview, styles, params, ret_sketch);
}

void
pst_frame_free (PstFrame *frame)
{
  if (! frame)
    return;

  pst_preview_free (frame->preview);
  pst_styles_clear (&frame->styles);
  pst_params_clear (&frame->params);
  g_free (frame);
}
