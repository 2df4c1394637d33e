/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gram.c: Gram matrices and the style loss
 *
 * The matrix is cut into blocks of columns times columns; those on and right of
 * the diagonal are computed.  Where these are few tasks, the positions are cut,
 * too.  Every task adds up its block in double, and the blocks are added in
 * order: no sum depends on the number of threads.
 */
#include "gram.h"

#include <string.h>

#include "core/kernels/blas.h"
#include "core/kernels/kernels-bf16.h"

#define SIDE 64 /* of a block */
#define TILE (SIDE * SIDE)
/* Of copied columns: so their rows lie in different cache sets. */
#define LINE  (SIDE + PST_CHANNEL_GROUP)
#define TASKS 16  /* at least, if there are enough positions */
#define CHUNK 512 /* positions per multiplication, summed in float */
#define BLOCK 128 /* positions per task of the gradient */

typedef struct
{
  PstFeatures           features;
  int                   n_parts; /* that the positions are cut into */
  gsize                 part;    /* positions in one */
  const PstBf16Kernels *bf16;    /* for the matrix; NULL: in single precision */
  double               *sums;    /* [blocks * parts][SIDE][SIDE] */
  const float          *gram_gradient; /* [c][c] */
  const float *packed; /* gram_gradient as kernels take it; NULL: by BLAS */
  float       *df;     /* [n][c] */
  float       *scratch;
  gsize        scratch_size; /* floats from worker to worker */
} Job;

/* ---- sizes -------------------------------------------------------------- */

static int
block_columns (int c)
{
  return (c + SIDE - 1) / SIDE;
}

/* Blocks on and right of the diagonal. */
static int
n_blocks (int c)
{
  return block_columns (c) * (block_columns (c) + 1) / 2;
}

static int
most_parts (int c)
{
  return MAX (1, TASKS / n_blocks (c));
}

/* Of one worker: a product and the copied columns of both factors, or some
 * gradient. */
static gsize
worker_scratch (int c)
{
  return MAX (TILE + 2 * CHUNK * LINE, BLOCK * (gsize) c);
}

/* Of all together: the sums as doubles, or the gradient at the matrix.  Never
 * less for more channels, so that the widest tap's is enough for all. */
static gsize
common_scratch (int c)
{
  return MAX ((gsize) MAX (n_blocks (c), TASKS) * TILE * 2, (gsize) c * c);
}

gsize
pst_gram_scratch (int c, int n_workers)
{
  return common_scratch (c) + n_workers * worker_scratch (c);
}

/* ---- the matrix --------------------------------------------------------- */

/* A block of the matrix, and the positions that a task adds up. */
typedef struct
{
  int          row;
  int          column;
  int          rows;
  int          columns;
  const float *a; /* [positions][LINE], the features of its rows; in half
                   * precision pairs of positions */
  const float *b; /* of its columns */
} Block;

static Block
place_block (int c, int index)
{
  int row = 0;
  int width = block_columns (c);

  while (index >= width)
    {
      index -= width--;
      row++;
    }
  return (Block){ .row = row * SIDE,
                  .column = (row + index) * SIDE,
                  .rows = MIN (SIDE, c - row * SIDE),
                  .columns = MIN (SIDE, c - (row + index) * SIDE) };
}

/* Some of the positions, or of the channels. */
typedef struct
{
  gsize first;
  int   count;
} Range;

/* Copies @columns of the features, times @weights, if any, to @copy:
 * [positions.count][LINE] or, in half precision, half that. */
static void
copy_columns (const Job   *job,
              Range        positions,
              Range        columns,
              const float *weights,
              float       *copy)
{
  gsize        c = job->features.c;
  const float *f = job->features.f + positions.first * c + columns.first;

  if (weights)
    weights += positions.first;
  if (job->bf16)
    {
      job->bf16->pair_rows (positions.count, columns.count, f, c, weights,
                            (guint32 *) copy, LINE);
      return;
    }
  for (int i = 0; i < positions.count; i++, f += c, copy += LINE)
    if (! weights)
      memcpy (copy, f, sizeof (float) * columns.count);
    else
      for (int k = 0; k < columns.count; k++)
        copy[k] = weights[i] * f[k];
}

/* @product: [rows][columns], of which what is left of the matrix's diagonal may
 * stay unset */
static void
multiply (const Job *job, const Block *block, int count, float *product)
{
  gboolean diagonal = block->row == block->column;
  int      step = diagonal ? PST_CHANNEL_GROUP : block->rows;

  if (block->columns % PST_CHANNEL_GROUP != 0)
    {
      pst_gemm_tn (block->rows, block->columns, count, block->a, LINE, block->b,
                   LINE, product, SIDE);
      return;
    }
  for (int row = 0; row < block->rows; row += step)
    {
      int        first = diagonal ? row : 0;
      PstProduct part = { .rows = step,
                          .columns = block->columns - first,
                          .depth = job->bf16 ? (count + 1) / 2 : count,
                          .a = block->a + row,
                          .a_stride = LINE,
                          .b = block->b + first,
                          .b_stride = LINE,
                          .c = product + row * SIDE + first,
                          .c_stride = SIDE };

      if (job->bf16)
        job->bf16->gemm_tn (&part);
      else
        pst_kernels_get ()->gemm_tn (&part);
    }
}

/* Adds up the block for @count positions. */
static void
add_positions (const Job   *job,
               const Block *block,
               int          count,
               float       *product,
               double      *sums)
{
  multiply (job, block, count, product);
  for (int i = 0; i < block->rows; i++)
    for (int k = block->row == block->column ? i : 0; k < block->columns; k++)
      sums[i * SIDE + k] += product[i * SIDE + k];
}

