/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-objects.h: the meaning of torch's functions and classes in a pickle
 *
 * Nothing is called.  Errors: PST_ERROR_MODEL; clauses, as in
 * core/model/safetensors.h.  Returned values are owned by the heap.
 *
 * Source: torch/_utils.py, torch/_tensor.py, torch/serialization.py.
 */
#pragma once

#include "pickle-values.h"

/* pst_pickle_object_global:
 * Whether a file may mention the global @name, "module name".  Functions that
 * only an attack needs are an error, although nothing would be executed. */
gboolean pst_pickle_object_global (const char *name, GError **error);

/* What @function makes of @arguments, a tuple. */
PstPickled *pst_pickle_object_call (PstPickleHeap    *heap,
                                    const PstPickled *function,
                                    const PstPickled *arguments,
                                    GError          **error);

/* pst_pickle_object_build:
 * Gives @object its attributes @state. */
gboolean pst_pickle_object_build (PstPickleHeap    *heap,
                                  PstPickled       *object,
                                  const PstPickled *state,
                                  GError          **error);

/* What lies outside the pickle under @id. */
PstPickled *pst_pickle_object_outside (PstPickleHeap    *heap,
                                       const PstPickled *id,
                                       GError          **error);
