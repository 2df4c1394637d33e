/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.c: the dialog of GIMP 2.10 */
#include "gimp210-dialog.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "forecast.h"
#include "gimp210-row.h"
#include "procedure.h"

typedef struct
{
  const PstContent *content;
  PstStyle         *style;
  PstParams        *params;
  PstForecast      *forecast;

  GtkWidget        *dialog;
  GtkWidget        *layer_button;   /* radio button: the style is a layer */
  GtkWidget        *layer_box;
  GtkWidget        *file_box;
  GtkWidget        *summary;
} Dialog;

/* ---- from the widgets to the choices ------------------------------------ */

static void
update_summary (gpointer data)
{
  Dialog          *dialog = data;
  gboolean         possible;
  g_autofree char *text = pst_forecast_describe (dialog->forecast,
                                                 dialog->style, dialog->params,
                                                 &possible);

  gtk_label_set_text (GTK_LABEL (dialog->summary), text);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog->dialog),
                                     GTK_RESPONSE_OK, possible);
}

static void
on_style_changed (Dialog *dialog)
{
  const gboolean is_layer =
    gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (dialog->layer_button));
  int            layer = PST_NO_ITEM;

  gtk_widget_set_sensitive (dialog->layer_box, is_layer);
  gtk_widget_set_sensitive (dialog->file_box, ! is_layer);

  pst_style_clear (dialog->style);
  if (is_layer)
    {
      gimp_int_combo_box_get_active (GIMP_INT_COMBO_BOX (dialog->layer_box),
                                     &layer);
      dialog->style->drawable = layer > 0 ? layer : PST_NO_ITEM;
    }
  else
    {
      dialog->style->file =
        gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog->file_box));
    }
  update_summary (dialog);
}

/* ---- the whole ---------------------------------------------------------- */

static GtkWidget *
new_table (void)
{
  GtkWidget *table = gtk_table_new (1, 3, FALSE);

  gtk_table_set_row_spacings (GTK_TABLE (table), 6);
  gtk_table_set_col_spacings (GTK_TABLE (table), 6);
  return table;
}

static gboolean
is_other_layer (gint32   image,
                gint32   layer,
                gpointer content)
{
  return layer != ((const PstContent *) content)->layer;
}

static void
add_style (Dialog    *dialog,
           GtkWidget *table)
{
  GtkWidget      *layer_button, *file_button;
  const gboolean  is_file = dialog->style->drawable == PST_NO_ITEM;

  layer_button = gtk_radio_button_new_with_mnemonic
    (NULL, _("Style la_yer"));
  file_button = gtk_radio_button_new_with_mnemonic_from_widget
    (GTK_RADIO_BUTTON (layer_button), _("Style _file"));
  dialog->layer_button = layer_button;
  dialog->layer_box = gimp_layer_combo_box_new (is_other_layer,
                                                (gpointer) dialog->content);
  dialog->file_box =
    gtk_file_chooser_button_new (_("Open a Picture as the Style"),
                                 GTK_FILE_CHOOSER_ACTION_OPEN);

  gimp_help_set_help_data (dialog->layer_box,
                           _("Layer of any open image whose style is taken"),
                           NULL);
  gimp_help_set_help_data (dialog->file_box,
                           _("Picture file whose style is taken"), NULL);
  if (dialog->style->file)
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (dialog->file_box),
                               dialog->style->file, NULL);
  gimp_int_combo_box_connect (GIMP_INT_COMBO_BOX (dialog->layer_box),
                              dialog->style->drawable, NULL, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (file_button), is_file);

  gtk_table_attach (GTK_TABLE (table), layer_button, 0, 1, 0, 1,
                    GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach (GTK_TABLE (table), file_button, 0, 1, 1, 2,
                    GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach (GTK_TABLE (table), dialog->layer_box, 1, 3, 0, 1,
                    GTK_EXPAND | GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach (GTK_TABLE (table), dialog->file_box, 1, 3, 1, 2,
                    GTK_EXPAND | GTK_FILL, GTK_FILL, 0, 0);

  g_signal_connect_swapped (layer_button, "toggled",
                            G_CALLBACK (on_style_changed), dialog);
  g_signal_connect_swapped (dialog->layer_box, "changed",
                            G_CALLBACK (on_style_changed), dialog);
  g_signal_connect_swapped (dialog->file_box, "selection-changed",
                            G_CALLBACK (on_style_changed), dialog);
}

static GtkWidget *
new_summary (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_misc_set_alignment (GTK_MISC (label), 0, 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_set_size_request (label, 420, 36);
  gimp_label_set_attributes (GTK_LABEL (label),
                             PANGO_ATTR_STYLE, PANGO_STYLE_ITALIC, -1);
  return label;
}

static void
fill_dialog (Dialog *dialog)
{
  GtkWidget      *box = gtk_vbox_new (FALSE, 12);
  GtkWidget      *table = new_table ();
  GtkWidget      *advanced = new_table ();
  GtkWidget      *expander;
  GtkSizeGroup   *labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);
  int             n_lines = 2;
  int             n_advanced = 0;

  dialog->summary = new_summary ();
  add_style (dialog, table);
  gtk_size_group_add_widget (labels, dialog->layer_button);
  for (int i = 0; i < n_params; i++)
    {
      const gboolean  is_advanced = pst_procedure_is_advanced (&params[i]);
      GtkWidget      *label;

      label = pst_row_add (is_advanced ? advanced : table,
                           is_advanced ? n_advanced++ : n_lines++,
                           &params[i], dialog->params, update_summary, dialog);
      gtk_size_group_add_widget (labels, label);
    }
  g_object_unref (labels);

  expander = gtk_expander_new_with_mnemonic (_("Ad_vanced"));
  gtk_expander_set_spacing (GTK_EXPANDER (expander), 6);
  gtk_container_add (GTK_CONTAINER (expander), advanced);
  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), table, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), expander, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), dialog->summary, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area
                                 (GTK_DIALOG (dialog->dialog))),
                      box, TRUE, TRUE, 0);
  gtk_widget_show_all (box);
}

gboolean
pst_dialog_run (const PstContent *content,
                PstStyle         *style,
                PstParams        *params)
{
  g_autoptr (PstForecast) forecast = pst_forecast_new (content);
  Dialog                  dialog = { content, style, params, forecast };
  gboolean                wanted;

  dialog.dialog = gimp_dialog_new (_("Neural Style Transfer"),
                                   PST_PROCEDURE_NAME, NULL, 0,
                                   /* help= */ NULL, NULL,
                                   GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL,
                                   GTK_STOCK_OK, GTK_RESPONSE_OK,
                                   NULL);
  gtk_dialog_set_alternative_button_order (GTK_DIALOG (dialog.dialog),
                                           GTK_RESPONSE_OK,
                                           GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog.dialog),
                                   GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (dialog.dialog));

  fill_dialog (&dialog);
  on_style_changed (&dialog);
  gtk_widget_show (dialog.dialog);
  wanted = gimp_dialog_run (GIMP_DIALOG (dialog.dialog)) == GTK_RESPONSE_OK;
  gtk_widget_destroy (dialog.dialog);
  return wanted;
}
