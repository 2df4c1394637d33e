/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mask.c: the weight of each pixel, at the taps of the network */
#include "mask.h"

#include <string.h>

#include "core/layers/layer.h"

gsize
pst_mask_scratch (int height, int width)
{
  return pst_shape_size (pst_shape_halve (
    (PstShape){ .height = height, .width = width, .channels = 1 }));
}

void
pst_mask_pool (PstWorkers  *workers,
               int          height,
               int          width,
               const float *mask,
               PstShape     shape,
               float *const buffers[2],
               float       *pooled)
{
  PstShape at = { .height = height, .width = width, .channels = 1 };
  PstLayer pool = { .kind = &pst_layer_avgpool };
  int      turn = 0;

  while (at.height > shape.height || at.width > shape.width)
    {
      PstShape     next = pst_shape_halve (at);
      PstLayerWork work = { .workers = workers,
                            .end = next.height,
                            .in = { { .data = (float *) mask, .shape = at } },
                            .out = { .data = buffers[turn], .shape = next } };

      pst_layer_avgpool.forward (&pool, &work);
      mask = buffers[turn];
      at = next;
      turn = ! turn;
    }
  memcpy (pooled, mask, sizeof (float) * pst_shape_size (at));
}

double
pst_mask_sum (PstShape shape, const float *mask)
{
  gsize  n = pst_shape_pixels (shape);
  double sum = 0;

  if (! mask)
    return n;
  for (gsize i = 0; i < n; i++)
    sum += mask[i];
  return sum;
}
