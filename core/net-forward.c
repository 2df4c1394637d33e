/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-forward.c: rows of activations, from the pixels on (net-private.h) */
#include "net-private.h"

#include "pool.h"

void
pst_chain_clear (Chain *chain,
                 int    n_taps)
{
  pst_rows_clear (&chain->input);
  for (int i = 0; i < chain->n_stages; i++)
    {
      pst_rows_clear (&chain->y[i]);
      pst_rows_clear (&chain->bits[i]);
    }
  for (int t = 0; t < n_taps; t++)
    pst_rows_clear (&chain->projections[t]);
}

/* ---- pixels ------------------------------------------------------------ */

static void
normalise (const PstNet *net,
           const Chain  *chain,
           int           begin,
           int           end)
{
  gsize        row = 3 * (gsize) net->width;
  const float *rgb = net->rgb + begin * row;
  float       *x = (float *) chain->input.data
                   + (begin - chain->input.top) * row;

  for (gsize i = 0; i < (end - begin) * row; i += 3)
    for (int c = 0; c < 3; c++)
      x[i + c] = (rgb[i + c] - net->model->mean[c]) * net->model->scale[c];
}

static void
make_input (PstNet *net,
            Chain  *chain,
            int     end)
{
  int begin = chain->input.end;

  if (begin >= end)
    return;
  pst_rows_extend (&chain->input,
                   pst_net_input_begin (net->stages[0].layer, chain->y[0].end),
                   end);
  if (! net->idle)
    normalise (net, chain, begin, end);
}

/* ---- taps -------------------------------------------------------------- */

/* Whether the gradient will pass through @stage and find here what it needs. */
static gboolean
is_kept (const PstNet *net,
         const Chain  *chain,
         int           stage)
{
  return net->memory != PST_NET_FORWARD_ONLY && stage >= chain->kept_from;
}

/* The first row of @stage's taps that is still needed, once rows up to @end are
 * there and have been seen. */
static int
tap_keep (const PstNet *net,
          const Chain  *chain,
          int           stage,
          int           end)
{
  return is_kept (net, chain, stage) ? net->graded[stage + 1] : end;
}

static void
project (PstNet    *net,
         Chain     *chain,
         int        t,
         int        begin,
         int        end)
{
  const Tap     *tap = &net->taps[t];
  const PstRows *y = &chain->y[tap->stage];
  PstRows       *projection = &chain->projections[t];
  PstSource      source = { .x = (float *) y->data, .top = y->top,
                            .height = tap->shape.height,
                            .width = tap->shape.width };

  pst_rows_extend (projection, tap_keep (net, chain, tap->stage, begin), end);
  if (net->idle)
    return;
  pst_conv_forward (tap->layer->conv, net->workers, &source,
                    &(PstConvOutput) { .y = (float *) projection->data,
                                       .top = projection->top },
                    begin, end, net->half, net->scratch);
}

static void
make_taps (PstNet *net,
           Chain  *chain,
           int     stage,
           int     begin,
           int     end)
{
  for (int t = 0; t < net->n_taps; t++)
    {
      const Tap     *tap = &net->taps[t];
      const PstRows *rows = &chain->y[stage];

      if (tap->stage != stage
          || (! chain->rows && ! is_kept (net, chain, stage)))
        continue;
      if (tap->layer->conv)
        {
          project (net, chain, t, begin, end);
          rows = &chain->projections[t];
        }
      if (chain->rows && ! net->idle)
        chain->rows (net->data, tap->number, begin, end,
                     (const float *) (rows->data
                                      + (begin - rows->top) * rows->row), NULL);
    }
}

/* ---- stages ------------------------------------------------------------ */

/* The first row of what @stage has made that is still needed. */
static int
stage_keep (const PstNet *net,
            const Chain  *chain,
            int           stage)
{
  int keep = chain->y[stage].end;

  if (stage + 1 < chain->n_stages)
    keep = pst_net_input_begin (net->stages[stage + 1].layer,
                                chain->y[stage + 1].end);
  for (int t = 0; t < net->n_taps; t++)
    if (net->taps[t].stage == stage && ! net->taps[t].layer->conv)
      keep = MIN (keep, tap_keep (net, chain, stage, keep));
  return keep;
}

/* Makes room for the bits, of which the gradient needs one row more. */
static void
extend_bits (PstNet *net,
             Chain  *chain,
             int     stage,
             int     end)
{
  if (is_kept (net, chain, stage) && net->stages[stage].layer->relu)
    pst_rows_extend (&chain->bits[stage], net->graded[stage] - 1, end);
}

static void
run_stage (PstNet *net,
           Chain  *chain,
           int     i,
           int     begin,
           int     end)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *x = i == 0 ? &chain->input : &chain->y[i - 1];
  const PstRows *y = &chain->y[i];
  const PstRows *bits = &chain->bits[i];
  PstSource      source = { .x = (float *) x->data, .top = x->top,
                            .height = stage->in.height,
                            .width = stage->in.width };
  PstConvOutput  output = { .y = (float *) y->data, .top = y->top,
                            .relu = stage->layer->relu };

  if (stage->layer->kind == PST_LAYER_AVGPOOL)
    {
      pst_pool_forward (net->workers, stage->in, source.x, source.top, output.y,
                        output.top, begin, end);
      return;
    }
  if (bits->end > begin)
    {
      output.bits = (PstBits *) bits->data;
      output.bits_top = bits->top;
    }
  pst_conv_forward (stage->layer->conv, net->workers, &source, &output, begin,
                    end, net->half, net->scratch);
}

void
pst_chain_make (PstNet *net,
                Chain  *chain,
                int     i,
                int     end)
{
  const Stage *stage;
  PstRows     *y;

  if (i < 0)
    {
      make_input (net, chain, end);
      return;
    }
  stage = &net->stages[i];
  y = &chain->y[i];
  end = MIN ((end + stage->chunk - 1) / stage->chunk * stage->chunk, y->height);
  while (y->end < end)
    {
      int begin = y->end;
      int stop = MIN (begin + stage->chunk, end);

      pst_chain_make (net, chain, i - 1,
                      pst_net_input_end (stage->layer, stop, stage->in.height));
      pst_rows_extend (y, stage_keep (net, chain, i), stop);
      extend_bits (net, chain, i, stop);
      if (! pst_net_is_idle (net))
        run_stage (net, chain, i, begin, stop);
      make_taps (net, chain, i, begin, stop);
    }
}
