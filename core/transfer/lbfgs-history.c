/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lbfgs-history.c: the history of L-BFGS, pairs of long vectors
 *
 * A pair lies block after block, s before y in each.  Workers share parts of
 * several blocks; where they are cut depends on n alone, and their sums are
 * added in order.
 */
#include "lbfgs-history.h"

#include <assert.h>
#include <string.h>

#include "core/base/shape.h"
#include "core/kernels/kernels.h"

#define BLOCK     4096 /* elements, a multiple of PST_PACKED_RUN */
#define MAX_PARTS 64

struct _PstHistory
{
  const PstHistoryKernels *kernels;
  PstWorkers              *workers;
  gsize                    n;
  gboolean                 packed;
  float                   *data[PST_MAX_HISTORY]; /* [2 n] or, if packed, [n] */
  float           *scales[PST_MAX_HISTORY];       /* [2][PST_PACKED_RUNS (n)] or
                                                   * NULL */
  PstPairProducts *parts;                         /* [part][pair] */
};

static gsize
blocks (gsize n)
{
  return n / BLOCK + (n % BLOCK > 0);
}

static int
parts (gsize n)
{
  return MIN (blocks (n), MAX_PARTS);
}

PstHistory *
pst_history_new (PstArena   *arena,
                 gsize       n,
                 int         count,
                 gboolean    packed,
                 PstWorkers *workers)
{
  PstHistory pairs = { .kernels = pst_kernels_get ()->history,
                       .workers = workers,
                       .n = n,
                       .packed = packed };

  assert (count >= 1 && count <= PST_MAX_HISTORY);
  for (int i = 0; i < count; i++)
    {
      pairs.data[i] =
        pst_arena_floats (arena, packed ? n : pst_size_mul (2, n));
      if (packed)
        pairs.scales[i] = pst_arena_floats (arena, 2 * PST_PACKED_RUNS (n));
    }
  pairs.parts =
    (PstPairProducts *) pst_arena_doubles (arena, parts (n) * (gsize) count
                                                    * sizeof (PstPairProducts)
                                                    / sizeof (double));
  return arena->base ? g_memdup2 (&pairs, sizeof pairs) : NULL;
}

void
pst_history_free (PstHistory *pairs)
{
  g_free (pairs);
}

/* ---- blocks ------------------------------------------------------------- */

/* The elements first .. first + count - 1 of all vectors. */
typedef struct
{
  gsize first;
  gsize count;
} Block;

static float *
block_data (const PstHistory *pairs, int slot, Block block)
{
  return pairs->data[slot] + (pairs->packed ? 1 : 2) * block.first;
}

static PstPairBlock
block_pair (const PstHistory *pairs, int slot, Block block)
{
  float *data = block_data (pairs, slot, block);
  float *scales = pairs->scales[slot];

  if (! pairs->packed)
    return (PstPairBlock){ .s = data, .y = data + block.count };

  scales += block.first / PST_PACKED_RUN;
  return (PstPairBlock){ .s = data,
                         .y = (gint16 *) data + block.count,
                         .s_scales = scales,
                         .y_scales = scales + PST_PACKED_RUNS (pairs->n) };
}

typedef void (*Work) (void *data, Block block, int part);

/* One pass over all blocks. */
typedef struct
{
  gsize n;
  gsize n_blocks;
  int   n_parts;
  Work  work;
  void *data;
} Pass;

static void
run_part (void *data, int index, int worker)
{
  const Pass *pass = data;
  gsize       end = (index + 1) * pass->n_blocks / pass->n_parts;

  for (gsize i = index * pass->n_blocks / pass->n_parts; i < end; i++)
    {
      Block block = { .first = i * BLOCK };

      block.count = MIN (BLOCK, pass->n - block.first);
      pass->work (pass->data, block, index);
    }
}

static void
run_pass (const PstHistory *pairs, Work work, void *data)
{
  Pass pass = { .n = pairs->n,
                .n_blocks = blocks (pairs->n),
                .n_parts = parts (pairs->n),
                .work = work,
                .data = data };

  pst_workers_run (pairs->workers, pass.n_parts, run_part, &pass);
}

/* ---- moving x ----------------------------------------------------------- */

typedef struct
{
  PstHistory           *pairs;
  const PstCombination *combination;
  PstPairOrder          order;
  const float          *gradient;
  int                   slot;
  float                *x;
} Move;

/* x = before + d, d as it will be stored */
static void
step_block (const PstHistory *pairs,
            gsize             n,
            const float      *before,
            float            *d,
            float            *x)
{
  gint16 q[BLOCK];
  float  scales[BLOCK / PST_PACKED_RUN];

  if (pairs->packed)
    {
      pairs->kernels->pack (n, d, q, scales);
      pairs->kernels->unpack (n, q, scales, d);
    }
  for (gsize i = 0; i < n; i++)
    x[i] = before[i] + d[i];
}

