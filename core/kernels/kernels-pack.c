/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-pack.c: packs matrices for the products of kernels.h and
 * kernels-bf16.h
 */
#include <string.h>

#include "kernels-bf16.h"

void
pst_kernels_pack (int depth, int columns, const float *b, float *packed)
{
  int rounded = PST_ROUND_CHANNELS (columns);
  int width = pst_kernels_get ()->panel;

  for (int panel = 0; panel < rounded; panel += width)
    for (int d = 0; d < depth; d++)
      for (int k = panel; k < MIN (panel + width, rounded); k++)
        *packed++ = k < columns ? b[(gsize) d * columns + k] : 0;
}

PstBf16
pst_bf16_round (float value)
{
  guint32 word;

  memcpy (&word, &value, sizeof word);
  return (word + 0x7fff + (word >> 16 & 1)) >> 16;
}

void
pst_bf16_kernels_pack (int depth, int columns, const float *b, guint32 *packed)
{
  int rounded = PST_ROUND_CHANNELS (columns);
  int width = pst_bf16_kernels_get ()->panel;

  for (int panel = 0; panel < rounded; panel += width)
    for (int d = 0; d < depth; d += 2)
      for (int k = panel; k < MIN (panel + width, rounded); k++)
        {
          const float *at = b + (gsize) d * columns + k;
          guint32      low = k < columns ? pst_bf16_round (at[0]) : 0;
          guint32      high =
            k < columns && d + 1 < depth ? pst_bf16_round (at[columns]) : 0;

          *packed++ = high << 16 | low;
        }
}
