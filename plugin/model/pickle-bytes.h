/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-bytes.h: the bytes of a pickle: numbers, lengths and lines */
#pragma once

#include <glib.h>

typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         at; /* <= size */
} PstPickleBytes;

/* Sets @error and returns FALSE: PST_ERROR_MODEL, the pickle is truncated or
 * damaged. */
gboolean pst_pickle_fail_damaged (GError **error);

/* pst_pickle_take:
 * Returns the next @n bytes, which are part of @bytes->data.
 * Errors: there are fewer, as pst_pickle_fail_damaged(). */
const guint8 *
pst_pickle_take (PstPickleBytes *bytes, guint64 n, GError **error);

/* pst_pickle_take_number:
 * A little-endian number of @n bytes, 0 to 8; 0 bytes are 0.
 * Errors: as pst_pickle_take(). */
gboolean pst_pickle_take_number (PstPickleBytes *bytes,
                                 gsize           n,
                                 gboolean        is_signed,
                                 gint64         *ret_number,
                                 GError        **error);

/* pst_pickle_take_line:
 * The bytes up to the end of the line, which is dropped; *@ret_length is their
 * number.
 * Errors: the line has no end, as pst_pickle_fail_damaged(). */
const char *
pst_pickle_take_line (PstPickleBytes *bytes, gsize *ret_length, GError **error);
