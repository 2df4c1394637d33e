/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution, stride 1, same size, and its gradient to the input
 *
 * 3x3 with enough input channels goes through conv-winograd.c.  The rest is a matrix
 * product: the output is cut into blocks of pixels, for each block the kernel
 * windows are gathered as the rows of a matrix (im2col: Chellapilla, Puri,
 * Simard, "High Performance Convolutional Neural Networks for Document
 * Processing", 2006) that stays in the cache, and multiplied with the weights.
 *
 * The gradient to the input is a convolution of the output's gradient with the
 * flipped kernel, channels exchanged.  With replicate padding the border pixels
 * also get what their copies outside the picture got: conv-border.c adds it to what
 * Winograd's tiles gave.
 */
#include "conv.h"

#include <assert.h>
#include <string.h>

#include "conv-bf16.h"
#include "conv-border.h"
#include "conv-winograd.h"
#include "core/kernels/blas.h"

#define BLOCK_FLOATS 131072     /* of gathered windows: half a megabyte */
#define BLOCK_MIN    32         /* pixels */
#define BLOCK_MAX    512

/* One direction, forward or backward. */
typedef struct
{
  int          in;
  int          out;
  float       *weight;     /* [kernel][kernel][in][out]; NULL where it is not
                            * needed beside one of the others */
  float       *packed;     /* the same, as kernels take it; NULL: by BLAS */
  PstWinograd *winograd;   /* NULL where it does not apply */
  PstBorder   *border;     /* what is to be added to it and to direct, or NULL */
  PstDirect   *direct;     /* in half precision; NULL where it does not apply */
} Way;

struct _PstConv
{
  int         kernel;
  PstPadding  padding;
  Way         forward;
  Way         backward;   /* kernel flipped, in and out exchanged */
  float      *bias;        /* [out, rounded up to groups] */
};

/* ---- life -------------------------------------------------------------- */

static void
way_clear (Way *way)
{
  g_free (way->weight);
  g_free (way->packed);
  pst_winograd_free (way->winograd);
  pst_border_free (way->border);
  pst_direct_free (way->direct);
}

/* Prepares what is faster than BLAS where it applies.
 * @border: whether border pixels get something besides
 * Returns FALSE when there is no memory. */
static gboolean
way_prepare (Way     *way,
              int       kernel,
              gboolean  border)
{
  int depth = kernel * kernel * way->in;

  if (pst_direct_applies (kernel, way->out)
      && way->in % PST_CHANNEL_GROUP == 0 && way->out % PST_CHANNEL_GROUP == 0)
    {
      way->direct = pst_direct_new (way->in, way->out, kernel, way->weight);
      if (! way->direct)
        return FALSE;
    }
  if (kernel == 3 && way->in % PST_CHANNEL_GROUP == 0)
    {
      way->winograd = pst_winograd_new (way->in, way->out, way->weight);
      if (border)
        way->border = pst_border_new (way->in, way->out, way->weight);
      g_clear_pointer (&way->weight, g_free);
      return way->winograd && (way->border || ! border);
    }
  if (way->out % PST_CHANNEL_GROUP != 0)
    return TRUE;
  way->packed = g_try_new (float, (gsize) depth * way->out);
  if (! way->packed)
    return FALSE;
  pst_kernels_pack (depth, way->out, way->weight, way->packed);
  g_clear_pointer (&way->weight, g_free);
  return TRUE;
}

/* From the file's order, [out][in][kernel][kernel]. */
static void
order_weights (PstConv     *conv,
               const float *weight)
{
  int k2 = conv->kernel * conv->kernel;
  int in = conv->forward.in;
  int out = conv->forward.out;

  for (int o = 0; o < out; o++)
    for (int i = 0; i < in; i++)
      for (int k = 0; k < k2; k++)
        {
          float w = weight[((gsize) o * in + i) * k2 + k];

          conv->forward.weight[((gsize) k * in + i) * out + o] = w;
          conv->backward.weight[((gsize) (k2 - 1 - k) * out + o) * in + i] = w;
        }
}

PstConv *
pst_conv_new (int          in_channels,
              int          out_channels,
              int          kernel,
              PstPadding   padding,
              const float *weight,
              const float *bias)
{
  PstConv *conv = g_new0 (PstConv, 1);
  gsize    n = (gsize) in_channels * out_channels * kernel * kernel;
  gboolean ready;

  assert (kernel == 1 || kernel == 3);
  conv->kernel = kernel;
  conv->padding = padding;
  conv->forward = (Way) { .in = in_channels, .out = out_channels,
                           .weight = g_try_new (float, n) };
  conv->backward = (Way) { .in = out_channels, .out = in_channels,
                            .weight = g_try_new (float, n) };
  conv->bias = g_try_new0 (float, PST_ROUND_CHANNELS (out_channels));
  ready = conv->forward.weight && conv->backward.weight && conv->bias;
  if (ready)
    {
      order_weights (conv, weight);
      memcpy (conv->bias, bias, sizeof (float) * out_channels);
      ready = way_prepare (&conv->forward, kernel, FALSE)
              && way_prepare (&conv->backward, kernel,
                               padding == PST_PADDING_REPLICATE);
    }
  if (! ready)
    g_clear_pointer (&conv, pst_conv_free);
  return conv;
}

void
pst_conv_free (PstConv *conv)
{
  if (! conv)
    return;

  way_clear (&conv->forward);
  way_clear (&conv->backward);
  g_free (conv->bias);
  g_free (conv);
}

int
pst_conv_kernel (const PstConv *conv)
{
  return conv->kernel;
}

double
pst_conv_operations (const PstConv *conv)
{
  return 2.0 * conv->kernel * conv->kernel * conv->forward.in
         * conv->forward.out;
}

/* ---- blocks of pixels -------------------------------------------------- */

typedef struct
{
  PstSource     source;
  PstConvOutput output;
  int           kernel;
  const Way    *way;
  gboolean      half;        /* in half precision, where that is possible */
  int           begin;       /* rows to be done */
  int           end;
  gsize         pixels;      /* in them */
  int           block;       /* pixels in a block */
  float        *scratch;
  gsize         scratch_size;
} Job;

/* The rows of the matrix for some pixels. */
static const float *
gather (const Job *job,
        gsize      first,
        int        count,
        float     *gathered)
{
  const PstSource *source = &job->source;

  if (job->kernel == 1 && ! source->bits)
    return source->x + (first - source->top * (gsize) source->width)
                       * source->channels;
  if (job->kernel == 1)
    pst_window_copy (source, first, count, gathered);
  else
    pst_window_gather (source, first, count, gathered);
  return gathered;
}

static void
run_block (void *data,
           int   index,
           int   worker)
{
  const Job           *job = data;
  const PstConvOutput *output = &job->output;
  gsize                width = job->source.width;
  int                  out = job->way->out;
  int                  depth = job->kernel * job->kernel * job->way->in;
  gsize                offset = (gsize) index * job->block;
  gsize                first = job->begin * width + offset;
  int                  count = MIN ((gsize) job->block, job->pixels - offset);
  float               *y = output->y + (first - output->top * width) * out;
  const float         *windows
    = gather (job, first, count, job->scratch + worker * job->scratch_size);

  if (job->way->packed)
    pst_kernels_get ()->gemm (&(PstProduct) {
      .rows = count, .columns = out, .depth = depth,
      .a = windows, .a_stride = depth, .b = job->way->packed,
      .add = output->add, .c = y, .c_stride = out
    });
  else
    pst_gemm (count, out, depth, windows, depth, job->way->weight, out,
              output->add ? 1.0f : 0.0f, y, out);
  if (output->bias)
    pst_window_finish (output, width, out, first, count);
}

/* Small layers are cut finer, so that every worker gets some; the cut does not
 * depend on how many there are. */
static int
block_pixels (int   depth,
              gsize pixels)
{
  int most = CLAMP (BLOCK_FLOATS / depth, BLOCK_MIN, BLOCK_MAX);

  return CLAMP ((int) (pixels / 16), BLOCK_MIN, most);
}

static void
run_all (Job        *job,
         PstWorkers *workers)
{
  job->pixels = (gsize) (job->end - job->begin) * job->source.width;
  job->block = block_pixels (job->kernel * job->kernel * job->way->in,
                             job->pixels);
  pst_workers_run (workers, (job->pixels + job->block - 1) / job->block,
                   run_block, job);
}

/* ---- public ------------------------------------------------------------ */

static gsize
way_scratch (const Way *way,
             int        kernel,
             gboolean   half,
             int        width)
{
  gsize depth = (gsize) kernel * kernel * way->in;
  gsize windows = MAX (BLOCK_FLOATS, (depth + way->out) * BLOCK_MIN);

  if (way->winograd)
    windows = MAX (windows, pst_winograd_scratch (way->winograd));
  if (way->border)
    windows = MAX (windows, pst_border_scratch (way->border));
  if (half && way->direct)
    windows = MAX (windows, pst_direct_scratch (way->in, width));
  return windows;
}

gsize
pst_conv_scratch (const PstConv *conv,
                  gboolean       half,
                  int            width)
{
  return MAX (way_scratch (&conv->forward, conv->kernel, half, width),
              way_scratch (&conv->backward, conv->kernel, half, width));
}

static void
run (Job        *job,
     PstWorkers *workers)
{
  const PstSource *source = &job->source;

  if (job->half && job->way->direct)
    pst_direct_run (job->way->direct, workers, source, &job->output,
                    job->begin, job->end, job->scratch, job->scratch_size);
  else if (job->way->winograd)
    pst_winograd_run (job->way->winograd, workers, source, &job->output,
                      job->begin, job->end, job->half,
                      job->scratch, job->scratch_size);
  else
    {
      run_all (job, workers);
      return;
    }
  if (job->way->border)
    pst_border_add (job->way->border, workers, source, &job->output,
                    job->begin, job->end, job->scratch, job->scratch_size);
}

void
pst_conv_forward (const PstConv       *conv,
                  PstWorkers          *workers,
                  const PstSource     *x,
                  const PstConvOutput *y,
                  int                  begin,
                  int                  end,
                  gboolean             half,
                  float               *scratch)
{
  Job job = { .source = *x, .output = *y, .kernel = conv->kernel,
              .way = &conv->forward, .half = half, .begin = begin, .end = end,
              .scratch = scratch,
              .scratch_size = pst_conv_scratch (conv, half, x->width) };

  job.source.channels = conv->forward.in;
  job.source.padding = conv->padding;
  job.output.bias = conv->bias;
  run (&job, workers);
}

void
pst_conv_backward (const PstConv       *conv,
                   PstWorkers          *workers,
                   const PstSource     *dy,
                   const PstConvOutput *dx,
                   int                  begin,
                   int                  end,
                   gboolean             half,
                   float               *scratch)
{
  Job job = { .source = *dy, .output = *dx, .kernel = conv->kernel,
              .way = &conv->backward, .half = half, .begin = begin, .end = end,
              .scratch = scratch,
              .scratch_size = pst_conv_scratch (conv, half, dy->width) };

  job.source.channels = conv->backward.in;
  job.source.padding = conv->padding;
  job.source.adjoint = TRUE;
  run (&job, workers);
}
