/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-library.c: a folder of the user's pictures, as thumbnails */
#include "style-library.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/last-used.h"
#include "thumbnail.h"

#define THUMBNAIL_SIZE 56
#define N_COLUMNS      6
#define HEIGHT         128
#define MAX_PICTURES   300

typedef struct
{
  const PstStyles  *styles;
  PstLibraryToggled toggled;
  gpointer          data;
  GtkWidget        *expander;
  GtkWidget        *scrolled;
  GtkWidget        *table;   /* of buttons; NULL: no folder */
  gboolean          marking; /* buttons change, but not by the user */
} Library;

static Library *
library_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "library");
}

/* ---- the pictures of a folder ------------------------------------------- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *name_a = g_file_get_parse_name (*(GFile **) a);
  g_autofree char *name_b = g_file_get_parse_name (*(GFile **) b);

  return g_utf8_collate (name_a, name_b);
}

/* Returns GFiles in the order of their names; owned by the caller. */
static GPtrArray *
list_pictures (GFile *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) enumerator = NULL;
  GFileInfo *info;
  GFile     *file;

  enumerator =
    g_file_enumerate_children (folder,
                               G_FILE_ATTRIBUTE_STANDARD_NAME
                               "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN
                               "," G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE,
                               G_FILE_QUERY_INFO_NONE, NULL, NULL);
  while (enumerator
         && g_file_enumerator_iterate (enumerator, &info, &file, NULL, NULL)
         && info)
    {
      const char *type = g_file_info_get_attribute_string (
        info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);
      g_autofree char *mime = type ? g_content_type_get_mime_type (type) : NULL;

      if (mime && g_str_has_prefix (mime, "image/")
          && ! g_file_info_get_is_hidden (info))
        g_ptr_array_add (files, g_object_ref (file));
    }

  g_ptr_array_sort (files, compare_names);
  if (files->len > MAX_PICTURES)
    g_ptr_array_set_size (files, MAX_PICTURES);
  return files;
}

/* ---- the buttons -------------------------------------------------------- */

static void
on_toggled (GtkToggleButton *button, Library *library)
{
  if (! library->marking)
    library->toggled (g_object_get_data (G_OBJECT (button), "file"),
                      gtk_toggle_button_get_active (button), library->data);
}

static GtkWidget *
new_button (Library *library, GFile *file)
{
  GtkWidget       *button = gtk_toggle_button_new ();
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  PstStyle         style = PST_STYLE_NONE;

  style.file = file;
  gtk_container_add (GTK_CONTAINER (button),
                     pst_thumbnail_new (&style, THUMBNAIL_SIZE));
  gtk_button_set_relief (GTK_BUTTON (button), GTK_RELIEF_NONE);
  gtk_widget_set_tooltip_text (button, shown);
  g_object_set_data_full (G_OBJECT (button), "file", g_object_ref (file),
                          g_object_unref);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), library);
  return button;
}

static gboolean
is_marked (const PstStyles *styles, GFile *file)
{
  for (int i = 0; i < styles->n_styles; i++)
    if (styles->list[i].file && g_file_equal (styles->list[i].file, file))
      return TRUE;
  return FALSE;
}

static void
mark_button (GtkWidget *button, gpointer data)
{
  Library *library = data;

  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (button),
    is_marked (library->styles, g_object_get_data (G_OBJECT (button), "file")));
}

static void
mark (Library *library)
{
  if (! library->table)
    return;
  library->marking = TRUE;
  gtk_container_foreach (GTK_CONTAINER (library->table), mark_button, library);
  library->marking = FALSE;
}

static void
show_folder (Library *library, GFile *folder)
{
  g_autoptr (GPtrArray) files = list_pictures (folder);
  GtkWidget *old = gtk_bin_get_child (GTK_BIN (library->scrolled));

  if (old)
    gtk_widget_destroy (old);
  library->table = gtk_table_new (1, N_COLUMNS, FALSE);
  for (guint i = 0; i < files->len; i++)
    {
      int column = i % N_COLUMNS;
      int line = i / N_COLUMNS;

      gtk_table_attach (GTK_TABLE (library->table),
                        new_button (library, files->pdata[i]), column,
                        column + 1, line, line + 1, 0, 0, 0, 0);
    }
  gtk_scrolled_window_add_with_viewport (GTK_SCROLLED_WINDOW (
                                           library->scrolled),
                                         library->table);
  gtk_widget_show_all (gtk_bin_get_child (GTK_BIN (library->scrolled)));
  gtk_widget_show (library->scrolled);
  mark (library);
}

/* ---- public ------------------------------------------------------------- */

static void
on_folder (GtkFileChooser *chooser, Library *library)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_file (chooser);

  if (! folder)
    return;
  pst_last_used_set_library (folder);
  show_folder (library, folder);
}

static GtkWidget *
new_folder_button (Library *library, GFile *folder)
{
  GtkWidget *button;

  button = gtk_file_chooser_button_new (_ ("Folder of the Style Library"),
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  if (folder)
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (button), folder, NULL);
  gimp_help_set_help_data (button,
                           _ ("Folder of your favorite style pictures. Click "
                              "one to add it, click again to remove it."),
                           NULL);
  g_signal_connect (button, "file-set", G_CALLBACK (on_folder), library);
  return button;
}

GtkWidget *
pst_style_library_new (const PstStyles  *styles,
                       PstLibraryToggled toggled,
                       gpointer          data)
{
  Library *library = g_new0 (Library, 1);
  g_autoptr (GFile) folder = pst_last_used_library ();
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);

  library->styles = styles;
  library->toggled = toggled;
  library->data = data;
  library->expander = gtk_expander_new_with_mnemonic (_ ("Style li_brary"));
  g_object_set_data_full (G_OBJECT (library->expander), "library", library,
                          g_free);

  library->scrolled = gtk_scrolled_window_new (NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (library->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (library->scrolled, -1, HEIGHT);
  /* It appears with a folder. */
  gtk_widget_set_no_show_all (library->scrolled, TRUE);
  gtk_box_pack_start (GTK_BOX (box), new_folder_button (library, folder), FALSE,
                      FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), library->scrolled, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (library->expander), box);

  if (folder && g_file_query_exists (folder, NULL))
    {
      show_folder (library, folder);
      gtk_expander_set_expanded (GTK_EXPANDER (library->expander), TRUE);
    }
  return library->expander;
}

void
pst_style_library_mark (GtkWidget *library)
{
  mark (library_of (library));
}
