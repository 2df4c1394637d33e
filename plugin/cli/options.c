/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c: reads the command line
 *
 * Each row of the table of parameters becomes an option of the same name; the
 * rest (threads, what to do) is listed here.  The options for pictures are in
 * options-pictures.c, the text of --help in help.c.
 */
#include "options.h"

#include <glib/gi18n-lib.h>

#include "option-values.h"

/* @option: with its dashes, one of those made from the table. */
static const PstParam *
find_param (const char *option)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);
  int             i = 0;

  while (! g_str_equal (table[i].name, option + strlen ("--")))
    i++;
  return &table[i];
}

/* GOptionArgFunc of the options that come from the table. */
static gboolean
parse_param (const char *option,
             const char *text,
             gpointer    data,
             GError    **error)
{
  PstOptions     *options = data;
  const PstParam *param = find_param (option);
  double          value = 0;

  switch (param->kind)
    {
    case PST_PARAM_MODEL:
      g_free (options->params.model);
      options->params.model = g_strdup (text);
      return TRUE;

    case PST_PARAM_BOOLEAN:
      value = TRUE;
      break;

    case PST_PARAM_CHOICE:
      if (! pst_option_parse_choice (option, text, param, &value, error))
        return FALSE;
      break;

    case PST_PARAM_DOUBLE:
    case PST_PARAM_INT:
      if (! pst_option_parse_number (option, text,
                                     &(PstNumberRange){ param->min, param->max,
                                                        param->kind
                                                          == PST_PARAM_INT },
                                     &value, error))
        return FALSE;
      break;
    }

  pst_params_set_number (&options->params, param, value);
  return TRUE;
}

static gboolean
parse_threads (const char *option,
               const char *text,
               gpointer    data,
               GError    **error)
{
  PstOptions *options = data;
  double      threads;

  if (! pst_option_parse_number (option, text,
                                 &(PstNumberRange){ 0, PST_OPTIONS_MAX_THREADS,
                                                    TRUE },
                                 &threads, error))
    return FALSE;

  options->params.settings.threads = threads;
  return TRUE;
}

static gboolean
parse_loss (const char *option, const char *text, gpointer data, GError **error)
{
  PstOptions *options = data;

  if (! g_str_equal (text, "relative") && ! g_str_equal (text, "gatys"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s takes one of relative|gatys, not \"%s\"."), option,
                   text);
      return FALSE;
    }

  options->params.settings.loss =
    g_str_equal (text, "gatys") ? PST_LOSS_GATYS : PST_LOSS_RELATIVE;
  return TRUE;
}

static void
add_entries (GOptionGroup *group, PstOptions *options)
{
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output },
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &options->start },
    { "recursive", 0, 0, G_OPTION_ARG_NONE, &options->recursive },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options->force },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options->report },
    { "loss", 0, 0, G_OPTION_ARG_CALLBACK, parse_loss },
    { "threads", 0, 0, G_OPTION_ARG_CALLBACK, parse_threads },
    { "list-styles", 0, 0, G_OPTION_ARG_NONE, &options->list_styles },
    { "estimate", 0, 0, G_OPTION_ARG_NONE, &options->estimate },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help },
    { NULL },
  };
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  g_option_group_add_entries (group, entries);
  pst_options_add_pictures (group);
  for (int i = 0; i < n_params; i++)
    {
      const GOptionEntry entry[] = {
        { table[i].name, 0,
          table[i].kind == PST_PARAM_MODEL     ? G_OPTION_FLAG_FILENAME
          : table[i].kind == PST_PARAM_BOOLEAN ? G_OPTION_FLAG_NO_ARG
                                               : 0,
          G_OPTION_ARG_CALLBACK, parse_param },
        { NULL },
      };

      g_option_group_add_entries (group, entry);
    }
}

static gboolean
check_complete (const PstOptions *options, GError **error)
{
  const char *missing = options->contents->len == 0                ? "--content"
                        : options->styles->len == 0                ? "--style"
                        : ! options->output && ! options->estimate ? "--output"
                                                                   : NULL;

  if (options->version || options->help || options->list_styles || ! missing)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
               _ ("%s FILE is missing."), missing);
  return FALSE;
}

gboolean
pst_options_parse (char **argv, PstOptions *ret_options, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (argv);
  GOptionGroup *group;

  *ret_options = (PstOptions){ .shard = 1, .n_shards = 1 };
  ret_options->contents = g_ptr_array_new_with_free_func (g_free);
  ret_options->styles = g_ptr_array_new_with_free_func (pst_style_option_free);
  pst_params_init (&ret_options->params);

  group = g_option_group_new ("main", "", "", ret_options, NULL);
  add_entries (group, ret_options);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);

  return g_option_context_parse_strv (context, &rest, error)
         && check_complete (ret_options, error)
         && pst_options_find_styles (ret_options, argv[0], error);
}

void
pst_options_clear (PstOptions *options)
{
  g_clear_pointer (&options->contents, g_ptr_array_unref);
  g_clear_pointer (&options->styles, g_ptr_array_unref);
  g_clear_pointer (&options->output, g_free);
  g_clear_pointer (&options->report, g_free);
  g_clear_pointer (&options->start, g_free);
  pst_params_clear (&options->params);
}
