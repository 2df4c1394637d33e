/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.c: the dialog of GIMP 2.10 */
#include "gimp210-dialog.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/dialog/dialog-body.h"
#include "plugin/gimp/run/procedure.h"

#define RESPONSE_RESET 1

static GtkWidget *
new_window (void)
{
  GtkWidget *window;

  window =
    gimp_dialog_new (_ ("Neural Style Transfer"), PST_PROCEDURE_NAME, NULL, 0,
                     /* help= */ NULL, NULL, GIMP_STOCK_RESET, RESPONSE_RESET,
                     GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, GTK_STOCK_OK,
                     GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_alternative_button_order (GTK_DIALOG (window), GTK_RESPONSE_OK,
                                           RESPONSE_RESET, GTK_RESPONSE_CANCEL,
                                           -1);
  gtk_dialog_set_default_response (GTK_DIALOG (window), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (window));
  return window;
}

static void
reset (PstParams *params)
{
  int threads = params->settings.threads;

  pst_params_clear (params);
  pst_params_init (params);
  params->settings.threads = threads;
}

gboolean
pst_dialog_run (PstCall *call)
{
  GtkWidget *window = new_window ();
  g_autoptr (PstDialogBody) body =
    pst_dialog_body_new (GTK_DIALOG (window), call, NULL, NULL);
  int response;

  gtk_widget_show (window);
  while ((response = gimp_dialog_run (GIMP_DIALOG (window))) == RESPONSE_RESET)
    {
      reset (&call->params);
      pst_dialog_body_refresh (body);
    }
  gtk_widget_destroy (window);
  if (response == GTK_RESPONSE_OK)
    pst_dialog_body_take_sketch (body);
  return response == GTK_RESPONSE_OK;
}
