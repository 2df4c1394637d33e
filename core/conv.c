/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution as matrix multiplication
 *
 * The output is cut into blocks of pixels.  For each block the kernel windows
 * are gathered as the rows of a matrix (im2col: Chellapilla, Puri, Simard,
 * "High Performance Convolutional Neural Networks for Document Processing",
 * 2006) that stays in the cache, and multiplied with the weights.  Channels-last
 * makes a window's row one run of memory.
 *
 * The gradient to the input is a convolution of the output's gradient with the
 * flipped kernel, channels exchanged.  With replicate padding the border pixel
 * also gets what its copies outside the picture got; those copies see a single
 * tap of the window each, so their part is added to the gathered window.
 */
#include "conv.h"

#include <assert.h>
#include <string.h>

#include "blas.h"
#include "shape.h"

#define BLOCK_FLOATS 131072     /* of gathered windows: half a megabyte */
#define BLOCK_MIN    32         /* pixels */
#define BLOCK_MAX    512

struct _PstConv
{
  int         in_channels;
  int         out_channels;
  int         kernel;
  PstPadding  padding;
  float      *forward;     /* [kernel][kernel][in][out] */
  float      *backward;    /* [kernel][kernel][out][in], kernel flipped */
  float      *bias;        /* [out] */
};

/* ---- life -------------------------------------------------------------- */

