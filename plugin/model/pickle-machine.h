/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-machine.h: the stack machine of pickles */
#pragma once

#include "pickle-bytes.h"
#include "pickle.h"

typedef struct
{
  PstPickleBytes bytes;
  gsize          steps;    /* so far */
  GPtrArray     *values;   /* PstPickled, owned: all that were made */
  GPtrArray     *storages; /* PstPickled, borrowed: those of the STORAGEs */
  GPtrArray     *stack;    /* PstPickled, borrowed; NULL: a mark */
  GHashTable    *memo;     /* number -> PstPickled, borrowed */
} PstPickleMachine;

/* Makes a value with empty items, if its kind has some of its own; the machine
 * owns it. */
PstPickled *pst_pickle_machine_make (PstPickleMachine *machine,
                                     PstPickledKind    kind);

/* pst_pickle_machine_count:
 * Whether @n more steps may be done: a few bytes can ask for many.
 * Errors: PST_ERROR_MODEL, they may not. */
gboolean
pst_pickle_machine_count (PstPickleMachine *machine, gsize n, GError **error);

/* pst_pickle_machine_run:
 * Executes the instructions of @machine->bytes up to the one that stops, on a
 * stack that is empty.  Returns the value that is then on top.
 * Errors: PST_ERROR_MODEL; clauses, as in core/model/safetensors.h. */
const PstPickled *pst_pickle_machine_run (PstPickleMachine *machine,
                                          GError          **error);
