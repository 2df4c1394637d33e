/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net.c: runs a model at one size
 *
 * What the backward pass needs is kept: the output of each convolution, whose
 * sign is ReLU's derivative, and the taps.  Everything else lives in two
 * buffers that are written in turns: activations on the way forward, gradients
 * on the way back.
 */
#include "net.h"

#include <string.h>

#include "pool.h"

#define NONE (-1)

typedef struct
{
  PstShape  in;
  PstShape  out;        /* of the activation behind this layer */
  gboolean  wanted;     /* tap: somebody listens */
  gboolean  keep;       /* y is the layer's own */
  int       turn;       /* else: which of the two buffers y is */
  float    *y;          /* [out]; a tap's: its projection, or what it passes on */
  PstShape  tap_shape;  /* tap */
} Stage;

struct _PstNet
{
  const PstModel *model;
  PstWorkers     *workers;
  int             n_stages;
  Stage          *stages;       /* [n_stages], one for each layer that is run */
  float          *input;        /* [height][width][3], normalised */
  float          *turns[2];     /* the two buffers */
  float          *tap_gradient; /* of a projection */
  float          *scratch;
};

/* ---- planning ---------------------------------------------------------- */

static int
tap_of_layer (const PstModel *model,
              int             layer)
{
  for (int t = 0; t < model->n_taps; t++)
    if (model->taps[t] == layer)
      return t;
  return NONE;
}

static int
count_stages (const PstModel *model,
              guint32         taps)
{
  int last = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (taps, t))
      last = MAX (last, model->taps[t] + 1);
  return last;
}

static void
plan_shapes (PstNet  *net,
             int      height,
             int      width,
             guint32  taps)
{
  PstShape shape = { .height = height, .width = width, .channels = 3 };

  for (int i = 0; i < net->n_stages; i++)
    {
      const PstLayer *layer = &net->model->layers[i];
      Stage          *stage = &net->stages[i];

      stage->in = shape;
      if (layer->kind == PST_LAYER_CONV)
        shape.channels = layer->out_channels;
      else if (layer->kind == PST_LAYER_AVGPOOL)
        shape = pst_pool_shape (shape);
      else
        {
          stage->wanted = pst_taps_have (taps, tap_of_layer (net->model, i));
          stage->tap_shape = shape;
          stage->tap_shape.channels = layer->out_channels;
        }
      stage->out = shape;
    }
}

/* Marks what stays: with a backward pass every convolution's output, without
 * only what an unprojected tap hands out. */
static void
plan_kept (PstNet   *net,
           gboolean  backward)
{
  int turn = 0;
  int last = NONE;      /* stage that is no tap */

  for (int i = 0; i < net->n_stages; i++)
    {
      const PstLayer *layer = &net->model->layers[i];
      Stage          *stage = &net->stages[i];

      if (layer->kind == PST_LAYER_TAP)
        {
          if (stage->wanted && ! layer->conv && last != NONE)
            net->stages[last].keep = TRUE;
          continue;
        }
      stage->keep = backward && layer->kind == PST_LAYER_CONV;
      stage->turn = turn;
      turn = ! turn;
      last = i;
    }
}

static gsize
turn_size (const PstNet *net,
           gboolean      backward)
{
  gsize size = 0;

  for (int i = 0; i < net->n_stages; i++)
    if (net->model->layers[i].kind != PST_LAYER_TAP
        && (backward || ! net->stages[i].keep))
      size = MAX (size, pst_shape_size (net->stages[i].out));
  return size;
}

static gsize
scratch_size (const PstNet *net)
{
  gsize size = 0;

  for (int i = 0; i < net->n_stages; i++)
    if (net->model->layers[i].conv)
      size = MAX (size, pst_conv_scratch (net->model->layers[i].conv));
  return size * pst_workers_count (net->workers);
}

