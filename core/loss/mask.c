/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mask.c: the weight of each pixel, at the taps of the network */
#include "mask.h"

#include <string.h>

#include "core/layers/layer.h"

void
pst_mask_pool_init (PstMaskPool *pool,
                    PstArena    *arena,
                    PstWorkers  *workers,
                    int          height,
                    int          width,
                    gboolean     used)
{
  PstShape half = pst_shape_halve ((PstShape){ height, width, 1 });
  gsize    size = used ? pst_shape_size (half) : 0;

  *pool = (PstMaskPool){ .workers = workers, .height = height, .width = width };
  for (int i = 0; i < 2; i++)
    pool->buffers[i] = pst_arena_floats (arena, size);
}

void
pst_mask_pool_run (const PstMaskPool *pool,
                   const float       *mask,
                   PstShape           shape,
                   float             *pooled)
{
  PstShape at = { pool->height, pool->width, 1 };
  PstLayer layer = { .kind = &pst_layer_avgpool };
  int      turn = 0;

  while (at.height > shape.height || at.width > shape.width)
    {
      PstShape     next = pst_shape_halve (at);
      PstLayerWork work = { .workers = pool->workers,
                            .end = next.height,
                            .in = { { .data = (float *) mask, .shape = at } },
                            .out = { .data = pool->buffers[turn],
                                     .shape = next } };

      pst_layer_avgpool.forward (&layer, &work);
      mask = pool->buffers[turn];
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
