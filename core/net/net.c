/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net.c: runs a model at one size
 *
 * What the backward pass needs is much less than the activations: ReLU's
 * derivative, one bit for each element, and the features at the taps.
 * Everything else lives in windows of a few rows, small enough for the caches.
 * With less memory, these too are only held where the gradient is, and computed
 * again.
 *
 * How large the windows get is found by running both passes once without
 * computing anything.
 */
#include "net-private.h"

#include <string.h>

#define ALIGNMENT    4     /* rows: Winograd's tiles */
#define CHUNK_PIXELS 16384 /* made at a time: enough for all workers */
#define STREAM_PIXELS                                      \
  1024 /* with KEEP_NONE, where windows are as high as all \
        * stages' chunks together */

/* ---- planning ----------------------------------------------------------- */

/* Sets @needed, [n_layers], for those that the wanted taps depend on. */
static void
mark_needed (const PstModel *model, guint32 taps, gboolean *needed)
{
  for (int t = 0; t < model->n_taps; t++)
    needed[model->taps[t]] = pst_taps_have (taps, t);
  for (int i = model->n_layers - 1; i >= 0; i--)
    for (int k = 0; k < 2; k++)
      if (needed[i] && model->layers[i].inputs[k] >= 0)
        needed[model->layers[i].inputs[k]] = TRUE;
}

static int
chunk_rows (PstNetMemory memory, int width)
{
  int pixels = memory == PST_NET_KEEP_NONE ? STREAM_PIXELS : CHUNK_PIXELS;

  return MAX (1, pixels / width / ALIGNMENT) * ALIGNMENT;
}

/* @numbers: [n_layers], the stages that layers became */
static void
add_stage (PstNet *net, int index, const int *numbers)
{
  const PstLayer *layer = &net->model->layers[index];
  Stage          *stage = &net->stages[net->n_stages++];
  int             first = layer->inputs[0];
  int             second = layer->inputs[1];

  *stage = (Stage){
    .layer = layer,
    .inputs = { first < 0 ? PST_NET_PIXELS : numbers[first],
                second < 0 ? PST_NET_NONE : numbers[second] },
    .in = { .height = net->height, .width = net->width, .channels = 3 }
  };
  if (stage->inputs[0] != PST_NET_PIXELS)
    stage->in = net->stages[stage->inputs[0]].out;
  stage->out = pst_layer_shape (layer, stage->in);
  stage->chunk = chunk_rows (net->memory, stage->out.width);
}

/* @number: of the tap   @stage: whose output it hands out */
static void
add_tap (PstNet *net, int number, int stage)
{
  const PstLayer *layer = &net->model->layers[net->model->taps[number]];
  Tap            *tap = &net->taps[net->n_taps++];

  *tap = (Tap){ .layer = layer,
                .number = number,
                .stage = stage,
                .shape = net->stages[stage].out };
  tap->shape.channels = layer->out_channels;
}

static void
plan_stages (PstNet *net, guint32 taps)
{
  const PstModel      *model = net->model;
  g_autofree gboolean *needed = g_new0 (gboolean, model->n_layers);
  g_autofree int      *numbers = g_new0 (int, model->n_layers);

  mark_needed (model, taps, needed);
  net->stages = g_new0 (Stage, model->n_layers);
  net->taps = g_new0 (Tap, PST_MODEL_MAX_TAPS);
  for (int i = 0, t = 0; i < model->n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      if (layer->kind == &pst_layer_tap)
        {
          if (needed[i])
            add_tap (net, t, numbers[layer->inputs[0]]);
          t++;
        }
      else if (needed[i])
        {
          numbers[i] = net->n_stages;
          add_stage (net, i, numbers);
        }
    }
}

/* How many stages run again along with the gradient. */
static int
count_recomputed (const PstNet *net)
{
  int tap = net->memory == PST_NET_KEEP_DEEP ? 1 : 0;

  if (net->memory == PST_NET_FORWARD_ONLY || net->memory == PST_NET_KEEP_ALL)
    return 0;
  return net->taps[MIN (tap, net->n_taps - 1)].stage + 1;
}

static void
plan_chain (const PstNet *net, Chain *chain, int n_stages)
{
  chain->n_stages = n_stages;
  chain->y = g_new0 (PstRows, n_stages);
  chain->saved = g_new0 (PstRows, n_stages);
  chain->projections = g_new0 (PstRows, net->n_taps);
  pst_rows_init (&chain->input, net->height, 3 * net->width * sizeof (float));
  for (int i = 0; i < n_stages; i++)
    {
      PstShape shape = net->stages[i].out;

      pst_rows_init (&chain->y[i], shape.height,
                     (gsize) shape.width * shape.channels * sizeof (float));
      pst_rows_init (&chain->saved[i], shape.height,
                     pst_layer_saved (net->stages[i].layer, shape));
    }
  for (int t = 0; t < net->n_taps; t++)
    pst_rows_init (&chain->projections[t], net->taps[t].shape.height,
                   (gsize) net->taps[t].shape.width
                     * net->taps[t].shape.channels * sizeof (float));
}

static void
alloc_chain (const PstNet *net, Chain *chain, PstArena *arena)
{
  pst_rows_take (&chain->input, arena);
  for (int i = 0; i < chain->n_stages; i++)
    {
      pst_rows_take (&chain->y[i], arena);
      pst_rows_take (&chain->saved[i], arena);
    }
  for (int t = 0; t < net->n_taps; t++)
    pst_rows_take (&chain->projections[t], arena);
}

