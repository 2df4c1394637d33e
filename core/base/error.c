/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.c: the error domain, failing in one line, ranges */
#include "error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (pst - error - quark, pst_error)

gboolean
pst_fail (GError **error, PstError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  text = g_utf8_make_valid (message, -1);
  g_set_error_literal (error, PST_ERROR, code, text);
  return FALSE;
}

gboolean
pst_fail_memory (GError **error)
{
  return pst_fail (error, PST_ERROR_MEMORY, _ ("Not enough memory."));
}

gboolean
pst_check_range (const char *name,
                 double      value,
                 double      min,
                 double      max,
                 GError    **error)
{
  if (value >= min && value <= max)
    return TRUE;
  return pst_fail (error, PST_ERROR_SETTINGS,
                   _ ("\"%s\" is %g; it must be between %g and %g."), name,
                   value, min, max);
}
