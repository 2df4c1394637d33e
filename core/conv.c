/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution, stride 1, same size, and its gradient to the input
 *
 * 3x3 with enough input channels goes through winograd.c.  The rest is a matrix
 * product: the output is cut into blocks of pixels, for each block the kernel
 * windows are gathered as the rows of a matrix (im2col: Chellapilla, Puri,
 * Simard, "High Performance Convolutional Neural Networks for Document
 * Processing", 2006) that stays in the cache, and multiplied with the weights.
 *
 * The gradient to the input is a convolution of the output's gradient with the
 * flipped kernel, channels exchanged.  With replicate padding the border pixels
 * also get what their copies outside the picture got; Winograd's tiles cannot
 * express that, so border pixels then go through windows.
 */
#include "conv.h"

#include <assert.h>
#include <string.h>

#include "blas.h"
#include "kernels.h"
#include "winograd.h"

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
} Half;

struct _PstConv
{
  int         kernel;
  PstPadding  padding;
  Half        forward;
  Half        backward;    /* kernel flipped, in and out exchanged */
  float      *bias;        /* [out, rounded up to groups] */
};

/* ---- life -------------------------------------------------------------- */

static void
half_clear (Half *half)
{
  g_free (half->weight);
  g_free (half->packed);
  pst_winograd_free (half->winograd);
}

/* Prepares what is faster than BLAS where it applies.
 * @border: whether border pixels will go through windows beside Winograd
 * Returns FALSE when there is no memory. */
