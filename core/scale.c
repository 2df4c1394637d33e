/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.c: the optimisation at one scale
 *
 * First the style's Gram matrices, in memory that is given back, then one block
 * for the network, the losses and the optimiser.
 */
#include "scale.h"

#include "error.h"
#include "lbfgs.h"
#include "losses.h"

struct _PstScale
{
  PstModel        *model;
  const PstPlan   *plan;
  const PstThrift *thrift;
  PstWorkers      *workers;
  const int       *cancel;
  PstArena         arena;
  PstTotal        *total;
  PstLbfgs        *lbfgs;
  float           *x;
  PstGrams         grams;             /* aimed at */
};

static void
take_buffers (PstScale *scale,
              int       height,
              int       width,
              gboolean  has_alpha)
{
  const PstThrift *thrift = scale->thrift;

  scale->total = pst_total_new (scale->model, scale->plan, scale->workers,
                                &scale->arena, height, width, has_alpha,
                                thrift, scale->cancel);
  scale->lbfgs = pst_lbfgs_new (&scale->arena, 3 * (gsize) height * width,
                                thrift->history, thrift->half, scale->workers);
}

static void
drop_buffers (PstScale *scale)
{
  g_clear_pointer (&scale->total, pst_total_free);
  g_clear_pointer (&scale->lbfgs, pst_lbfgs_free);
}

PstScale *
pst_scale_new (const PstPlan       *plan,
               const PstScalePlan  *sizes,
               PstModel            *model,
               PstWorkers          *workers,
               const int           *cancel,
               GError             **error)
{
  PstScale *scale = g_new0 (PstScale, 1);

  *scale = (PstScale) { .model = model, .plan = plan, .workers = workers,
                        .cancel = cancel,
                        .thrift = &pst_plan_thrifts[sizes->thrift] };
  pst_arena_init (&scale->arena);
  if (! pst_grams_init (&scale->grams, model, error))
    g_clear_pointer (&scale, pst_scale_free);
  return scale;
}

gboolean
pst_scale_add_style (PstScale          *scale,
                     const PstPicture  *style,
                     double             share,
                     PstTargets        *targets,
                     GError           **error)
{
  PstGrams grams;
  gboolean success;

  if (! pst_grams_init (&grams, scale->model, error))
    return FALSE;
  success = pst_targets_compute (targets, &grams, scale->model, scale->workers,
                                 style, scale->cancel, error);
  if (success)
    pst_grams_add (&scale->grams, share, &grams);
  pst_grams_clear (&grams);
  return success;
}

gboolean
pst_scale_begin (PstScale          *scale,
                 const PstPicture  *content,
                 float             *x,
                 GError           **error)
{
  gboolean has_alpha = content->alpha != NULL;

  scale->x = x;
  take_buffers (scale, content->height, content->width, has_alpha);
  drop_buffers (scale);
  if (! pst_arena_commit (&scale->arena, error))
    return FALSE;
  take_buffers (scale, content->height, content->width, has_alpha);
  return pst_total_set_targets (scale->total, content->rgb, content->alpha,
                                &scale->grams)
         || pst_fail (error, PST_ERROR_CANCELLED, "Cancelled.");
}

void
pst_scale_free (PstScale *scale)
{
  if (! scale)
    return;

  drop_buffers (scale);
  pst_arena_clear (&scale->arena);
  pst_grams_clear (&scale->grams);
  g_free (scale);
}

PstScaleStatus
pst_scale_step (PstScale  *scale,
                PstLosses *ret_losses)
{
  double value;

  switch (pst_lbfgs_step (scale->lbfgs, scale->x, pst_total_evaluate,
                          scale->total, &value))
    {
    case PST_LBFGS_MOVED:
      *ret_losses = pst_total_get_losses (scale->total);
      return PST_SCALE_MOVED;

    case PST_LBFGS_STUCK:
      return PST_SCALE_FINISHED;

    case PST_LBFGS_INTERRUPTED:
      break;
    }
  return PST_SCALE_CANCELLED;
}

/* Scratch of each thread beyond the first. */
static gsize
thread_bytes (const PstModel *model,
              gboolean        half,
              int             width)
{
  gsize conv = 0;
  gsize gram = 0;
  gsize slope = half ? pst_total_half_scratch (model, width) : 0;

  for (int i = 0; i < model->n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      if (layer->conv)
        conv = MAX (conv, pst_conv_scratch (layer->conv, half, width));
      if (layer->kind == PST_LAYER_TAP)
        gram = MAX (gram, pst_gram_scratch (layer->out_channels, 2)
                          - pst_gram_scratch (layer->out_channels, 1));
    }
  return (conv + gram + slope) * sizeof (float);
}

gsize
pst_scale_measure (const PstModel     *model,
                   const PstPlan      *plan,
                   const PstScalePlan *sizes,
                   int                 threads)
{
  PstScale scale = { .model = (PstModel *) model, .plan = plan,
                     .thrift = &pst_plan_thrifts[sizes->thrift] };

  pst_arena_init (&scale.arena);
  take_buffers (&scale, PST_PLAN_PADDED (sizes->height),
                PST_PLAN_PADDED (sizes->width), TRUE);
  drop_buffers (&scale);
  return pst_size_add (scale.arena.used,
                       (threads - 1)
                       * thread_bytes (model, plan->half,
                                       PST_PLAN_PADDED (sizes->width))
                       + pst_grams_bytes (model));
}

gsize
pst_scale_measure_style (const PstModel *model,
                         PstSize         style,
                         int             threads)
{
  gsize bytes = pst_grams_measure (model, NULL, PST_PLAN_PADDED (style.height),
                                   PST_PLAN_PADDED (style.width));

  return pst_size_add (bytes, (threads - 1) * thread_bytes (model, FALSE, 0)
                              + 2 * pst_grams_bytes (model));
}
