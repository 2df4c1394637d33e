/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-amx.c: convolution in half precision by AMX (kernels-bf16.h)
 *
 * A tile register has 16 rows of 64 bytes.  Four of them hold the sums of 2 x
 * 16 pixels and 2 x 16 channels, two are loaded with pixels and two with
 * weights.  A chunk of the input is pixel after pixel, so for each tap 16
 * neighbors of 16 pixels are one run of memory: nothing has to be gathered.
 *
 * Tile registers reach the vector unit through memory only.  The sums of one
 * pair of tiles become results while the next pair is summed up: both units
 * work then, and no load waits for a store of a moment ago.
 *
 * Compiled with the options for AMX; to be called where the machine has it.
 */
#include "kernels-bf16.h"

#include <immintrin.h>

#define PAIR    (2 * PST_BF16_TILE)                  /* pixels */
#define LINE    PST_BF16_CHUNK                       /* elements */
#define LINES   32                                   /* a tap's in a panel */
#define WEIGHTS (PST_BF16_CHUNK * PST_CHANNEL_GROUP) /* in a register */
#define SUMS    (PST_BF16_TILE * PST_CHANNEL_GROUP)  /* in a register */
#define STRIDE  64                                   /* bytes in its row */

#define INLINE static inline __attribute__ ((always_inline))

/* ---- cutting a block into tiles ----------------------------------------- */

/* The pixels of a block are counted in rows as x has them, and those in between
 * are computed in vain, unless fewer tiles are needed when each row begins a
 * new one. */
typedef struct
{
  int length;  /* pixels in a run; each run begins a new tile */
  int per_run; /* tiles */
  int count;   /* tiles in all */
} Cut;

/* Pixels from row to row of x. */
INLINE int
pitch (const PstBf16Block *block)
{
  return block->columns + block->kernel - 1;
}

static Cut
cut_block (const PstBf16Block *block)
{
  int whole = block->rows * pitch (block) - (block->kernel - 1);
  int per_row = (block->columns + PST_BF16_TILE - 1) / PST_BF16_TILE;
  int per_whole = (whole + PST_BF16_TILE - 1) / PST_BF16_TILE;

  if (block->rows * per_row <= per_whole)
    return (Cut){ block->columns, per_row, block->rows * per_row };
  return (Cut){ whole, per_whole, per_whole };
}

/* Where a tile begins, in pixels of x. */
static int
tile_start (const PstBf16Block *block, const Cut *cut, int tile)
{
  return tile / cut->per_run * pitch (block)
         + tile % cut->per_run * PST_BF16_TILE;
}

/* Which pixels of the output a tile's are, rows counted as in memory; -1: none.
 * @map: [PST_BF16_TILE] */
static void
map_tile (const PstBf16Block *block, const Cut *cut, int tile, gint32 *map)
{
  const PstTileOutput *output = &block->output;
  int                  width = output->row_stride / block->channels;
  int                  row = tile_start (block, cut, tile) / pitch (block);
  int                  column = tile_start (block, cut, tile) % pitch (block);
  int there = cut->length - tile % cut->per_run * PST_BF16_TILE;

  for (int i = 0; i < PST_BF16_TILE; i++)
    {
      gboolean wanted =
        i < there && row < output->rows && column < output->columns;

      map[i] = wanted ? row * width + column : -1;
      if (++column == pitch (block))
        {
          column = 0;
          row++;
        }
    }
}

/* All of them, and one more where they are odd. */
static void
map_block (const PstBf16Block *block, const Cut *cut)
{
  gint32 *map = block->map;

  for (int tile = 0; tile < cut->count; tile++, map += PST_BF16_TILE)
    map_tile (block, cut, tile, map);
  if (cut->count % 2)
    for (int i = 0; i < PST_BF16_TILE; i++)
      map[i] = -1;
}

/* ---- results ------------------------------------------------------------ */

