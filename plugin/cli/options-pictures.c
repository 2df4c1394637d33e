/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options-pictures.c: the options that say which pictures are meant
 *
 * Arguments without an option are contents, so that a shell's *.jpg is
 * understood.  --weight and --region belong to the style before them.
 */
#include "option-values.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "options.h"
#include "plugin/find-style.h"

void
pst_style_option_free (gpointer data)
{
  PstStyleOption *style = data;

  g_free (style->path);
  g_free (style->region);
  g_free (style);
}

static gboolean
parse_content (const char *option,
               const char *text,
               gpointer    data,
               GError    **error)
{
  PstOptions *options = data;

  g_ptr_array_add (options->contents, g_strdup (text));
  return TRUE;
}

static gboolean
parse_style (const char *option,
             const char *text,
             gpointer    data,
             GError    **error)
{
  PstOptions     *options = data;
  PstStyleOption *style;

  if (options->styles->len == PST_MAX_STYLES)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _ ("%s can be given at most %d times."), option,
                   PST_MAX_STYLES);
      return FALSE;
    }

  style = g_new0 (PstStyleOption, 1);
  style->path = g_strdup (text);
  style->weight = 1;
  g_ptr_array_add (options->styles, style);
  return TRUE;
}

/* Whether @path can only be the name of a picture that comes with Pastiche. */
static gboolean
is_name (const char *path)
{
  return *path && ! strpbrk (path, "/.")
         && ! g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The names of all pictures that come with @program; the caller owns them. */
static char *
join_shipped (const char *program)
{
  g_autoptr (GPtrArray) styles = pst_shipped_styles_list (program);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < styles->len; i++)
    {
      const PstShippedStyle *style = styles->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", style->id);
    }
  return g_string_free (names, FALSE);
}

gboolean
pst_options_find_styles (PstOptions *options,
                         const char *program,
                         GError    **error)
{
  for (guint i = 0; i < options->styles->len; i++)
    {
      PstStyleOption  *style = options->styles->pdata[i];
      g_autofree char *names = NULL;
      char            *path;

      if (! is_name (style->path))
        continue;

      path = pst_shipped_style_find (style->path, program);
      if (path)
        {
          g_free (style->path);
          style->path = path;
          continue;
        }
      names = join_shipped (program);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("There is no style \"%s\": it is neither a file nor the "
                      "name of a picture that comes with Pastiche. There are: "
                      "%s"),
                   style->path, *names ? names : _ ("none"));
      return FALSE;
    }
  return TRUE;
}

/* The style to which @option belongs; NULL if there is none before it. */
static PstStyleOption *
last_style (const PstOptions *options, const char *option, GError **error)
{
  if (options->styles->len == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _ ("%s must follow a --style."), option);
      return NULL;
    }
  return options->styles->pdata[options->styles->len - 1];
}

static gboolean
parse_weight (const char *option,
              const char *text,
              gpointer    data,
              GError    **error)
{
  PstStyleOption *style = last_style (data, option, error);

  return style
         && pst_option_parse_number (option, text,
                                     &(PstNumberRange){ .min = 0.01,
                                                        .max = 100 },
                                     &style->weight, error);
}

static gboolean
parse_region (const char *option,
              const char *text,
              gpointer    data,
              GError    **error)
{
  PstStyleOption *style = last_style (data, option, error);

  if (! style)
    return FALSE;

  g_free (style->region);
  style->region = g_strdup (text);
  return TRUE;
}

/* "I/N" */
static gboolean
parse_shard (const char *option,
             const char *text,
             gpointer    data,
             GError    **error)
{
  PstOptions *options = data;
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  gint64 shard, n_shards;

  if (parts[0] && parts[1]
      && g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT, &n_shards, NULL)
      && g_ascii_string_to_signed (parts[0], 10, 1, n_shards, &shard, NULL))
    {
      options->shard = shard;
      options->n_shards = n_shards;
      return TRUE;
    }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s takes two numbers such as 1/8 or 8/8, not \"%s\"."),
               option, text);
  return FALSE;
}

void
pst_options_add_pictures (GOptionGroup *group)
{
  static const GOptionEntry entries[] = {
    { "content", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK,
      parse_content },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK,
      parse_content },
    { "style", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, parse_style },
    { "weight", 0, 0, G_OPTION_ARG_CALLBACK, parse_weight },
    { "region", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK,
      parse_region },
    { "shard", 0, 0, G_OPTION_ARG_CALLBACK, parse_shard },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}