static gsize
scratch_size (const PstNet *net)
{
  gsize size = 0;

  for (int i = 0; i < net->n_stages; i++)
    size = MAX (size, pst_layer_scratch (net->stages[i].layer, net->bf16,
                                         net->width));
  for (int t = 0; t < net->n_taps; t++)
    size =
      MAX (size, pst_layer_scratch (net->taps[t].layer, net->bf16, net->width));
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

static void run_forward (PstNet *net, Chain *chain);
static void run_backward (PstNet *net);

/* The callback while nothing is computed. */
static void
nobody (void *data, int tap, int begin, int end, const float *f, float *df)
{
}

static void
alloc_buffers (PstNet *net, PstArena *arena)
{
  net->idle = TRUE;
  net->forward.rows = nobody;
  run_forward (net, &net->forward);
  if (net->memory != PST_NET_FORWARD_ONLY)
    {
      run_backward (net);
      net->tap_gradient = pst_arena_floats (arena, tap_gradient_size (net));
    }
  alloc_chain (net, &net->forward, arena);
  alloc_chain (net, &net->recompute, arena);
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_take (&net->stages[i].dy, arena);
  net->scratch = pst_arena_floats (arena, scratch_size (net));
}

/* ---- lifecycle ---------------------------------------------------------- */

PstNet *
pst_net_new (const PstModel     *model,
             PstWorkers         *workers,
             PstArena           *arena,
             const PstNetLayout *layout)
{
  PstNet *net = g_new0 (PstNet, 1);

  *net = (PstNet){ .model = model,
                   .workers = workers,
                   .memory = layout->memory,
                   .bf16 = layout->bf16,
                   .height = layout->height,
                   .width = layout->width,
                   .chunk = chunk_rows (layout->memory, layout->width) };
  plan_stages (net, layout->taps);
  net->gradient_end = g_new0 (int, net->n_stages + 1);
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_init (&net->stages[i].dy, net->stages[i].out.height,
                   (gsize) net->stages[i].out.width
                     * net->stages[i].out.channels * sizeof (float));
  plan_chain (net, &net->forward, net->n_stages);
  plan_chain (net, &net->recompute, count_recomputed (net));
  alloc_buffers (net, arena);
  return net;
}

static void
chain_free (Chain *chain)
{
  g_free (chain->y);
  g_free (chain->saved);
  g_free (chain->projections);
}

void
pst_net_free (PstNet *net)
{
  if (! net)
    return;

  chain_free (&net->forward);
  chain_free (&net->recompute);
  g_free (net->stages);
  g_free (net->taps);
  g_free (net->gradient_end);
  g_free (net);
}

static const Tap *
find_tap (const PstNet *net, int number)
{
  const Tap *tap = net->taps;

  while (tap->number != number)
    tap++;
  return tap;
}

PstShape
pst_net_tap_shape (const PstNet *net, int tap)
{
  return find_tap (net, tap)->shape;
}

int
pst_net_tap_band (const PstNet *net, int tap)
{
  return net->stages[find_tap (net, tap)->stage].chunk;
}

double
pst_net_operations (const PstModel *model, int height, int width, guint32 taps)
{
  PstNet net = { .model = model, .height = height, .width = width };
  double operations = 0;

  plan_stages (&net, taps);
  for (int i = 0; i < net.n_stages; i++)
    operations += pst_layer_operations (net.stages[i].layer, net.stages[i].out);
  for (int t = 0; t < net.n_taps; t++)
    operations += pst_layer_operations (net.taps[t].layer, net.taps[t].shape);
  g_free (net.stages);
  g_free (net.taps);
  return operations;
}

/* ---- running ------------------------------------------------------------ */

static void
run_forward (PstNet *net, Chain *chain)
{
  int first_kept = net->recompute.n_stages;

  memset (net->gradient_end, 0, sizeof (int) * (net->n_stages + 1));
  for (int i = 0; i < net->n_stages; i++)
    pst_rows_clear (&net->stages[i].dy);
  chain->kept_from =
    net->memory == PST_NET_KEEP_NONE ? net->n_stages : first_kept;
  pst_chain_clear (chain, net->n_taps);
  /* All of the last stage, and what others have left to make. */
  for (int i = net->n_stages - 1; i >= 0; i--)
    pst_chain_make (net, chain, i, net->stages[i].out.height);
}

static void
run_backward (PstNet *net)
{
  if (net->memory == PST_NET_KEEP_NONE)
    {
      net->forward.kept_from = net->recompute.n_stages;
      pst_chain_clear (&net->forward, net->n_taps);
    }
  net->forward.rows = NULL;
  pst_chain_clear (&net->recompute, net->n_taps);
  pst_net_gradient (net, net->height);
}

gboolean
pst_net_forward (PstNet *net, const float *rgb, PstTapFunc rows, void *data)
{
  net->idle = FALSE;
  net->rgb = rgb;
  net->data = data;
  net->forward.rows = rows;
  run_forward (net, &net->forward);
  return ! net->idle;
}

gboolean
pst_net_backward (PstNet *net, PstTapFunc gradient, void *data, float *drgb)
{
  net->idle = FALSE;
  net->gradient = gradient;
  net->data = data;
  net->drgb = drgb;
  run_backward (net);
  return ! net->idle;
}
