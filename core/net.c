/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net.c: runs a model at one size
 *
 * What the backward pass needs is much less than the activations: ReLU's
 * derivative, one bit for each element, and the features at the taps.  Everything
 * else lives in windows of a few rows, small enough for the caches.  With less
 * memory, these too are only held where the gradient is, and computed again.
 *
 * How large the windows get is found by running both passes once without
 * computing anything.
 */
#include "net-private.h"

#include <string.h>

#include "pool.h"

#define ALIGNMENT      4       /* rows: Winograd's tiles */
#define CHUNK_PIXELS   16384   /* made at a time: enough for all workers */
#define STREAM_PIXELS  1024    /* with KEEP_NONE, where windows are as high as all
                                * stages' chunks together */

/* ---- what needs what --------------------------------------------------- */

int
pst_net_input_end (const PstLayer *layer,
                   int             end,
                   int             height)
{
  if (layer->kind == PST_LAYER_AVGPOOL)
    return MIN (2 * end, height);
  return MIN (end + pst_conv_kernel (layer->conv) / 2, height);
}

int
pst_net_input_begin (const PstLayer *layer,
                     int             begin)
{
  if (layer->kind == PST_LAYER_AVGPOOL)
    return 2 * begin;
  return begin - pst_conv_kernel (layer->conv) / 2;
}

gboolean
pst_net_is_idle (PstNet *net)
{
  if (net->cancel && g_atomic_int_get (net->cancel))
    net->idle = TRUE;
  return net->idle;
}

/* ---- planning ---------------------------------------------------------- */

/* Layers that are run: up to the last wanted tap. */
static int
count_layers (const PstModel *model,
              guint32         taps)
{
  int last = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (taps, t))
      last = MAX (last, model->taps[t] + 1);
  return last;
}

static int
chunk_rows (PstNetMemory memory,
            int          width)
{
  int pixels = memory == PST_NET_KEEP_NONE ? STREAM_PIXELS : CHUNK_PIXELS;

  return MAX (1, pixels / width / ALIGNMENT) * ALIGNMENT;
}

static void
add_stage (PstNet         *net,
           const PstLayer *layer,
           PstShape       *shape)
{
  Stage *stage = &net->stages[net->n_stages++];

  *stage = (Stage) { .layer = layer, .in = *shape };
  if (layer->kind == PST_LAYER_CONV)
    shape->channels = layer->out_channels;
  else
    *shape = pst_pool_shape (*shape);
  stage->out = *shape;
  stage->chunk = chunk_rows (net->memory, shape->width);
}

static void
plan_stages (PstNet  *net,
             guint32  taps)
{
  const PstModel *model = net->model;
  int             n_layers = count_layers (model, taps);
  PstShape        shape = { .height = net->height, .width = net->width,
                            .channels = 3 };

  net->stages = g_new0 (Stage, n_layers);
  net->taps = g_new0 (Tap, PST_MODEL_MAX_TAPS);
  for (int i = 0, t = 0; i < n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      if (layer->kind != PST_LAYER_TAP)
        {
          add_stage (net, layer, &shape);
          continue;
        }
      if (pst_taps_have (taps, t))
        {
          Tap *tap = &net->taps[net->n_taps++];

          *tap = (Tap) { .layer = layer, .number = t,
                         .stage = net->n_stages - 1, .shape = shape };
          tap->shape.channels = layer->out_channels;
        }
      t++;
    }
}

/* How many stages are run again beside the gradient. */
static int
count_again (const PstNet *net)
{
  int tap = net->memory == PST_NET_KEEP_DEEP ? 1 : 0;

  if (net->memory == PST_NET_FORWARD_ONLY || net->memory == PST_NET_KEEP_ALL)
    return 0;
  return net->taps[MIN (tap, net->n_taps - 1)].stage + 1;
}

static void
plan_chain (const PstNet *net,
            Chain        *chain,
            int           n_stages)
{
  chain->n_stages = n_stages;
  chain->y = g_new0 (PstRows, n_stages);
  chain->bits = g_new0 (PstRows, n_stages);
  chain->projections = g_new0 (PstRows, net->n_taps);
  pst_rows_init (&chain->input, net->height, 3 * net->width * sizeof (float));
  for (int i = 0; i < n_stages; i++)
    {
      PstShape shape = net->stages[i].out;
      gsize    row = shape.width;

      pst_rows_init (&chain->y[i], shape.height,
                     row * shape.channels * sizeof (float));
      pst_rows_init (&chain->bits[i], shape.height,
                     row * PST_CHANNEL_GROUPS (shape.channels)
                     * sizeof (PstBits));
    }
  for (int t = 0; t < net->n_taps; t++)
    pst_rows_init (&chain->projections[t], net->taps[t].shape.height,
                   (gsize) net->taps[t].shape.width
                   * net->taps[t].shape.channels * sizeof (float));
}

static void
take_chain (const PstNet *net,
            Chain        *chain,
            PstArena     *arena)
{
  pst_rows_take (&chain->input, arena);
  for (int i = 0; i < chain->n_stages; i++)
    {
      pst_rows_take (&chain->y[i], arena);
      pst_rows_take (&chain->bits[i], arena);
    }
  for (int t = 0; t < net->n_taps; t++)
    pst_rows_take (&chain->projections[t], arena);
}

static gsize
scratch_size (const PstNet *net)
{
  gsize size = 0;

  for (int i = 0; i < net->n_stages; i++)
    if (net->stages[i].layer->conv)
      size = MAX (size, pst_conv_scratch (net->stages[i].layer->conv,
                                          net->half, net->width));
  for (int t = 0; t < net->n_taps; t++)
    if (net->taps[t].layer->conv)
      size = MAX (size, pst_conv_scratch (net->taps[t].layer->conv,
                                          net->half, net->width));
  return size * pst_workers_count (net->workers);
}

