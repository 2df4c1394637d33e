/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-forward.c: rows of activations, from the pixels to the taps */
#include "net-private.h"

void
pst_chain_clear (Chain *chain, int n_taps)
{
  pst_rows_clear (&chain->input);
  for (int i = 0; i < chain->n_stages; i++)
    {
      pst_rows_clear (&chain->y[i]);
      pst_rows_clear (&chain->saved[i]);
    }
  for (int t = 0; t < n_taps; t++)
    pst_rows_clear (&chain->projections[t]);
}

/* The first row of number @input that the chain's stages still need, once rows
 * up to @end exist. */
static int
readers_keep (const PstNet *net, const Chain *chain, int input, int end)
{
  int keep = end;

  for (int i = 0; i < chain->n_stages; i++)
    if (pst_stage_reads (&net->stages[i], input))
      keep = MIN (keep, pst_layer_input_begin (net->stages[i].layer,
                                               chain->y[i].end));
  return keep;
}

/* ---- pixels ------------------------------------------------------------- */

static void
normalize (const PstNet *net, const Chain *chain, int begin, int end)
{
  gsize        row = 3 * (gsize) net->width;
  const float *rgb = net->rgb + begin * row;
  float *x = (float *) chain->input.data + (begin - chain->input.top) * row;

  for (gsize i = 0; i < (end - begin) * row; i += 3)
    for (int c = 0; c < 3; c++)
      x[i + c] = (rgb[i + c] - net->model->mean[c]) * net->model->scale[c];
}

static void
make_input (PstNet *net, Chain *chain, int end)
{
  int begin = chain->input.end;

  if (begin >= end)
    return;
  pst_rows_extend (&chain->input,
                   readers_keep (net, chain, PST_NET_PIXELS, begin), end);
  if (! net->idle)
    normalize (net, chain, begin, end);
}

/* ---- taps --------------------------------------------------------------- */

/* Whether the gradient will pass through @stage and use what this chain
 * keeps. */
static gboolean
is_kept (const PstNet *net, const Chain *chain, int stage)
{
  return net->memory != PST_NET_FORWARD_ONLY && stage >= chain->kept_from;
}

/* The first row of @stage's taps that is still needed, once rows up to @end
 * have been handed out. */
static int
tap_keep (const PstNet *net, const Chain *chain, int stage, int end)
{
  return is_kept (net, chain, stage) ? net->gradient_end[stage + 1] : end;
}

static void
project (PstNet *net, Chain *chain, int t, int begin, int end)
{
  const Tap   *tap = &net->taps[t];
  PstRows     *projection = &chain->projections[t];
  PstLayerWork work = pst_net_work (net, begin, end);

  pst_rows_extend (projection, tap_keep (net, chain, tap->stage, begin), end);
  if (net->idle)
    return;

  work.in[0] =
    pst_net_band (&chain->y[tap->stage], net->stages[tap->stage].out);
  work.out = pst_net_band (projection, tap->shape);
  tap->layer->kind->forward (tap->layer, &work);
}

static void
make_taps (PstNet *net, Chain *chain, int stage, int begin, int end)
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
                                      + (begin - rows->top) * rows->row),
                     NULL);
    }
}

/* ---- stages ------------------------------------------------------------- */

/* The first row of @stage's output that is still needed. */
static int
stage_keep (const PstNet *net, const Chain *chain, int stage)
{
  int keep = readers_keep (net, chain, stage, chain->y[stage].end);

  for (int t = 0; t < net->n_taps; t++)
    if (net->taps[t].stage == stage && ! net->taps[t].layer->conv)
      keep = MIN (keep, tap_keep (net, chain, stage, keep));
  return keep;
}

/* Makes room for what the backward pass needs. */
static void
extend_saved (PstNet *net, Chain *chain, int stage, int end)
{
  if (is_kept (net, chain, stage) && chain->saved[stage].row > 0)
    pst_rows_extend (&chain->saved[stage],
                     pst_net_first_needed_row (net, stage), end);
}

static const PstRows *
input_of (const Chain *chain, const Stage *stage, int which)
{
  int number = stage->inputs[which];

  return number == PST_NET_PIXELS ? &chain->input : &chain->y[number];
}

static void
run_stage (PstNet *net, const Chain *chain, int i, int begin, int end)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *saved = &chain->saved[i];
  PstLayerWork   work = pst_net_work (net, begin, end);

  for (int k = 0; k < 2; k++)
    if (stage->inputs[k] != PST_NET_NONE)
      work.in[k] = pst_net_band (input_of (chain, stage, k), stage->in);
  work.out = pst_net_band (&chain->y[i], stage->out);
  if (saved->end > begin)
    work.saved = (PstSavedBand){ .data = saved->data, .top = saved->top };
  stage->layer->kind->forward (stage->layer, &work);
}

void
pst_chain_make (PstNet *net, Chain *chain, int i, int end)
{
  const Stage *stage;
  PstRows     *y;

  if (i == PST_NET_PIXELS)
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

      for (int k = 0; k < 2; k++)
        if (stage->inputs[k] != PST_NET_NONE)
          pst_chain_make (net, chain, stage->inputs[k],
                          pst_layer_input_end (stage->layer, stop,
                                               stage->in.height));
      pst_rows_extend (y, stage_keep (net, chain, i), stop);
      extend_saved (net, chain, i, stop);
      if (! pst_net_is_idle (net))
        run_stage (net, chain, i, begin, stop);
      make_taps (net, chain, i, begin, stop);
    }
}
