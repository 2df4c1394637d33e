/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zip.h: the files in a zip archive, by libarchive
 *
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 * core/model/safetensors.h.
 */
#pragma once

#include <glib.h>

/* The full name of the first file whose name ends in @ending; the caller owns
 * it.  NULL, and @error is not set: there is none. */
char *pst_zip_find (GBytes *zip, const char *ending, GError **error);

/* pst_zip_read:
 * @max: bytes
 * The content of the file @name; longer than @max is an error. */
GBytes *pst_zip_read (GBytes *zip, const char *name, gsize max, GError **error);
