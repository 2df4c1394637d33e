/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle.c: a pickle is read by running its program */
#include "pickle.h"

#include "pickle-machine.h"

struct _PstPickle
{
  PstPickleHeap    *heap;
  const PstPickled *root;
};

PstPickle *
pst_pickle_new (const guint8 *data, gsize size, gsize *ret_used, GError **error)
{
  g_autoptr (PstPickle) pickle = g_new0 (PstPickle, 1);
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GHashTable) memo = g_hash_table_new (NULL, NULL);

  pickle->heap = pst_pickle_heap_new ();

  PstPickleMachine machine = { .bytes = { .data = data, .size = size },
                               .heap = pickle->heap,
                               .stack = stack,
                               .memo = memo };
  pickle->root = pst_pickle_machine_run (&machine, error);
  if (! pickle->root)
    return NULL;

  if (ret_used)
    *ret_used = machine.bytes.at;
  return g_steal_pointer (&pickle);
}

void
pst_pickle_free (PstPickle *pickle)
{
  if (! pickle)
    return;

  pst_pickle_heap_free (pickle->heap);
  g_free (pickle);
}

const PstPickled *
pst_pickle_get_root (const PstPickle *pickle)
{
  return pickle->root;
}

const GPtrArray *
pst_pickle_get_storages (const PstPickle *pickle)
{
  return pickle->heap->storages;
}
