/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foreign-file.h: recognizes files that are not in the safetensors format */
#pragma once

#include "core/pastiche.h"

/* pst_foreign_file_fail:
 * Sets @error to PST_ERROR_MODEL, and returns FALSE.  The message, a clause as
 * in safetensors.h, says what the file is, if that is recognized, and what to
 * do.
 * @bytes: the whole file */
gboolean pst_foreign_file_fail (GBytes *bytes, GError **error);
