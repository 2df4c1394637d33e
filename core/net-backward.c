/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-backward.c: rows of gradients, from the taps to the pixels (net-private.h)
 */
#include "net-private.h"

#include <string.h>

#include "pool.h"

/* Which chain has what the gradient needs at @stage. */
static Chain *
chain_of (PstNet *net,
          int     stage)
{
  return stage < net->again.n_stages ? &net->again : &net->main;
}

/* ---- taps -------------------------------------------------------------- */

static void
backward_projection (PstNet      *net,
                     const Tap   *tap,
                     int          begin,
                     int          end,
                     const float *f,
                     PstRows     *dy)
{
  gsize     n = (gsize) (end - begin) * tap->shape.width * tap->shape.channels;
  PstSource source = { .x = net->tap_gradient, .top = begin,
                       .height = tap->shape.height,
                       .width = tap->shape.width };

  memset (net->tap_gradient, 0, sizeof (float) * n);
  net->gradient (net->data, tap->number, begin, end, f, net->tap_gradient);
  pst_conv_backward (tap->layer->conv, net->workers, &source,
                     &(PstConvOutput) { .y = (float *) dy->data,
                                        .top = dy->top, .add = TRUE },
                     begin, end, net->half, net->scratch);
}

/* Adds what the taps behind @stage contribute. */
static void
add_taps (PstNet *net,
          int     stage,
          int     begin,
          int     end)
{
  Chain   *chain = chain_of (net, stage);
  PstRows *dy = &net->stages[stage].dy;

  for (int t = 0; t < net->n_taps; t++)
    {
      const Tap     *tap = &net->taps[t];
      const PstRows *rows = tap->layer->conv ? &chain->projections[t]
                                             : &chain->y[stage];
      const float   *f;

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

/* ---- stages ------------------------------------------------------------ */

/* Rows of @stage's output whose gradient, its input's rows up to @end need: as
 * far as a kernel reaches, or the windows that they are in. */
static int
output_end (const Stage *stage,
            int          end)
{
  if (stage->layer->kind == PST_LAYER_AVGPOOL)
    return (end + 1) / 2;
  return pst_net_input_end (stage->layer, end, stage->out.height);
}

/* The first row of the gradient behind @stage that is still needed, when that
 * before it is complete up to row @graded. */
static int
output_keep (const Stage *stage,
             int          graded)
{
  if (stage->layer->kind == PST_LAYER_AVGPOOL)
    return graded / 2;
  return pst_net_input_begin (stage->layer, graded);
}

/* The gradient before stage @i, rows @begin .. @end - 1, into @dx, which begins
 * with row @top. */
static void
run_stage (PstNet *net,
           int     i,
           int     begin,
           int     end,
           float  *dx,
           int     top)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *bits = &chain_of (net, i)->bits[i];
  PstSource      source = { .x = (float *) stage->dy.data,
                            .top = stage->dy.top,
                            .height = stage->out.height,
                            .width = stage->out.width };

  if (stage->layer->kind == PST_LAYER_AVGPOOL)
    {
      pst_pool_backward (net->workers, stage->in, source.x, source.top, dx, top,
                         FALSE, begin, end);
      return;
    }
  if (stage->layer->relu)
    {
      source.bits = (PstBits *) bits->data;
      source.bits_top = bits->top;
    }
  pst_conv_backward (stage->layer->conv, net->workers, &source,
                     &(PstConvOutput) { .y = dx, .top = top }, begin, end,
                     net->half, net->scratch);
}

static void make_gradient (PstNet *net,
                           int     i,
                           int     end);

/* What stage @i needs for going back to its input's rows up to @end. */
static void
prepare_stage (PstNet *net,
               int     i,
               int     end)
{
  const Stage *stage = &net->stages[i];
  int          behind = output_end (stage, end);

  make_gradient (net, i, behind);
  if (stage->layer->relu)
    pst_chain_make (net, chain_of (net, i), i, behind);
}

/* Rows @begin .. @end - 1 of the gradient behind stage @i. */
static void
make_rows (PstNet *net,
           int     i,
           int     begin,
           int     end)
{
  PstRows *dy = &net->stages[i].dy;

  if (i + 1 < net->n_stages)
    prepare_stage (net, i + 1, end);
  pst_rows_extend (dy, output_keep (&net->stages[i], net->graded[i]), end);
  if (! pst_net_is_idle (net))
    {
      if (i + 1 < net->n_stages)
        run_stage (net, i + 1, begin, end, (float *) dy->data, dy->top);
      else
        memset (dy->data + (begin - dy->top) * dy->row, 0,
                (end - begin) * dy->row);
    }
  add_taps (net, i, begin, end);
}

static void
make_gradient (PstNet *net,
               int     i,
               int     end)
{
  const Stage *stage = &net->stages[i];
  int         *graded = &net->graded[i + 1];

  end = MIN ((end + stage->chunk - 1) / stage->chunk * stage->chunk,
             stage->out.height);
  while (*graded < end)
    {
      int stop = MIN (*graded + stage->chunk, end);

      make_rows (net, i, *graded, stop);
      *graded = stop;
    }
}

/* ---- pixels ------------------------------------------------------------ */

/* The input was scaled. */
static void
scale_rows (const PstNet *net,
            int           begin,
            int           end)
{
  gsize  row = 3 * (gsize) net->width;
  float *drgb = net->drgb + begin * row;

  for (gsize i = 0; i < (end - begin) * row; i += 3)
    for (int c = 0; c < 3; c++)
      drgb[i + c] *= net->model->scale[c];
}

void
pst_net_gradient (PstNet *net,
                  int     end)
{
  while (net->graded[0] < end)
    {
      int begin = net->graded[0];
      int stop = MIN (begin + net->chunk, end);

      prepare_stage (net, 0, stop);
      if (! pst_net_is_idle (net))
        {
          run_stage (net, 0, begin, stop, net->drgb, 0);
          scale_rows (net, begin, stop);
        }
      net->graded[0] = stop;
    }
}
