/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-tensor.h: tensors in a file that torch.save() wrote: parts of storages,
 * with strides */
#pragma once

#include "core/model/safetensors.h"
#include "torch-storage.h"

typedef struct
{
  PstTensor tensor; /* begin, end: in the storage, of the values that the
                     * strides reach */
  gsize     strides[PST_TENSOR_MAX_DIMENSIONS]; /* values */
  const PstTorchStorage *storage;               /* borrowed */
} PstTorchTensor;

/* pst_torch_tensor_read:
 * @tensor: zeros but for its name and storage; filled in from @pickled, a
 *   PST_PICKLED_TENSOR of no more dimensions than a PstTensor can have
 * Errors: PST_ERROR_MODEL; a clause, as in core/model/safetensors.h. */
gboolean pst_torch_tensor_read (PstTorchTensor   *tensor,
                                const PstPickled *pickled,
                                GError          **error);

/* NULL is allowed. */
void pst_torch_tensor_free (PstTorchTensor *tensor);

/* Whether it has more values than its strides reach. */
gboolean pst_torch_tensor_repeats (const PstTorchTensor *tensor);

/* pst_torch_tensor_dup_values:
 * @data: of its storage
 * Returns the values in the order of the shape, as float; the caller owns them.
 * Errors: as pst_values_decode(). */
float *pst_torch_tensor_dup_values (const PstTorchTensor *tensor,
                                    const guint8         *data,
                                    GError              **error);
