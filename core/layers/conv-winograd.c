/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-winograd.c: convolution of 3x3 by Winograd's F(4x4, 3x3)
 *
 * Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR
 * 2016.  The output is cut into tiles of 4x4 pixels; blocks of tiles are
 * transformed, multiplied with the transformed weights, one matrix product for
 * each of the 36 points, and transformed back, while their data stay in the
 * cache.  Channels-last: transforms run over channels, products are [tiles][in]
 * times [in][out].
 */
#include "conv-winograd.h"

#include "core/base/arena.h"
#include "core/kernels/kernels-bf16.h"

#define TILE   4 /* output pixels of a tile's side */
#define POINTS PST_TILE_POINTS
#define ROWS                                        \
  6 /* blocks are multiples of this many tiles: the \
     * rows that the product handles at a time */
#define MIN_TILES    (4 * ROWS)
#define MAX_TILES    (8 * ROWS)
#define BLOCK_FLOATS 8192 /* of a block at one point, both sides */
#define SKEW                                                  \
  PST_CHANNEL_GROUP /* so that the 36 points of a tile do not \
                     * fall into the same cache sets */

struct _PstWinograd
{
  int      in_channels;
  int      out_channels;
  int      padded_out;   /* rounded up to groups */
  PstArena arena;        /* of the weights */
  float   *weights;      /* [36], each packed [in][padded_out] */
  guint32 *bf16_weights; /* [36], each packed [in / 2][padded_out] of pairs;
                          * NULL where the machine computes in half precision
                          * another way, or not at all */
};

/* ---- weights ------------------------------------------------------------ */

