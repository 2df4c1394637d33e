/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: reading the arguments of pastiche-model and its commands */
#pragma once

#include <glib.h>

/* pst_model_options_read:
 * Reads @argv as @entries say; "--help" is theirs.
 * @ret_rest: what is left of it, owned by the caller; NULL: not wanted
 * Errors: G_OPTION_ERROR. */
gboolean pst_model_options_read (char              **argv,
                                 const GOptionEntry *entries,
                                 char             ***ret_rest,
                                 GError            **error);

/* Sets G_OPTION_ERROR with @message and where to find help.  Returns FALSE. */
gboolean pst_model_options_fail (GError **error, const char *message);
