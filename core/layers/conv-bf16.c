/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-bf16.c: convolution of 3x3 or 1x1 in half precision
 *
 * Implicit matrix multiplication: the output is cut into blocks of pixels whose
 * input, with what surrounds it, is rounded into the cache; matrix tiles are
 * then read from there for each tap of the kernel (kernels-amx.c).  Without
 * AMX, 1x1 is a product of matrices for each chunk of input channels.
 */
#include "conv-bf16.h"

#include <string.h>

#include "core/kernels/kernels-bf16.h"

#define LINE         PST_BF16_CHUNK
#define ALIGNMENT    64     /* bytes: a cache line */
#define BLOCK_HALVES 262144 /* of a block's input: half a megabyte */
#define MIN_PIXELS   256    /* of a block, which reads all weights */
#define MAX_PIXELS   4096
#define MIN_ROWS     8
#define MAX_ROWS     16
#define BLOCKS       8  /* at least, unless blocks get too small */
#define MIN_PRODUCT  32 /* pixels of a product */
#define MAX_PRODUCT  256

struct _PstConvBf16
{
  int      in_channels;
  int      out_channels;
  int      kernel; /* 1 or 3 */
  int      chunks; /* of the input */
  PstBf16 *allocated;
  PstBf16 *weights; /* aligned to cache lines; for each panel of output
                     * channels [chunks][kernel][kernel][1 or 2 groups of 16]
                     * [PST_BF16_CHUNK / 2][16][2], or, without AMX, for
                     * each chunk as pst_bf16_kernels_pack() does */
};

/* ---- weights ------------------------------------------------------------ */

static int
count_chunks (int in_channels)
{
  return (in_channels + PST_BF16_CHUNK - 1) / PST_BF16_CHUNK;
}

static int
taps (const PstConvBf16 *conv)
{
  return conv->kernel * conv->kernel;
}

/* A tile: 32 input channels, in pairs, times 16 output channels. */
static void
pack_tile (const PstConvBf16 *conv,
           const float       *weight,
           int                in,
           int                out,
           PstBf16           *tile)
{
  for (int i = 0; i < PST_BF16_CHUNK; i++)
    for (int o = 0; o < PST_CHANNEL_GROUP; o++)
      {
        gboolean there =
          in + i < conv->in_channels && out + o < conv->out_channels;
        gsize at = (gsize) (in + i) * conv->out_channels + out + o;

        tile[i / 2 * 2 * PST_CHANNEL_GROUP + 2 * o + i % 2] =
          there ? pst_bf16_round (weight[at]) : 0;
      }
}

static void
pack_tiles (PstConvBf16 *conv, const float *weight)
{
  gsize    tap_size = (gsize) conv->in_channels * conv->out_channels;
  int      out = PST_ROUND_CHANNELS (conv->out_channels);
  PstBf16 *tile = conv->weights;

  for (int panel = 0; panel < out; panel += PST_BF16_PANEL)
    for (int chunk = 0; chunk < conv->chunks; chunk++)
      for (int tap = 0; tap < taps (conv); tap++)
        for (int c = panel; c < MIN (panel + PST_BF16_PANEL, out);
             c += PST_CHANNEL_GROUP)
          {
            pack_tile (conv, weight + tap * tap_size, chunk * PST_BF16_CHUNK, c,
                       tile);
            tile += PST_BF16_CHUNK * PST_CHANNEL_GROUP;
          }
}

/* Each chunk as a matrix of its own. */
static void
pack_chunks (PstConvBf16 *conv, const float *weight)
{
  gsize size = PST_BF16_CHUNK * (gsize) conv->out_channels;

  for (int chunk = 0; chunk < conv->chunks; chunk++)
    {
      int in = chunk * PST_BF16_CHUNK;

      pst_bf16_kernels_pack (MIN (PST_BF16_CHUNK, conv->in_channels - in),
                             conv->out_channels, weight + chunk * size,
                             (guint32 *) (conv->weights + chunk * size));
    }
}

