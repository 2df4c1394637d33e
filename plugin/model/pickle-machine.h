/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-machine.h: the stack machine of pickles */
#pragma once

#include "pickle-bytes.h"
#include "pickle-values.h"

typedef struct
{
  PstPickleBytes bytes;
  PstPickleHeap *heap;  /* borrowed */
  GPtrArray     *stack; /* PstPickled, borrowed; NULL: a mark */
  GHashTable    *memo;  /* number -> PstPickled, borrowed */
} PstPickleMachine;

/* pst_pickle_machine_run:
 * Executes the instructions of @machine->bytes up to the one that stops, on a
 * stack that is empty.  Returns the value that is then on top.
 * Errors: PST_ERROR_MODEL; clauses, as in core/model/safetensors.h. */
const PstPickled *pst_pickle_machine_run (PstPickleMachine *machine,
                                          GError          **error);
