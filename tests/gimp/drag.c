/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drag.c: a window to drag files from, once, as from a file manager
 *
 * drag PATH-OR-URI...
 */
#include <gtk/gtk.h>

static void
on_data (GtkWidget        *window,
         GdkDragContext   *context,
         GtkSelectionData *selection,
         guint             info,
         guint             time,
         gpointer          uris)
{
  gtk_selection_data_set_uris (selection, uris);
}

int
main (int argc, char **argv)
{
  GtkWidget *window;
  char     **uris;

  gtk_init (&argc, &argv);
  uris = g_new0 (char *, argc);
  for (int i = 1; i < argc; i++)
    {
      GFile *file = g_file_new_for_commandline_arg (argv[i]);

      uris[i - 1] = g_file_get_uri (file);
      g_object_unref (file);
    }

  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title (GTK_WINDOW (window), "Files to drag");
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 80);
  gtk_drag_source_set (window, GDK_BUTTON1_MASK, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_source_add_uri_targets (window);
  g_signal_connect (window, "drag-data-get", G_CALLBACK (on_data), uris);
  g_signal_connect (window, "drag-end", G_CALLBACK (gtk_main_quit), NULL);
  g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  gtk_widget_show (window);
  gtk_main ();
  g_strfreev (uris);
  return 0;
}
