/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.c: where the running program is, the language it speaks, and how it
 * ends
 */
#include "program.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

char *
pst_program_dup_folder (const char *program)
{
  g_autofree char *found = program ? g_find_program_in_path (program) : NULL;

  if (! found)
    return NULL;

#ifdef G_OS_UNIX
  {
    char *resolved = realpath (found, NULL);

    if (resolved)
      {
        g_free (found);
        found = g_strdup (resolved);
        free (resolved);
      }
  }
#endif

  return g_path_get_dirname (found);
}

GPtrArray *
pst_program_data_folders (const char *program,
                          const char *kind,
                          const char *variable)
{
  GPtrArray       *folders = g_ptr_array_new_with_free_func (g_free);
  const char      *chosen = g_getenv (variable);
  g_autofree char *beside = pst_program_dup_folder (program);

  if (chosen && *chosen)
    g_ptr_array_add (folders, g_strdup (chosen));

  if (beside)
    {
      g_autofree char *above = g_path_get_dirname (beside);

      g_ptr_array_add (folders, g_build_filename (beside, kind, NULL));
      g_ptr_array_add (folders, g_build_filename (beside, "data", kind, NULL));
      g_ptr_array_add (folders, g_build_filename (above, kind, NULL));
      g_ptr_array_add (folders, g_build_filename (above, "share", "pastiche",
                                                  kind, NULL));
    }

  g_ptr_array_add (folders, g_build_filename (g_get_user_data_dir (),
                                              "pastiche", kind, NULL));
  for (const char *const *data = g_get_system_data_dirs (); *data; data++)
    {
      char *folder = g_build_filename (*data, "pastiche", kind, NULL);

      if (g_ptr_array_find_with_equal_func (folders, folder, g_str_equal, NULL))
        g_free (folder);
      else
        g_ptr_array_add (folders, folder);
    }

  return folders;
}

void
pst_program_init_language (const char *program)
{
  g_autofree char *folder = pst_program_dup_folder (program);
  g_autofree char *installed = NULL;
  g_autofree char *built = NULL;

  setlocale (LC_CTYPE, "");
  setlocale (LC_MESSAGES, "");
  if (! folder)
    return;

  installed = g_build_filename (folder, "..", "share", "locale", NULL);
  built = g_build_filename (folder, "po", NULL);
  bindtextdomain (GETTEXT_PACKAGE,
                  g_file_test (built, G_FILE_TEST_IS_DIR) ? built : installed);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

int
pst_program_end (const char *name, int status)
{
  if (fflush (stdout) == 0 && ! ferror (stdout))
    return status;

  /* The reason of an earlier failure is no longer known. */
  g_printerr (_ ("%s: The standard output could not be written.\n"), name);
  return EXIT_FAILURE;
}
