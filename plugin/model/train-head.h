/* SPDX-License-Identifier: GPL-3.0-or-later */
/* train-head.h: pastiche-model train-head */
#pragma once

#include <glib.h>

/* pst_train_head:
 * Does what the arguments after the command, argv[1], say.  On a terminal there
 * is a line of progress; at the end a table goes to the standard output.
 * Errors: G_OPTION_ERROR, wrong usage; PST_ERROR, G_FILE_ERROR. */
gboolean pst_train_head (char **argv, GError **error);
