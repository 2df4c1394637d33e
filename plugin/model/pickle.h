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

#include "pickle-values.h"

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
