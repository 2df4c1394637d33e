/* SPDX-License-Identifier: GPL-3.0-or-later */
/* folder.c: pictures in folders, one folder for each label */
#include "folder.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
pst_folder_list (const char *path, GFileTest test, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  GPtrArray  *names;
  const char *name;

  if (! folder)
    return NULL;

  names = g_ptr_array_new ();
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (*name != '.' && g_file_test (child, test))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
