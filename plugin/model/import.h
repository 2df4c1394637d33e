/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.h: network files from the weights that others publish */
#pragma once

#include "import-options.h"

/* pst_import:
 * @weights: a file that contains a known network, VGG-16, VGG-19 or ResNet-50,
 *   with the names that torchvision and timm give to its tensors, or those of
 *   Gatys' file, after any prefix; only what is needed is read
 * @ret_notes: what the user should know: which input was assumed, and which of
 *   several networks was taken; translated lines, each with its end; "" if
 *   there is nothing.  The caller owns it.  NULL: not wanted
 * Returns a network file (models/README.md), which the engine has accepted; the
 * caller owns it.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
GBytes *pst_import (GBytes                 *weights,
                    const PstImportOptions *options,
                    char                  **ret_notes,
                    GError                **error);

/* Names of the networks that are known; NULL-ended, static. */
const char *const *pst_import_names (void);
