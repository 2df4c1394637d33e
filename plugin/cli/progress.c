/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c: one line of progress on a terminal
 *
 * The line overwrites itself, with a carriage return and the sequence that
 * clears to the end of the line.
 */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define INTERVAL (G_USEC_PER_SEC / 10)

/* ", 3 min 20 s left"; empty where it is not known.  The caller owns it. */
static char *
remaining_text (double seconds)
{
  int whole = MIN (seconds, G_MAXINT32 - 1) + 0.5;

  if (seconds < 0)
    return g_strdup ("");
  if (whole < 60)
    return g_strdup_printf (_ (", %d s left"), whole);
  if (whole < 60 * 60)
    return g_strdup_printf (_ (", %d min %02d s left"), whole / 60, whole % 60);
  return g_strdup_printf (_ (", %d h %02d min left"), whole / 3600,
                          whole / 60 % 60);
}

void
pst_progress_line_init (PstProgressLine *line, const char *start)
{
  *line =
    (PstProgressLine){ .on_terminal = isatty (STDERR_FILENO), .start = start };
}

void
pst_progress_line_show (PstProgressLine      *line,
                        const PstProgress    *progress,
                        const PstScaleReport *scale)
{
  gint64           now = g_get_monotonic_time ();
  g_autofree char *remaining = NULL;

  if (! line->on_terminal || now < line->next_time)
    return;

  line->next_time = now + INTERVAL;
  remaining = remaining_text (progress->remaining);
  g_printerr ("\r%s", line->start);
  g_printerr (_ ("scale %d/%d %dx%d, iteration %d/%d, %.0f %%%s"),
              progress->scale + 1, progress->n_scales, scale->width,
              scale->height, progress->iteration, progress->max_iterations,
              progress->fraction * 100, remaining);
  g_printerr ("\033[K");
}

void
pst_progress_line_clear (PstProgressLine *line)
{
  if (line->on_terminal)
    g_printerr ("\r\033[K");
}
