/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c: reading the arguments of pastiche-model and its commands */
#include "options.h"

#include <glib/gi18n-lib.h>

gboolean
pst_model_options_read (char              **argv,
                        const GOptionEntry *entries,
                        char             ***ret_rest,
                        GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (argv);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (! g_option_context_parse_strv (context, &rest, error))
    return FALSE;
  if (ret_rest)
    *ret_rest = g_steal_pointer (&rest);
  return TRUE;
}

gboolean
pst_model_options_fail (GError **error, const char *message)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s\nTry \"pastiche-model --help\"."), message);
  return FALSE;
}
