/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find-model.c: finds models
 *
 * Folders are looked through in the order that find-model.h gives; the first
 * file of the wanted name is taken.  Reading it is the engine's business.
 */
#include "find-model.h"

#include <glib/gi18n-lib.h>

#include "program.h"

#define SUFFIX ".safetensors"

static GPtrArray *
search_folders (const char *program)
{
  return pst_program_data_folders (program, "models", "PASTICHE_MODELS");
}

static gboolean
is_path (const char *name)
{
  return strchr (name, '/') || strchr (name, G_DIR_SEPARATOR)
         || g_str_has_suffix (name, SUFFIX);
}

/* strcmp() with the built-in model before all others. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *name_a = *(const char *const *) a;
  const char *name_b = *(const char *const *) b;
  int         a_first = g_str_equal (name_a, PST_MODEL_BUILT_IN);
  int         b_first = g_str_equal (name_b, PST_MODEL_BUILT_IN);

  return a_first != b_first ? b_first - a_first : strcmp (name_a, name_b);
}

static void
add_names (GPtrArray *names, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir && (file = g_dir_read_name (dir)))
    {
      g_autofree char *name = NULL;

      if (! g_str_has_suffix (file, SUFFIX))
        continue;

      name = g_strndup (file, strlen (file) - strlen (SUFFIX));
      if (*name
          && ! g_ptr_array_find_with_equal_func (names, name, g_str_equal,
                                                 NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
}

char **
pst_model_list (const char *program)
{
  g_autoptr (GPtrArray) folders = search_folders (program);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < folders->len; i++)
    add_names (names, folders->pdata[i]);

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static void
set_not_found (const char *name,
               GPtrArray  *folders,
               const char *program,
               GError    **error)
{
  g_auto (GStrv) names = pst_model_list (program);
  g_autofree char *there = g_strjoinv (", ", names);
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *list = NULL;

  g_ptr_array_add (folders, NULL);
  list = g_strjoinv (", ", (char **) folders->pdata);
  g_set_error (error, PST_ERROR, PST_ERROR_MODEL,
               _ ("There is no model \"%s\": %s was looked for in %s. Put it "
                  "there, or give the path of a %s file. There are: %s"),
               name, file, list, SUFFIX, *there ? there : _ ("none"));
}

char *
pst_model_find_path (const char *name, const char *program, GError **error)
{
  g_autoptr (GPtrArray) folders = NULL;
  g_autofree char *file = NULL;

  if (! name || ! *name)
    name = PST_MODEL_BUILT_IN;
  if (is_path (name))
    return g_strdup (name);

  folders = search_folders (program);
  file = g_strconcat (name, SUFFIX, NULL);
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *path = g_build_filename (folders->pdata[i], file, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  /* Of another kind: its reader reports that. */
  if (g_file_test (name, G_FILE_TEST_IS_REGULAR))
    return g_strdup (name);

  set_not_found (name, folders, program, error);
  return NULL;
}

PstModel *
pst_model_find (const char *name, const char *program, GError **error)
{
  g_autofree char *path = pst_model_find_path (name, program, error);

  return path ? pst_model_new_from_file (path, error) : NULL;
}

char *
pst_model_dup_name (const char *name)
{
  char *bare = g_path_get_basename (name && *name ? name : PST_MODEL_BUILT_IN);

  if (g_str_has_suffix (bare, SUFFIX))
    bare[strlen (bare) - strlen (SUFFIX)] = '\0';
  return bare;
}

PstModel *
pst_model_find_for (const PstHead *head, const char *program, GError **error)
{
  g_autofree char *name = pst_model_dup_name (pst_head_get_model (head));

  return pst_model_find (name, program, error);
}