static void
take_buffers (PstNet   *net,
              PstArena *arena,
              gboolean  backward)
{
  gsize turn = turn_size (net, backward);
  gsize largest_projection = 0;

  net->input = pst_arena_floats (arena, pst_shape_size (net->stages[0].in));
  net->turns[0] = pst_arena_floats (arena, turn);
  net->turns[1] = pst_arena_floats (arena, turn);
  for (int i = 0; i < net->n_stages; i++)
    {
      Stage          *stage = &net->stages[i];
      const PstLayer *layer = &net->model->layers[i];

      if (layer->kind != PST_LAYER_TAP)
        stage->y = stage->keep
                   ? pst_arena_floats (arena, pst_shape_size (stage->out))
                   : net->turns[stage->turn];
      else if (stage->wanted && layer->conv)
        {
          gsize size = pst_shape_size (stage->tap_shape);

          stage->y = pst_arena_floats (arena, size);
          largest_projection = MAX (largest_projection, size);
        }
    }
  if (backward)
    net->tap_gradient = pst_arena_floats (arena, largest_projection);
  net->scratch = pst_arena_floats (arena, scratch_size (net));
}

PstNet *
pst_net_new (const PstModel *model,
             PstWorkers     *workers,
             PstArena       *arena,
             int             height,
             int             width,
             guint32         taps,
             gboolean        backward)
{
  PstNet *net = g_new0 (PstNet, 1);

  net->model = model;
  net->workers = workers;
  net->n_stages = count_stages (model, taps);
  net->stages = g_new0 (Stage, net->n_stages);
  plan_shapes (net, height, width, taps);
  plan_kept (net, backward);
  take_buffers (net, arena, backward);
  return net;
}

void
pst_net_free (PstNet *net)
{
  if (! net)
    return;

  g_free (net->stages);
  g_free (net);
}

PstShape
pst_net_tap_shape (const PstNet *net,
                   int           tap)
{
  return net->stages[net->model->taps[tap]].tap_shape;
}

const float *
pst_net_tap (const PstNet *net,
             int           tap)
{
  return net->stages[net->model->taps[tap]].y;
}

double
pst_net_operations (const PstModel *model,
                    int             height,
                    int             width,
                    guint32         taps)
{
  PstNet net = { .model = model, .n_stages = count_stages (model, taps) };
  double operations = 0;

  net.stages = g_new0 (Stage, net.n_stages);
  plan_shapes (&net, height, width, taps);
  for (int i = 0; i < net.n_stages; i++)
    {
      const PstLayer *layer = &model->layers[i];
      int             kernel = layer->conv ? pst_conv_kernel (layer->conv) : 0;

      if (layer->kind == PST_LAYER_CONV || net.stages[i].wanted)
        operations += 2.0 * kernel * kernel * layer->in_channels
                      * layer->out_channels
                      * pst_shape_pixels (net.stages[i].in);
    }
  g_free (net.stages);
  return operations;
}

/* ---- forward ----------------------------------------------------------- */

static gboolean
is_cancelled (const int *cancel)
{
  return cancel && g_atomic_int_get (cancel);
}

static void
normalise (PstNet      *net,
           const float *rgb)
{
  gsize n = pst_shape_size (net->stages[0].in);

  for (gsize i = 0; i < n; i += 3)
    for (int c = 0; c < 3; c++)
      net->input[i + c] = (rgb[i + c] - net->model->mean[c])
                          * net->model->scale[c];
}

/* Returns the activation behind stage @i. */
static const float *
forward_stage (PstNet      *net,
               int          i,
               const float *x)
{
  const PstLayer *layer = &net->model->layers[i];
  Stage          *stage = &net->stages[i];

  switch (layer->kind)
    {
    case PST_LAYER_CONV:
      pst_conv_forward (layer->conv, net->workers, stage->in.height,
                        stage->in.width, x, layer->relu, stage->y,
                        net->scratch);
      return stage->y;

    case PST_LAYER_AVGPOOL:
      pst_pool_forward (net->workers, stage->in, x, stage->y);
      return stage->y;

    case PST_LAYER_TAP:
      if (stage->wanted && layer->conv)
        pst_conv_forward (layer->conv, net->workers, stage->in.height,
                          stage->in.width, x, FALSE, stage->y, net->scratch);
      else
        stage->y = (float *) x;
      break;
    }
  return x;
}

