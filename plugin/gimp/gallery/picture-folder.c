/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-folder.c: the pictures in a folder */
#include "picture-folder.h"

#include <string.h>

#define ATTRIBUTES                                                           \
  G_FILE_ATTRIBUTE_STANDARD_NAME                                             \
  "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN \
  "," G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE

/* ---- in any thread ------------------------------------------------------ */

typedef struct
{
  char  *key;  /* to sort by; owned */
  GFile *file; /* owned */
} Entry;

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_object_unref (entry->file);
}

static int
compare (gconstpointer one, gconstpointer other)
{
  return strcmp (((const Entry *) one)->key, ((const Entry *) other)->key);
}

static gboolean
is_picture (GFileInfo *info)
{
  const char *type = g_file_info_get_attribute_string (
    info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);
  g_autofree char *mime = type ? g_content_type_get_mime_type (type) : NULL;

  return mime && g_str_has_prefix (mime, "image/")
         && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
         && ! g_file_info_get_is_hidden (info);
}

static void
add (GArray *entries, GFile *file, GFileInfo *info)
{
  const char      *name = g_file_info_get_name (info);
  g_autofree char *shown = g_filename_display_name (name);
  Entry            entry = { g_utf8_collate_key_for_filename (shown, -1),
                             g_object_ref (file) };

  g_array_append_val (entries, entry);
}

GPtrArray *
pst_picture_folder_list (GFile *folder, GCancellable *cancellable)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GFileEnumerator) enumerator = NULL;
  GFileInfo *info;
  GFile     *file;

  g_array_set_clear_func (entries, clear_entry);
  enumerator =
    g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE,
                               cancellable, NULL);
  while (
    enumerator
    && g_file_enumerator_iterate (enumerator, &info, &file, cancellable, NULL)
    && info)
    if (is_picture (info))
      add (entries, file, info);

  g_array_sort (entries, compare);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (files,
                     g_object_ref (g_array_index (entries, Entry, i).file));
  return files;
}

/* ---- in a thread of its own --------------------------------------------- */

typedef struct
{
  PstFolderListed listed;
  gpointer        data;
  GDestroyNotify  free_data;
} Reading;

static void
work (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_task_return_pointer (task, pst_picture_folder_list (folder, cancellable),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) files =
    g_task_propagate_pointer (G_TASK (result), NULL);

  if (files) /* else it was cancelled */
    reading->listed (files, reading->data);
  reading->free_data (reading->data);
  g_free (reading);
}

void
pst_picture_folder_read (GFile          *folder,
                         GCancellable   *cancellable,
                         PstFolderListed listed,
                         gpointer        data,
                         GDestroyNotify  free_data)
{
  Reading *reading = g_new (Reading, 1);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_done, reading);

  *reading = (Reading){ listed, data, free_data };
  g_task_set_task_data (task, g_object_ref (folder), g_object_unref);
  g_task_run_in_thread (task, work);
}