/* The sums of a pair of tiles, that are to become results. */
typedef struct
{
  const gint32 *map;  /* [PAIR] */
  const float  *sums; /* [groups][PAIR][PST_CHANNEL_GROUP] */
  int           c;    /* the first channel */
  int           done; /* pixels */
} Results;

/* @n: channels that are there */
INLINE void
finish_group (const PstTileOutput *output,
              const float         *sums,
              int                  c,
              int                  n,
              float               *y,
              guint16             *bits)
{
  const __m512 zero = _mm512_setzero_ps ();
  __mmask16    mask = n >= PST_CHANNEL_GROUP ? 0xffff : (1u << n) - 1;
  __m512       value = _mm512_load_ps (sums);

  if (output->bias)
    value = _mm512_add_ps (value, _mm512_loadu_ps (output->bias + c));
  if (bits)
    *bits = _mm512_cmp_ps_mask (value, zero, _CMP_GT_OQ);
  if (output->relu)
    value = _mm512_max_ps (value, zero);
  if (output->add)
    value = _mm512_add_ps (value, _mm512_maskz_loadu_ps (mask, y));
  _mm512_mask_storeu_ps (y, mask, value);
}

/* The next @count pixels. */
INLINE void
finish_pixels (const PstBf16Block *block, int count, Results *results)
{
  const PstTileOutput *output = &block->output;
  gsize                groups = PST_CHANNEL_GROUPS (block->channels);
  int                  end = MIN (results->done + count, PAIR);

  for (; results->done < end; results->done++)
    {
      gint32       pixel = results->map[results->done];
      const float *sums = results->sums + results->done * PST_CHANNEL_GROUP;
      guint16     *bits = NULL;

      if (pixel < 0)
        continue;
      if (output->bits)
        bits = output->bits + pixel * groups + results->c / PST_CHANNEL_GROUP;
      for (int c = results->c;
           c < MIN (results->c + PST_BF16_PANEL, block->channels);
           c += PST_CHANNEL_GROUP, sums += 2 * SUMS)
        finish_group (output, sums, c, block->channels - c,
                      output->y + (gsize) pixel * block->channels + c,
                      bits ? bits++ : NULL);
    }
}

/* ---- sums --------------------------------------------------------------- */

/* The operand of LDTILECFG: the same for all eight registers. */
typedef struct
{
  guint8  palette;
  guint8  start_row;
  guint8  reserved[14];
  guint16 row_bytes[16];
  guint8  rows[16];
} TileConfig;

static const TileConfig config = { .palette = 1,
                                   .row_bytes = { 64, 64, 64, 64, 64, 64, 64,
                                                  64 },
                                   .rows = { 16, 16, 16, 16, 16, 16, 16, 16 } };

/* A pair of tiles of pixels times a panel. */
typedef struct
{
  const PstBf16 *x[2];  /* upper left neighbor of the first pixel */
  const PstBf16 *b;     /* weights */
  const PstBf16 *ahead; /* of the next panel, prefetched: a share for each pair
                         * of tiles */
  int            lines; /* of these for each row of taps */
  float         *sums;
} Product;

/* The taps in a row: the registers are 0 to 3 sums, 4 and 5 pixels, 6 and 7
 * weights.
 * @kernel: 1 or 3, @groups: 1 or 2, constants where this is inlined */
INLINE void
add_row (int            kernel,
         int            groups,
         const PstBf16 *a0,
         const PstBf16 *a1,
         const PstBf16 *b)
{
#pragma GCC unroll 3
  for (int i = 0; i < kernel; i++, b += groups * WEIGHTS)
    {
      _tile_loadd (6, b, STRIDE);
      _tile_loadd (4, a0 + i * LINE, STRIDE);
      _tile_loadd (5, a1 + i * LINE, STRIDE);
      _tile_dpbf16ps (0, 4, 6);
      _tile_dpbf16ps (1, 5, 6);
      if (groups == 1)
        continue;
      _tile_loadd (7, b + WEIGHTS, STRIDE);
      _tile_dpbf16ps (2, 4, 7);
      _tile_dpbf16ps (3, 5, 7);
    }
}

