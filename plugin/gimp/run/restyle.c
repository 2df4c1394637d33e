/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.c: the second procedure: repaints a layer with another's settings */
#include "restyle.h"

#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/last-used.h"
#include "plugin/gimp/image/result-settings.h"

static gboolean
is_choice (PstImageRef image, PstItemRef item, gpointer content)
{
  return item != GIMP_ITEM (((const PstContent *) content)->layer)
         && pst_gimp_is_result (GIMP_LAYER (item));
}

/* @first: layer to begin with, or PST_NO_ITEM */
static GtkWidget *
new_combo (const PstContent *content, PstLayerRef first)
{
  GtkWidget *combo;

#if GIMP_CHECK_VERSION(2, 99, 0)
  combo = gimp_layer_combo_box_new (is_choice, (gpointer) content, NULL);
#else
  combo = gimp_layer_combo_box_new (is_choice, (gpointer) content);
#endif
  if (first != PST_NO_ITEM)
    gimp_int_combo_box_set_active (GIMP_INT_COMBO_BOX (combo),
                                   gimp_item_get_id (GIMP_ITEM (first)));
  gtk_widget_set_size_request (combo, 300, -1);
  gimp_help_set_help_data (combo, _ (PST_RESTYLE_ARGUMENT_HELP), NULL);
  return combo;
}

static GtkWidget *
new_dialog (GtkWidget *combo)
{
  GtkWidget *dialog, *box, *label;

  dialog =
    gimp_dialog_new (_ ("Restyle with Settings of Layer"), PST_RESTYLE_NAME,
                     NULL, 0, /* help= */ NULL, NULL, _ ("_Cancel"),
                     GTK_RESPONSE_CANCEL, _ ("_OK"), GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (dialog));

  box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  label = gtk_label_new_with_mnemonic (_ ("_Layer with the settings"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), combo);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), combo, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (
                        gtk_dialog_get_content_area (GTK_DIALOG (dialog))),
                      box, TRUE, TRUE, 0);
  gtk_widget_show_all (box);
  return dialog;
}

/* Asks the user, with @first to begin with.
 * Errors: PST_ERROR_CANCELLED; PST_ERROR_IMAGE, there is nothing to choose. */
static PstLayerRef
ask (const PstContent *content, PstLayerRef first, GError **error)
{
  GtkWidget     *combo = new_combo (content, first);
  GtkWidget     *dialog = new_dialog (combo);
  PstDrawableRef chosen = PST_NO_ITEM;
  int            id;

  if (! gimp_int_combo_box_get_active (GIMP_INT_COMBO_BOX (combo), &id)
      || id <= 0)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                         _ ("No open image has a layer that is the result of a "
                            "neural style transfer."));
  else if (gimp_dialog_run (GIMP_DIALOG (dialog)) != GTK_RESPONSE_OK)
    pst_call_set_cancelled (error);
  else if (gimp_int_combo_box_get_active (GIMP_INT_COMBO_BOX (combo), &id))
    chosen = pst_gimp_find_drawable (id);

  gtk_widget_destroy (dialog);
  return chosen == PST_NO_ITEM ? PST_NO_ITEM : GIMP_LAYER (chosen);
}

/* The result among the layers that were selected with the content; PST_NO_ITEM
 * if there is none. */
static PstLayerRef
find_selected (const PstStyles *selected)
{
  for (int i = 0; i < selected->n_styles; i++)
    {
      PstLayerRef layer = GIMP_LAYER (selected->list[i].drawable);

      if (pst_gimp_is_result (layer))
        return layer;
    }
  return PST_NO_ITEM;
}

static PstLayerRef
choose (const PstCall *call, GError **error)
{
  PstLayerRef layer = find_selected (&call->styles);

  if (layer == PST_NO_ITEM && call->run_mode != GIMP_RUN_NONINTERACTIVE)
    layer = pst_last_used_result ();
  if (call->run_mode == GIMP_RUN_INTERACTIVE && call->with_window)
    {
      layer = ask (&call->content, layer, error);
      if (layer != PST_NO_ITEM)
        pst_last_used_set_result (layer);
      return layer;
    }

  if (layer == PST_NO_ITEM)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                         _ ("There is no layer whose settings could be used."));
  return layer;
}

PstLayerRef
pst_restyle (PstCall *call, PstLayerRef layer, GError **error)
{
  if (layer == PST_NO_ITEM || call->run_mode != GIMP_RUN_NONINTERACTIVE)
    layer = choose (call, error);
  pst_styles_clear (&call->styles);
  if (layer == PST_NO_ITEM
      || ! pst_result_settings_read (layer, &call->params, &call->styles,
                                     error))
    return PST_NO_ITEM;
  return pst_call_paint (call, error);
}
