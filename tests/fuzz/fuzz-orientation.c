/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-orientation.c: any bytes must have some orientation
 *
 * For libFuzzer, or with replay.c.
 */
#include <stdint.h>

#include "plugin/files/orientation.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* A block of its own, so that a sanitizer sees a read beyond it. */
  g_autofree guint8 *copy = g_memdup2 (data, size);
  int                orientation = pst_orientation_find (copy, size);

  g_assert_cmpint (orientation, >=, 1);
  g_assert_cmpint (orientation, <=, 8);

  return 0;
}
