/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-values.h: the values that a pickle describes
 *
 * They refer to each other as the pickle says, also in circles; so all of them
 * are owned by a heap, and nothing here follows references.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PST_PICKLED_NONE, /* None, and values that tensors and names do not need:
                     * numbers with a fraction or of more than 8 bytes, bytes,
                     * sets */
  PST_PICKLED_INT,  /* also False and True */
  PST_PICKLED_TEXT,
  PST_PICKLED_TUPLE,
  PST_PICKLED_LIST,
  PST_PICKLED_DICT,      /* items: key, value, key, value ... */
  PST_PICKLED_GLOBAL,    /* text: "module name", a function or class */
  PST_PICKLED_OBJECT,    /* of an unknown class; items: as of a DICT, its
                          * attributes and its own items */
  PST_PICKLED_STORAGE,   /* items: "storage", global, key, device, number of
                          * values, ...: data that torch keeps outside the
                          * pickle */
  PST_PICKLED_TENSOR,    /* items: storage, offset, shape, strides, ... */
  PST_PICKLED_PARAMETER, /* a tensor that is not defined yet */
} PstPickledKind;

typedef struct
{
  PstPickledKind kind;
  gint64         number; /* of an INT */
  char          *text;   /* of a TEXT or GLOBAL, UTF-8 */
  GPtrArray     *items;  /* PstPickled; NULL for the other kinds */
} PstPickled;

/* Item @index of @value, if @value has so many and the item is of @kind; else
 * NULL.  Owned as @value is. */
const PstPickled *
pst_pickled_item (const PstPickled *value, guint index, PstPickledKind kind);

/* The value of the text @key in a dict, or NULL. */
const PstPickled *pst_pickled_find (const PstPickled *dict, const char *key);

/* The values of one pickle. */
typedef struct
{
  GPtrArray *values;   /* PstPickled, owned */
  GPtrArray *storages; /* PstPickled, borrowed: the STORAGEs, in their order */
  gsize      steps;    /* that making them has taken so far */
} PstPickleHeap;

PstPickleHeap *pst_pickle_heap_new (void);
void           pst_pickle_heap_free (PstPickleHeap *heap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPickleHeap, pst_pickle_heap_free)

/* Makes a value, with empty items if its kind has items; the heap owns it. */
PstPickled *pst_pickle_heap_make (PstPickleHeap *heap, PstPickledKind kind);

/* pst_pickle_heap_count:
 * Whether @n more steps are allowed: a few bytes can ask for many.
 * Errors: PST_ERROR_MODEL, they may not. */
gboolean pst_pickle_heap_count (PstPickleHeap *heap, gsize n, GError **error);