static void
move_block (void *data, Block block, int part)
{
  const Move           *move = data;
  const PstCombination *c = move->combination;
  float                *x = move->x + block.first;
  const float          *g = move->gradient + block.first;
  float                *before = block_data (move->pairs, move->slot, block);
  float                 factor = c->factor;
  float                 d[BLOCK];

  for (gsize i = 0; i < block.count; i++)
    d[i] = factor * g[i];
  for (int k = 0; k < move->order.n; k++)
    {
      PstPairBlock pair = block_pair (move->pairs, move->order.slots[k], block);

      move->pairs->kernels->add (&pair, block.count, c->s[k], c->y[k], d);
    }
  memcpy (before, x, block.count * sizeof *x);
  step_block (move->pairs, block.count, before, d, x);
}

void
pst_history_move (PstHistory           *pairs,
                  const PstCombination *combination,
                  PstPairOrder          order,
                  const float          *gradient,
                  int                   slot,
                  float                *x)
{
  Move move = { .pairs = pairs,
                .combination = combination,
                .order = order,
                .gradient = gradient,
                .slot = slot,
                .x = x };

  run_pass (pairs, move_block, &move);
}

typedef struct
{
  PstHistory *pairs;
  int         slot;
  float       ratio;
  float      *x;
} Shorten;

static void
shorten_block (void *data, Block block, int part)
{
  const Shorten *job = data;
  float         *x = job->x + block.first;
  const float   *before = block_data (job->pairs, job->slot, block);
  float          d[BLOCK];

  if (job->ratio == 0)
    {
      memcpy (x, before, block.count * sizeof *x);
      return;
    }
  for (gsize i = 0; i < block.count; i++)
    d[i] = job->ratio * (x[i] - before[i]);
  step_block (job->pairs, block.count, before, d, x);
}

void
pst_history_shorten (PstHistory *pairs, int slot, double ratio, float *x)
{
  Shorten job = { .pairs = pairs, .slot = slot, .ratio = ratio, .x = x };

  run_pass (pairs, shorten_block, &job);
}

/* ---- storing a pair, products ------------------------------------------- */

typedef struct
{
  PstHistory  *pairs;
  PstPairOrder order;
  const float *x;
  const float *before;
  const float *after;
} Store;

/* @y: becomes what the new pair holds as y */
static void
make_block (const Store *job, Block block, float *y)
{
  const PstHistoryKernels *kernels = job->pairs->kernels;
  int                      slot = job->order.slots[0];
  PstPairBlock             pair = block_pair (job->pairs, slot, block);
  const float             *before = block_data (job->pairs, slot, block);
  const float             *x = job->x + block.first;
  float                    s[BLOCK];

  for (gsize i = 0; i < block.count; i++)
    {
      s[i] = x[i] - before[i];
      y[i] = job->after[block.first + i] - job->before[block.first + i];
    }
  if (job->pairs->packed)
    {
      kernels->pack (block.count, s, pair.s, pair.s_scales);
      kernels->pack (block.count, y, pair.y, pair.y_scales);
      kernels->unpack (block.count, pair.y, pair.y_scales, y);
      return;
    }
  memcpy (pair.s, s, block.count * sizeof *s);
  memcpy (pair.y, y, block.count * sizeof *y);
}

static void
store_block (void *data, Block block, int part)
{
  const Store     *job = data;
  const float     *g = job->after + block.first;
  PstPairProducts *products = job->pairs->parts + part * job->order.n;
  float            y[BLOCK];

  make_block (job, block, y);
  for (int k = 0; k < job->order.n; k++)
    {
      PstPairBlock pair = block_pair (job->pairs, job->order.slots[k], block);
      double       sums[4] = { 0 };

      job->pairs->kernels->dots (&pair, block.count, y, g, sums);
      products[k].s_y += sums[0];
      products[k].s_g += sums[1];
      products[k].y_y += sums[2];
      products[k].y_g += sums[3];
    }
}

void
pst_history_store (PstHistory      *pairs,
                   PstPairOrder     order,
                   const float     *x,
                   const float     *before,
                   const float     *after,
                   PstPairProducts *ret_products)
{
  Store job = {
    .pairs = pairs, .order = order, .x = x, .before = before, .after = after
  };
  int n_parts = parts (pairs->n);

  memset (pairs->parts, 0, n_parts * order.n * sizeof *pairs->parts);
  memset (ret_products, 0, order.n * sizeof *ret_products);
  run_pass (pairs, store_block, &job);
  for (int part = 0; part < n_parts; part++)
    for (int k = 0; k < order.n; k++)
      {
        const PstPairProducts *sum = &pairs->parts[part * order.n + k];

        ret_products[k].s_y += sum->s_y;
        ret_products[k].s_g += sum->s_g;
        ret_products[k].y_y += sum->y_y;
        ret_products[k].y_g += sum->y_g;
      }
}
