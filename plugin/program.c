/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.c: where the running program is, and the language it speaks */
#include "program.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

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
