/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c: which pictures to paint, and where the results go
 *
 * Runs that share a folder must agree on the list before they take their shards
 * of it: it is sorted by bytes, and results and unfinished pictures that appear
 * in the folder meanwhile do not belong to it.
 */
#include "batch.h"

#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "batch-inputs.h"
#include "batch-names.h"
#include "pattern.h"
#include "plugin/files/output-file.h"
#include "plugin/files/picture-file.h"
#include "unfinished.h"

/* ---- items -------------------------------------------------------------- */

static void
item_free (gpointer data)
{
  PstBatchItem *item = data;

  g_free (item->content);
  g_free (item->folder);
  g_ptr_array_unref (item->styles);
  g_free (item->output);
  g_free (item->unfinished);
  g_free (item->record);
  g_free (item->report);
  g_free (item);
}

/* The names of @styles, "waves+stars"; owned by the caller. */
static char *
join_styles (const GPtrArray *styles)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < styles->len; i++)
    {
      const PstStyleOption *style = styles->pdata[i];
      g_autofree char      *stem = pst_pattern_stem (style->path);

      g_string_append_printf (names, "%s%s", i > 0 ? "+" : "", stem);
    }
  return g_string_free (names, FALSE);
}

/* @is_batch: there may be several pictures */
static PstBatchItem *
make_item (const PstOptions *options,
           const PstContent *content,
           GPtrArray        *styles,
           gboolean          is_batch)
{
  g_autofree char *style = join_styles (styles);
  PstPatternNames  names = { content->path, content->folder, style };
  PstBatchItem    *item = g_new0 (PstBatchItem, 1);

  item->content = g_strdup (content->path);
  item->folder = g_strdup (content->folder);
  item->styles = g_ptr_array_ref (styles);
  item->output = pst_pattern_expand (options->output, &names);
  item->report = pst_pattern_expand (options->report, &names);
  if (item->output)
    {
      item->unfinished = pst_pattern_append (item->output, "-unfinished");
      item->record = g_strconcat (item->unfinished, ".job", NULL);
    }
  item->is_kept = is_batch && ! options->force;
  return item;
}

/* ---- all of them -------------------------------------------------------- */

/* Whether all placeholders of the @pattern are known; NULL has none. */
static gboolean
check_words (const char *option, const char *pattern, GError **error)
{
  g_autofree char *unknown =
    pattern ? pst_pattern_find_unknown (pattern) : NULL;

  if (! unknown)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s has %s, which stands for nothing. There are {name}, "
                  "{extension}, {folder} and {style}."),
               option, unknown);
  return FALSE;
}

static gboolean
check_all_words (const PstOptions *options, GError **error)
{
  for (guint i = 0; i < options->styles->len; i++)
    {
      const PstStyleOption *style = options->styles->pdata[i];

      if (! check_words ("--region", style->region, error))
        return FALSE;
    }
  return check_words ("--output", options->output, error)
         && check_words ("--report", options->report, error);
}

/* @format: the message, with the option */
static gboolean
check_pattern (const char *option,
               const char *pattern,
               const char *placeholder,
               const char *format,
               GError    **error)
{
  if (! pattern || strstr (pattern, placeholder))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, option);
  return FALSE;
}

static gboolean
check_patterns (const PstOptions *options,
                const char       *placeholder,
                const char       *format,
                GError          **error)
{
  return check_pattern ("--output", options->output, placeholder, format, error)
         && check_pattern ("--report", options->report, placeholder, format,
                           error);
}

/* Whether the results of several contents and styles get different names, and
 * whether a starting picture belongs to one content. */
static gboolean
check_options (const PstOptions     *options,
               const PstBatchInputs *inputs,
               GError              **error)
{
  if (inputs->contents->len > 1
      && ! check_patterns (options, "{name}",
                           _ ("%s must contain {name}, because there are "
                              "several contents."),
                           error))
    return FALSE;
  if (inputs->variants->len > 1
      && ! check_patterns (options, "{style}",
                           _ ("%s must contain {style}, because there are "
                              "several styles."),
                           error))
    return FALSE;
  if (! options->start || inputs->contents->len <= 1)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--start takes a single content, but there are several."));
  return FALSE;
}

