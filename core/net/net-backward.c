/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-backward.c: rows of gradients, from the taps to the pixels
 * (net-private.h)
 */
#include "net-private.h"

#include <string.h>

#include "core/layers/avgpool.h"
#include "core/layers/join.h"
#include "core/layers/maxpool.h"

/* Which chain has what the gradient needs at @stage. */
static Chain *
chain_of (PstNet *net, int stage)
{
  return stage < net->recompute.n_stages ? &net->recompute : &net->forward;
}

/* ---- taps --------------------------------------------------------------- */

static void
backward_projection (PstNet      *net,
                     const Tap   *tap,
                     int          begin,
                     int          end,
                     const float *f,
                     PstRows     *dy)
{
  gsize     n = (gsize) (end - begin) * tap->shape.width * tap->shape.channels;
  PstSource source = { .x = net->tap_gradient,
                       .top = begin,
                       .height = tap->shape.height,
                       .width = tap->shape.width };

  memset (net->tap_gradient, 0, sizeof (float) * n);
  net->gradient (net->data, tap->number, begin, end, f, net->tap_gradient);
  pst_conv_backward (tap->layer->conv, net->workers, &source,
                     &(PstConvOutput){
                       .y = (float *) dy->data, .top = dy->top, .add = TRUE },
                     begin, end, net->bf16, net->scratch);
}

/* Adds what the taps behind @stage contribute. */
static void
add_taps (PstNet *net, int stage, int begin, int end)
{
  Chain   *chain = chain_of (net, stage);
  PstRows *dy = &net->stages[stage].dy;

  for (int t = 0; t < net->n_taps; t++)
    {
      const Tap     *tap = &net->taps[t];
      const PstRows *rows =
        tap->layer->conv ? &chain->projections[t] : &chain->y[stage];
      const float *f;

      if (tap->stage != stage)
        continue;
      pst_chain_make (net, chain, stage, end);
      if (pst_net_is_idle (net))
        continue;
      f = (const float *) (rows->data + (begin - rows->top) * rows->row);
      if (tap->layer->conv)
        backward_projection (net, tap, begin, end, f, dy);
      else
        net->gradient (net->data, tap->number, begin, end, f,
                       (float *) (dy->data + (begin - dy->top) * dy->row));
    }
}

/* ---- stages ------------------------------------------------------------- */

static void
run_conv (PstNet *net, int i, const PstConvOutput *dx, int begin, int end)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *record = &chain_of (net, i)->saved[i];
  PstSource      source = { .x = (float *) stage->dy.data,
                            .top = stage->dy.top,
                            .height = stage->out.height,
                            .width = stage->out.width };

  if (stage->layer->relu)
    {
      source.bits = (PstBits *) record->data;
      source.bits_top = record->top;
    }
  if (stage->layer->kind == PST_LAYER_STRIDED)
    pst_strided_backward (stage->layer->strided, net->workers, &source,
                          stage->in.width, dx, begin, end, net->scratch);
  else
    pst_conv_backward (stage->layer->conv, net->workers, &source, dx, begin,
                       end, net->bf16, net->scratch);
}

/* @dx: from row @begin on */
static void
run_join (PstNet *net, int i, float *dx, gboolean add, int begin, int end)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *record = &chain_of (net, i)->saved[i];
  PstShape       shape = stage->out;
  const PstBits *bits = NULL;

  if (stage->layer->relu)
    bits = (PstBits *) (record->data + (begin - record->top) * record->row);
  shape.height = end - begin;
  pst_join_backward (net->workers, shape,
                     (float *) (stage->dy.data
                                + (begin - stage->dy.top) * stage->dy.row),
                     bits, add, dx);
}

/* What stage @i gives to the gradient at its input, rows @begin .. @end - 1,
 * into
 * @dx, which begins with row @top. */
