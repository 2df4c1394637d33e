/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-backward.c: rows of gradients, from the taps to the pixels
 */
#include "net-private.h"

#include <string.h>

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
  gsize n = (gsize) (end - begin) * tap->shape.width * tap->shape.channels;
  PstLayerWork work = pst_net_work (net, begin, end);

  memset (net->tap_gradient, 0, sizeof (float) * n);
  net->gradient (net->data, tap->number, begin, end, f, net->tap_gradient);
  work.in[0] = pst_net_band (dy, net->stages[tap->stage].out);
  work.out =
    (PstBand){ .data = net->tap_gradient, .top = begin, .shape = tap->shape };
  work.add = TRUE;
  tap->layer->kind->backward (tap->layer, &work);
}

/* Adds what the taps of @stage contribute. */
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

/* Adds the gradient of stage @i at its input, as @work says. */
static void
run_stage (PstNet *net, int i, PstLayerWork *work)
{
  const Stage   *stage = &net->stages[i];
  const PstRows *saved = &chain_of (net, i)->saved[i];

  work->out = pst_net_band (&stage->dy, stage->out);
  if (saved->row > 0)
    work->saved = (PstSavedBand){ .data = saved->data, .top = saved->top };
  stage->layer->kind->backward (stage->layer, work);
}

static void make_gradient (PstNet *net, int i, int end);

/* Makes what stage @i needs for the gradient at its input's rows up to
 * @end. */
static void
prepare_stage (PstNet *net, int i, int end)
{
  const Stage *stage = &net->stages[i];
  Chain       *chain = chain_of (net, i);
  int needed = pst_layer_output_end (stage->layer, end, stage->out.height);

  make_gradient (net, i, needed);
  if (chain->saved[i].row > 0)
    pst_chain_make (net, chain, i, needed);
}

/* The stages whose input is number @input. */
static void
prepare_readers (PstNet *net, int input, int end)
{
  for (int i = 0; i < net->n_stages; i++)
    if (pst_stage_reads (&net->stages[i], input))
      prepare_stage (net, i, end);
}

/* Makes rows @begin .. @end - 1 of the gradient at number @input: the sum over
 * these stages.  Returns FALSE where there are none. */
static gboolean
run_readers (PstNet *net, int input, const PstBand *dx, int begin, int end)
{
  gboolean add = FALSE;

  for (int i = 0; i < net->n_stages; i++)
    if (pst_stage_reads (&net->stages[i], input))
      {
        PstLayerWork work = pst_net_work (net, begin, end);

        work.in[0] = *dx;
        work.add = add;
        run_stage (net, i, &work);
        add = TRUE;
      }
  return add;
}

/* Rows @begin .. @end - 1 of the gradient at the output of stage @i. */
static void
make_rows (PstNet *net, int i, int begin, int end)
{
  PstRows *dy = &net->stages[i].dy;
  PstBand  band;

  prepare_readers (net, i, end);
  pst_rows_extend (dy, pst_net_first_needed_row (net, i), end);
  band = pst_net_band (dy, net->stages[i].out);
  if (! pst_net_is_idle (net) && ! run_readers (net, i, &band, begin, end))
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

/* The pixels were normalized. */
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
  PstBand pixels = {
    .data = net->drgb,
    .shape = { .height = net->height, .width = net->width, .channels = 3 }
  };

  while (net->gradient_end[0] < end)
    {
      int begin = net->gradient_end[0];
      int stop = MIN (begin + net->chunk, end);

      prepare_readers (net, PST_NET_PIXELS, stop);
      if (! pst_net_is_idle (net))
        {
          run_readers (net, PST_NET_PIXELS, &pixels, begin, stop);
          scale_rows (net, begin, stop);
        }
      net->gradient_end[0] = stop;
    }
}
