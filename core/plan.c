/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c: turns settings and sizes into a coarse-to-fine run
 *
 * The finest scale is the result's size; each coarser one is half of that,
 * until the longer side is nearest to COARSEST.  Strokes get their form at the
 * coarse scales, where the network sees more of the picture, and their detail at
 * the fine ones (Gatys et al., "Controlling Perceptual Factors in Neural Style
 * Transfer", CVPR 2017, section 6).
 */
#include "plan.h"

#include <math.h>

#define COARSEST 256     /* pixels, longer side */
#define DETAIL   4

/* Weights of jcjohnson/neural-style, whose total variation is half the sum of
 * squared differences of values of 0 to 255. */
#define GATYS_CONTENT         5.0
#define GATYS_STYLE           100.0
#define GATYS_TOTAL_VARIATION (1e-3 / 2 * 255 * 255)

/* Histories of 16 bits cost no iterations, short ones a few. */
const PstThrift pst_plan_thrifts[PST_PLAN_THRIFTS] = {
  { .net = PST_NET_KEEP_ALL, .history = 20 },
  { .net = PST_NET_KEEP_MOST, .history = 20, .half = TRUE },
  { .net = PST_NET_KEEP_DEEP, .history = 10, .half = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 10, .half = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 5, .half = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 3, .half = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 2, .half = TRUE },
};

/* Iterations at the coarsest scale and at each other one. */
typedef struct
{
  int    first;
  int    others;
  double tolerance;
} Effort;

static const Effort efforts[] = {
  [PST_QUALITY_DRAFT]  = { .first = 50, .others = 20, .tolerance = 0.06 },
  [PST_QUALITY_NORMAL] = { .first = 150, .others = 80, .tolerance = 0.02 },
  [PST_QUALITY_BEST]   = { .first = 400, .others = 250, .tolerance = 0.005 },
};

static int
scaled (int    side,
        double factor)
{
  return CLAMP ((int) lround (side * factor), 1, PST_IMAGE_MAX_SIDE);
}

static void
plan_scales (PstPlan           *plan,
             int                content_width,
             int                content_height,
             const PstSettings *settings)
{
  const Effort *effort = &efforts[settings->quality];
  int           longest = MAX (content_width, content_height);
  int           final = settings->size > 0 ? MIN (settings->size, longest)
                                           : longest;
  int           halvings = MAX (0, (int) lround (log2 ((double) final
                                                       / COARSEST)));

  plan->n_scales = halvings + 1;
  plan->tolerance = effort->tolerance;
  for (int i = 0; i < plan->n_scales; i++)
    {
      double side = ldexp (final, i - halvings);
      double factor = side / longest;

      plan->scales[i] = (PstScalePlan) {
        .width = scaled (content_width, factor),
        .height = scaled (content_height, factor),
        .style_side = side * settings->style_scale,
        .max_iterations = settings->iterations > 0 ? settings->iterations
                          : i == 0 ? effort->first : effort->others
      };
    }
}

/* The tap of the wanted structure; a network without it gives its own.  -1: none
 * is wanted. */
static int
choose_content_tap (const PstModel *model,
                    PstStructure    structure)
{
  int tap;

  if (structure == PST_STRUCTURE_NONE)
    return -1;
  tap = pst_model_find_tap (model, structure == PST_STRUCTURE_LOOSE
                                   ? "relu4_2" : "relu3_1");
  if (tap < 0)
    tap = g_bit_nth_lsf (model->content_taps, -1);
  return tap;
}

/* Every style layer counts alike; with more or less detail the finest counts up
 * to DETAIL times as much as without, against the coarsest likewise. */
static void
weigh_style (PstPlan        *plan,
             const PstModel *model,
             double          detail)
{
  int    n = __builtin_popcount (model->style_taps);
  int    i = 0;
  double sum = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (model->style_taps, t))
      {
        double place = n > 1 ? 1 - 2.0 * i++ / (n - 1) : 0;

        plan->style_weights[t] = pow (DETAIL, detail * place);
        sum += plan->style_weights[t];
      }
  for (int t = 0; t < model->n_taps; t++)
    plan->style_weights[t] /= sum;
}

/* 0 is none, 20 what takes the ripples away and no more. */
static double
smoothness_weight (double smoothness)
{
  return 0.05 * (smoothness / 20) * (smoothness / 20);
}

/* Near the content it takes more of a change to be seen: twice as many powers of
 * ten below 50 as above. */
static double
content_weight (double strength)
{
  return 0.6 * pow (10, (0.0002 * strength - 0.05) * strength);
}

/* One scale that ends when its iterations do, without margins; the terms and
 * weights are the published ones. */
static void
make_gatys (PstPlan        *plan,
            const PstModel *model)
{
  PstScalePlan *sizes = &plan->scales[0];

  *sizes = plan->scales[plan->n_scales - 1];
  plan->n_scales = 1;
  plan->tolerance = 0;
  plan->margin = plan->tileable ? PST_PLAN_WRAP : 0;
  plan->style_margin = 0;
  plan->absolute = TRUE;
  plan->content_weight = GATYS_CONTENT;
  for (int t = 0; t < model->n_taps; t++)
    plan->style_weights[t] = GATYS_STYLE;
  plan->smoothness_weight = GATYS_TOTAL_VARIATION
                            * 3.0 * sizes->width * sizes->height;
  plan->range_weight = 0;
}

PstPlan
pst_plan_new (const PstModel    *model,
              int                content_width,
              int                content_height,
              const PstSettings *settings)
{
  gboolean gatys = settings->loss == PST_LOSS_GATYS;
  PstPlan  plan = {
    .content_tap = choose_content_tap (model, gatys ? PST_STRUCTURE_LOOSE
                                              : settings->structure),
    .tileable = settings->tileable,
    .margin = settings->tileable ? PST_PLAN_WRAP : PST_PLAN_MARGIN,
    .style_margin = PST_PLAN_MARGIN,
    .half = settings->precision == PST_PRECISION_FAST && pst_cpu_has_half (),
    .content_weight = content_weight (settings->strength),
    .smoothness_weight = smoothness_weight (settings->smoothness),
    .range_weight = 10
  };

  plan.taps = model->style_taps;
  if (plan.content_tap >= 0)
    plan.taps |= 1u << plan.content_tap;
  else
    plan.content_weight = 0;
  weigh_style (&plan, model, settings->detail);
  plan_scales (&plan, content_width, content_height, settings);
  if (gatys)
    make_gatys (&plan, model);
  return plan;
}

PstSize
pst_plan_style_size (const PstScalePlan *sizes,
                     PstSize             size)
{
  double factor = sizes->style_side / MAX (size.width, size.height);

  return (PstSize) { scaled (size.width, factor),
                     scaled (size.height, factor) };
}

PstSize
pst_plan_padded_size (const PstPlan      *plan,
                      const PstScalePlan *sizes,
                      PstSize             size)
{
  PstSize style = pst_plan_style_size (sizes, size);

  return (PstSize) { style.width + 2 * plan->style_margin,
                     style.height + 2 * plan->style_margin };
}
