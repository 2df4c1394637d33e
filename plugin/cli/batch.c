/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c: which pictures to paint, and where the results go
 *
 * Runs that share a folder must agree on the list before they take their shards
 * of it: it is sorted by bytes, and results and unfinished pictures that appear
 * in the folder in the meantime do not belong to it.
 */
#include "batch.h"

#include <string.h>

#include "pattern.h"
#include "plugin/files/picture-kind.h"
#include "styles.h"

static void
item_free (gpointer data)
{
  PstBatchItem *item = data;

  g_free (item->content);
  g_free (item->output);
  g_free (item->unfinished);
  g_free (item->report);
  g_free (item);
}

/* ---- contents ----------------------------------------------------------- */

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Appends the paths of the pictures in @folder to @paths. */
static gboolean
append_folder (GPtrArray *paths, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GDir) listing = g_dir_open (folder, 0, error);
  const char *name;

  if (! listing)
    return FALSE;

  while ((name = g_dir_read_name (listing)))
    if (name[0] != '.' && pst_picture_kind_of_name (name))
      g_ptr_array_add (found, g_build_filename (folder, name, NULL));

  if (found->len == 0)
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (
        error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "\"%s\" contains no pictures in a supported format: " PST_PICTURE_KINDS
        ".",
        shown);
      return FALSE;
    }

  g_ptr_array_sort (found, compare_paths);
  g_ptr_array_extend (paths, found, NULL, NULL);
  return TRUE;
}

/* Returns paths of files, folders being replaced by what is in them. */
static GPtrArray *
list_contents (const PstOptions *options, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < options->contents->len; i++)
    {
      const char *path = options->contents->pdata[i];

      if (! g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (paths, g_strdup (path));
      else if (! append_folder (paths, path, error))
        return NULL;
    }
  return g_steal_pointer (&paths);
}

/* ---- outputs ------------------------------------------------------------ */

/* The names of all styles, "waves+stars"; owned by the caller. */
static char *
join_styles (const PstOptions *options)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < options->styles->len; i++)
    {
      const PstStyleOption *style = options->styles->pdata[i];
      g_autofree char      *stem = pst_pattern_stem (style->path);

      g_string_append_printf (names, "%s%s", i > 0 ? "+" : "", stem);
    }
  return g_string_free (names, FALSE);
}

static gboolean
is_batch (const PstOptions *options)
{
  return options->output && pst_pattern_has_name (options->output);
}

static PstBatchItem *
make_item (const PstOptions *options, const char *content, const char *style)
{
  PstBatchItem *item = g_new0 (PstBatchItem, 1);

  item->content = g_strdup (content);
  item->output = pst_pattern_expand (options->output, content, style);
  item->report = pst_pattern_expand (options->report, content, style);
  if (item->output)
    item->unfinished = pst_pattern_append (item->output, "-unfinished");
  return item;
}

/* Whether the results of several contents get different names. */
static gboolean
check_pattern (const char *option, const char *pattern, GError **error)
{
  if (! pattern || pst_pattern_has_name (pattern))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "%s must contain {name}, because there are several contents.",
               option);
  return FALSE;
}

/* A picture to begin from is one of one content. */
static gboolean
check_start (const PstOptions *options, GError **error)
{
  if (! options->start)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--start takes a single content, but there are several.");
  return FALSE;
}

/* Whether a run reads @path: its content, a style or a mask. */
static gboolean
is_read (const PstOptions *options, const PstBatchItem *item, const char *path)
{
  gboolean same = pst_pattern_is_same (item->content, path);

  for (guint i = 0; i < options->styles->len; i++)
    {
      const PstStyleOption *style = options->styles->pdata[i];
      g_autofree char      *mask = pst_style_mask_path (style, item->content);

      same = same || pst_pattern_is_same (style->path, path)
             || (mask && pst_pattern_is_same (mask, path));
    }
  return same;
}

static gboolean
fail_read (const char *option, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "%s would overwrite \"%s\", which is a content, a style or a "
               "mask. Choose another name.",
               option, shown);
  return FALSE;
}

/* What a run leaves unfinished replaces a file, and is removed at the end; a
 * report replaces one, too.  Neither may be a picture that is read, nor the
 * report the result. */
static gboolean
check_written (const PstOptions   *options,
               const PstBatchItem *item,
               GError            **error)
{
  if (is_read (options, item, item->unfinished))
    return fail_read ("--output", item->unfinished, error);
  if (! item->report)
    return TRUE;
  if (is_read (options, item, item->report))
    return fail_read ("--report", item->report, error);
  if (! pst_pattern_is_same (item->report, item->output)
      && ! pst_pattern_is_same (item->report, item->unfinished))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--report and --output name the same file.");
  return FALSE;
}

/* Adds @path to the set @results; FALSE if it is there already. */
static gboolean
add_result (GHashTable *results, const char *path)
{
  return g_hash_table_add (results, g_canonicalize_filename (path, NULL));
}

static gboolean
is_result (GHashTable *results, const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  return g_hash_table_contains (results, full);
}

/* Fills the set @results with all paths that are written; fails if there are
 * two pictures for one of them. */
static gboolean
collect_results (GHashTable *results, const GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const PstBatchItem *item = items->pdata[i];

      if (! add_result (results, item->output)
          || ! add_result (results, item->unfinished)
          || pst_pattern_is_same (item->content, item->output))
        {
          g_autofree char *shown = g_filename_display_name (item->output);

          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--output: two results would be named \"%s\".", shown);
          return FALSE;
        }
    }
  return TRUE;
}

/* Removes the items whose content is what another one makes. */
static gboolean
drop_results (GPtrArray *items, GError **error)
{
  g_autoptr (GHashTable) results =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (! collect_results (results, items, error))
    return FALSE;

  for (guint i = items->len; i-- > 0;)
    {
      const PstBatchItem *item = items->pdata[i];

      if (is_result (results, item->content))
        g_ptr_array_remove_index (items, i);
    }
  return TRUE;
}

/* Leaves every n-th item. */
static void
keep_shard (GPtrArray *items, int shard, int n_shards)
{
  for (guint i = items->len; i-- > 0;)
    if ((int) (i % n_shards) != shard - 1)
      g_ptr_array_remove_index (items, i);
}

GPtrArray *
pst_batch_new (const PstOptions *options, GError **error)
{
  g_autoptr (GPtrArray) contents = list_contents (options, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autofree char *style = join_styles (options);

  if (! contents)
    return NULL;

  for (guint i = 0; i < contents->len; i++)
    g_ptr_array_add (items, make_item (options, contents->pdata[i], style));

  if (items->len > 1
      && (! check_pattern ("--output", options->output, error)
          || ! check_pattern ("--report", options->report, error)))
    return NULL;
  if (is_batch (options) && ! drop_results (items, error))
    return NULL;
  if (items->len > 1 && ! check_start (options, error))
    return NULL;
  for (guint i = 0; options->output && i < items->len; i++)
    if (! check_written (options, items->pdata[i], error))
      return NULL;

  keep_shard (items, options->shard, options->n_shards);
  return g_steal_pointer (&items);
}

gboolean
pst_batch_is_finished (const PstOptions *options, const PstBatchItem *item)
{
  return is_batch (options) && ! options->force
         && g_file_test (item->output, G_FILE_TEST_EXISTS);
}
