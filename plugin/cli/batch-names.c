/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-names.c: whether the files that a batch reads and writes go together */
#include "batch-names.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "pattern.h"
#include "styles.h"

/* ---- which item writes what --------------------------------------------- */

/* The item that writes @path; NULL: none. */
static const PstBatchItem *
find_writer (GHashTable *names, const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  return g_hash_table_lookup (names, full);
}

gboolean
pst_batch_names_contain (GHashTable *names, const char *path)
{
  return find_writer (names, path) != NULL;
}

/* Adds what @item writes, unless another writes it.  Returns the first such
 * path, NULL: there is none. */
static const char *
add_item (GHashTable *names, const PstBatchItem *item)
{
  const char *paths[] = { item->output, item->unfinished, item->record,
                          item->report };
  const char *taken = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (! paths[i])
        continue;
      if (! pst_batch_names_contain (names, paths[i]))
        g_hash_table_insert (names, g_canonicalize_filename (paths[i], NULL),
                             (gpointer) item);
      else if (! taken)
        taken = paths[i];
    }
  return taken;
}

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GHashTable *
pst_batch_names_collect (const GPtrArray *items)
{
  GHashTable *names = new_names ();

  for (guint i = 0; i < items->len; i++)
    add_item (names, items->pdata[i]);
  return names;
}

static gboolean
is_in_same_folder (const char *a, const char *b)
{
  g_autofree char *folder_a = g_path_get_dirname (a);
  g_autofree char *folder_b = g_path_get_dirname (b);

  return pst_pattern_is_same (folder_a, folder_b);
}

/* Removes the items whose content another item writes, by the table @names.
 * @elsewhere: only if that has its content in another folder */
static void
drop_written (GPtrArray *items, GHashTable *names, gboolean elsewhere)
{
  for (guint i = items->len; i-- > 0;)
    {
      const PstBatchItem *item = items->pdata[i];
      const PstBatchItem *writer = find_writer (names, item->content);

      if (writer && writer != item
          && ! (elsewhere
                && is_in_same_folder (writer->content, item->content)))
        g_ptr_array_remove_index (items, i);
    }
}

/* Removes items whose content is the unfinished picture of another item. */
static void
drop_left_over (GPtrArray *items)
{
  g_autoptr (GHashTable) left = new_names ();

  for (guint i = 0; i < items->len; i++)
    {
      const PstBatchItem *item = items->pdata[i];

      if (g_file_test (item->record, G_FILE_TEST_EXISTS))
        g_hash_table_insert (left,
                             g_canonicalize_filename (item->unfinished, NULL),
                             (gpointer) item);
    }
  drop_written (items, left, /* elsewhere= */ FALSE);
}

/* Removes items whose content is the result of another item. */
static void
drop_results (GPtrArray *items, gboolean elsewhere)
{
  g_autoptr (GHashTable) names = pst_batch_names_collect (items);

  drop_written (items, names, elsewhere);
}

/* ---- clashes ------------------------------------------------------------ */

/* A pattern that gives the two items different names; NULL: there is none.  The
 * caller owns it. */
static char *
suggest_pattern (const char         *pattern,
                 const PstBatchItem *a,
                 const PstBatchItem *b)
{
  g_autofree char *extension_a =
    pst_pattern_expand ("{extension}",
                        &(PstPatternNames){ a->content, "", "" });
  g_autofree char *extension_b =
    pst_pattern_expand ("{extension}",
                        &(PstPatternNames){ b->content, "", "" });

  if (! strstr (pattern, "{folder}") && ! g_str_equal (a->folder, b->folder))
    return pst_pattern_insert_folder (pattern);
  if (! strstr (pattern, "{extension}")
      && ! g_str_equal (extension_a, extension_b))
    return pst_pattern_append (pattern, "-{extension}");
  return NULL;
}

/* Two items would write @path. */
static gboolean
fail_clash (const PstOptions   *options,
            const PstBatchItem *a,
            const PstBatchItem *b,
            const char         *path,
            GError            **error)
{
  gboolean         is_report = path == b->report;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *shown_a = g_filename_display_name (a->content);
  g_autofree char *shown_b = g_filename_display_name (b->content);
  g_autofree char *pattern =
    suggest_pattern (is_report ? options->report : options->output, a, b);
  const char *option = is_report ? "--report" : "--output";

  if (pattern)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("\"%s\" and \"%s\" would both write \"%s\". To tell them "
                    "apart, use %s '%s'."),
                 shown_a, shown_b, shown, option, pattern);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("\"%s\" and \"%s\" would both write \"%s\". Rename one of "
                    "the pictures, or paint them in separate runs."),
                 shown_a, shown_b, shown);
  return FALSE;
}

