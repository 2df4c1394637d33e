/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.h: failing in one line */
#pragma once

#include "core/pastiche.h"

/* pst_fail:
 * Sets @error (which may be NULL) and returns FALSE.  The message is valid
 * UTF-8 even if what it quotes is not: libraries truncate their messages in
 * the middle of characters. */
gboolean pst_fail (GError **error, PstError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/* The same with PST_ERROR_MEMORY and a general message. */
gboolean pst_fail_memory (GError **error);

/* pst_check_range:
 * Whether a setting is within its range; NaN never is.
 * @name: of the setting, as the user gives it: "style-scale"
 * Errors: PST_ERROR_SETTINGS. */
gboolean pst_check_range (const char *name,
                          double      value,
                          double      min,
                          double      max,
                          GError    **error);