static void
pack_weights (PstConv     *conv,
              const float *weight)
{
  int k2 = conv->kernel * conv->kernel;
  int in = conv->in_channels;
  int out = conv->out_channels;

  for (int o = 0; o < out; o++)
    for (int i = 0; i < in; i++)
      for (int k = 0; k < k2; k++)
        {
          float w = weight[((gsize) o * in + i) * k2 + k];

          conv->forward[((gsize) k * in + i) * out + o] = w;
          conv->backward[((gsize) (k2 - 1 - k) * out + o) * in + i] = w;
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

  assert (kernel == 1 || kernel == 3);
  conv->in_channels = in_channels;
  conv->out_channels = out_channels;
  conv->kernel = kernel;
  conv->padding = padding;
  conv->forward = g_try_new (float, n);
  conv->backward = g_try_new (float, n);
  conv->bias = g_try_new (float, out_channels);
  if (! conv->forward || ! conv->backward || ! conv->bias)
    {
      pst_conv_free (conv);
      return NULL;
    }
  pack_weights (conv, weight);
  memcpy (conv->bias, bias, sizeof (float) * out_channels);
  return conv;
}

void
pst_conv_free (PstConv *conv)
{
  if (! conv)
    return;

  g_free (conv->forward);
  g_free (conv->backward);
  g_free (conv->bias);
  g_free (conv);
}

/* ---- gathering windows ------------------------------------------------- */

/* What is gathered: windows of 3x3 around pixels of @x. */
typedef struct
{
  const float *x;           /* [height][width][channels] */
  int          height;
  int          width;
  int          channels;
  PstPadding   padding;     /* what lies outside */
  gboolean     adjoint;     /* add what the copies outside pass on */
} Source;

/* The pixels that position @p + @k - 1 of a line of @n pixels stands for:
 * none, one or, in the adjoint of replicate padding, two. */
static int
line_sources (const Source *source,
              int           n,
              int           p,
              int           k,
              int           ret_pixels[2])
{
  int q = p + k - 1;
  int count = 0;

  if (q >= 0 && q < n)
    ret_pixels[count++] = q;
  else if (source->padding == PST_PADDING_REPLICATE && ! source->adjoint)
    ret_pixels[count++] = CLAMP (q, 0, n - 1);

  if (source->padding == PST_PADDING_REPLICATE && source->adjoint
      && ((p == 0 && k == 2) || (p == n - 1 && k == 0)))
    ret_pixels[count++] = p;
  return count;
}

static void
add_pixel (float       *sum,
           const float *pixel,
           int          channels)
{
  for (int c = 0; c < channels; c++)
    sum[c] += pixel[c];
}

static void
gather_border (const Source *source,
               int           py,
               int           px,
               float        *window)
{
  int channels = source->channels;

  memset (window, 0, sizeof (float) * 9 * channels);
  for (int k = 0; k < 9; k++, window += channels)
    {
      int rows[2], columns[2];
      int n_rows = line_sources (source, source->height, py, k / 3, rows);
      int n_columns = line_sources (source, source->width, px, k % 3, columns);

      for (int r = 0; r < n_rows; r++)
        for (int c = 0; c < n_columns; c++)
          add_pixel (window,
                     source->x + ((gsize) rows[r] * source->width + columns[c])
                                 * channels,
                     channels);
    }
}

static void
gather_inside (const Source *source,
               int           py,
               int           px,
               float        *window)
{
  gsize row = 3 * (gsize) source->channels;

  for (int k = 0; k < 3; k++)
    memcpy (window + k * row,
            source->x + ((gsize) (py + k - 1) * source->width + px - 1)
                        * source->channels,
            sizeof (float) * row);
}

/* @windows: [count][3][3][channels], of pixels @first and following */
static void
gather (const Source *source,
        gsize         first,
        int           count,
        float        *windows)
{
  gsize size = 9 * (gsize) source->channels;
  int   py = first / source->width;
  int   px = first % source->width;

  for (int i = 0; i < count; i++, windows += size)
    {
      if (py > 0 && py < source->height - 1 && px > 0 && px < source->width - 1)
        gather_inside (source, py, px, windows);
      else
        gather_border (source, py, px, windows);
      if (++px == source->width)
        {
          px = 0;
          py++;
        }
    }
}

/* ---- blocks of pixels -------------------------------------------------- */

typedef struct
{
  Source       source;
  int          kernel;
  const float *weight;      /* [kernel * kernel * channels][out] */
  const float *bias;        /* [out]; NULL: none */
  gboolean     relu;
  gboolean     add;         /* to y, instead of overwriting it */
  int          out;
  float       *y;           /* [height][width][out] */
  gsize        pixels;
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
  gsize        first = (gsize) index * job->block;
  int          count = MIN ((gsize) job->block, job->pixels - first);
  int          in = job->source.channels;
  int          depth = job->kernel * job->kernel * in;
  float       *y = job->y + first * job->out;
  const float *windows = job->source.x + first * in;

  if (job->kernel == 3)
    {
      float *gathered = job->scratch + worker * job->scratch_size;

      gather (&job->source, first, count, gathered);
      windows = gathered;
    }
  pst_gemm (count, job->out, depth, windows, depth, job->weight, job->out,
            job->add ? 1.0f : 0.0f, y, job->out);
  if (job->bias)
    add_bias (y, count, job->out, job->bias, job->relu);
}

/* Small layers are cut finer, so that every worker gets some; the cut does not
 * depend on how many there are. */
static int
block_pixels (int   kernel,
              int   channels,
              gsize pixels)
{
  int depth = kernel * kernel * channels;
  int most = CLAMP (BLOCK_FLOATS / depth, BLOCK_MIN, BLOCK_MAX);

  return CLAMP ((int) (pixels / 16), BLOCK_MIN, most);
}

static void
run (Job        *job,
     PstWorkers *workers)
{
  job->pixels = (gsize) job->source.height * job->source.width;
  job->block = block_pixels (job->kernel, job->source.channels, job->pixels);
  pst_workers_run (workers, (job->pixels + job->block - 1) / job->block,
                   run_block, job);
}

/* ---- public ------------------------------------------------------------ */

int
pst_conv_kernel (const PstConv *conv)
{
  return conv->kernel;
}

gsize
pst_conv_scratch (const PstConv *conv)
{
  int channels = MAX (conv->in_channels, conv->out_channels);

  if (conv->kernel == 1)
    return 0;
  return MAX (BLOCK_FLOATS, 9 * (gsize) channels * BLOCK_MIN);
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
                .channels = conv->in_channels, .padding = conv->padding },
    .kernel = conv->kernel,
    .weight = conv->forward, .bias = conv->bias, .relu = relu,
    .out = conv->out_channels, .y = y,
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
                .channels = conv->out_channels, .padding = conv->padding,
                .adjoint = TRUE },
    .kernel = conv->kernel,
    .weight = conv->backward, .add = add,
    .out = conv->in_channels, .y = dx,
    .scratch = scratch, .scratch_size = pst_conv_scratch (conv)
  };

  run (&job, workers);
}
