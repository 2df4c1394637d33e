/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h: pastiche-model list, show and verify
 *
 * All write to the standard output.
 */
#pragma once

#include "core/pastiche.h"

/* Lists the installed models, and those that could be installed.
 * @program: path of the running program */
void pst_show_list (const char *program);

/* pst_show_network:
 * Prints the layers of a model, and where it comes from.
 * @path: of a model file
 * Errors: as pst_model_new_from_file(). */
gboolean pst_show_network (const char *path, GError **error);

/* pst_verify_network:
 * Reads all of the file, and compares its data with the SHA-256 in it.
 * Errors: PST_ERROR_MODEL, also where they differ; PST_ERROR_MEMORY. */
gboolean pst_verify_network (const char *path, GError **error);
