/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-file.h: the tensors of a file that torch.save() wrote
 *
 * In both formats: the zip archive, and the older stream, which the published
 * files of VGG are in.  Of the stream: four pickles (a magic number, the
 * version 1001, properties of the machine, the object), the list of the
 * storages' names, and the storages in this order, each with its number of
 * values before it (8 bytes).  Of the archive: the object as NAME/data.pkl,
 * each storage as NAME/data/KEY.
 *
 * Source: torch/serialization.py.
 */
#pragma once

#include "core/model/safetensors.h"

typedef struct _PstTorchFile PstTorchFile;

/* Whether these bytes are such a file. */
gboolean pst_torch_file_detect (GBytes *bytes);

/* pst_torch_file_new:
 * @bytes: the whole file; a reference is taken
 * All tensors in it, named as torch-names.h says.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
PstTorchFile *pst_torch_file_new (GBytes *bytes, GError **error);
void          pst_torch_file_free (PstTorchFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTorchFile, pst_torch_file_free)

/* The tensors in the order of the file: 0 <= @index < count; owned by @file. */
guint            pst_torch_file_count (const PstTorchFile *file);
const PstTensor *pst_torch_file_get (const PstTorchFile *file, guint index);

/* A tensor, or NULL; owned by @file. */
const PstTensor *pst_torch_file_find (const PstTorchFile *file,
                                      const char         *name);

/* As pst_weights_file_dup_values(). */
float *pst_torch_file_dup_values (const PstTorchFile *file,
                                  const PstTensor    *tensor,
                                  GError            **error);
