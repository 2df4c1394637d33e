/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format.h: quantities for the user to read
 *
 * Rounded to a sensible precision; no line is broken within them.  Strings are
 * owned by the caller.
 */
#pragma once

#include <glib.h>

/* "25 seconds", "3 minutes".
 * @seconds: >= 0 */
char *pst_format_duration (double seconds);

/* "250 MB", "1.2 GB". */
char *pst_format_memory (guint64 bytes);

/* "1200 × 900". */
char *pst_format_size (int width, int height);
