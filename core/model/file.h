/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h: whole files from disk, of bounded size */
#pragma once

#include "core/pastiche.h"

/* pst_file_read:
 * The bytes of the regular file @path, which is read, not mapped: so changing
 * it in the meantime does no harm.  The caller owns them.
 * Errors: PST_ERROR_MODEL, the file is missing, larger than 1 GiB or cannot be
 *         read; PST_ERROR_MEMORY. */
GBytes *pst_file_read (const char *path, GError **error);
