/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-bytes.c: the bytes of a pickle: numbers, lengths and lines */
#include "pickle-bytes.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

gboolean
pst_pickle_fail_damaged (GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("the list of its tensors is truncated or damaged; "
                      "download the file again"));
}

const guint8 *
pst_pickle_take (PstPickleBytes *bytes, guint64 n, GError **error)
{
  const guint8 *taken = bytes->data + bytes->at;

  if (n > bytes->size - bytes->at)
    {
      pst_pickle_fail_damaged (error);
      return NULL;
    }

  bytes->at += n;
  return taken;
}

gboolean
pst_pickle_take_number (PstPickleBytes *bytes,
                        gsize           n,
                        gboolean        is_signed,
                        gint64         *ret_number,
                        GError        **error)
{
  const guint8 *taken = pst_pickle_take (bytes, n, error);
  guint64       number = 0;

  if (! taken)
    return FALSE;

  for (gsize i = n; i-- > 0;)
    number = number << 8 | taken[i];
  if (is_signed && n > 0 && n < 8 && taken[n - 1] & 0x80)
    number |= ~G_GUINT64_CONSTANT (0) << (8 * n);
  *ret_number = (gint64) number;
  return TRUE;
}

const char *
pst_pickle_take_line (PstPickleBytes *bytes, gsize *ret_length, GError **error)
{
  const guint8 *begin = bytes->data + bytes->at;
  const guint8 *end = NULL;

  if (bytes->at < bytes->size)
    end = memchr (begin, '\n', bytes->size - bytes->at);
  if (! end)
    {
      pst_pickle_fail_damaged (error);
      return NULL;
    }

  *ret_length = end - begin;
  bytes->at += *ret_length + 1;
  return (const char *) begin;
}