gboolean
pst_net_forward (PstNet      *net,
                 const float *rgb,
                 const int   *cancel)
{
  const float *x = net->input;

  normalise (net, rgb);
  for (int i = 0; i < net->n_stages; i++)
    {
      if (is_cancelled (cancel))
        return FALSE;
      x = forward_stage (net, i, x);
    }
  return TRUE;
}

/* ---- backward ---------------------------------------------------------- */

typedef struct
{
  gsize        n;
  const float *y;
  float       *dy;
} Mask;

#define MASK_PART 65536

static void
mask_part (void *data,
           int   index,
           int   worker)
{
  const Mask *mask = data;
  gsize       end = MIN (((gsize) index + 1) * MASK_PART, mask->n);

  for (gsize i = (gsize) index * MASK_PART; i < end; i++)
    mask->dy[i] = mask->y[i] > 0 ? mask->dy[i] : 0;
}

/* Derivative of ReLU: nothing passes where the output is 0. */
static void
mask_gradient (PstNet      *net,
               const Stage *stage,
               float       *dy)
{
  Mask mask = { .n = pst_shape_size (stage->out), .y = stage->y, .dy = dy };

  pst_workers_run (net->workers, (mask.n + MASK_PART - 1) / MASK_PART,
                   mask_part, &mask);
}

static void
backward_tap (PstNet         *net,
              int             i,
              PstTapGradient  gradient,
              void           *data,
              float          *dy)
{
  const PstLayer *layer = &net->model->layers[i];
  const Stage    *stage = &net->stages[i];
  int             tap = tap_of_layer (net->model, i);

  if (! stage->wanted)
    return;
  if (! layer->conv)
    {
      gradient (data, tap, stage->tap_shape, stage->y, dy);
      return;
    }
  memset (net->tap_gradient, 0,
          sizeof (float) * pst_shape_size (stage->tap_shape));
  gradient (data, tap, stage->tap_shape, stage->y, net->tap_gradient);
  pst_conv_backward (layer->conv, net->workers, stage->in.height,
                     stage->in.width, net->tap_gradient, TRUE, dy,
                     net->scratch);
}

/* Takes the gradient behind stage @i, returns the one before it. */
static float *
backward_stage (PstNet *net,
                int     i,
                float  *dy,
                float  *drgb)
{
  const PstLayer *layer = &net->model->layers[i];
  const Stage    *stage = &net->stages[i];
  float          *dx = dy == net->turns[0] ? net->turns[1] : net->turns[0];

  if (i == 0)
    dx = drgb;
  if (layer->kind == PST_LAYER_AVGPOOL)
    {
      pst_pool_backward (net->workers, stage->in, dy, dx);
      return dx;
    }
  if (layer->relu)
    mask_gradient (net, stage, dy);
  pst_conv_backward (layer->conv, net->workers, stage->in.height,
                     stage->in.width, dy, FALSE, dx, net->scratch);
  return dx;
}

static void
scale_gradient (const PstNet *net,
                float        *drgb)
{
  gsize n = pst_shape_size (net->stages[0].in);

  for (gsize i = 0; i < n; i += 3)
    for (int c = 0; c < 3; c++)
      drgb[i + c] *= net->model->scale[c];
}

gboolean
pst_net_backward (PstNet         *net,
                  PstTapGradient  gradient,
                  void           *data,
                  const int      *cancel,
                  float          *drgb)
{
  const Stage *last = &net->stages[net->n_stages - 1];
  float       *dy = net->turns[0];

  memset (dy, 0, sizeof (float) * pst_shape_size (last->out));
  for (int i = net->n_stages - 1; i >= 0; i--)
    {
      if (is_cancelled (cancel))
        return FALSE;
      if (net->model->layers[i].kind == PST_LAYER_TAP)
        backward_tap (net, i, gradient, data, dy);
      else
        dy = backward_stage (net, i, dy, drgb);
    }
  scale_gradient (net, drgb);
  return TRUE;
}
