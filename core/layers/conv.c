/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution, and its gradient to the input
 *
 * Chooses among the ways to convolve: in half precision conv-bf16.c, where it
 * applies; 3x3 with enough input channels conv-winograd.c; with stride 2
 * conv-strided.c; for the rest conv-gemm.c.
 *
 * With stride 1 the gradient to the input is a convolution of the output's
 * gradient with the flipped kernel, channels exchanged.  With replicate padding
 * the border pixels also get what their copies outside the picture got:
 * conv-border.c adds it.
 */
#include "conv.h"

#include <assert.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "conv-bf16.h"
#include "conv-border.h"
#include "conv-gemm.h"
#include "conv-strided.h"
#include "conv-winograd.h"

/* One direction, forward or backward, with stride 1.  Members that do not apply
 * are NULL. */
typedef struct
{
  int          in;
  int          out;
  PstConvBf16 *bf16;
  PstWinograd *winograd;
  PstConvGemm *gemm;   /* in place of winograd */
  PstBorder   *border; /* to be added to winograd's and bf16's */
} Direction;

struct _PstConv
{
  PstConvSpec spec;
  Direction   forward;
  Direction   backward; /* kernel flipped, in and out exchanged */
  PstStrided *strided;  /* with stride 2, in place of both */
  float      *bias;     /* [out, rounded up to groups] */
};

/* ---- lifecycle ---------------------------------------------------------- */

static void
direction_clear (Direction *direction)
{
  pst_conv_bf16_free (direction->bf16);
  pst_winograd_free (direction->winograd);
  pst_conv_gemm_free (direction->gemm);
  pst_border_free (direction->border);
}

/* @weight: [kernel][kernel][in][out]
 * @border: whether border pixels get an extra gradient
 * Returns FALSE when there is no memory. */
static gboolean
direction_prepare (Direction   *direction,
                   int          kernel,
                   gboolean     border,
                   const float *weight)
{
  int in = direction->in;
  int out = direction->out;

  if (pst_conv_bf16_applies (kernel, out) && in % PST_CHANNEL_GROUP == 0
      && out % PST_CHANNEL_GROUP == 0)
    {
      direction->bf16 = pst_conv_bf16_new (in, out, kernel, weight);
      if (! direction->bf16)
        return FALSE;
    }
  if (kernel == 3 && in % PST_CHANNEL_GROUP == 0)
    {
      direction->winograd = pst_winograd_new (in, out, weight);
      if (border)
        direction->border = pst_border_new (in, out, weight);
      return direction->winograd && (direction->border || ! border);
    }
  direction->gemm = pst_conv_gemm_new (in, out, kernel, weight);
  return direction->gemm != NULL;
}

/* From the file's order, [out][in][kernel][kernel], to that of a direction.
 * @backward: which one */
static void
order_weights (const PstConvSpec *spec,
               gboolean           backward,
               const float       *weight,
               float             *ordered)
{
  int   k2 = spec->kernel * spec->kernel;
  gsize in = spec->in_channels;
  gsize out = spec->out_channels;

  for (gsize o = 0; o < out; o++)
    for (gsize i = 0; i < in; i++)
      for (int k = 0; k < k2; k++)
        {
          gsize to = backward ? ((k2 - 1 - k) * out + o) * in + i
                              : (k * in + i) * out + o;

          ordered[to] = weight[(o * in + i) * k2 + k];
        }
}

static gboolean
direction_init (Direction         *direction,
                const PstConvSpec *spec,
                gboolean           backward,
                const float       *weight)
{
  g_autofree float *ordered =
    g_try_new (float, (gsize) spec->kernel * spec->kernel * spec->in_channels
                        * spec->out_channels);

  if (! ordered)
    return FALSE;

  direction->in = backward ? spec->out_channels : spec->in_channels;
  direction->out = backward ? spec->in_channels : spec->out_channels;
  order_weights (spec, backward, weight, ordered);
  return direction_prepare (direction, spec->kernel,
                            backward && spec->padding == PST_PADDING_REPLICATE,
                            ordered);
}

/* Returns FALSE when there is no memory. */
static gboolean
prepare (PstConv *conv, const float *weight)
{
  const PstConvSpec *spec = &conv->spec;

  if (spec->stride == 1)
    return direction_init (&conv->forward, spec, FALSE, weight)
           && direction_init (&conv->backward, spec, TRUE, weight);
  conv->strided = pst_strided_new (spec, weight);
  return conv->strided != NULL;
}

PstConv *
pst_conv_new (const PstConvSpec *spec, const float *weight, const float *bias)
{
  PstConv *conv = g_new0 (PstConv, 1);

  assert (spec->kernel == 1 || spec->kernel == 3
          || (spec->kernel == 7 && spec->stride == 2));
  assert (spec->stride == 1
          || (spec->stride == 2 && spec->padding == PST_PADDING_ZERO));
  conv->spec = *spec;
  conv->bias = g_try_new0 (float, PST_ROUND_CHANNELS (spec->out_channels));
  if (! conv->bias || ! prepare (conv, weight))
    {
      pst_conv_free (conv);
      return NULL;
    }

  memcpy (conv->bias, bias, sizeof (float) * spec->out_channels);
  return conv;
}