void
pst_conv_bf16_set (PstConvBf16 *conv, const float *weight)
{
  if (pst_bf16_kernels_get ()->convolve)
    pack_tiles (conv, weight);
  else
    pack_chunks (conv, weight);
}

gboolean
pst_conv_bf16_applies (int kernel, int out_channels)
{
  const PstBf16Kernels *kernels = pst_bf16_kernels_get ();

  return kernels
         && (kernels->convolve
             || (kernel == 1 && out_channels % PST_CHANNEL_GROUP == 0));
}

static gpointer
align (gpointer pointer)
{
  return (gpointer) (((guintptr) pointer + ALIGNMENT - 1) / ALIGNMENT
                     * ALIGNMENT);
}

PstConvBf16 *
pst_conv_bf16_new (int          in_channels,
                   int          out_channels,
                   int          kernel,
                   const float *weight)
{
  PstConvBf16 *conv = g_new0 (PstConvBf16, 1);
  gsize        n;

  conv->in_channels = in_channels;
  conv->out_channels = out_channels;
  conv->kernel = kernel;
  conv->chunks = count_chunks (in_channels);
  n = (gsize) conv->chunks * PST_BF16_CHUNK * taps (conv)
      * PST_ROUND_CHANNELS (out_channels);
  conv->allocated = g_try_new (PstBf16, n + ALIGNMENT / sizeof (PstBf16));
  if (! conv->allocated)
    {
      pst_conv_bf16_free (conv);
      return NULL;
    }
  conv->weights = align (conv->allocated);
  if (weight)
    pst_conv_bf16_set (conv, weight);
  return conv;
}

void
pst_conv_bf16_free (PstConvBf16 *conv)
{
  if (! conv)
    return;

  g_free (conv->allocated);
  g_free (conv);
}

/* ---- blocks of pixels --------------------------------------------------- */

typedef struct
{
  const PstConvBf16    *conv;
  const PstBf16Kernels *kernels;
  const PstConvWork    *work;
  int                   rows; /* of a block; the last ones may have fewer */
  int                   columns;
  int                   across; /* blocks side by side */
} Job;

/* The most that a block has. */
static int
most_pixels (int chunks)
{
  return CLAMP (BLOCK_HALVES / (chunks * PST_BF16_CHUNK), MIN_PIXELS,
                MAX_PIXELS);
}

/* The most columns of a block of @rows rows and about @pixels pixels: full
 * tiles, unless it is the whole width. */
static int
most_columns (int width, int rows, int pixels)
{
  int tiles = MAX (pixels / rows / PST_BF16_TILE, 2);

  return MIN (tiles * PST_BF16_TILE, width);
}

/* Elements of the rounded input from chunk to chunk; a few lines more, so that
 * chunks do not fall into the same cache sets. */
static gsize
plane_size (int rows, int columns)
{
  gsize pixels = (gsize) (rows + 2) * (columns + 2) + PST_BF16_TILE;

  return (pixels | 1) * LINE;
}

/* The same of a product, which is of 1x1. */
static gsize
product_plane (void)
{
  return (MAX_PRODUCT | 1) * LINE;
}

/* Floats for the map of a block, cache lines. */
static gsize
map_size (int rows, int columns)
{
  gsize line = ALIGNMENT / sizeof (float);

  return (PST_BF16_MAP (rows, columns) + line - 1) / line * line;
}

gsize
pst_conv_bf16_scratch (int in_channels, int width)
{
  int   chunks = count_chunks (in_channels);
  gsize most = 0;

  if (! pst_bf16_kernels_get ()->convolve)
    return product_plane () / 2 * chunks + ALIGNMENT / sizeof (float);
  for (int rows = 1; rows <= MAX_ROWS; rows++)
    {
      int   columns = most_columns (width, rows, most_pixels (chunks));
      gsize size =
        plane_size (rows, columns) / 2 * chunks + map_size (rows, columns);

      most = MAX (most, size);
    }
  return most + PST_BF16_SUMS + ALIGNMENT / sizeof (float);
}

