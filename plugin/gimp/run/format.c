/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format.c: quantities for the user to read */
#include "format.h"

#include <glib/gi18n-lib.h>

char *
pst_format_duration (double seconds)
{
  int n;

  if (seconds < 55)
    {
      /* In steps of five: finer steps would only flicker. */
      n = 5 * (1 + (int) (seconds / 5));
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second",
                                           "%d seconds", n),
                              n);
    }
  if (seconds < 90 * 60)
    {
      n = (int) (seconds / 60 + 0.5);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute",
                                           "%d minutes", n),
                              n);
    }
  n = (int) (seconds / 3600 + 0.5);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours",
                                       n),
                          n);
}

char *
pst_format_memory (guint64 bytes)
{
  if (bytes < 995e6)
    return g_strdup_printf (_ ("%d MB"), 10 * (int) (bytes / 10e6 + 0.5));
  return g_strdup_printf (_ ("%.1f GB"), bytes / 1e9);
}