/* Leaves every n-th item. */
static void
keep_shard (GPtrArray *items, int shard, int n_shards)
{
  for (guint i = items->len; i-- > 0;)
    if ((int) (i % n_shards) != shard - 1)
      g_ptr_array_remove_index (items, i);
}

/* Names those of @paths that no item writes. */
static void
name_skipped (const char *format, const GPtrArray *paths, GHashTable *written)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *shown = g_filename_display_name (paths->pdata[i]);

      if (! pst_batch_names_contain (written, paths->pdata[i]))
        g_string_append_printf (names, "%s\"%s\"", names->len > 0 ? ", " : "",
                                shown);
    }
  if (names->len > 0)
    g_printerr (format, names->str);
}

/* @results: contents that are taken for results */
static void
name_all_skipped (const PstOptions     *options,
                  const PstBatchInputs *inputs,
                  const GPtrArray      *items,
                  const GPtrArray      *results)
{
  g_autoptr (GHashTable) written = pst_batch_names_collect (items);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);

  name_skipped (
    _ ("Taken for results, and neither painted nor replaced: %s. For "
       "photos, choose another --output.\n"),
    results, none);
  name_skipped (_ ("Skipped, in no supported format: %s.\n"), inputs->others,
                written);
  name_skipped (options->recursive
                  ? _ ("Skipped folders, which are links: %s.\n")
                  : _ ("Skipped (use --recursive to read them): %s.\n"),
                inputs->folders, written);
}

GPtrArray *
pst_batch_new (const PstOptions *options,
               gboolean         *ret_incomplete,
               GError          **error)
{
  g_auto (PstBatchInputs) inputs = { 0 };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_free);
  gboolean is_batch;

  if (! check_all_words (options, error)
      || ! pst_batch_inputs_list (&inputs, options, error)
      || ! check_options (options, &inputs, error))
    return NULL;

  is_batch = inputs.variants->len > 1
             || (options->output && pst_pattern_has_name (options->output));
  for (guint i = 0; i < inputs.variants->len; i++)
    for (guint k = 0; k < inputs.contents->len; k++)
      g_ptr_array_add (items, make_item (options, inputs.contents->pdata[k],
                                         inputs.variants->pdata[i], is_batch));

  if (! pst_batch_names_check (options, items, results, error))
    return NULL;
  if (options->shard == 1)
    name_all_skipped (options, &inputs, items, results);

  *ret_incomplete = inputs.is_incomplete;
  keep_shard (items, options->shard, options->n_shards);
  return g_steal_pointer (&items);
}

/* An empty file is no picture. */
gboolean
pst_batch_is_finished (const PstBatchItem *item)
{
  GStatBuf file;

  return item->is_kept && g_stat (item->output, &file) == 0
         && S_ISREG (file.st_mode) && file.st_size > 0;
}

/* ---- whether they can be written ---------------------------------------- */

/* Makes the folder of @path if @pattern has placeholders. */
static void
make_folder (const char *pattern, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (! g_str_equal (pattern, path))
    g_mkdir_with_parents (folder, 0777);
}

static gboolean
can_be_written (const PstOptions   *options,
                const PstBatchItem *item,
                GError            **error)
{
  make_folder (options->output, item->output);
  if (! pst_picture_check_output (item->output, error)
      || ! pst_unfinished_check (item, error))
    return FALSE;
  if (! item->report)
    return TRUE;
  make_folder (options->report, item->report);
  return pst_output_check (item->report, error);
}

gboolean
pst_batch_drop_unwritable (const PstOptions *options, GPtrArray *items)
{
  guint n_items = items->len;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len;)
    {
      g_autoptr (GError) error = NULL;

      if (can_be_written (options, items->pdata[i], &error))
        i++;
      else
        {
          g_ptr_array_add (messages, g_strdup (error->message));
          g_ptr_array_remove_index (items, i);
        }
    }

  for (guint i = 0; i < messages->len; i++)
    if (i == 0 || messages->len < n_items)
      g_printerr ("pastiche: %s\n", (char *) messages->pdata[i]);
  return messages->len == 0;
}
