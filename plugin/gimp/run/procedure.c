/* SPDX-License-Identifier: GPL-3.0-or-later */
/* procedure.c: what the procedures of both series of GIMP share */
#include "procedure.h"

#include <gegl.h>

#include "plugin/find-model.h"

char *
pst_procedure_dup_path (const char *file)
{
  g_autofree char *folder = g_path_get_dirname (gimp_get_progname ());

  return g_build_filename (folder, file, NULL);
}

int
pst_procedure_get_threads (void)
{
  int threads = 0;

  g_object_get (gegl_config (), "threads", &threads, NULL);
  return CLAMP (threads, 0, 64);
}

char **
pst_procedure_list_models (const char *current)
{
  char **names = pst_model_list (gimp_get_progname ());
  guint  n_names = g_strv_length (names);

  if (current && *current
      && ! g_strv_contains ((const char *const *) names, current))
    {
      names = g_renew (char *, names, n_names + 2);
      names[n_names] = g_strdup (current);
      names[n_names + 1] = NULL;
    }
  return names;
}

GimpPDBStatusType
pst_procedure_get_status (const GError *error)
{
  if (! error)
    return GIMP_PDB_SUCCESS;
  if (g_error_matches (error, PST_ERROR, PST_ERROR_CANCELLED))
    return GIMP_PDB_CANCEL;
  if (g_error_matches (error, PST_ERROR, PST_ERROR_SETTINGS))
    return GIMP_PDB_CALLING_ERROR;
  return GIMP_PDB_EXECUTION_ERROR;
}
