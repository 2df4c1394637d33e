/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format.c: quantities for the user to read */
#include "format.h"

#include <glib/gi18n-lib.h>

#define NO_BREAK_SPACE "\302\240"

/* No line is broken between a number and its unit.  Takes @text over; the
 * result is owned by the caller. */
static char *
keep_together (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  g_free (text);
  return g_strjoinv (NO_BREAK_SPACE, parts);
}

static char *
count_seconds (int n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second",
                                       "%d seconds", n),
                          n);
}

static char *
count_minutes (int n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute",
                                       "%d minutes", n),
                          n);
}

static char *
count_hours (int n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours",
                                       n),
                          n);
}

char *
pst_format_duration (double seconds)
{
  /* In steps of five: finer steps would only flicker. */
  if (seconds < 55)
    return keep_together (count_seconds (5 * (1 + (int) (seconds / 5))));
  if (seconds < 90 * 60)
    return keep_together (count_minutes ((int) (seconds / 60 + 0.5)));
  return keep_together (count_hours ((int) (seconds / 3600 + 0.5)));
}

char *
pst_format_memory (guint64 bytes)
{
  if (bytes < 995e6)
    return keep_together (
      g_strdup_printf (_ ("%d MB"), 10 * (int) (bytes / 10e6 + 0.5)));
  return keep_together (g_strdup_printf (_ ("%.1f GB"), bytes / 1e9));
}

char *
pst_format_size (int width, int height)
{
  return keep_together (g_strdup_printf ("%d × %d", width, height));
}