INLINE void
store_sums (int groups, float *sums)
{
  _tile_stored (0, sums, STRIDE);
  _tile_stored (1, sums + SUMS, STRIDE);
  if (groups == 1)
    return;
  _tile_stored (2, sums + 2 * SUMS, STRIDE);
  _tile_stored (3, sums + 3 * SUMS, STRIDE);
}

/* @before: the sums that are finished in the meantime */
INLINE void
sum_pair (const PstBf16Block *block,
          int                 kernel,
          int                 groups,
          const Product      *product,
          Results            *before)
{
  gsize          row = (gsize) pitch (block) * LINE;
  int            rows = kernel * block->chunks;
  int            share = (PAIR + rows - 1) / rows;
  const PstBf16 *b = product->b;
  const PstBf16 *ahead = product->ahead;

  _tile_zero (0);
  _tile_zero (1);
  _tile_zero (2);
  _tile_zero (3);
  for (int chunk = 0; chunk < block->chunks; chunk++)
    for (int k = 0; k < kernel; k++, b += kernel * groups * WEIGHTS)
      {
        gsize at = chunk * block->plane + k * row;

        for (int i = 0; i < product->lines; i++, ahead += LINE)
          _mm_prefetch ((const char *) ahead, _MM_HINT_T1);
        add_row (kernel, groups, product->x[0] + at, product->x[1] + at, b);
        finish_pixels (block, share, before);
      }
  store_sums (groups, product->sums);
}

/* All pixels, one panel.
 * @c: its first channel   @next: the first channel of the one to come */
INLINE void
sum_panel (const PstBf16Block *block,
           const Cut          *cut,
           int                 kernel,
           int                 groups,
           int                 c,
           int                 next,
           Results            *before)
{
  gsize depth = (gsize) kernel * kernel * PST_BF16_CHUNK * block->chunks;
  int   rows = kernel * block->chunks;
  int   pairs = (cut->count + 1) / 2;
  int   lines = (kernel * LINES + pairs - 1) / pairs;

  for (int pair = 0; pair < pairs; pair++)
    {
      int     second = MIN (2 * pair + 1, cut->count - 1);
      Product product = {
        .x = { block->x + (gsize) tile_start (block, cut, 2 * pair) * LINE,
               block->x + (gsize) tile_start (block, cut, second) * LINE },
        .b = block->weights + c * depth,
        .ahead =
          block->weights + next * depth + (gsize) pair * lines * rows * LINE,
        .lines = lines,
        .sums = block->sums
      };

      /* The other half, unless the sums before are there. */
      if (before->sums == block->sums)
        product.sums += PST_BF16_SUMS / 2;
      sum_pair (block, kernel, groups, &product, before);
      *before = (Results){ .map = block->map + pair * PAIR,
                           .sums = product.sums,
                           .c = c };
    }
}

/* @kernel: a constant where this is inlined */
INLINE void
convolve_all (const PstBf16Block *block, int kernel)
{
  Cut     cut = cut_block (block);
  int     out = PST_ROUND_CHANNELS (block->channels);
  Results before = { .done = PAIR };

  map_block (block, &cut);
  _tile_loadconfig (&config);
  /* GCC does not know that loading a tile reads memory. */
  __asm__ volatile("" : : : "memory");
  for (int c = 0; c < out; c += PST_BF16_PANEL)
    {
      int next = c + PST_BF16_PANEL < out ? c + PST_BF16_PANEL : 0;

      if (c + PST_BF16_PANEL <= out)
        sum_panel (block, &cut, kernel, 2, c, next, &before);
      else
        sum_panel (block, &cut, kernel, 1, c, next, &before);
    }
  _tile_release ();
  finish_pixels (block, PAIR, &before);
}

void
pst_amx_convolve (const PstBf16Block *block)
{
  if (block->kernel == 3)
    convolve_all (block, 3);
  else
    convolve_all (block, 1);
}
