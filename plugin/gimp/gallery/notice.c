/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.c: a line that tells the user why something was not done */
#include "notice.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"

#define TEXT_WIDTH 300

GtkWidget *
pst_notice_new (void)
{
  GtkWidget *notice = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (GIMP_ICON_DIALOG_WARNING,
                                                  GTK_ICON_SIZE_BUTTON);
  GtkWidget *label = pst_label_new (NULL, TRUE);

  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  pst_label_set_wrap_width (label, TEXT_WIDTH);
  gtk_box_pack_start (GTK_BOX (notice), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (notice), label, TRUE, TRUE, 0);
  g_object_set_data (G_OBJECT (notice), "label", label);
  /* Screen readers read it when it appears. */
  atk_object_set_role (gtk_widget_get_accessible (notice), ATK_ROLE_ALERT);
  gtk_widget_show_all (notice);
  gtk_widget_hide (notice);
  gtk_widget_set_no_show_all (notice, TRUE);
  return notice;
}

void
pst_notice_set_text (GtkWidget *notice, const char *text)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (notice), "label");

  gtk_label_set_text (GTK_LABEL (label), text);
  atk_object_set_name (gtk_widget_get_accessible (notice), text ? text : "");
  gtk_widget_set_visible (notice, text != NULL);
}