/* G of F(4, 3), for the points 0, 1, -1, 2, -2, infinity */
static const double kernel_transform[6][3] = {
  { 1.0 / 4, 0, 0 },
  { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
  { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
  { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
  { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
  { 0, 0, 1 },
};

/* Element @point of G g G^T; @stride: floats between elements of g [3][3] */
static double
transformed_weight (const float *g, gsize stride, int point)
{
  const double *rows = kernel_transform[point / 6];
  const double *columns = kernel_transform[point % 6];
  double        sum = 0;

  for (int k = 0; k < 9; k++)
    sum += rows[k / 3] * columns[k % 3] * g[k * stride];
  return sum;
}

static void
take_weights (PstWinograd *winograd)
{
  const PstBf16Kernels *bf16 = pst_bf16_kernels_get ();
  gsize n = POINTS * (gsize) winograd->in_channels * winograd->padded_out;

  winograd->weights = pst_arena_floats (&winograd->arena, n);
  if (bf16 && ! bf16->convolve)
    winograd->bf16_weights =
      pst_arena_bytes (&winograd->arena, n / 2 * sizeof (guint32));
}

/* Returns FALSE when there is no memory. */
static gboolean
pack_weights (PstWinograd *winograd, const float *weight)
{
  int               in = winograd->in_channels;
  int               out = winograd->out_channels;
  gsize             n = (gsize) in * out;
  gsize             packed = (gsize) in * winograd->padded_out;
  g_autofree float *at_point = g_try_new (float, n);

  pst_arena_init (&winograd->arena);
  take_weights (winograd);
  if (! at_point || ! pst_arena_commit (&winograd->arena, NULL))
    return FALSE;
  take_weights (winograd);
  for (int point = 0; point < POINTS; point++)
    {
      for (gsize i = 0; i < n; i++)
        at_point[i] = transformed_weight (weight + i, n, point);
      pst_kernels_pack (in, out, at_point, winograd->weights + point * packed);
      if (winograd->bf16_weights)
        pst_bf16_kernels_pack (in, out, at_point,
                               winograd->bf16_weights + point * packed / 2);
    }
  return TRUE;
}

PstWinograd *
pst_winograd_new (int in_channels, int out_channels, const float *weight)
{
  PstWinograd *winograd = g_new0 (PstWinograd, 1);

  winograd->in_channels = in_channels;
  winograd->out_channels = out_channels;
  winograd->padded_out = PST_ROUND_CHANNELS (out_channels);
  if (! pack_weights (winograd, weight))
    g_clear_pointer (&winograd, pst_winograd_free);
  return winograd;
}

void
pst_winograd_free (PstWinograd *winograd)
{
  if (! winograd)
    return;

  pst_arena_clear (&winograd->arena);
  g_free (winograd);
}

/* ---- blocks of tiles ---------------------------------------------------- */

typedef struct
{
  const PstWinograd    *winograd;
  const PstKernels     *kernels;
  const PstBf16Kernels *bf16; /* NULL: in single precision */
  const PstConvWork    *work;
  int                   columns; /* tiles in a row of tiles */
  int                   n_tiles;
  int                   block; /* tiles in a block */
} Job;

static int
most_tiles (const PstWinograd *winograd)
{
  int channels = winograd->in_channels + winograd->padded_out;

  return CLAMP (BLOCK_FLOATS / channels / ROWS * ROWS, MIN_TILES, MAX_TILES);
}

gsize
pst_winograd_scratch (const PstWinograd *winograd)
{
  gsize tiles = most_tiles (winograd);
  gsize in = winograd->in_channels;

  return POINTS
         * (tiles * (in + winograd->padded_out) + 2 * SKEW + in
            + in / PST_CHANNEL_GROUP);
}

/* Elements that a tile has at a point: floats, or pairs in half precision. */
static int
elements (const Job *job)
{
  int in = job->winograd->in_channels;

  return job->bf16 ? in / 2 : in;
}

/* @x, @bits: the tile's 6x6 pixels, rows so many pixels apart
 * @v: [36] points of it, @stride elements apart */
static void
transform_pixels (const Job     *job,
                  const float   *x,
                  const PstBits *bits,
                  gsize          pixels,
                  float         *v,
                  gsize          stride)
{
  gsize channels = job->work->source.channels;
  gsize groups = channels / PST_CHANNEL_GROUP;

  if (job->bf16)
    job->bf16->winograd_input (x, pixels * channels, bits, pixels * groups,
                               channels, (PstBf16 *) v, 2 * stride);
  else
    job->kernels->winograd_input (x, pixels * channels, bits, pixels * groups,
                                  channels, v, stride);
}

/* @gathered: scratch, [6][6][in] and as many bits */
static void
transform_tile (const Job *job,
                int        tile,
                float     *v,
                gsize      stride,
                float     *gathered)
{
  const PstSource *source = &job->work->source;
  gsize            channels = source->channels;
  gsize            groups = channels / PST_CHANNEL_GROUP;
  int              row = job->work->begin + tile / job->columns * TILE - 1;
  int              column = tile % job->columns * TILE - 1;

  if (row < 0 || row + 6 > source->height || column < 0
      || column + 6 > source->width)
    {
      PstBits *bits = (PstBits *) (gathered + POINTS * channels);

      pst_window_gather_tile (source, row, column, gathered, bits);
      transform_pixels (job, gathered, source->bits ? bits : NULL, 6, v,
                        stride);
      return;
    }
  transform_pixels (job, pst_source_row (source, row) + column * channels,
                    source->bits
                      ? pst_source_bits (source, row) + column * groups
                      : NULL,
                    source->width, v, stride);
}

static void
write_tile (const Job *job, int tile, const float *m, gsize stride)
{
  const PstSource     *source = &job->work->source;
  const PstConvOutput *output = &job->work->output;
  int                  channels = job->winograd->out_channels;
  int                  groups = PST_CHANNEL_GROUPS (channels);
  int                  row = job->work->begin + tile / job->columns * TILE;
  int                  column = tile % job->columns * TILE;
  gsize                width = source->width;
  gsize                first = (row - output->top) * width + column;
  PstTileOutput        to = { .bias = output->bias,
                              .relu = output->relu,
                              .add = output->add,
                              .y = output->y + first * channels,
                              .row_stride = width * channels,
                              .bits_stride = width * groups,
                              .rows = MIN (job->work->end - row, TILE),
                              .columns = MIN (source->width - column, TILE) };

  if (output->bits)
    to.bits =
      output->bits + ((row - output->bits_top) * width + column) * groups;
  job->kernels->winograd_output (m, stride, channels, &to);
}

/* [count][in] of a point times its weights */
static void
multiply (const Job *job, int point, int count, const float *v, float *m)
{
  const PstWinograd *winograd = job->winograd;
  gsize              n = elements (job);
  int                out = winograd->padded_out;
  PstProduct         product = { .rows = count,
                                 .columns = out,
                                 .depth = n,
                                 .a = v,
                                 .a_stride = n,
                                 .c = m,
                                 .c_stride = out };

  if (job->bf16)
    {
      product.b = winograd->bf16_weights + point * n * out;
      job->bf16->gemm (&product);
    }
  else
    {
      product.b = winograd->weights + point * n * out;
      job->kernels->gemm (&product);
    }
}

static void
run_block (void *data, int index, int worker)
{
  const Job *job = data;
  int        out = job->winograd->padded_out;
  int        first = index * job->block;
  int        count = MIN (job->block, job->n_tiles - first);
  gsize      n = elements (job);
  gsize      v_stride = job->block * n + SKEW;
  gsize      m_stride = (gsize) job->block * out + SKEW;
  float     *v = job->work->scratch + worker * job->work->scratch_size;
  float     *m = v + POINTS * v_stride;
  float     *gathered = m + POINTS * m_stride;

  for (int i = 0; i < count; i++)
    transform_tile (job, first + i, v + i * n, v_stride, gathered);
  for (int point = 0; point < POINTS; point++)
    multiply (job, point, count, v + point * v_stride, m + point * m_stride);
  for (int i = 0; i < count; i++)
    write_tile (job, first + i, m + (gsize) i * out, m_stride);
}

void
pst_winograd_run (const PstWinograd *winograd, const PstConvWork *work)
{
  Job job = { .winograd = winograd,
              .kernels = pst_kernels_get (),
              .work = work };
  int rows = (work->end - work->begin + TILE - 1) / TILE;

  if (work->bf16 && winograd->bf16_weights)
    job.bf16 = pst_bf16_kernels_get ();
  job.columns = (work->source.width + TILE - 1) / TILE;
  job.n_tiles = rows * job.columns;
  /* Small layers are cut finer, so that every worker gets some; the cut does
   * not depend on how many there are. */
  job.block =
    CLAMP (job.n_tiles / 8 / ROWS * ROWS, ROWS, most_tiles (winograd));
  pst_workers_run (work->workers, (job.n_tiles + job.block - 1) / job.block,
                   run_block, &job);
}