static void
run_stage (PstNet  *net,
           int      i,
           int      begin,
           int      end,
           float   *dx,
           int      top,
           gboolean add)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *record = &chain_of (net, i)->saved[i];
  const float   *dy = (float *) stage->dy.data;
  float         *first =
    dx + (gsize) (begin - top) * stage->in.width * stage->in.channels;

  switch (stage->layer->kind)
    {
    case PST_LAYER_CONV:
    case PST_LAYER_STRIDED:
      run_conv (net, i, &(PstConvOutput){ .y = dx, .top = top, .add = add },
                begin, end);
      break;

    case PST_LAYER_AVGPOOL:
      pst_pool_backward (net->workers, stage->in, dy, stage->dy.top, dx, top,
                         add, begin, end);
      break;

    case PST_LAYER_MAXPOOL:
      pst_maxpool_backward (net->workers, stage->in, stage->layer->size, dy,
                            stage->dy.top, (guint8 *) record->data, record->top,
                            dx, top, add, begin, end);
      break;

    case PST_LAYER_ADD:
      run_join (net, i, first, add, begin, end);
      break;

    case PST_LAYER_MEAN:
      pst_mean_backward (net->workers, stage->in, end - begin, dy, add, first);
      break;

    case PST_LAYER_TAP:
      break;
    }
}

static void make_gradient (PstNet *net, int i, int end);

/* What stage @i needs for going back to its input's rows up to @end. */
static void
prepare_stage (PstNet *net, int i, int end)
{
  const Stage *stage = &net->stages[i];
  Chain       *chain = chain_of (net, i);
  int behind = pst_layer_output_end (stage->layer, end, stage->out.height);

  make_gradient (net, i, behind);
  if (chain->saved[i].row > 0)
    pst_chain_make (net, chain, i, behind);
}

/* The stages that take number @input. */
static void
prepare_readers (PstNet *net, int input, int end)
{
  for (int i = 0; i < net->n_stages; i++)
    if (pst_stage_reads (&net->stages[i], input))
      prepare_stage (net, i, end);
}

/* The sum of what they give to the gradient at it.  Returns FALSE where there
 * are none. */
static gboolean
run_readers (PstNet *net, int input, int begin, int end, float *dx, int top)
{
  gboolean add = FALSE;

  for (int i = 0; i < net->n_stages; i++)
    if (pst_stage_reads (&net->stages[i], input))
      {
        run_stage (net, i, begin, end, dx, top, add);
        add = TRUE;
      }
  return add;
}

/* Rows @begin .. @end - 1 of the gradient behind stage @i. */
static void
make_rows (PstNet *net, int i, int begin, int end)
{
  PstRows *dy = &net->stages[i].dy;

  prepare_readers (net, i, end);
  pst_rows_extend (dy, pst_net_first_needed_row (net, i), end);
  if (! pst_net_is_idle (net)
      && ! run_readers (net, i, begin, end, (float *) dy->data, dy->top))
    memset (dy->data + (begin - dy->top) * dy->row, 0, (end - begin) * dy->row);
  add_taps (net, i, begin, end);
}

static void
make_gradient (PstNet *net, int i, int end)
{
  const Stage *stage = &net->stages[i];
  int         *gradient_end = &net->gradient_end[i + 1];

  end = MIN ((end + stage->chunk - 1) / stage->chunk * stage->chunk,
             stage->out.height);
  while (*gradient_end < end)
    {
      int stop = MIN (*gradient_end + stage->chunk, end);

      make_rows (net, i, *gradient_end, stop);
      *gradient_end = stop;
    }
}

/* ---- pixels ------------------------------------------------------------- */

/* The input was scaled. */
static void
scale_rows (const PstNet *net, int begin, int end)
{
  gsize  row = 3 * (gsize) net->width;
  float *drgb = net->drgb + begin * row;

  for (gsize i = 0; i < (end - begin) * row; i += 3)
    for (int c = 0; c < 3; c++)
      drgb[i + c] *= net->model->scale[c];
}

void
pst_net_gradient (PstNet *net, int end)
{
  while (net->gradient_end[0] < end)
    {
      int begin = net->gradient_end[0];
      int stop = MIN (begin + net->chunk, end);

      prepare_readers (net, PST_NET_PIXELS, stop);
      if (! pst_net_is_idle (net))
        {
          run_readers (net, PST_NET_PIXELS, begin, stop, net->drgb, 0);
          scale_rows (net, begin, stop);
        }
      net->gradient_end[0] = stop;
    }
}
