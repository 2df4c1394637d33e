/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-names.h: the names of the tensors in an object that torch.save() wrote
 */
#pragma once

#include "pickle.h"

/* @tensor: a PST_PICKLED_TENSOR.  Returns FALSE with @error set to end the
 * search. */
typedef gboolean (*PstTorchTensorFunc) (const char       *name,
                                        const PstPickled *tensor,
                                        gpointer          data,
                                        GError          **error);

/* pst_torch_names_each:
 * Calls @found for each tensor in dictionaries, lists and objects, also within
 * each other.  Names are those of state_dict(), after the keys that lead to it:
 * {"model": {"a.weight": ...}} contains "model.a.weight".  A tensor in several
 * places has the name of the first.  Names of over 256 bytes are left out.
 * Errors: those of @found. */
gboolean pst_torch_names_each (const PstPickled  *object,
                               PstTorchTensorFunc found,
                               gpointer           data,
                               GError           **error);