static void
gram_task (void *data, int index, int worker)
{
  const Job *job = data;
  gsize      first = index % job->n_parts * job->part;
  gsize      end = MIN (first + job->part, job->features.n);
  double    *sums = job->sums + (gsize) index * TILE;
  float     *product = job->scratch + worker * job->scratch_size;
  float     *a = product + TILE;
  float     *b = a + CHUNK * LINE;
  Block      block = place_block (job->features.c, index / job->n_parts);
  gboolean   same = block.row == block.column && ! job->features.weights;

  block.a = a;
  block.b = same ? a : b;
  memset (sums, 0, sizeof (double) * TILE);
  for (; first < end; first += CHUNK)
    {
      Range positions = { first, MIN (CHUNK, end - first) };

      copy_columns (job, positions, (Range){ block.row, block.rows },
                    job->features.weights, a);
      if (! same)
        copy_columns (job, positions, (Range){ block.column, block.columns },
                      NULL, b);
      add_positions (job, &block, positions.count, product, sums);
    }
}

/* Adds the sums of one task to the matrix. */
static void
add_block (const Job *job, int index, double *gram)
{
  const double *sums = job->sums + (gsize) index * TILE;
  Block         block = place_block (job->features.c, index / job->n_parts);

  gram += (gsize) block.row * job->features.c + block.column;
  for (int i = 0; i < block.rows; i++)
    for (int k = 0; k < block.columns; k++)
      gram[(gsize) i * job->features.c + k] += sums[i * SIDE + k];
}

void
pst_gram_add (PstWorkers        *workers,
              const PstFeatures *features,
              gboolean           bf16,
              double            *gram,
              float             *scratch)
{
  gsize n = features->n;
  int   c = features->c;
  int   parts = CLAMP (n / CHUNK, 1, (gsize) most_parts (c));
  Job   job = { .features = *features,
                .n_parts = parts,
                .part = (n + parts - 1) / parts,
                .sums = (double *) scratch,
                .scratch = scratch + common_scratch (c),
                .scratch_size = worker_scratch (c) };
  int   tasks = n_blocks (c) * parts;

  if (bf16 && c % PST_CHANNEL_GROUP == 0)
    job.bf16 = pst_bf16_kernels_get ();
  pst_workers_run (workers, tasks, gram_task, &job);
  for (int i = 0; i < tasks; i++)
    add_block (&job, i, gram);
}

void
pst_gram_finish (int c, double total, double *gram)
{
  for (int i = 0; i < c; i++)
    for (int k = i; k < c; k++)
      {
        double value = gram[(gsize) i * c + k] / total;

        gram[(gsize) i * c + k] = value;
        gram[(gsize) k * c + i] = value;
      }
}

/* ---- style loss --------------------------------------------------------- */

double
pst_gram_norm (int c, const double *gram)
{
  gsize  n = (gsize) c * c;
  double norm = 0;

  for (gsize i = 0; i < n; i++)
    norm += gram[i] * gram[i];
  return MAX (norm, 1e-20);
}

double
pst_style_loss (int                   c,
                const double         *gram,
                const PstStyleTarget *target,
                double                weight,
                double                total,
                float                *ret_gram_gradient)
{
  gsize  n = (gsize) c * c;
  double distance = 0;

  for (gsize i = 0; i < n; i++)
    {
      double difference = gram[i] - target->gram[i];

      distance += difference * difference;
      ret_gram_gradient[i] = weight * 4 / (total * target->unit) * difference;
    }
  return distance / target->unit;
}

/* y = f gram_gradient, or y += it, for @count positions */
static void
multiply_gradient (const Job   *job,
                   int          count,
                   const float *f,
                   gboolean     add,
                   float       *y)
{
  int c = job->features.c;

  if (job->packed)
    pst_kernels_get ()->gemm (&(PstProduct){ .rows = count,
                                             .columns = c,
                                             .depth = c,
                                             .a = f,
                                             .a_stride = c,
                                             .b = job->packed,
                                             .add = add,
                                             .c = y,
                                             .c_stride = c });
  else
    pst_gemm (count, c, c, f, c, job->gram_gradient, c, add, y, c);
}

static void
gradient_block (void *data, int index, int worker)
{
  const Job   *job = data;
  int          c = job->features.c;
  gsize        first = (gsize) index * BLOCK;
  int          count = MIN ((gsize) BLOCK, job->features.n - first);
  const float *f = job->features.f + first * c;
  float       *df = job->df + first * c;
  float       *product = job->scratch + worker * job->scratch_size;

  if (! job->features.weights)
    {
      multiply_gradient (job, count, f, TRUE, df);
      return;
    }
  multiply_gradient (job, count, f, FALSE, product);
  for (int i = 0; i < count; i++)
    for (int k = 0; k < c; k++)
      df[(gsize) i * c + k] +=
        job->features.weights[first + i] * product[i * c + k];
}

void
pst_style_gradient (PstWorkers        *workers,
                    const PstFeatures *features,
                    const float       *gram_gradient,
                    float             *df,
                    float             *scratch)
{
  int c = features->c;
  Job job = { .features = *features,
              .gram_gradient = gram_gradient,
              .df = df,
              .scratch = scratch + common_scratch (c),
              .scratch_size = worker_scratch (c) };

  if (c % PST_CHANNEL_GROUP == 0)
    {
      pst_kernels_pack (c, c, gram_gradient, scratch);
      job.packed = scratch;
    }
  pst_workers_run (workers, (features->n + BLOCK - 1) / BLOCK, gradient_block,
                   &job);
}
