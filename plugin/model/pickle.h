/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle.h: Python's pickle format, read without executing anything
 *
 * A pickle is a program for a small stack machine, which may call any function
 * of Python.  This reader knows the machine's instructions, and of the
 * functions only those that make tensors (pickle-objects.h).  The result of any
 * other is an object that only holds its arguments.
 *
 * Source: Python's pickletools.py.
 */
#pragma once

#include "pickle-values.h"

typedef struct _PstPickle PstPickle;

/* pst_pickle_new:
 * @data: [size], where the pickle begins; not kept
 * @ret_used: bytes that it takes, or NULL
 * Returns the values; the caller owns them.
 * Errors: PST_ERROR_MODEL; clauses, as in core/model/safetensors.h. */
PstPickle *pst_pickle_new (const guint8 *data,
                           gsize         size,
                           gsize        *ret_used,
                           GError      **error);
void       pst_pickle_free (PstPickle *pickle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPickle, pst_pickle_free)

/* The value that it describes; owned by @pickle.  Values may contain each other
 * in circles. */
const PstPickled *pst_pickle_get_root (const PstPickle *pickle);

/* All storages that it mentions, in their order; owned by @pickle. */
const GPtrArray *pst_pickle_get_storages (const PstPickle *pickle);
