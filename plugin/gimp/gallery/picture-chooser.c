/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-chooser.c: the choice of pictures, or of a folder, from the disk */
#include "picture-chooser.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "thumbnail.h"

#define PREVIEW_SIZE 192

/* ---- the picture beside the list ---------------------------------------- */

/* In the place of the one of before, which may still be being read. */
static void
on_update_preview (GtkFileChooser *chooser, GtkWidget *place)
{
  g_autofree char *path = gtk_file_chooser_get_preview_filename (chooser);
  GtkWidget       *old = gtk_bin_get_child (GTK_BIN (place));
  PstStyle         style = PST_STYLE_NONE;
  gboolean         is_file = path && g_file_test (path, G_FILE_TEST_IS_REGULAR);

  if (old)
    gtk_widget_destroy (old);
  gtk_file_chooser_set_preview_widget_active (chooser, is_file);
  if (! is_file)
    return;

  style.file = g_file_new_for_path (path);
  gtk_container_add (GTK_CONTAINER (place),
                     pst_thumbnail_new (&style, PREVIEW_SIZE));
  gtk_widget_show_all (place);
  pst_style_clear (&style);
}

static void
add_preview (GtkFileChooser *chooser)
{
  GtkWidget *place = gtk_alignment_new (0.5, 0, 0, 0);

  gtk_widget_set_size_request (place, PREVIEW_SIZE + 12, PREVIEW_SIZE);
  gtk_file_chooser_set_use_preview_label (chooser, FALSE);
  gtk_file_chooser_set_preview_widget (chooser, place);
  gtk_file_chooser_set_preview_widget_active (chooser, FALSE);
  g_signal_connect (chooser, "update-preview", G_CALLBACK (on_update_preview),
                    place);
}

/* ---- the dialogs -------------------------------------------------------- */

static GtkWidget *
new_chooser (GtkWidget *parent, const char *title, GtkFileChooserAction action)
{
  GtkWidget *chooser =
    gtk_file_chooser_dialog_new (title,
                                 GTK_WINDOW (gtk_widget_get_toplevel (parent)),
                                 action, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL,
                                 GTK_STOCK_OPEN, GTK_RESPONSE_ACCEPT, NULL);

  gtk_dialog_set_alternative_button_order (GTK_DIALOG (chooser),
                                           GTK_RESPONSE_ACCEPT,
                                           GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  return chooser;
}

static void
add_filters (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (chooser, filter);
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

GPtrArray *
pst_picture_chooser_run (GtkWidget *parent, GFile *folder)
{
  GPtrArray      *files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget      *dialog = new_chooser (parent, _ ("Open Pictures as Styles"),
                                        GTK_FILE_CHOOSER_ACTION_OPEN);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  GSList         *chosen = NULL;

  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  add_filters (chooser);
  add_preview (chooser);
  if (folder)
    gtk_file_chooser_set_current_folder_file (chooser, folder, NULL);

  if (gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT)
    chosen = gtk_file_chooser_get_files (chooser);
  gtk_widget_destroy (dialog);
  for (GSList *one = chosen; one; one = one->next)
    g_ptr_array_add (files, one->data);
  g_slist_free (chosen);
  return files;
}

GFile *
pst_picture_chooser_run_for_folder (GtkWidget *parent)
{
  GtkWidget *dialog = new_chooser (parent, _ ("Add a Folder of Pictures"),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  GFile     *folder = NULL;

  if (gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_widget_destroy (dialog);
  return folder;
}
