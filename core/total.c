/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total.c: the total loss at one scale, and its gradient at the pixels */
#include "total.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "losses.h"
#include "pool.h"

#define NONE (-1)

/* What is compared at one tap. */
typedef struct
{
  gboolean      is_style;
  gboolean      is_content;
  PstShape      shape;
  float        *weights;      /* [height][width], alpha seen from here, or NULL */
  double        weight_sum;
  const double *gram_target;  /* [c][c], borrowed */
  float        *slope;        /* [c][c], of the style loss */
} Tap;

struct _PstTotal
{
  const PstModel *model;
  const PstPlan  *plan;
  PstWorkers     *workers;
  const int      *cancel;
  int             height;
  int             width;
  gboolean        has_alpha;
  PstNet         *net;
  Tap             taps[PST_MODEL_MAX_TAPS];
  int             n_style;
  double         *gram;             /* [c][c] of the widest tap */
  float          *gram_scratch;
  float          *pooled[2];        /* alpha on its way to the taps */
  float          *content_target;   /* [content tap's shape] */
  double          content_variance;
  PstLosses       losses;
};

/* ---- alpha at the taps ------------------------------------------------- */

/* Averages @alpha, [height][width], down to @shape by way of two buffers of that
 * size; returns the one that holds it. */
static float *
pool_alpha (PstWorkers  *workers,
            int          height,
            int          width,
            const float *alpha,
            PstShape     shape,
            float *const buffers[2])
{
  PstShape at = { .height = height, .width = width, .channels = 1 };
  int      turn = 0;

  memcpy (buffers[0], alpha, sizeof (float) * pst_shape_size (at));
  while (at.height > shape.height || at.width > shape.width)
    {
      pst_pool_forward (workers, at, buffers[turn], buffers[! turn]);
      at = pst_pool_shape (at);
      turn = ! turn;
    }
  return buffers[turn];
}

/* ---- style targets ----------------------------------------------------- */

typedef struct
{
  PstNet *net;
  float  *scratch;
  float  *pooled[2];
} StyleBuffers;

static int
widest_tap (const PstModel *model)
{
  int widest = 0;

  for (int t = 0; t < model->n_taps; t++)
    widest = MAX (widest, model->layers[model->taps[t]].out_channels);
  return widest;
}

static StyleBuffers
take_style_buffers (const PstModel *model,
                    PstWorkers     *workers,
                    PstArena       *arena,
                    int             height,
                    int             width,
                    gboolean        has_alpha)
{
  StyleBuffers buffers = { 0 };
  gsize        alpha = has_alpha ? (gsize) height * width : 0;

  buffers.net = pst_net_new (model, workers, arena, height, width,
                             model->style_taps, FALSE);
  buffers.scratch = pst_arena_floats (arena,
                                      pst_gram_scratch (widest_tap (model))
                                      * pst_workers_count (workers));
  buffers.pooled[0] = pst_arena_floats (arena, alpha);
  buffers.pooled[1] = pst_arena_floats (arena, alpha);
  return buffers;
}

gsize
pst_style_grams_measure (const PstModel *model,
                         PstWorkers     *workers,
                         int             height,
                         int             width)
{
  PstArena     arena;
  StyleBuffers buffers;

  pst_arena_init (&arena);
  buffers = take_style_buffers (model, workers, &arena, height, width, TRUE);
  pst_net_free (buffers.net);
  return arena.used;
}

static void
compute_grams (const PstModel     *model,
               PstWorkers         *workers,
               const StyleBuffers *buffers,
               int                 height,
               int                 width,
               const float        *alpha,
               double *const       grams[])
{
  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (model->style_taps, t))
      {
        PstShape     shape = pst_net_tap_shape (buffers->net, t);
        const float *weights = NULL;

        if (alpha)
          weights = pool_alpha (workers, height, width, alpha, shape,
                                buffers->pooled);
        pst_gram (workers, pst_shape_pixels (shape), shape.channels,
                  pst_net_tap (buffers->net, t), weights, grams[t],
                  buffers->scratch);
      }
}

gboolean
pst_style_grams (const PstModel *model,
                 PstWorkers     *workers,
                 int             height,
                 int             width,
                 const float    *rgb,
                 const float    *alpha,
                 const int      *cancel,
                 double *const   grams[PST_MODEL_MAX_TAPS],
                 GError        **error)
{
  PstArena     arena;
  StyleBuffers buffers;
  gboolean     complete;

  pst_arena_init (&arena);
  buffers = take_style_buffers (model, workers, &arena, height, width,
                                alpha != NULL);
  pst_net_free (buffers.net);
  if (! pst_arena_commit (&arena, error))
    return FALSE;
  buffers = take_style_buffers (model, workers, &arena, height, width,
                                alpha != NULL);
  complete = pst_net_forward (buffers.net, rgb, cancel);
  if (complete)
    compute_grams (model, workers, &buffers, height, width, alpha, grams);
  else
    pst_fail (error, PST_ERROR_CANCELLED, "Cancelled.");
  pst_net_free (buffers.net);
  pst_arena_clear (&arena);
  return complete;
}

/* ---- life -------------------------------------------------------------- */

static void
take_tap_buffers (PstTotal *total,
                  PstArena *arena,
                  int       t)
{
  Tap  *tap = &total->taps[t];
  gsize c;

  tap->is_style = pst_taps_have (total->model->style_taps, t);
  tap->is_content = t == total->plan->content_tap;
  if (! tap->is_style && ! tap->is_content)
    return;
  tap->shape = pst_net_tap_shape (total->net, t);
  c = tap->shape.channels;
  tap->weight_sum = pst_shape_pixels (tap->shape);
  if (total->has_alpha)
    tap->weights = pst_arena_floats (arena, pst_shape_pixels (tap->shape));
  if (tap->is_style)
    {
      total->n_style++;
      tap->slope = pst_arena_floats (arena, c * c);
    }
  if (tap->is_content)
    total->content_target = pst_arena_floats (arena,
                                              pst_shape_size (tap->shape));
}

