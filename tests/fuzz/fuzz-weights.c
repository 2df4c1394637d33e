/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-weights.c: any bytes must be imported or properly refused as weights
 *
 * For libFuzzer, or with replay.c.  Input as it stands is a file.  Input that
 * begins like a pickle is read as one, so that the fuzzer gets deeper sooner.
 */
#include <stdint.h>

#include "core/pastiche.h"
#include "plugin/model/import.h"
#include "plugin/model/pickle.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_pickle (const uint8_t *data, size_t size, GError **error)
{
  gsize used;
  g_autoptr (PstPickle) pickle = pst_pickle_new (data, size, &used, error);

  if (pickle)
    {
      g_assert_cmpuint (used, <=, size);
      g_assert_nonnull (pst_pickle_get_root (pickle));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PstImportOptions options = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) network = NULL;
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;

  if (size > 2 && data[0] == 0x80 && data[2] != 0x8a)
    read_pickle (data, size, &error);
  else
    {
      network = pst_import (bytes, &options, &notes, &error);
      g_assert_true (network || error);
      g_assert_true (! notes || g_utf8_validate (notes, -1, NULL));
    }
  if (error)
    {
      g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  return 0;
}
