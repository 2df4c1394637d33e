/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.c: the dialog of GIMP 3, which makes it from the arguments */
#include "gimp3-dialog.h"

#include <libgimp/gimpui.h>

#include "plugin/gimp/dialog/dialog-body.h"
#include "gimp3-arguments.h"
#include "plugin/gimp/run/procedure.h"
#include "plugin/gimp/dialog/style-list.h"

typedef struct
{
  PstCall             *call;
  GimpProcedureConfig *config;
  PstDialogBody       *body;
} Dialog;

static void
update (gpointer data)
{
  Dialog *dialog = data;

  pst_arguments_get_params (dialog->config, &dialog->call->params);
  pst_dialog_body_update (dialog->body);
}

/* Each argument that is set updates the call's parameters. */
static void
on_preset_chosen (const PstPreset *preset, gpointer data)
{
  Dialog *dialog = data;
  g_auto (PstParams) params;

  pst_params_copy (&params, &dialog->call->params);
  pst_preset_apply (preset, &params);
  pst_arguments_set_params (dialog->config, &params);
}

/* The models found, as one of the dialog's rows. */
static GtkWidget *
new_model_row (GimpProcedureConfig *config, const PstParam *param)
{
  GtkListStore    *store = gtk_list_store_new (1, G_TYPE_STRING);
  g_autofree char *current = NULL;
  g_auto (GStrv) names = NULL;
  GtkWidget *combo, *row;

  g_object_get (config, param->name, &current, NULL);
  names = pst_procedure_list_models (current);
  for (int i = 0; names[i]; i++)
    gtk_list_store_insert_with_values (store, NULL, -1, 0, names[i], -1);

  combo = gimp_string_combo_box_new (GTK_TREE_MODEL (store), 0, 0);
  g_object_unref (store);
  gtk_widget_set_hexpand (combo, TRUE);
  gimp_help_set_help_data (combo, _ (param->help), NULL);
  row = gimp_label_string_widget_new (_ (param->label), combo);
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

  if (param->kind == PST_PARAM_MODEL)
    return new_model_row (config, param);
  if (param->kind != PST_PARAM_DOUBLE)
    return gimp_procedure_dialog_get_widget (dialog, param->name, G_TYPE_NONE);

  row = gimp_procedure_dialog_get_scale_entry (dialog, param->name, 1);
  gimp_label_spin_set_digits (GIMP_LABEL_SPIN (row), param->digits);
  return row;
}

static void
add_row (GtkBox *box, GtkWidget *row)
{
  gtk_widget_show (row);
  gtk_box_pack_start (box, row, FALSE, FALSE, 0);
}

static void
fill_body (PstDialogBody       *body,
           GimpProcedureDialog *dialog,
           GimpProcedureConfig *config)
{
  g_autoptr (GtkSizeGroup) labels =
    gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    {
      GtkWidget *row = new_row (dialog, config, &params[i]);

      if (GIMP_IS_LABELED (row)) /* a toggle has its label in it */
        gtk_size_group_add_widget (labels,
                                   gimp_labeled_get_label (GIMP_LABELED (row)));
      add_row (params[i].advanced ? pst_dialog_body_get_advanced (body)
                                  : pst_dialog_body_get_controls (body),
               row);
    }
}

gboolean
pst_dialog_run (PstCall             *call,
                GimpProcedure       *procedure,
                GimpProcedureConfig *config)
{
  Dialog dialog = { call, config };
  g_autoptr (PstDialogBody) body = NULL;
  GtkWidget *window =
    gimp_procedure_dialog_new (procedure, config, _ ("Neural Style Transfer"));
  GimpProcedureDialog *procedure_dialog = GIMP_PROCEDURE_DIALOG (window);
  gulong               handler;
  gboolean             wanted;

  body =
    pst_dialog_body_new (GTK_DIALOG (window), call, on_preset_chosen, &dialog);
  dialog.body = body;
  add_row (pst_dialog_body_get_controls (body),
           pst_style_list_new (&call->content, &call->styles, update, &dialog));
  fill_body (body, procedure_dialog, config);
  handler =
    g_signal_connect_swapped (config, "notify", G_CALLBACK (update), &dialog);
  gtk_widget_show (window);
  update (&dialog);

  wanted = gimp_procedure_dialog_run (procedure_dialog);
  g_signal_handler_disconnect (config, handler);
  gtk_widget_destroy (window);
  if (wanted)
    pst_dialog_body_take_sketch (body);
  return wanted;
}
