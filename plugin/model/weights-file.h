/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights-file.h: a file of named tensors, in each format that is read
 *
 * safetensors, or what torch.save() wrote (torch-file.h).  Only the tensors
 * asked for are read.
 */
#pragma once

#include "core/model/safetensors.h"

typedef struct _PstWeightsFile PstWeightsFile;

/* pst_weights_file_new:
 * @bytes: the whole file; a reference is taken
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
PstWeightsFile *pst_weights_file_new (GBytes *bytes, GError **error);
void            pst_weights_file_free (PstWeightsFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstWeightsFile, pst_weights_file_free)

/* The tensors in the order of the file: 0 <= @index < count; owned by @file. */
guint            pst_weights_file_count (const PstWeightsFile *file);
const PstTensor *pst_weights_file_get (const PstWeightsFile *file, guint index);

/* A tensor, or NULL; owned by @file. */
const PstTensor *pst_weights_file_find (const PstWeightsFile *file,
                                        const char           *name);

/* As pst_safetensors_dup_values(), but double precision is read, too, and
 * rounded. */
float *pst_weights_file_dup_values (const PstWeightsFile *file,
                                    const PstTensor      *tensor,
                                    GError              **error);
