/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.c: the optimization at one scale
 *
 * First the style's Gram matrices, in memory that is given back, then one block
 * for the network, the losses and the optimizer.
 */
#include "scale.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/loss/gram.h"
#include "core/loss/style-term.h"
#include "lbfgs.h"
#include "tiling.h"

struct _PstScale
{
  PstModel           *model;
  const PstPlan      *plan;
  const PstScalePlan *sizes;
  PstWorkers         *workers;
  const PstRegions   *regions;
  PstArena            arena;
  PstObjective       *objective;
  PstTiling          *tiling; /* NULL: the picture has its margin */
  PstLbfgs           *lbfgs;
  float              *x;
  PstGrams            grams[PST_MAX_STYLES]; /* the targets of each region */
};

/* @masked: the regions have masks; @has_alpha: the content has */
static PstObjectiveLayout
make_layout (const PstPlan      *plan,
             const PstScalePlan *sizes,
             int                 n_regions,
             gboolean            masked,
             gboolean            has_alpha)
{
  const PstMemoryLevel *level = &pst_memory_levels[sizes->memory_level];

  return (PstObjectiveLayout){ .height = sizes->height + 2 * plan->margin,
                               .width = sizes->width + 2 * plan->margin,
                               .n_regions = n_regions,
                               .regions_masked =
                                 masked || has_alpha || plan->tileable,
                               .content_masked = has_alpha || plan->tileable,
                               .memory = level->net,
                               .packed = level->packed,
                               .bf16 = plan->bf16 };
}

static void
take_buffers (PstScale *scale, const PstObjectiveLayout *layout)
{
  const PstMemoryLevel *level = &pst_memory_levels[scale->sizes->memory_level];
  int without = scale->plan->tileable ? 2 * scale->plan->margin : 0;
  int height = layout->height - without;
  int width = layout->width - without;

  scale->objective = pst_objective_new (scale->model, &scale->sizes->loss,
                                        scale->workers, &scale->arena, layout);
  if (scale->plan->tileable)
    scale->tiling =
      pst_tiling_new (&scale->arena, height, width, scale->plan->margin,
                      pst_objective_evaluate, scale->objective);
  scale->lbfgs = pst_lbfgs_new (&scale->arena, 3 * (gsize) height * width,
                                level->history, level->packed, scale->workers);
}

static void
drop_buffers (PstScale *scale)
{
  g_clear_pointer (&scale->objective, pst_objective_free);
  g_clear_pointer (&scale->tiling, pst_tiling_free);
  g_clear_pointer (&scale->lbfgs, pst_lbfgs_free);
}

PstScale *
pst_scale_new (const PstPlan      *plan,
               const PstScalePlan *sizes,
               PstModel           *model,
               PstWorkers         *workers,
               const PstRegions   *regions,
               GError            **error)
{
  PstScale *scale = g_new0 (PstScale, 1);

  *scale = (PstScale){ .model = model,
                       .plan = plan,
                       .workers = workers,
                       .regions = regions,
                       .sizes = sizes };
  pst_arena_init (&scale->arena);
  for (int r = 0; scale && r < regions->n; r++)
    if (! pst_grams_init (&scale->grams[r], model, sizes->loss.taps, error))
      g_clear_pointer (&scale, pst_scale_free);
  return scale;
}

gboolean
pst_scale_add_style (PstScale         *scale,
                     int               region,
                     const PstPicture *style,
                     double            share,
                     PstStyleCache    *cache,
                     GError          **error)
{
  PstGrams grams;
  gboolean success;

  if (! pst_grams_init (&grams, scale->model, scale->sizes->loss.taps, error))
    return FALSE;
  success = pst_style_cache_compute (cache, &grams, scale->model,
                                     scale->workers, style, error);
  if (success)
    pst_grams_add (&scale->grams[region], share, &grams);
  pst_grams_clear (&grams);
  return success;
}

/* The weights of the pixels of @content in a region, or in all of it where
 * there are no masks.  The caller owns them. */
static float *
dup_weights (const PstScale   *scale,
             const PstPicture *content,
             int               region,
             GError          **error)
{
  PstFrame frame = pst_plan_frame (scale->plan, scale->sizes);
  gsize    n = (gsize) content->width * content->height;
  float   *weights;

  if (pst_regions_masked (scale->regions))
    return pst_regions_dup_mask (scale->regions, region, &frame, content->alpha,
                                 error);
  weights = g_try_new (float, n);
  if (! weights)
    pst_fail_memory (error);
  for (gsize i = 0; weights && i < n; i++)
    weights[i] = content->alpha ? content->alpha[i] : 1;
  return weights;
}

