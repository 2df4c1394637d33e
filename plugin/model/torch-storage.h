/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-storage.h: blocks of values in a file that torch.save() wrote
 *
 * Tensors are parts of them.
 */
#pragma once

#include "core/model/values.h"
#include "pickle.h"

typedef struct
{
  char    *key;  /* owned */
  char    *type; /* owned, as a PST_PICKLED_GLOBAL: "torch FloatStorage" */
  PstDtype dtype;
  gsize    value_size; /* bytes; 0: not known */
  gsize    size;       /* bytes */
  gsize    begin;      /* of a stream: in the file; 0: not there */
} PstTorchStorage;

/* pst_torch_storage_new:
 * @pickled: a PST_PICKLED_STORAGE
 * The storage without its place; the caller owns it.
 * Errors: PST_ERROR_MODEL; a clause, as in core/model/safetensors.h. */
PstTorchStorage *pst_torch_storage_new (const PstPickled *pickled,
                                        GError          **error);
void             pst_torch_storage_free (PstTorchStorage *storage);

/* The key of a PST_PICKLED_STORAGE; owned by @pickled. */
const char *pst_torch_storage_key (const PstPickled *pickled);

/* Sets PST_ERROR_MODEL, the file is truncated or damaged; returns FALSE. */
gboolean pst_torch_fail_damaged (GError **error);
