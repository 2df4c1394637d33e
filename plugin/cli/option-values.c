/* SPDX-License-Identifier: GPL-3.0-or-later */
/* option-values.c: the values of options
 *
 * Numbers are read as in C, whatever the language of the session; anything but
 * a number in range is refused.
 */
#include "option-values.h"

#include <math.h>

#include <glib/gi18n-lib.h>

gboolean
pst_option_parse_number (const char           *option,
                         const char           *text,
                         const PstNumberRange *range,
                         double               *ret_value,
                         GError              **error)
{
  char  *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end || ! (value >= range->min && value <= range->max)
      || (range->whole && value != floor (value)))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   range->whole ? _ ("%s takes a whole number from %.10g to "
                                     "%.10g, not \"%s\".")
                                : _ ("%s takes a number from %.10g to %.10g, "
                                     "not \"%s\"."),
                   option, range->min, range->max, text);
      return FALSE;
    }

  *ret_value = value;
  return TRUE;
}

char *
pst_option_join_choices (const PstParam *param)
{
  GString *names = g_string_new (NULL);

  for (const PstChoice *choice = param->choices; choice->name; choice++)
    g_string_append_printf (names, "%s%s", names->len ? "|" : "", choice->name);
  return g_string_free (names, FALSE);
}

gboolean
pst_option_parse_choice (const char     *option,
                         const char     *text,
                         const PstParam *param,
                         double         *ret_value,
                         GError        **error)
{
  g_autofree char *names = pst_option_join_choices (param);
  int              choice = pst_param_find_choice (param, text);

  if (choice < 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s takes one of %s, not \"%s\"."), option, names, text);
      return FALSE;
    }

  *ret_value = choice;
  return TRUE;
}
