/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution, stride 1, same size, and its gradient to the input
 *
 * 3x3 with enough input channels goes through conv-winograd.c.  The rest is a
 * matrix product: the output is cut into blocks of pixels, for each block the
 * kernel windows are gathered as the rows of a matrix (im2col: Chellapilla,
 * Puri, Simard, "High Performance Convolutional Neural Networks for Document
 * Processing", 2006) that stays in the cache, and multiplied with the weights.
 *
 * The gradient to the input is a convolution of the output's gradient with the
 * flipped kernel, channels exchanged.  With replicate padding the border pixels
 * also get what their copies outside the picture got: conv-border.c adds it to
 * what Winograd's tiles gave.
 */
#include "conv.h"

#include <assert.h>
#include <string.h>

#include "conv-bf16.h"
#include "conv-border.h"
#include "conv-winograd.h"
#include "core/kernels/blas.h"

#define BLOCK_FLOATS 131072 /* of gathered windows: half a megabyte */
#define BLOCK_MIN    32     /* pixels */
#define BLOCK_MAX    512

/* One direction, forward or backward. */
typedef struct
{
  int          in;
  int          out;
  float       *weight;   /* [kernel][kernel][in][out]; NULL where it is not
                          * needed beside one of the others */
  float       *packed;   /* the same, as kernels take it; NULL: by BLAS */
  PstWinograd *winograd; /* NULL where it does not apply */
  PstBorder   *border;   /* what is to be added to it and to direct, or NULL */
  PstConvBf16 *direct;   /* in half precision; NULL where it does not apply */
} Direction;

struct _PstConv
{
  int        kernel;
  PstPadding padding;
  Direction  forward;
  Direction  backward; /* kernel flipped, in and out exchanged */
  float     *bias;     /* [out, rounded up to groups] */
};

/* ---- lifecycle ---------------------------------------------------------- */

static void
direction_clear (Direction *direction)
{
  g_free (direction->weight);
  g_free (direction->packed);
  pst_winograd_free (direction->winograd);
  pst_border_free (direction->border);
  pst_conv_bf16_free (direction->direct);
}

/* Prepares what is faster than BLAS where it applies.
 * @border: whether border pixels get something besides
 * Returns FALSE when there is no memory. */
static gboolean
direction_prepare (Direction *direction, int kernel, gboolean border)
{
  int depth = kernel * kernel * direction->in;

  if (pst_conv_bf16_applies (kernel, direction->out)
      && direction->in % PST_CHANNEL_GROUP == 0
      && direction->out % PST_CHANNEL_GROUP == 0)
    {
      direction->direct = pst_conv_bf16_new (direction->in, direction->out,
                                             kernel, direction->weight);
      if (! direction->direct)
        return FALSE;
    }
  if (kernel == 3 && direction->in % PST_CHANNEL_GROUP == 0)
    {
      direction->winograd =
        pst_winograd_new (direction->in, direction->out, direction->weight);
      if (border)
        direction->border =
          pst_border_new (direction->in, direction->out, direction->weight);
      g_clear_pointer (&direction->weight, g_free);
      return direction->winograd && (direction->border || ! border);
    }
  if (direction->out % PST_CHANNEL_GROUP != 0)
    return TRUE;
  direction->packed = g_try_new (float, (gsize) depth * direction->out);
  if (! direction->packed)
    return FALSE;
  pst_kernels_pack (depth, direction->out, direction->weight,
                    direction->packed);
  g_clear_pointer (&direction->weight, g_free);
  return TRUE;
}

/* From the file's order, [out][in][kernel][kernel]. */
static void
order_weights (PstConv *conv, const float *weight)
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
  conv->forward = (Direction){ .in = in_channels,
                               .out = out_channels,
                               .weight = g_try_new (float, n) };
  conv->backward = (Direction){ .in = out_channels,
                                .out = in_channels,
                                .weight = g_try_new (float, n) };
  conv->bias = g_try_new0 (float, PST_ROUND_CHANNELS (out_channels));
  ready = conv->forward.weight && conv->backward.weight && conv->bias;
  if (ready)
    {
      order_weights (conv, weight);
      memcpy (conv->bias, bias, sizeof (float) * out_channels);
      ready = direction_prepare (&conv->forward, kernel, FALSE)
              && direction_prepare (&conv->backward, kernel,
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

  direction_clear (&conv->forward);
  direction_clear (&conv->backward);
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

/* ---- blocks of pixels --------------------------------------------------- */

typedef struct
{
  PstSource        source;
  PstConvOutput    output;
  int              kernel;
  const Direction *direction;
  gboolean         bf16;  /* in half precision, where that is possible */
  int              begin; /* rows to be done */
  int              end;
  gsize            pixels; /* in them */
  int              block;  /* pixels in a block */
  float           *scratch;
  gsize            scratch_size;
} Job;

/* The rows of the matrix for some pixels. */
static const float *
gather (const Job *job, gsize first, int count, float *gathered)
{
  const PstSource *source = &job->source;

  if (job->kernel == 1 && ! source->bits)
    return source->x
           + (first - source->top * (gsize) source->width) * source->channels;
  if (job->kernel == 1)
    pst_window_copy (source, first, count, gathered);
  else
    pst_window_gather (source, first, count, gathered);
  return gathered;
}

static void
run_block (void *data, int index, int worker)
{
  const Job           *job = data;
  const PstConvOutput *output = &job->output;
  gsize                width = job->source.width;
  int                  out = job->direction->out;
  int                  depth = job->kernel * job->kernel * job->direction->in;
  gsize                offset = (gsize) index * job->block;
  gsize                first = job->begin * width + offset;
  int                  count = MIN ((gsize) job->block, job->pixels - offset);
  float               *y = output->y + (first - output->top * width) * out;
  const float         *windows =
    gather (job, first, count, job->scratch + worker * job->scratch_size);

  if (job->direction->packed)
    pst_kernels_get ()->gemm (&(PstProduct){ .rows = count,
                                             .columns = out,
                                             .depth = depth,
                                             .a = windows,
                                             .a_stride = depth,
                                             .b = job->direction->packed,
                                             .add = output->add,
                                             .c = y,
                                             .c_stride = out });
  else
    pst_gemm (count, out, depth, windows, depth, job->direction->weight, out,
              output->add ? 1.0f : 0.0f, y, out);
  if (output->bias)
    pst_window_finish (output, width, out, first, count);
}

/* Small layers are cut finer, so that every worker gets some; the cut does not
 * depend on how many there are. */
static int
block_pixels (int depth, gsize pixels)
{
  int most = CLAMP (BLOCK_FLOATS / depth, BLOCK_MIN, BLOCK_MAX);

  return CLAMP ((int) (pixels / 16), BLOCK_MIN, most);
}

static void
run_all (Job *job, PstWorkers *workers)
{
  job->pixels = (gsize) (job->end - job->begin) * job->source.width;
  job->block =
    block_pixels (job->kernel * job->kernel * job->direction->in, job->pixels);
  pst_workers_run (workers, (job->pixels + job->block - 1) / job->block,
                   run_block, job);
}

/* ---- public ------------------------------------------------------------- */

static gsize
direction_scratch (const Direction *direction,
                   int              kernel,
                   gboolean         bf16,
                   int              width)
{
  gsize depth = (gsize) kernel * kernel * direction->in;
  gsize windows = MAX (BLOCK_FLOATS, (depth + direction->out) * BLOCK_MIN);

  if (direction->winograd)
    windows = MAX (windows, pst_winograd_scratch (direction->winograd));
  if (direction->border)
    windows = MAX (windows, pst_border_scratch (direction->border));
  if (bf16 && direction->direct)
    windows = MAX (windows, pst_conv_bf16_scratch (direction->in, width));
  return windows;
}

gsize
pst_conv_scratch (const PstConv *conv, gboolean bf16, int width)
{
  return MAX (direction_scratch (&conv->forward, conv->kernel, bf16, width),
              direction_scratch (&conv->backward, conv->kernel, bf16, width));
}

static void
run (Job *job, PstWorkers *workers)
{
  const PstSource *source = &job->source;

  if (job->bf16 && job->direction->direct)
    pst_conv_bf16_run (job->direction->direct, workers, source, &job->output,
                       job->begin, job->end, job->scratch, job->scratch_size);
  else if (job->direction->winograd)
    pst_winograd_run (job->direction->winograd, workers, source, &job->output,
                      job->begin, job->end, job->bf16, job->scratch,
                      job->scratch_size);
  else
    {
      run_all (job, workers);
      return;
    }
  if (job->direction->border)
    pst_border_add (job->direction->border, workers, source, &job->output,
                    job->begin, job->end, job->scratch, job->scratch_size);
}

void
pst_conv_forward (const PstConv       *conv,
                  PstWorkers          *workers,
                  const PstSource     *x,
                  const PstConvOutput *y,
                  int                  begin,
                  int                  end,
                  gboolean             bf16,
                  float               *scratch)
{
  Job job = { .source = *x,
              .output = *y,
              .kernel = conv->kernel,
              .direction = &conv->forward,
              .bf16 = bf16,
              .begin = begin,
              .end = end,
              .scratch = scratch,
              .scratch_size = pst_conv_scratch (conv, bf16, x->width) };

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
                   gboolean             bf16,
                   float               *scratch)
{
  Job job = { .source = *dy,
              .output = *dx,
              .kernel = conv->kernel,
              .direction = &conv->backward,
              .bf16 = bf16,
              .begin = begin,
              .end = end,
              .scratch = scratch,
              .scratch_size = pst_conv_scratch (conv, bf16, dy->width) };

  job.source.channels = conv->backward.in;
  job.source.padding = conv->padding;
  job.source.adjoint = TRUE;
  run (&job, workers);
}
