/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle.c: what pickles contain
 *
 * Values refer to each other as the pickle says, also in circles; so all of
 * them are owned by the pickle, and nothing here follows references.
 */
#include "pickle.h"

#include "pickle-machine.h"

struct _PstPickle
{
  GPtrArray        *values;   /* all, owned */
  GPtrArray        *storages; /* borrowed */
  const PstPickled *root;
};

static void
pickled_free (gpointer data)
{
  PstPickled *value = data;

  g_free (value->text);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  g_free (value);
}

PstPickle *
pst_pickle_new (const guint8 *data, gsize size, gsize *ret_used, GError **error)
{
  g_autoptr (PstPickle) pickle = g_new0 (PstPickle, 1);
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GHashTable) memo = g_hash_table_new (NULL, NULL);

  pickle->values = g_ptr_array_new_with_free_func (pickled_free);
  pickle->storages = g_ptr_array_new ();

  PstPickleMachine machine = { .bytes = { .data = data, .size = size },
                               .values = pickle->values,
                               .storages = pickle->storages,
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

  g_ptr_array_unref (pickle->values);
  g_ptr_array_unref (pickle->storages);
  g_free (pickle);
}

/* ---- access ------------------------------------------------------------- */

const PstPickled *
pst_pickle_get_root (const PstPickle *pickle)
{
  return pickle->root;
}

const GPtrArray *
pst_pickle_get_storages (const PstPickle *pickle)
{
  return pickle->storages;
}

const PstPickled *
pst_pickled_item (const PstPickled *value, guint index, PstPickledKind kind)
{
  const PstPickled *item = NULL;

  if (value->items && index < value->items->len)
    item = value->items->pdata[index];
  return item && item->kind == kind ? item : NULL;
}

const PstPickled *
pst_pickled_find (const PstPickled *dict, const char *key)
{
  for (guint i = 0; i + 1 < dict->items->len; i += 2)
    {
      const PstPickled *name = pst_pickled_item (dict, i, PST_PICKLED_TEXT);

      if (name && g_str_equal (name->text, key))
        return dict->items->pdata[i + 1];
    }
  return NULL;
}
