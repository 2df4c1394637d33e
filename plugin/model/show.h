/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h: what pastiche-model says about networks
 *
 * All write to the standard output.
 */
#pragma once

#include "core/pastiche.h"

/* The installed networks, and those that could be.
 * @program: path of the running program */
void pst_show_list (const char *program);

/* pst_show_network:
 * @path: of a network file
 * Its layers, and where it comes from.
 * Errors: as pst_model_new_from_file(). */
gboolean pst_show_network (const char *path, GError **error);

/* pst_verify_network:
 * Reads all of the file, and compares its data with the SHA-256 in it.
 * Errors: PST_ERROR_MODEL, also where they differ; PST_ERROR_MEMORY. */
gboolean pst_verify_network (const char *path, GError **error);
