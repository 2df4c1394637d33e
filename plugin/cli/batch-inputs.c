/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-inputs.c: the contents and styles that the options name */
#include "batch-inputs.h"

#include <glib/gi18n-lib.h>

#include "listing.h"

static void
content_free (gpointer data)
{
  PstContent *content = data;

  g_free (content->path);
  g_free (content->folder);
  g_free (content);
}

/* Appends to @paths those of @names in @folder. */
static void
append_paths (GPtrArray *paths, const char *folder, const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (paths, g_build_filename (folder, names->pdata[i], NULL));
}

/* Lists the folder @path, and notes the files that are skipped. */
static gboolean
list (PstBatchInputs   *inputs,
      const PstOptions *options,
      const char       *path,
      PstListing       *ret_listing,
      GError          **error)
{
  if (! pst_listing_read (ret_listing, path, options->recursive, error))
    return FALSE;

  append_paths (inputs->folders, path, ret_listing->folders);
  append_paths (inputs->others, path, ret_listing->others);
  inputs->is_incomplete = inputs->is_incomplete || ret_listing->is_incomplete;
  return TRUE;
}

/* ---- contents ----------------------------------------------------------- */

/* @folder: what {folder} stands for; taken over
 * @seen: the full paths of those before */
static void
add_content (PstBatchInputs *inputs,
             GHashTable     *seen,
             const char     *path,
             char           *folder)
{
  PstContent *content;

  if (! g_hash_table_add (seen, g_canonicalize_filename (path, NULL)))
    {
      g_free (folder);
      return;
    }

  content = g_new (PstContent, 1);
  *content = (PstContent){ .path = g_strdup (path), .folder = folder };
  g_ptr_array_add (inputs->contents, content);
}

/* The folder of @path, "" if it has none; the caller owns it. */
static char *
folder_of (const char *path)
{
  char *folder = g_path_get_dirname (path);

  if (g_str_equal (folder, "."))
    *folder = '\0';
  return folder;
}

/* The name of the folder of @path; "" where that cannot be part of a path. */
static char *
folder_name_of (const char *path)
{
  g_autofree char *folder = folder_of (path);
  g_autofree char *name = g_path_get_basename (folder);

  return g_strdup (
    ! *folder || g_str_equal (name, "..") || g_str_equal (name, "/") ? ""
                                                                     : name);
}

static gboolean
list_contents (PstBatchInputs   *inputs,
               const PstOptions *options,
               GError          **error)
{
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < options->contents->len; i++)
    {
      const char *path = options->contents->pdata[i];
      g_auto (PstListing) listing = { 0 };

      if (! g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          add_content (inputs, seen, path, folder_name_of (path));
          continue;
        }
      if (! list (inputs, options, path, &listing, error))
        return FALSE;
      for (guint k = 0; k < listing.pictures->len; k++)
        {
          const char      *name = listing.pictures->pdata[k];
          g_autofree char *child = g_build_filename (path, name, NULL);

          add_content (inputs, seen, child, folder_of (name));
        }
    }
  return TRUE;
}

/* ---- styles ------------------------------------------------------------- */

/* The number of the style that is a folder, -1 if there is none. */
static gboolean
find_folder (const PstOptions *options, int *ret_index, GError **error)
{
  *ret_index = -1;
  for (guint i = 0; i < options->styles->len; i++)
    {
      const PstStyleOption *style = options->styles->pdata[i];

      if (! g_file_test (style->path, G_FILE_TEST_IS_DIR))
        continue;
      if (*ret_index >= 0)
        {
          g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                               _ ("Only one --style can be a folder."));
          return FALSE;
        }
      *ret_index = i;
    }
  return TRUE;
}

/* Appends a copy of the styles, number @index of which has @path. */
static void
add_variant (PstBatchInputs   *inputs,
             const PstOptions *options,
             int               index,
             const char       *path)
{
  GPtrArray *variant = g_ptr_array_new_with_free_func (pst_style_option_free);

  for (guint i = 0; i < options->styles->len; i++)
    {
      const PstStyleOption *style = options->styles->pdata[i];
      PstStyleOption       *copy = g_new (PstStyleOption, 1);

      *copy = (PstStyleOption){
        .path = g_strdup ((int) i == index ? path : style->path),
        .weight = style->weight,
        .region = g_strdup (style->region),
      };
      g_ptr_array_add (variant, copy);
    }
  g_ptr_array_add (inputs->variants, variant);
}

static gboolean
list_styles (PstBatchInputs *inputs, const PstOptions *options, GError **error)
{
  g_auto (PstListing) listing = { 0 };
  const PstStyleOption *style;
  int                   index;

  if (! find_folder (options, &index, error))
    return FALSE;
  if (index < 0)
    {
      add_variant (inputs, options, index, NULL);
      return TRUE;
    }

  style = options->styles->pdata[index];
  if (! list (inputs, options, style->path, &listing, error))
    return FALSE;
  for (guint i = 0; i < listing.pictures->len; i++)
    {
      g_autofree char *path =
        g_build_filename (style->path, listing.pictures->pdata[i], NULL);

      add_variant (inputs, options, index, path);
    }
  return TRUE;
}

/* ---- all of them -------------------------------------------------------- */

gboolean
pst_batch_inputs_list (PstBatchInputs   *ret_inputs,
                       const PstOptions *options,
                       GError          **error)
{
  *ret_inputs = (PstBatchInputs){
    .contents = g_ptr_array_new_with_free_func (content_free),
    .variants =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref),
    .folders = g_ptr_array_new_with_free_func (g_free),
    .others = g_ptr_array_new_with_free_func (g_free),
  };
  return list_contents (ret_inputs, options, error)
         && list_styles (ret_inputs, options, error);
}

void
pst_batch_inputs_clear (PstBatchInputs *inputs)
{
  g_clear_pointer (&inputs->contents, g_ptr_array_unref);
  g_clear_pointer (&inputs->variants, g_ptr_array_unref);
  g_clear_pointer (&inputs->folders, g_ptr_array_unref);
  g_clear_pointer (&inputs->others, g_ptr_array_unref);
}
