/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-gemm.c: convolution of 3x3 or 1x1 as a matrix product
 *
 * The output is cut into blocks of pixels, for each block the kernel windows
 * are gathered as the rows of a matrix (im2col: Chellapilla, Puri, Simard,
 * "High Performance Convolutional Neural Networks for Document Processing",
 * 2006) that stays in the cache, and multiplied with the weights.
 */
#include "conv-gemm.h"

#include <string.h>

#include "core/kernels/blas.h"

#define BLOCK_FLOATS 131072 /* of gathered windows: half a megabyte */
#define BLOCK_MIN    32     /* pixels */
#define BLOCK_MAX    512

struct _PstConvGemm
{
  int      kernel;
  int      depth;   /* kernel * kernel * input channels */
  int      out;     /* channels */
  gboolean packed;  /* as kernels take the weights; else by BLAS */
  float   *weights; /* [depth][out] */
};

/* ---- weights ------------------------------------------------------------ */

PstConvGemm *
pst_conv_gemm_new (int          in_channels,
                   int          out_channels,
                   int          kernel,
                   const float *weight)
{
  PstConvGemm *gemm = g_new0 (PstConvGemm, 1);
  gsize        n;

  gemm->kernel = kernel;
  gemm->depth = kernel * kernel * in_channels;
  gemm->out = out_channels;
  gemm->packed = out_channels % PST_CHANNEL_GROUP == 0;
  n = (gsize) gemm->depth * out_channels;
  gemm->weights = g_try_new (float, n);
  if (! gemm->weights)
    {
      pst_conv_gemm_free (gemm);
      return NULL;
    }

  if (gemm->packed)
    pst_kernels_pack (gemm->depth, out_channels, weight, gemm->weights);
  else
    memcpy (gemm->weights, weight, sizeof (float) * n);
  return gemm;
}

void
pst_conv_gemm_free (PstConvGemm *gemm)
{
  if (! gemm)
    return;

  g_free (gemm->weights);
  g_free (gemm);
}

/* ---- blocks of pixels --------------------------------------------------- */

typedef struct
{
  const PstConvGemm *gemm;
  const PstConvWork *work;
  gsize              pixels; /* to be made */
  int                block;  /* pixels in a block */
} Job;

gsize
pst_conv_gemm_scratch (const PstConvGemm *gemm)
{
  return MAX (BLOCK_FLOATS, ((gsize) gemm->depth + gemm->out) * BLOCK_MIN);
}

/* The rows of the matrix for some pixels. */
static const float *
gather (const Job *job, gsize first, int count, float *gathered)
{
  const PstSource *source = &job->work->source;
  int              kernel = job->gemm->kernel;

  if (kernel == 1 && ! source->bits)
    return source->x
           + (first - source->top * (gsize) source->width) * source->channels;
  if (kernel == 1)
    pst_window_copy (source, first, count, gathered);
  else
    pst_window_gather (source, first, count, gathered);
  return gathered;
}

static void
run_block (void *data, int index, int worker)
{
  const Job           *job = data;
  const PstConvWork   *work = job->work;
  const PstConvOutput *output = &work->output;
  gsize                width = work->source.width;
  int                  out = job->gemm->out;
  int                  depth = job->gemm->depth;
  gsize                offset = (gsize) index * job->block;
  gsize                first = work->begin * width + offset;
  int                  count = MIN ((gsize) job->block, job->pixels - offset);
  float               *y = output->y + (first - output->top * width) * out;
  const float         *windows =
    gather (job, first, count, work->scratch + worker * work->scratch_size);

  if (job->gemm->packed)
    pst_kernels_get ()->gemm (&(PstProduct){ .rows = count,
                                             .columns = out,
                                             .depth = depth,
                                             .a = windows,
                                             .a_stride = depth,
                                             .b = job->gemm->weights,
                                             .add = output->add,
                                             .c = y,
                                             .c_stride = out });
  else
    pst_gemm (count, out, depth, windows, depth, job->gemm->weights, out,
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

void
pst_conv_gemm_run (const PstConvGemm *gemm, const PstConvWork *work)
{
  Job job = { .gemm = gemm,
              .work = work,
              .pixels =
                (gsize) (work->end - work->begin) * work->source.width };

  job.block = block_pixels (gemm->depth, job.pixels);
  pst_workers_run (work->workers, (job.pixels + job.block - 1) / job.block,
                   run_block, &job);
}