static gboolean
half_prepare (Half     *half,
              int       kernel,
              gboolean  border)
{
  int depth = kernel * kernel * half->in;

  if (kernel == 3 && half->in % PST_CHANNEL_GROUP == 0)
    {
      half->winograd = pst_winograd_new (half->in, half->out, half->weight);
      if (! border)
        g_clear_pointer (&half->weight, g_free);
      return half->winograd != NULL;
    }
  if (half->out % PST_CHANNEL_GROUP != 0)
    return TRUE;
  half->packed = g_try_new (float, (gsize) depth * half->out);
  if (! half->packed)
    return FALSE;
  pst_kernels_pack (depth, half->out, half->weight, half->packed);
  g_clear_pointer (&half->weight, g_free);
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
  conv->forward = (Half) { .in = in_channels, .out = out_channels,
                           .weight = g_try_new (float, n) };
  conv->backward = (Half) { .in = out_channels, .out = in_channels,
                            .weight = g_try_new (float, n) };
  conv->bias = g_try_new0 (float, PST_ROUND_CHANNELS (out_channels));
  ready = conv->forward.weight && conv->backward.weight && conv->bias;
  if (ready)
    {
      order_weights (conv, weight);
      memcpy (conv->bias, bias, sizeof (float) * out_channels);
      ready = half_prepare (&conv->forward, kernel, FALSE)
              && half_prepare (&conv->backward, kernel,
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

  half_clear (&conv->forward);
  half_clear (&conv->backward);
  g_free (conv->bias);
  g_free (conv);
}

int
pst_conv_kernel (const PstConv *conv)
{
  return conv->kernel;
}

/* ---- blocks of pixels -------------------------------------------------- */

typedef struct
{
  PstSource    source;
  int          kernel;
  const Half  *half;
  const float *bias;        /* [out]; NULL: none */
  gboolean     relu;
  gboolean     add;         /* to y, instead of overwriting it */
  float       *y;           /* [height][width][out] */
  gsize        pixels;      /* to be done: all, or those of the border */
  int          block;       /* pixels in a block */
  float       *scratch;
  gsize        scratch_size;
} Job;

static void
add_bias (float       *y,
          int          count,
          int          out,
          const float *bias,
          gboolean     relu)
{
  for (int i = 0; i < count; i++, y += out)
    for (int o = 0; o < out; o++)
      {
        float value = y[o] + bias[o];

        y[o] = relu && value < 0 ? 0 : value;
      }
}

static void
run_block (void *data,
           int   index,
           int   worker)
{
  const Job   *job = data;
  int          in = job->half->in;
  int          out = job->half->out;
  gsize        first = (gsize) index * job->block;
  int          count = MIN ((gsize) job->block, job->pixels - first);
  int          depth = job->kernel * job->kernel * in;
  float       *y = job->y + first * out;
  const float *windows = job->source.x + first * in;

  if (job->kernel == 3)
    {
      float *gathered = job->scratch + worker * job->scratch_size;

      pst_window_gather (&job->source, first, count, gathered);
      windows = gathered;
    }
  if (job->half->packed)
    pst_kernels_get ()->gemm (count, out, depth, windows, job->half->packed,
                              job->add, y);
  else
    pst_gemm (count, out, depth, windows, depth, job->half->weight, out,
              job->add ? 1.0f : 0.0f, y, out);
  if (job->bias)
    add_bias (y, count, out, job->bias, job->relu);
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
  job->pixels = (gsize) job->source.height * job->source.width;
  job->block = block_pixels (job->kernel * job->kernel * job->half->in,
                             job->pixels);
  pst_workers_run (workers, (job->pixels + job->block - 1) / job->block,
                   run_block, job);
}

/* ---- the border -------------------------------------------------------- */

/* Pixels along the border, each once, counted round by rows. */
static int
border_pixels (int height,
               int width)
{
  return height <= 2 || width <= 2 ? height * width
                                   : 2 * width + 2 * (height - 2);
}

static void
border_pixel (int  height,
              int  width,
              int  index,
              int *ret_row,
              int *ret_column)
{
  if (height <= 2 || width <= 2 || index < width)
    {
      *ret_row = index / width;
      *ret_column = index % width;
    }
  else if (index < 2 * width)
    {
      *ret_row = height - 1;
      *ret_column = index - width;
    }
  else
    {
      *ret_row = 1 + (index - 2 * width) / 2;
      *ret_column = index % 2 ? width - 1 : 0;
    }
}

static void
run_border_block (void *data,
                  int   index,
                  int   worker)
{
  const Job *job = data;
  int        height = job->source.height;
  int        width = job->source.width;
  int        out = job->half->out;
  int        depth = 9 * job->half->in;
  int        first = index * BLOCK_MIN;
  int        count = MIN (BLOCK_MIN, (int) job->pixels - first);
  float     *windows = job->scratch + worker * job->scratch_size;
  float     *sums = windows + (gsize) depth * BLOCK_MIN;
  int        row, column;

  for (int i = 0; i < count; i++)
    {
      border_pixel (height, width, first + i, &row, &column);
      pst_window_gather_border (&job->source, row, column,
                                windows + (gsize) i * depth);
    }
  pst_gemm (count, out, depth, windows, depth, job->half->weight, out, 0.0f,
            sums, out);
  for (int i = 0; i < count; i++)
    {
      float *y;

      border_pixel (height, width, first + i, &row, &column);
      y = job->y + ((gsize) row * width + column) * out;
      for (int o = 0; o < out; o++)
        y[o] = sums[i * out + o] + (job->add ? y[o] : 0);
    }
}

static void
run_border (Job        *job,
            PstWorkers *workers)
{
  job->pixels = border_pixels (job->source.height, job->source.width);
  pst_workers_run (workers, (job->pixels + BLOCK_MIN - 1) / BLOCK_MIN,
                   run_border_block, job);
}

/* ---- public ------------------------------------------------------------ */

static gsize
half_scratch (const Half *half,
              int         kernel)
{
  gsize depth = 9 * (gsize) half->in;
  gsize windows = MAX (BLOCK_FLOATS, (depth + half->out) * BLOCK_MIN);

  if (kernel == 1)
    return 0;
  if (half->winograd)
    windows = MAX (windows, pst_winograd_scratch (half->winograd));
  return windows;
}

gsize
pst_conv_scratch (const PstConv *conv)
{
  return MAX (half_scratch (&conv->forward, conv->kernel),
              half_scratch (&conv->backward, conv->kernel));
}

static void
run (Job        *job,
     PstWorkers *workers)
{
  const PstSource   *source = &job->source;
  gboolean           border = source->adjoint
                              && source->padding == PST_PADDING_REPLICATE;
  PstWinogradOutput  output = { .bias = job->bias, .relu = job->relu,
                                .add = job->add, .spare_border = border,
                                .y = job->y };

  if (! job->half->winograd)
    {
      run_all (job, workers);
      return;
    }
  pst_winograd_run (job->half->winograd, workers, source, &output,
                    job->scratch, job->scratch_size);
  if (border)
    run_border (job, workers);
}

void
pst_conv_forward (const PstConv *conv,
                  PstWorkers    *workers,
                  int            height,
                  int            width,
                  const float   *x,
                  gboolean       relu,
                  float         *y,
                  float         *scratch)
{
  Job job = {
    .source = { .x = x, .height = height, .width = width,
                .channels = conv->forward.in, .padding = conv->padding },
    .kernel = conv->kernel, .half = &conv->forward,
    .bias = conv->bias, .relu = relu, .y = y,
    .scratch = scratch, .scratch_size = pst_conv_scratch (conv)
  };

  run (&job, workers);
}

void
pst_conv_backward (const PstConv *conv,
                   PstWorkers    *workers,
                   int            height,
                   int            width,
                   const float   *dy,
                   gboolean       add,
                   float         *dx,
                   float         *scratch)
{
  Job job = {
    .source = { .x = dy, .height = height, .width = width,
                .channels = conv->backward.in, .padding = conv->padding,
                .adjoint = TRUE },
    .kernel = conv->kernel, .half = &conv->backward, .add = add, .y = dx,
    .scratch = scratch, .scratch_size = pst_conv_scratch (conv)
  };

  run (&job, workers);
}
