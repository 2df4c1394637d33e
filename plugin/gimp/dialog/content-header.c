/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content-header.c: the layer that will be painted, as a dialog shows it */
#include "content-header.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/gallery/thumbnail.h"
#include "plugin/gimp/run/replacement.h"

#define ICON_SIZE 48
/* Of a name that is shown in full. */
#define MAX_CHARS 36

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = pst_label_new (text, FALSE);

  pst_label_fit_name (label);
  gtk_widget_set_tooltip_text (label, text);
  return label;
}

static GtkWidget *
new_names (const PstContent *content)
{
  g_autofree char *layer_name = gimp_item_get_name (GIMP_ITEM (content->layer));
  g_autofree char *image_name = gimp_image_get_name (content->image);
  GtkWidget       *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget       *layer = new_label (layer_name);
  GtkWidget       *image = new_label (image_name);

  gimp_label_set_attributes (GTK_LABEL (layer), PANGO_ATTR_WEIGHT,
                             PANGO_WEIGHT_BOLD, -1);
  gtk_box_pack_start (GTK_BOX (box), layer, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), image, FALSE, FALSE, 0);
  return box;
}

/* ---- a result is active ------------------------------------------------- */

static void
on_replace (GtkToggleButton *button, PstCall *call)
{
  call->replaces = gtk_toggle_button_get_active (button);
}

/* A button with the name of a layer in its label, which may be long. */
static GtkWidget *
new_replace_button (const char *name)
{
  /* Translators: %s is the name of a layer. */
  g_autofree char *text = g_strdup_printf (_ ("Replace \"%s\""), name);
  GtkWidget       *button = gtk_radio_button_new_with_label (NULL, text);
  GtkWidget       *label = gtk_bin_get_child (GTK_BIN (button));

  pst_label_align_left (label);
  pst_label_fit_name (label);
  gtk_label_set_width_chars (GTK_LABEL (label),
                             MIN (g_utf8_strlen (text, -1), MAX_CHARS));
  return button;
}

static GtkWidget *
new_note (const char *text)
{
  GtkWidget *label = pst_label_new (text, TRUE);

  gtk_widget_set_size_request (label, 260, -1);
  return label;
}

static GtkWidget *
new_choice (PstCall *call)
{
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (call->result));
  GtkWidget       *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *replace = new_replace_button (name);
  const char      *keep = _ ("_Keep it and add another");
  GtkWidget       *add =
    gtk_radio_button_new_with_mnemonic_from_widget (GTK_RADIO_BUTTON (replace),
                                                    keep);

  gimp_help_set_help_data (replace,
                           _ ("The new picture takes the place of the selected "
                              "layer, and keeps its opacity, mode and mask"),
                           NULL);
  gimp_help_set_help_data (add,
                           _ ("The new picture becomes another layer above the "
                              "selected one"),
                           NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (call->replaces ? replace
                                                                  : add),
                                TRUE);
  g_signal_connect (replace, "toggled", G_CALLBACK (on_replace), call);
  pst_button_make_legible (replace);
  pst_button_make_legible (add);

  gtk_box_pack_start (GTK_BOX (box), replace, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), add, FALSE, FALSE, 0);
  if (! pst_replacement_covers (call->result, &call->content))
    gtk_box_pack_start (GTK_BOX (box),
                        new_note (_ ("It shows another part of the layer than "
                                     "will be painted now. To paint that part "
                                     "again, select it first.")),
                        FALSE, FALSE, 0);
  return box;
}

static GtkWidget *
new_warning (const PstCall *call)
{
  const char      *name = call->origin.content_name;
  g_autofree char *text = NULL;

  if (name)
    text = g_strdup_printf (_ ("The layer \"%s\", from which this one was "
                               "painted, is no longer in the image. OK "
                               "repaints this painting itself, as a new "
                               "layer."),
                            name);
  else
    text = g_strdup (_ ("It is not known from which layer this one was "
                        "painted. OK repaints this painting itself, as a new "
                        "layer."));
  return new_note (text);
}

GtkWidget *
pst_content_header_new (PstCall *call)
{
  const PstContent *content = &call->content;
  GtkWidget        *header = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget        *line = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  PstStyle          style = PST_STYLE_NONE;
  GtkWidget        *icon;

  style.drawable = GIMP_DRAWABLE (content->layer);
  icon = pst_thumbnail_new (&style, ICON_SIZE);
  gtk_widget_set_size_request (icon, ICON_SIZE, ICON_SIZE);

  gtk_box_pack_start (GTK_BOX (line), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), new_names (content), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (header), line, FALSE, FALSE, 0);
  if (pst_call_is_orphan (call))
    gtk_box_pack_start (GTK_BOX (header), new_warning (call), FALSE, FALSE, 0);
  else if (pst_call_may_replace (call))
    gtk_box_pack_start (GTK_BOX (header), new_choice (call), FALSE, FALSE, 0);
  gtk_widget_show_all (header);
  return header;
}
