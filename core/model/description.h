/* SPDX-License-Identifier: GPL-3.0-or-later */
/* description.h: how the tensors of a file make a network
 *
 * The JSON text of the metadata entry "pastiche"; models/README.md is its
 * reference.
 */
#pragma once

#include "model.h"
#include "safetensors.h"

/* pst_description_read:
 * Fills in @model, which is all zeros but for its reference count, from @text
 * and the tensors of @file.  On failure @model is incomplete: only
 * pst_model_unref() may follow.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in safetensors.h. */
gboolean pst_description_read (PstModel             *model,
                               const PstSafetensors *file,
                               const char           *text,
                               GError              **error);
