/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.c: the dialog of GIMP 3, which makes it from the arguments */
#include "gimp3-dialog.h"

#include <libgimp/gimpui.h>

#include "forecast.h"
#include "gimp3-arguments.h"
#include "procedure.h"
#include "style-list.h"

typedef struct
{
  GimpProcedureConfig *config;
  PstStyles           *styles;
  PstForecast         *forecast;
  GtkWidget           *dialog;
  GtkWidget           *summary;
} Dialog;

static void
update_summary (gpointer data)
{
  Dialog             *dialog = data;
  g_auto (PstParams)  params;
  g_autofree char    *text = NULL;
  gboolean            possible;

  pst_params_init (&params);
  pst_arguments_get_params (dialog->config, &params);
  text = pst_forecast_describe (dialog->forecast, dialog->styles, &params,
                                &possible);

  gtk_label_set_text (GTK_LABEL (dialog->summary), text);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog->dialog),
                                     GTK_RESPONSE_OK, possible);
}

static GtkWidget *
new_summary (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 56);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
  gtk_widget_set_size_request (label, -1, 40);
  gimp_label_set_attributes (GTK_LABEL (label),
                             PANGO_ATTR_STYLE, PANGO_STYLE_ITALIC, -1);
  gtk_widget_show (label);
  return label;
}

/* The networks that are found, as one of the dialog's rows. */
static GtkWidget *
new_network_row (GimpProcedureConfig *config,
                 const PstParam      *param)
{
  GtkListStore     *store = gtk_list_store_new (1, G_TYPE_STRING);
  g_autofree char  *current = NULL;
  g_auto (GStrv)    names = NULL;
  GtkWidget        *combo, *row;

  g_object_get (config, param->name, &current, NULL);
  names = pst_procedure_list_networks (current);
  for (int i = 0; names[i]; i++)
    gtk_list_store_insert_with_values (store, NULL, -1, 0, names[i], -1);

  combo = gimp_string_combo_box_new (GTK_TREE_MODEL (store), 0, 0);
  g_object_unref (store);
  gtk_widget_set_hexpand (combo, TRUE);
  gimp_help_set_help_data (combo, _(param->help), NULL);
  row = gimp_label_string_widget_new (_(param->label), combo);
  g_object_bind_property (config, param->name, row, "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_widget_show_all (row);
  return row;
}

/* Returns the row of a parameter, not yet in the dialog. */
static GtkWidget *
new_row (GimpProcedureDialog *dialog,
         GimpProcedureConfig *config,
         const PstParam      *param)
{
  GtkWidget *row;

  if (param->kind == PST_PARAM_NETWORK)
    return new_network_row (config, param);
  if (param->kind != PST_PARAM_DOUBLE)
    return gimp_procedure_dialog_get_widget (dialog, param->name, G_TYPE_NONE);

  row = gimp_procedure_dialog_get_scale_entry (dialog, param->name, 1);
  gimp_label_spin_set_digits (GIMP_LABEL_SPIN (row), param->digits);
  return row;
}

static void
fill_dialog (GimpProcedureDialog *dialog,
             GimpProcedureConfig *config,
             GtkWidget           *style_list,
             GtkWidget           *summary)
{
  GtkWidget                *content = gtk_dialog_get_content_area
                                        (GTK_DIALOG (dialog));
  g_autoptr (GtkSizeGroup)  labels = gtk_size_group_new
                                       (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GList)         advanced = NULL;
  int                       n_params;
  const PstParam           *params = pst_params_table (&n_params);

  gtk_box_pack_start (GTK_BOX (content), style_list, FALSE, FALSE, 0);
  for (int i = 0; i < n_params; i++)
    {
      GtkWidget *row = new_row (dialog, config, &params[i]);

      if (GIMP_IS_LABELED (row))    /* a toggle has its label in it */
        gtk_size_group_add_widget (labels, gimp_labeled_get_label
                                             (GIMP_LABELED (row)));
      if (pst_procedure_is_advanced (&params[i]))
        advanced = g_list_append (advanced, (gpointer) params[i].name);
      else if (params[i].kind == PST_PARAM_NETWORK)
        gtk_box_pack_start (GTK_BOX (content), row, FALSE, FALSE, 0);
      else
        gimp_procedure_dialog_fill (dialog, params[i].name, NULL);
    }

  gimp_procedure_dialog_fill_box_list (dialog, "advanced", advanced);
  gimp_procedure_dialog_get_label (dialog, "advanced-title", _("Ad_vanced"),
                                   FALSE, TRUE);
  gimp_procedure_dialog_fill_expander (dialog, "advanced-expander",
                                       "advanced-title", FALSE, "advanced");
  gimp_procedure_dialog_fill (dialog, "advanced-expander", NULL);
  gtk_box_pack_start (GTK_BOX (content), summary, FALSE, FALSE, 6);
}

gboolean
pst_dialog_run (GimpProcedure       *procedure,
                GimpProcedureConfig *config,
                const PstContent    *content,
                PstStyles           *styles)
{
  g_autoptr (PstForecast) forecast = pst_forecast_new (content);
  Dialog                  dialog = { config, styles, forecast };
  GimpProcedureDialog    *procedure_dialog;
  gulong                  handler;
  gboolean                wanted;

  dialog.dialog = gimp_procedure_dialog_new (procedure, config,
                                             _("Neural Style Transfer"));
  dialog.summary = new_summary ();
  procedure_dialog = GIMP_PROCEDURE_DIALOG (dialog.dialog);

  fill_dialog (procedure_dialog, config,
               pst_style_list_new (content, styles, update_summary, &dialog),
               dialog.summary);
  handler = g_signal_connect_swapped (config, "notify",
                                      G_CALLBACK (update_summary), &dialog);
  gtk_widget_show (dialog.dialog);
  update_summary (&dialog);

  wanted = gimp_procedure_dialog_run (procedure_dialog);
  g_signal_handler_disconnect (config, handler);
  gtk_widget_destroy (dialog.dialog);
  return wanted;
}