PstTotal *
pst_total_new (const PstModel *model,
               const PstPlan  *plan,
               PstWorkers     *workers,
               PstArena       *arena,
               int             height,
               int             width,
               gboolean        has_alpha,
               const int      *cancel)
{
  PstTotal *total = g_new0 (PstTotal, 1);
  gsize     widest = widest_tap (model);
  gsize     alpha = has_alpha ? (gsize) height * width : 0;

  *total = (PstTotal) { .model = model, .plan = plan, .workers = workers,
                        .cancel = cancel, .height = height, .width = width,
                        .has_alpha = has_alpha };
  total->net = pst_net_new (model, workers, arena, height, width, plan->taps,
                            TRUE);
  total->gram = pst_arena_doubles (arena, widest * widest);
  total->gram_scratch = pst_arena_floats (arena,
                                          pst_gram_scratch (widest)
                                          * pst_workers_count (workers));
  total->pooled[0] = pst_arena_floats (arena, alpha);
  total->pooled[1] = pst_arena_floats (arena, alpha);
  for (int t = 0; t < model->n_taps; t++)
    take_tap_buffers (total, arena, t);
  return total;
}

void
pst_total_free (PstTotal *total)
{
  if (! total)
    return;

  pst_net_free (total->net);
  g_free (total);
}

/* ---- targets ----------------------------------------------------------- */

static void
set_weights (PstTotal    *total,
             Tap         *tap,
             const float *alpha)
{
  gsize        n = pst_shape_pixels (tap->shape);
  const float *pooled = pool_alpha (total->workers, total->height, total->width,
                                    alpha, tap->shape, total->pooled);

  memcpy (tap->weights, pooled, sizeof (float) * n);
  tap->weight_sum = 0;
  for (gsize i = 0; i < n; i++)
    tap->weight_sum += tap->weights[i];
}

gboolean
pst_total_set_targets (PstTotal      *total,
                       const float   *rgb,
                       const float   *alpha,
                       double *const  grams[PST_MODEL_MAX_TAPS])
{
  Tap         *content = &total->taps[total->plan->content_tap];
  const float *f;

  for (int t = 0; t < total->model->n_taps; t++)
    {
      Tap *tap = &total->taps[t];

      tap->gram_target = grams[t];
      if (alpha && (tap->is_style || tap->is_content))
        set_weights (total, tap, alpha);
    }
  if (! pst_net_forward (total->net, rgb, total->cancel))
    return FALSE;
  f = pst_net_tap (total->net, total->plan->content_tap);
  memcpy (total->content_target, f,
          sizeof (float) * pst_shape_size (content->shape));
  /* A picture of one colour has no variance, and nothing to be kept. */
  total->content_variance
    = MAX (pst_feature_variance (pst_shape_pixels (content->shape),
                                 content->shape.channels, f, content->weights),
           1e-6);
  return TRUE;
}

/* ---- evaluation -------------------------------------------------------- */

static double
style_losses (PstTotal *total)
{
  double sum = 0;

  for (int t = 0; t < total->model->n_taps; t++)
    {
      Tap *tap = &total->taps[t];

      if (! tap->is_style)
        continue;
      pst_gram (total->workers, pst_shape_pixels (tap->shape),
                tap->shape.channels, pst_net_tap (total->net, t), tap->weights,
                total->gram, total->gram_scratch);
      sum += pst_style_loss (tap->shape.channels, total->gram, tap->gram_target,
                             1.0 / total->n_style, tap->weight_sum, tap->slope);
    }
  return sum / total->n_style;
}

static void
tap_gradient (void        *data,
              int          t,
              PstShape     shape,
              const float *f,
              float       *df)
{
  PstTotal *total = data;
  Tap      *tap = &total->taps[t];
  gsize     n = pst_shape_pixels (shape);

  if (tap->is_style)
    pst_style_gradient (total->workers, n, shape.channels, f, tap->weights,
                        tap->slope, df, total->gram_scratch);
  if (tap->is_content)
    total->losses.content
      = pst_content_loss (total->workers, n, shape.channels, f,
                          total->content_target, tap->weights,
                          total->content_variance,
                          total->plan->content_weight, df);
}

/* The terms that need no network. */
static double
pixel_losses (PstTotal    *total,
              const float *x,
              float       *gradient)
{
  const PstPlan *plan = total->plan;
  double         sum;

  sum = plan->range_weight
        * pst_range_loss (total->workers,
                          3 * (gsize) total->height * total->width, x,
                          plan->range_weight, gradient);
  if (plan->smoothness_weight > 0)
    sum += plan->smoothness_weight
           * pst_smoothness_loss (total->workers, total->height, total->width,
                                  x, plan->smoothness_weight, gradient);
  return sum;
}

gboolean
pst_total_evaluate (void        *data,
                    const float *x,
                    double      *ret_value,
                    float       *gradient)
{
  PstTotal *total = data;

  if (! pst_net_forward (total->net, x, total->cancel))
    return FALSE;
  total->losses.style = style_losses (total);
  if (! pst_net_backward (total->net, tap_gradient, total, total->cancel,
                          gradient))
    return FALSE;
  total->losses.total = total->losses.style
                        + total->plan->content_weight * total->losses.content
                        + pixel_losses (total, x, gradient);
  *ret_value = total->losses.total;
  return TRUE;
}

PstLosses
pst_total_get_losses (const PstTotal *total)
{
  return total->losses;
}
