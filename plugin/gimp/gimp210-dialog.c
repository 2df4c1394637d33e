/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.c: the dialog of GIMP 2.10 */
#include "gimp210-dialog.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "forecast.h"
#include "gimp210-row.h"
#include "procedure.h"
#include "style-list.h"

typedef struct
{
  const PstContent *content;
  PstStyles        *styles;
  PstParams        *params;
  PstForecast      *forecast;

  GtkWidget        *dialog;
  GtkWidget        *summary;
} Dialog;

/* ---- from the widgets to the choices ------------------------------------ */

static void
update_summary (gpointer data)
{
  Dialog          *dialog = data;
  gboolean         possible;
  g_autofree char *text = pst_forecast_describe (dialog->forecast,
                                                 dialog->styles, dialog->params,
                                                 &possible);

  gtk_label_set_text (GTK_LABEL (dialog->summary), text);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog->dialog),
                                     GTK_RESPONSE_OK, possible);
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
  int             n_lines = 0;
  int             n_advanced = 0;

  dialog->summary = new_summary ();
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
  gtk_box_pack_start (GTK_BOX (box),
                      pst_style_list_new (dialog->content, dialog->styles,
                                          update_summary, dialog),
                      FALSE, FALSE, 0);
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
                PstStyles        *styles,
                PstParams        *params)
{
  g_autoptr (PstForecast) forecast = pst_forecast_new (content);
  Dialog                  dialog = { content, styles, params, forecast };
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
  update_summary (&dialog);
  gtk_widget_show (dialog.dialog);
  wanted = gimp_dialog_run (GIMP_DIALOG (dialog.dialog)) == GTK_RESPONSE_OK;
  gtk_widget_destroy (dialog.dialog);
  return wanted;
}
