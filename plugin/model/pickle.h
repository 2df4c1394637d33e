/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle.h: Python's pickle format, read without executing anything
 *
 * A pickle is a program for a small stack machine, which may call any function
 * of Python.  This reader knows the machine's instructions, and of the
 * functions those that put tensors together (pickle-objects.h).  What any other
 * would have made becomes an object that holds nothing but what was put into
 * it.
 *
 * Source: Python's pickletools.py.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PST_PICKLED_NONE, /* None, and what tensors and names do not need: numbers
                     * with a fraction or of more than 8 bytes, bytes, sets */
  PST_PICKLED_INT,  /* also False and True */
  PST_PICKLED_TEXT,
  PST_PICKLED_TUPLE,
  PST_PICKLED_LIST,
  PST_PICKLED_DICT,      /* items: key, value, key, value ... */
  PST_PICKLED_GLOBAL,    /* text: "module name", a function or class */
  PST_PICKLED_OBJECT,    /* of an unknown class; items: as of a DICT, its
                          * attributes and its own items */
  PST_PICKLED_STORAGE,   /* items: "storage", global, key, place, number of
                          * values, ...: what torch keeps outside */
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

typedef struct _PstPickle PstPickle;

/* pst_pickle_new:
 * @data: [size], where the pickle begins; not used later on
 * @ret_used: bytes that it takes, or NULL
 * Returns the values; the caller owns them.
 * Errors: PST_ERROR_MODEL; clauses, as in core/model/safetensors.h. */
PstPickle *pst_pickle_new (const guint8 *data,
                           gsize         size,
                           gsize        *ret_used,
                           GError      **error);
void       pst_pickle_free (PstPickle *pickle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPickle, pst_pickle_free)

/* What it describes; owned by @pickle.  Values may contain each other in
 * circles. */
const PstPickled *pst_pickle_get_root (const PstPickle *pickle);

/* All storages that it mentions, in their order; owned by @pickle. */
const GPtrArray *pst_pickle_get_storages (const PstPickle *pickle);

/* Item @index of @value, if @value has so many and the item is of @kind; else
 * NULL.  Owned as @value is. */
const PstPickled *
pst_pickled_item (const PstPickled *value, guint index, PstPickledKind kind);

/* The value of the text @key in a dict, or NULL. */
const PstPickled *pst_pickled_find (const PstPickled *dict, const char *key);
