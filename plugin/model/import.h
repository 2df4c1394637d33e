/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.h: model files from published weights */
#pragma once

#include "import-options.h"

/* pst_import:
 * @weights: a file that contains a known network, VGG-16, VGG-19 or ResNet-50,
 *   with the names that torchvision and timm give to its tensors, or those of
 *   Gatys' file, after any prefix; only what is needed is read
 * @ret_notes: for the user: which input was assumed, and which of several
 *   networks was taken; translated lines, each ending with a newline, or "".
 *   The caller owns it.  NULL: not wanted
 * Returns a model file (models/README.md) that the engine accepts; the caller
 * owns it.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
GBytes *pst_import (GBytes                 *weights,
                    const PstImportOptions *options,
                    char                  **ret_notes,
                    GError                **error);

/* Names of the supported networks; NULL-ended, static. */
const char *const *pst_import_names (void);
