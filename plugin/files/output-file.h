/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output-file.h: files that appear complete or not at all */
#pragma once

#include <glib.h>

/* pst_output_check:
 * Finds out now whether a file can be written at @path later on, and leaves
 * everything as it was.
 * Errors: G_FILE_ERROR; the message names the file. */
gboolean pst_output_check (const char *path, GError **error);

/* pst_output_begin:
 * Creates an empty file next to @path, with the same extension.  Returns its
 * path; the caller owns the string and ends with pst_output_finish() or by
 * deleting the file.
 * @size: bytes that must fit, as far as the system can tell
 * Errors: G_FILE_ERROR. */
char *pst_output_begin (const char *path, gint64 size, GError **error);

/* pst_output_finish:
 * Puts the file @temporary in the place of @path, whose permissions it takes
 * over if there is one already.  On failure @temporary is deleted.
 * Errors: G_FILE_ERROR. */
gboolean
pst_output_finish (const char *temporary, const char *path, GError **error);

/* pst_output_write:
 * Writes @length bytes of @data to the file @path, complete or not at all.
 * Errors: G_FILE_ERROR; the message names the file. */
gboolean pst_output_write (const char *path,
                           const void *data,
                           gsize       length,
                           GError    **error);
