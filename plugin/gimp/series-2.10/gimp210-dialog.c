/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.c: the dialog of GIMP 2.10 */
#include "gimp210-dialog.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/dialog/dialog-body.h"
#include "gimp210-row.h"
#include "plugin/gimp/run/procedure.h"
#include "plugin/gimp/dialog/style-list.h"

typedef struct
{
  PstCall       *call;
  PstDialogBody *body;
  GPtrArray     *rows; /* of PstRow, one for each parameter */
} Dialog;

/* ---- from the widgets to the choices ------------------------------------ */

static void
update (gpointer data)
{
  Dialog *dialog = data;

  pst_dialog_body_update (dialog->body);
}

static void
on_preset_chosen (const PstPreset *preset, gpointer data)
{
  Dialog *dialog = data;

  pst_preset_apply (preset, &dialog->call->params);
  for (guint i = 0; i < dialog->rows->len; i++)
    pst_row_refresh (g_ptr_array_index (dialog->rows, i));
  update (dialog);
}

/* ---- public ------------------------------------------------------------- */

static GtkWidget *
new_table (void)
{
  GtkWidget *table = gtk_table_new (1, 3, FALSE);

  gtk_table_set_row_spacings (GTK_TABLE (table), 6);
  gtk_table_set_col_spacings (GTK_TABLE (table), 6);
  return table;
}

static void
fill_body (Dialog *dialog)
{
  GtkWidget      *table = new_table ();
  GtkWidget      *advanced = new_table ();
  GtkSizeGroup   *labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);
  int             n_lines = 0;
  int             n_advanced = 0;

  for (int i = 0; i < n_params; i++)
    {
      gboolean is_advanced = params[i].advanced;
      PstRow  *row;

      row = pst_row_add (is_advanced ? advanced : table,
                         is_advanced ? n_advanced++ : n_lines++, &params[i],
                         &dialog->call->params, update, dialog);
      gtk_size_group_add_widget (labels, pst_row_get_label (row));
      g_ptr_array_add (dialog->rows, row);
    }
  g_object_unref (labels);

  gtk_box_pack_start (pst_dialog_body_get_controls (dialog->body),
                      pst_style_list_new (&dialog->call->content,
                                          &dialog->call->styles, update,
                                          dialog),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (pst_dialog_body_get_controls (dialog->body), table, FALSE,
                      FALSE, 0);
  gtk_box_pack_start (pst_dialog_body_get_advanced (dialog->body), advanced,
                      FALSE, FALSE, 0);
  gtk_widget_show_all (
    GTK_WIDGET (pst_dialog_body_get_controls (dialog->body)));
  gtk_widget_show_all (advanced);
}

gboolean
pst_dialog_run (PstCall *call)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (PstDialogBody) body = NULL;
  Dialog     dialog = { call, .rows = rows };
  GtkWidget *window;
  gboolean   wanted;

  window =
    gimp_dialog_new (_ ("Neural Style Transfer"), PST_PROCEDURE_NAME, NULL, 0,
                     /* help= */ NULL, NULL, GTK_STOCK_CANCEL,
                     GTK_RESPONSE_CANCEL, GTK_STOCK_OK, GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_alternative_button_order (GTK_DIALOG (window), GTK_RESPONSE_OK,
                                           GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response (GTK_DIALOG (window), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (window));

  body =
    pst_dialog_body_new (GTK_DIALOG (window), call, on_preset_chosen, &dialog);
  dialog.body = body;
  fill_body (&dialog);
  update (&dialog);
  gtk_widget_show (window);
  wanted = gimp_dialog_run (GIMP_DIALOG (window)) == GTK_RESPONSE_OK;
  gtk_widget_destroy (window);
  if (wanted)
    pst_dialog_body_take_sketch (body);
  return wanted;
}
