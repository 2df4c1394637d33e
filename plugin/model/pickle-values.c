/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-values.c: the values that a pickle describes */
#include "pickle-values.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/* Instructions and copied items of one pickle; a network of a thousand tensors
 * takes some 30 000. */
#define MAX_STEPS (1 << 21)

/* ---- the heap ----------------------------------------------------------- */

static void
pickled_free (gpointer data)
{
  PstPickled *value = data;

  g_free (value->text);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  g_free (value);
}

PstPickleHeap *
pst_pickle_heap_new (void)
{
  PstPickleHeap *heap = g_new0 (PstPickleHeap, 1);

  heap->values = g_ptr_array_new_with_free_func (pickled_free);
  heap->storages = g_ptr_array_new ();
  return heap;
}

void
pst_pickle_heap_free (PstPickleHeap *heap)
{
  if (! heap)
    return;

  g_ptr_array_unref (heap->values);
  g_ptr_array_unref (heap->storages);
  g_free (heap);
}

PstPickled *
pst_pickle_heap_make (PstPickleHeap *heap, PstPickledKind kind)
{
  PstPickled *value = g_new0 (PstPickled, 1);

  value->kind = kind;
  if (kind == PST_PICKLED_TUPLE || kind == PST_PICKLED_LIST
      || kind == PST_PICKLED_DICT || kind == PST_PICKLED_OBJECT)
    value->items = g_ptr_array_new ();
  g_ptr_array_add (heap->values, value);
  return value;
}

gboolean
pst_pickle_heap_count (PstPickleHeap *heap, gsize n, GError **error)
{
  heap->steps += n;
  return heap->steps <= MAX_STEPS
         || pst_fail (error, PST_ERROR_MODEL,
                      _ ("the list of its tensors takes more than %d steps"),
                      MAX_STEPS);
}

/* ---- access ------------------------------------------------------------- */

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
