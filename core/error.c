/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.c: the error domain, and failing in one line */
#include "error.h"

G_DEFINE_QUARK (pst-error-quark, pst_error)

gboolean
pst_fail (GError     **error,
          PstError     code,
          const char  *format,
          ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (PST_ERROR, code, format,
                                                arguments));
  va_end (arguments);

  return FALSE;
}
