/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.c: the dialog of GIMP 3
 *
 * GIMP's window for a procedure, with the settings that it saves, loads and
 * resets, but without the controls that it makes from the arguments.
 */
#include "gimp3-dialog.h"

#include <libgimp/gimpui.h>

#include "gimp3-arguments.h"
#include "plugin/gimp/dialog/dialog-body.h"
#include "plugin/gimp/run/procedure.h"

typedef struct
{
  PstCall             *call;
  GimpProcedureConfig *config;
  PstDialogBody       *body;
  gulong               handler; /* of the config's changes */
} Dialog;

/* By the user. */
static void
on_params_changed (gpointer data)
{
  Dialog *dialog = data;

  g_signal_handler_block (dialog->config, dialog->handler);
  pst_arguments_set_params (dialog->config, &dialog->call->params);
  g_signal_handler_unblock (dialog->config, dialog->handler);
}

/* By GIMP: Reset, or settings that were saved. */
static void
on_config_changed (Dialog *dialog)
{
  pst_arguments_get_params (dialog->config, &dialog->call->params);
  pst_dialog_body_refresh (dialog->body);
}

/* The window has a border, and its buttons would have another one. */
static void
align_buttons (GtkWidget *window)
{
  GtkWidget *ok =
    gtk_dialog_get_widget_for_response (GTK_DIALOG (window), GTK_RESPONSE_OK);

  gtk_container_set_border_width (GTK_CONTAINER (gtk_widget_get_parent (ok)),
                                  0);
}

gboolean
pst_dialog_run (PstCall             *call,
                GimpProcedure       *procedure,
                GimpProcedureConfig *config)
{
  Dialog     dialog = { call, config };
  GtkWidget *window;
  g_autoptr (PstDialogBody) body = NULL;
  gboolean wanted;

  /* Reset returns to what the window opens with. */
  pst_arguments_set_params (config, &call->params);
  window =
    gimp_procedure_dialog_new (procedure, config, _ ("Neural Style Transfer"));
  body =
    pst_dialog_body_new (GTK_DIALOG (window), call, on_params_changed, &dialog);
  dialog.body = body;
  align_buttons (window);
  dialog.handler =
    g_signal_connect_swapped (config, "notify", G_CALLBACK (on_config_changed),
                              &dialog);
  gtk_widget_show (window);

  wanted = gimp_procedure_dialog_run (GIMP_PROCEDURE_DIALOG (window));
  g_signal_handler_disconnect (config, dialog.handler);
  gtk_widget_destroy (window);
  if (wanted)
    pst_dialog_body_take_sketch (body);
  return wanted;
}