/* Sets the regions of the objective. */
static gboolean
set_regions (PstScale *scale, const PstPicture *content, GError **error)
{
  const PstRegions *regions = scale->regions;
  int               margin = scale->plan->margin;
  gboolean          tileable = scale->plan->tileable;

  for (int r = 0; r < regions->n; r++)
    {
      g_autofree float *weights = NULL;

      if (pst_regions_masked (regions) || tileable)
        {
          weights = dup_weights (scale, content, r, error);
          if (! weights)
            return FALSE;
        }
      if (tileable)
        pst_tiling_clear_margin (content->height - 2 * margin,
                                 content->width - 2 * margin, margin, weights);
      pst_objective_set_region (scale->objective, r,
                                weights ? weights : content->alpha,
                                regions->shares[r], &scale->grams[r]);
    }
  return TRUE;
}

/* Sets the content of the objective.  If the result is to tile and the
 * content does not, its borders count less. */
static gboolean
set_content (PstScale *scale, const PstPicture *content, GError **error)
{
  int               margin = scale->plan->margin;
  gsize             n = (gsize) content->width * content->height;
  g_autofree float *faded = NULL;

  if (scale->plan->tileable)
    {
      faded = g_try_new (float, n);
      if (! faded)
        return pst_fail_memory (error);
      for (gsize i = 0; i < n; i++)
        faded[i] = content->alpha ? content->alpha[i] : 1;
      pst_tiling_fade (content->height - 2 * margin,
                       content->width - 2 * margin, margin, faded);
    }
  return pst_objective_set_content (scale->objective, content->rgb,
                                    faded ? faded : content->alpha)
         || pst_fail (error, PST_ERROR_CANCELLED, _ ("Cancelled."));
}

/* Anchors the objective to the current picture. */
static void
set_anchor (PstScale *scale)
{
  pst_objective_set_anchor (scale->objective,
                            scale->tiling
                              ? pst_tiling_pad (scale->tiling, scale->x)
                              : scale->x);
}

gboolean
pst_scale_begin (PstScale         *scale,
                 const PstPicture *content,
                 float            *x,
                 GError          **error)
{
  PstObjectiveLayout layout =
    make_layout (scale->plan, scale->sizes, scale->regions->n,
                 pst_regions_masked (scale->regions), content->alpha != NULL);

  scale->x = x;
  take_buffers (scale, &layout);
  drop_buffers (scale);
  if (! pst_arena_commit (&scale->arena, error))
    return FALSE;
  take_buffers (scale, &layout);
  set_anchor (scale);
  return set_regions (scale, content, error)
         && set_content (scale, content, error);
}

void
pst_scale_free (PstScale *scale)
{
  if (! scale)
    return;

  drop_buffers (scale);
  pst_arena_clear (&scale->arena);
  for (int r = 0; r < PST_MAX_STYLES; r++)
    pst_grams_clear (&scale->grams[r]);
  g_free (scale);
}

PstLbfgsStatus
pst_scale_step (PstScale *scale, PstLosses *ret_losses)
{
  double         value;
  PstLbfgsStatus status =
    scale->tiling
      ? pst_lbfgs_step (scale->lbfgs, scale->x, pst_tiling_evaluate,
                        scale->tiling, &value)
      : pst_lbfgs_step (scale->lbfgs, scale->x, pst_objective_evaluate,
                        scale->objective, &value);

  if (status == PST_LBFGS_MOVED)
    *ret_losses = pst_objective_get_losses (scale->objective);
  return status;
}

PstLosses
pst_scale_get_first (const PstScale *scale)
{
  return pst_objective_get_first (scale->objective);
}

gsize
pst_scale_measure (const PstModel      *model,
                   const PstPlan       *plan,
                   const PstScalePlan  *sizes,
                   const PstInputSizes *inputs,
                   PstWorkers          *workers)
{
  int                n_regions = MAX (inputs->n_masks, 1);
  PstObjectiveLayout layout =
    make_layout (plan, sizes, n_regions, inputs->n_masks > 0,
                 inputs->has_alpha);
  PstScale scale = { .model = (PstModel *) model,
                     .plan = plan,
                     .sizes = sizes,
                     .workers = workers };

  pst_arena_init (&scale.arena);
  take_buffers (&scale, &layout);
  drop_buffers (&scale);
  return pst_size_add (scale.arena.used,
                       n_regions * pst_grams_bytes (model, sizes->loss.taps));
}

gsize
pst_scale_begin_bytes (const PstPlan       *plan,
                       const PstScalePlan  *sizes,
                       const PstInputSizes *inputs)
{
  const PstScalePlan *finest = pst_plan_finest (plan, sizes);
  PstFrame            frame = pst_plan_frame (plan, sizes);
  PstSize             size = pst_frame_size (&frame);

  if (inputs->n_masks > 0)
    return pst_regions_dup_mask_bytes (pst_plan_size (finest), &frame);
  return plan->tileable ? pst_regions_bytes (1, size) : 0;
}

gsize
pst_scale_measure_style (const PstModel     *model,
                         const PstScalePlan *sizes,
                         PstSize             style,
                         PstWorkers         *workers)
{
  guint32 taps = sizes->loss.taps;

  return pst_size_add (pst_grams_measure (model, taps, workers, style.height,
                                          style.width),
                       pst_grams_bytes (model, taps));
}
