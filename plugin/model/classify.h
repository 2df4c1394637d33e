/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.h: pastiche-model classify */
#pragma once

#include <glib.h>

/* pst_classify:
 * Does what the arguments after the command, argv[1], say.
 * Errors: G_OPTION_ERROR, wrong usage; PST_ERROR; after a picture that
 * cannot be classified, the following ones still are. */
gboolean pst_classify (char **argv, GError **error);