/* @count pixels from number @first of the picture on. */
static void
round_pixels (const Job *job, gsize first, int count, PstBf16 *to, gsize plane)
{
  const PstSource *source = &job->work->source;
  gsize            channels = source->channels;
  gsize            width = source->width;
  const PstBits   *bits = NULL;

  if (source->bits)
    bits = source->bits
           + (first - source->bits_top * width) * PST_CHANNEL_GROUPS (channels);
  job->kernels->round (count, channels,
                       source->x + (first - source->top * width) * channels,
                       bits, to, plane);
}

/* One row of the rounded input: @columns and what surrounds them. */
static void
round_row (const Job *job,
           int        row,
           int        left,
           int        columns,
           PstBf16   *to,
           gsize      plane)
{
  gsize width = job->work->source.width;
  int   margin = job->conv->kernel / 2;
  int   first = MAX (left - margin, 0);
  int   last = MIN (left + columns + margin, (int) width);

  round_pixels (job, row * width + first, last - first,
                to + (first - (left - margin)) * LINE, plane);
}

/* Fills a pixel of each chunk with another one, or with nothing. */
static void
fill_pixel (const Job *job, PstBf16 *to, const PstBf16 *from, gsize plane)
{
  gsize bytes = LINE * sizeof (PstBf16);

  for (int chunk = 0; chunk < job->conv->chunks; chunk++, to += plane)
    if (from)
      memcpy (to, from + chunk * plane, bytes);
    else
      memset (to, 0, bytes);
}

/* Of the output. */
typedef struct
{
  int top;
  int left;
  int rows;
  int columns;
} Area;

/* The area of each chunk, with what surrounds it, padded. */
static void
round_block (const Job *job, const Area *area, PstBf16 *x, gsize plane)
{
  const PstSource *source = &job->work->source;
  gboolean         replicate =
    source->padding == PST_PADDING_REPLICATE && ! source->adjoint;
  int   margin = job->conv->kernel / 2;
  gsize pitch = area->columns + 2 * margin;

  for (int i = 0; i < area->rows + 2 * margin; i++)
    {
      int      inside = area->top + i - margin;
      int      row = CLAMP (inside, 0, source->height - 1);
      PstBf16 *to = x + i * pitch * LINE;
      PstBf16 *end = to + (pitch - 1) * LINE;

      if (row != inside && ! replicate)
        {
          for (int chunk = 0; chunk < job->conv->chunks; chunk++)
            memset (to + chunk * plane, 0, pitch * LINE * sizeof (PstBf16));
          continue;
        }
      round_row (job, row, area->left, area->columns, to, plane);
      if (margin && area->left == 0)
        fill_pixel (job, to, replicate ? to + LINE : NULL, plane);
      if (margin && area->left + area->columns == source->width)
        fill_pixel (job, end, replicate ? end - LINE : NULL, plane);
    }
}

static PstTileOutput
block_output (const Job *job, const Area *area)
{
  const PstConvOutput *output = &job->work->output;
  gsize                width = job->work->source.width;
  gsize                channels = job->conv->out_channels;
  gsize                groups = PST_CHANNEL_GROUPS (channels);

  return (PstTileOutput){
    .bias = output->bias,
    .relu = output->relu,
    .add = output->add,
    .y =
      output->y + ((area->top - output->top) * width + area->left) * channels,
    .row_stride = width * channels,
    .bits =
      output->bits
        ? output->bits
            + ((area->top - output->bits_top) * width + area->left) * groups
        : NULL,
    .bits_stride = width * groups,
    .rows = area->rows,
    .columns = area->columns
  };
}