void
pst_conv_free (PstConv *conv)
{
  if (! conv)
    return;

  direction_clear (&conv->forward);
  direction_clear (&conv->backward);
  pst_strided_free (conv->strided);
  g_free (conv->bias);
  g_free (conv);
}

const PstConvSpec *
pst_conv_spec (const PstConv *conv)
{
  return &conv->spec;
}

double
pst_conv_operations (const PstConv *conv)
{
  const PstConvSpec *spec = &conv->spec;

  return 2.0 * spec->kernel * spec->kernel * spec->in_channels
         * spec->out_channels;
}

static gsize
direction_scratch (const Direction *direction, gboolean bf16, int width)
{
  gsize size = 0;

  if (direction->gemm)
    size = pst_conv_gemm_scratch (direction->gemm);
  if (direction->winograd)
    size = pst_winograd_scratch (direction->winograd);
  if (direction->border)
    size = MAX (size, pst_border_scratch (direction->border));
  if (bf16 && direction->bf16)
    size = MAX (size, pst_conv_bf16_scratch (direction->in, width));
  return size;
}

gsize
pst_conv_scratch (const PstConv *conv, gboolean bf16, int width)
{
  if (conv->strided)
    return pst_strided_scratch (conv->strided);
  return MAX (direction_scratch (&conv->forward, bf16, width),
              direction_scratch (&conv->backward, bf16, width));
}

/* ---- running ------------------------------------------------------------ */

static PstConvWork
work_for (const PstConv *conv, const PstLayerWork *work)
{
  return (PstConvWork){
    .workers = work->workers,
    .begin = work->begin,
    .end = work->end,
    .bf16 = work->bf16,
    .scratch = work->scratch,
    .scratch_size = pst_conv_scratch (conv, work->bf16, work->in[0].shape.width)
  };
}

static PstSource
source_of (const PstConv *conv, const PstBand *band)
{
  return (PstSource){ .x = band->data,
                      .top = band->top,
                      .height = band->shape.height,
                      .width = band->shape.width,
                      .channels = band->shape.channels,
                      .padding = conv->spec.padding };
}

static void
run (const Direction *direction, const PstConvWork *work)
{
  if (work->bf16 && direction->bf16)
    pst_conv_bf16_run (direction->bf16, work);
  else if (direction->winograd)
    pst_winograd_run (direction->winograd, work);
  else
    {
      pst_conv_gemm_run (direction->gemm, work);
      return;
    }
  if (direction->border)
    pst_border_add (direction->border, work);
}

void
pst_conv_forward (const PstConv *conv, gboolean relu, const PstLayerWork *work)
{
  PstConvWork conv_work = work_for (conv, work);

  conv_work.source = source_of (conv, &work->in[0]);
  conv_work.output = (PstConvOutput){ .bias = conv->bias,
                                      .relu = relu,
                                      .y = work->out.data,
                                      .top = work->out.top,
                                      .bits = work->saved.data,
                                      .bits_top = work->saved.top };
  if (conv->strided)
    pst_strided_forward (conv->strided, &conv_work);
  else
    run (&conv->forward, &conv_work);
}

void
pst_conv_backward (const PstConv *conv, const PstLayerWork *work)
{
  PstConvWork conv_work = work_for (conv, work);

  conv_work.source = source_of (conv, &work->out);
  conv_work.source.bits = work->saved.data;
  conv_work.source.bits_top = work->saved.top;
  conv_work.source.adjoint = TRUE;
  conv_work.output = (PstConvOutput){ .add = work->add,
                                      .y = work->in[0].data,
                                      .top = work->in[0].top };
  if (conv->strided)
    pst_strided_backward (conv->strided, &conv_work, work->in[0].shape.width);
  else
    run (&conv->backward, &conv_work);
}

/* ---- the kind ----------------------------------------------------------- */

static PstReach
conv_reach (const PstLayer *layer)
{
  const PstConvSpec *spec = &layer->conv->spec;

  return (PstReach){ .size = spec->kernel,
                     .stride = spec->stride,
                     .before = spec->kernel / 2 };
}

static gsize
conv_scratch (const PstLayer *layer, gboolean bf16, int width)
{
  return pst_conv_scratch (layer->conv, bf16, width);
}

static double
conv_operations (const PstLayer *layer)
{
  return pst_conv_operations (layer->conv);
}

static void
conv_forward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_conv_forward (layer->conv, layer->relu, work);
}

static void
conv_backward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_conv_backward (layer->conv, work);
}

static char *
conv_describe (const PstLayer *layer)
{
  const PstConvSpec *spec = &layer->conv->spec;

  return g_strdup_printf (spec->stride == 2
                            ? _ ("convolution %dx%d, stride 2, %d -> %d")
                            : _ ("convolution %dx%d, %d -> %d"),
                          spec->kernel, spec->kernel, spec->in_channels,
                          spec->out_channels);
}

static void
conv_free (PstLayer *layer)
{
  pst_conv_free (layer->conv);
}

const PstLayerKind pst_layer_conv = { .op = "conv",
                                      .reach = conv_reach,
                                      .saved = pst_layer_relu_saved,
                                      .scratch = conv_scratch,
                                      .operations = conv_operations,
                                      .forward = conv_forward,
                                      .backward = conv_backward,
                                      .describe = conv_describe,
                                      .free = conv_free };