static gboolean
check_clashes (const PstOptions *options,
               const GPtrArray  *items,
               GError          **error)
{
  g_autoptr (GHashTable) names = new_names ();

  for (guint i = 0; i < items->len; i++)
    {
      const PstBatchItem *item = items->pdata[i];
      const char         *taken = add_item (names, item);

      if (taken && find_writer (names, taken) != item)
        return fail_clash (options, find_writer (names, taken), item, taken,
                           error);
    }
  return TRUE;
}

/* ---- what is read ------------------------------------------------------- */

/* Whether @path is a style of @item, or a mask. */
static gboolean
is_style (const PstBatchItem *item, const char *path)
{
  for (guint i = 0; i < item->styles->len; i++)
    {
      const PstStyleOption *style = item->styles->pdata[i];
      g_autofree char      *mask =
        pst_style_mask_path (style, item->content, item->folder);

      if (pst_pattern_is_same (style->path, path)
          || (mask && pst_pattern_is_same (mask, path)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_read (const PstBatchItem *item, const char *path)
{
  return pst_pattern_is_same (item->content, path) || is_style (item, path);
}

static gboolean
fail_read (const char *option, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s would overwrite \"%s\", which is a content, a style or a "
                  "mask. Choose another name or folder."),
               option, shown);
  return FALSE;
}

/* An unfinished picture replaces a file and is removed at the end; a report
 * replaces one, too.  Neither may be a picture that is read, nor the report the
 * result. */
static gboolean
check_written (const PstBatchItem *item, GError **error)
{
  if (is_read (item, item->output))
    return fail_read ("--output", item->output, error);
  if (is_read (item, item->unfinished))
    return fail_read ("--output", item->unfinished, error);
  if (! item->report)
    return TRUE;
  if (is_read (item, item->report))
    return fail_read ("--report", item->report, error);
  if (! pst_pattern_is_same (item->report, item->output)
      && ! pst_pattern_is_same (item->report, item->unfinished)
      && ! pst_pattern_is_same (item->report, item->record))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--report and --output name the same file."));
  return FALSE;
}

/* ---- results next to their contents ------------------------------------- */

/* Whether the content of @item is at the place of its own result. */
static gboolean
is_onto_content (const PstBatchItem *item)
{
  return pst_pattern_is_same (item->output, item->content);
}

/* Whether the content of @item is at the place of the result of another one,
 * like a.png of a.tif, while its own result would replace it. */
static gboolean
is_result (GHashTable *names, const PstBatchItem *item)
{
  const PstBatchItem *writer = find_writer (names, item->content);

  return writer && writer != item && is_onto_content (item)
         && pst_pattern_is_same (writer->output, item->content);
}

/* Whether results of other contents show that the same was done before. */
static gboolean
was_done_before (const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const PstBatchItem *item = items->pdata[i];

      if (item->is_kept && ! is_onto_content (item)
          && g_file_test (item->output, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    }
  return FALSE;
}

/* The item that writes each output, of those that have another content. */
static GHashTable *
collect_others (const GPtrArray *items)
{
  GHashTable *names = new_names ();

  for (guint i = 0; i < items->len; i++)
    {
      const PstBatchItem *item = items->pdata[i];

      if (! is_onto_content (item))
        g_hash_table_insert (names,
                             g_canonicalize_filename (item->output, NULL),
                             (gpointer) item);
    }
  return names;
}

static gboolean
fail_result (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--force would replace \"%s\", which may be a photo. If it "
                  "is a result, remove it; else choose another --output."),
               shown);
  return FALSE;
}

/* Removes the items whose content is taken for a result, of another one or of
 * one that is gone, and adds it to @results.  It may be a photo, and so is not
 * to be replaced. */
static gboolean
take_results (const PstOptions *options,
              GPtrArray        *items,
              GPtrArray        *results,
              GError          **error)
{
  g_autoptr (GHashTable) names = collect_others (items);
  gboolean is_again = was_done_before (items);

  for (guint i = 0; i < items->len;)
    {
      const PstBatchItem *item = items->pdata[i];

      if (! is_result (names, item) && ! (is_again && is_onto_content (item)))
        i++;
      else if (options->force)
        return fail_result (item->content, error);
      else
        {
          g_ptr_array_add (results, g_strdup (item->content));
          g_ptr_array_remove_index (items, i);
        }
    }
  return TRUE;
}

/* ---- all of it ---------------------------------------------------------- */

gboolean
pst_batch_names_check (const PstOptions *options,
                       GPtrArray        *items,
                       GPtrArray        *results,
                       GError          **error)
{
  if (! options->output)
    return TRUE;

  drop_left_over (items);
  drop_results (items, /* elsewhere= */ TRUE);
  if (! take_results (options, items, results, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (! check_written (items->pdata[i], error))
      return FALSE;
  if (! check_clashes (options, items, error))
    return FALSE;
  drop_results (items, /* elsewhere= */ FALSE);
  return TRUE;
}