static void
run_block (void *data, int index, int worker)
{
  const Job         *job = data;
  const PstConvBf16 *conv = job->conv;
  int                top = job->work->begin + index / job->across * job->rows;
  int                left = index % job->across * job->columns;
  int                width = job->work->source.width;
  Area               area = { .top = top,
                              .left = left,
                              .rows = MIN (job->rows, job->work->end - top),
                              .columns = MIN (job->columns, width - left) };
  float   *sums = align (job->work->scratch + worker * job->work->scratch_size);
  float   *map = sums + PST_BF16_SUMS;
  PstBf16 *x = (PstBf16 *) (map + map_size (area.rows, area.columns));
  PstBf16Block block = { .kernel = conv->kernel,
                         .rows = area.rows,
                         .columns = area.columns,
                         .chunks = conv->chunks,
                         .channels = conv->out_channels,
                         .x = x,
                         .plane = plane_size (area.rows, area.columns),
                         .weights = conv->weights,
                         .map = (gint32 *) map,
                         .sums = sums,
                         .output = block_output (job, &area) };

  round_block (job, &area, x, block.plane);
  job->kernels->convolve (&block);
}

/* Blocks side by side are about equally wide.  The cut does not depend on how
 * many workers there are. */
static void
cut (Job *job)
{
  int   width = job->work->source.width;
  gsize pixels = (gsize) (job->work->end - job->work->begin) * width;
  int   wanted = CLAMP (pixels / BLOCKS, (gsize) MIN_PIXELS,
                        (gsize) most_pixels (job->conv->chunks));
  int   columns;

  job->rows = wanted < MAX_ROWS * 2 * PST_BF16_TILE ? MIN_ROWS : MAX_ROWS;
  job->rows = MIN (job->rows, job->work->end - job->work->begin);
  columns = most_columns (width, job->rows, wanted);
  job->across = (width + columns - 1) / columns;
  columns = (width + job->across - 1) / job->across;
  job->columns =
    MIN ((columns + PST_BF16_TILE - 1) / PST_BF16_TILE * PST_BF16_TILE, width);
  job->across = (width + job->columns - 1) / job->columns;
}

/* ---- products ----------------------------------------------------------- */

static void
run_product (void *data, int index, int worker)
{
  const Job           *job = data;
  const PstConvBf16   *conv = job->conv;
  const PstConvOutput *output = &job->work->output;
  gsize                width = job->work->source.width;
  gsize    first = job->work->begin * width + (gsize) index * job->columns;
  int      count = MIN ((gsize) job->columns, job->work->end * width - first);
  gsize    plane = product_plane ();
  int      out = conv->out_channels;
  float   *y = output->y + (first - output->top * width) * out;
  PstBf16 *x = align (job->work->scratch + worker * job->work->scratch_size);

  round_pixels (job, first, count, x, plane);
  for (int chunk = 0; chunk < conv->chunks; chunk++)
    {
      int in = conv->in_channels - chunk * PST_BF16_CHUNK;

      job->kernels->gemm (&(PstProduct){
        .rows = count,
        .columns = out,
        .depth = MIN (PST_BF16_CHUNK, in + 1) / 2,
        .a = x + chunk * plane,
        .a_stride = PST_BF16_CHUNK / 2,
        .b = conv->weights + chunk * (gsize) PST_BF16_CHUNK * out,
        .add = output->add || chunk > 0,
        .c = y,
        .c_stride = out });
    }
  if (output->bias)
    pst_window_finish (output, width, out, first, count);
}

/* Pixels are columns of one long row. */
static void
run_products (Job *job)
{
  gsize pixels =
    (gsize) (job->work->end - job->work->begin) * job->work->source.width;

  job->columns = CLAMP (pixels / 16, MIN_PRODUCT, MAX_PRODUCT);
  pst_workers_run (job->work->workers,
                   (pixels + job->columns - 1) / job->columns, run_product,
                   job);
}

void
pst_conv_bf16_run (const PstConvBf16 *conv, const PstConvWork *work)
{
  Job job = { .conv = conv, .kernels = pst_bf16_kernels_get (), .work = work };
  int down;

  if (! job.kernels->convolve)
    {
      run_products (&job);
      return;
    }
  cut (&job);
  down = (work->end - work->begin + job.rows - 1) / job.rows;
  pst_workers_run (work->workers, down * job.across, run_block, &job);
}
