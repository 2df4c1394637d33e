/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h: whole files from disk, of bounded size */
#pragma once

#include "core/pastiche.h"

/* The most bytes that a file of a model or a head may have. */
#define PST_FILE_MAX ((gsize) 1 << 30)

/* pst_file_read:
 * The bytes of the regular file @path, which is read, not mapped, so that later
 * changes of the file do no harm.  The caller owns them.
 * @max: bytes
 * Errors: PST_ERROR_MODEL, the file is missing, larger than @max or cannot be
 *         read; PST_ERROR_MEMORY. */
GBytes *pst_file_read (const char *path, gsize max, GError **error);