static gsize
tap_gradient_size (const PstNet *net)
{
  gsize size = 0;

  for (int t = 0; t < net->n_taps; t++)
    if (net->taps[t].layer->conv)
      size = MAX (size, (gsize) net->taps[t].shape.width
                        * net->taps[t].shape.channels
                        * net->stages[net->taps[t].stage].chunk);
  return size;
}

static void run_forward  (PstNet *net,
                          Chain  *chain);
static void run_backward (PstNet *net);

/* Stands for a listener while nothing is computed. */
static void
nobody (void        *data,
        int          tap,
        int          begin,
        int          end,
        const float *f,
        float       *df)
{
}

static void
take_buffers (PstNet   *net,
              PstArena *arena)
{
  net->idle = TRUE;
  net->main.rows = nobody;
  run_forward (net, &net->main);
  if (net->memory != PST_NET_FORWARD_ONLY)
    {
      run_backward (net);
      net->tap_gradient = pst_arena_floats (arena, tap_gradient_size (net));
    }
  take_chain (net, &net->main, arena);
  take_chain (net, &net->again, arena);
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_take (&net->stages[i].dy, arena);
  net->scratch = pst_arena_floats (arena, scratch_size (net));
}

/* ---- life -------------------------------------------------------------- */

PstNet *
pst_net_new (const PstModel *model,
             PstWorkers     *workers,
             PstArena       *arena,
             int             height,
             int             width,
             guint32         taps,
             PstNetMemory    memory,
             gboolean        half)
{
  PstNet *net = g_new0 (PstNet, 1);

  *net = (PstNet) { .model = model, .workers = workers, .memory = memory,
                    .half = half, .height = height, .width = width,
                    .chunk = chunk_rows (memory, width) };
  plan_stages (net, taps);
  net->graded = g_new0 (int, net->n_stages + 1);
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_init (&net->stages[i].dy, net->stages[i].out.height,
                   (gsize) net->stages[i].out.width
                   * net->stages[i].out.channels * sizeof (float));
  plan_chain (net, &net->main, net->n_stages);
  plan_chain (net, &net->again, count_again (net));
  take_buffers (net, arena);
  return net;
}

static void
chain_free (Chain *chain)
{
  g_free (chain->y);
  g_free (chain->bits);
  g_free (chain->projections);
}

void
pst_net_free (PstNet *net)
{
  if (! net)
    return;

  chain_free (&net->main);
  chain_free (&net->again);
  g_free (net->stages);
  g_free (net->taps);
  g_free (net->graded);
  g_free (net);
}

static const Tap *
find_tap (const PstNet *net,
          int           number)
{
  const Tap *tap = net->taps;

  while (tap->number != number)
    tap++;
  return tap;
}

PstShape
pst_net_tap_shape (const PstNet *net,
                   int           tap)
{
  return find_tap (net, tap)->shape;
}

int
pst_net_tap_band (const PstNet *net,
                  int           tap)
{
  return net->stages[find_tap (net, tap)->stage].chunk;
}

double
pst_net_operations (const PstModel *model,
                    int             height,
                    int             width,
                    guint32         taps)
{
  PstNet net = { .model = model, .height = height, .width = width };
  double operations = 0;

  plan_stages (&net, taps);
  for (int i = 0; i < net.n_stages; i++)
    if (net.stages[i].layer->conv)
      operations += pst_shape_pixels (net.stages[i].out)
                    * pst_conv_operations (net.stages[i].layer->conv);
  for (int t = 0; t < net.n_taps; t++)
    if (net.taps[t].layer->conv)
      operations += pst_shape_pixels (net.taps[t].shape)
                    * pst_conv_operations (net.taps[t].layer->conv);
  g_free (net.stages);
  g_free (net.taps);
  return operations;
}

/* ---- running ----------------------------------------------------------- */

static void
run_forward (PstNet *net,
             Chain  *chain)
{
  int last = net->n_stages - 1;
  int first_kept = net->again.n_stages;

  memset (net->graded, 0, sizeof (int) * (net->n_stages + 1));
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_clear (&net->stages[i].dy);
  chain->kept_from = net->memory == PST_NET_KEEP_NONE ? net->n_stages
                                                      : first_kept;
  pst_chain_clear (chain, net->n_taps);
  pst_chain_make (net, chain, last, net->stages[last].out.height);
}

static void
run_backward (PstNet *net)
{
  if (net->memory == PST_NET_KEEP_NONE)
    {
      net->main.kept_from = net->again.n_stages;
      pst_chain_clear (&net->main, net->n_taps);
    }
  net->main.rows = NULL;
  pst_chain_clear (&net->again, net->n_taps);
  pst_net_gradient (net, net->height);
}

gboolean
pst_net_forward (PstNet      *net,
                 const float *rgb,
                 PstTapRows   rows,
                 void        *data,
                 const int   *cancel)
{
  net->idle = FALSE;
  net->rgb = rgb;
  net->data = data;
  net->cancel = cancel;
  net->main.rows = rows;
  run_forward (net, &net->main);
  return ! net->idle;
}

gboolean
pst_net_backward (PstNet      *net,
                  PstTapRows   gradient,
                  void        *data,
                  const int   *cancel,
                  float       *drgb)
{
  net->idle = FALSE;
  net->gradient = gradient;
  net->data = data;
  net->cancel = cancel;
  net->drgb = drgb;
  run_backward (net);
  return ! net->idle;
}
