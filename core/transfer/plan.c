/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c: turns settings and sizes into a coarse-to-fine run
 *
 * The composition, large forms with their light and color, is made at COARSEST
 * and COMPOSITION pixels, where the network sees much of the picture, whatever
 * the result's size is.  From there to that size each scale is about twice as
 * large as the one before, and adds brushwork to its picture (Gatys et al.,
 * "Controlling Perceptual Factors in Neural Style Transfer", CVPR 2017, section
 * 6).
 */
#include "plan.h"

#include <math.h>

#define COARSEST    128 /* pixels, longer side */
#define COMPOSITION 256 /* that of the preview in GIMP as well */
#define DETAIL      4

/* The deepest layer sees 156 pixels: at COARSEST that is all of the picture,
 * and with as much weight as the others it puts eyes and hands of a portrait
 * into skies. */
#define DEEPEST_TAP    "relu5_1"
#define DEEPEST_WEIGHT (1 / 12.0)

/* From the second scale beyond the composition on, style layers deeper than
 * this see nothing that an anchored picture could still change: without them an
 * iteration costs a sixth less, and the picture looks the same. */
#define FINE_TAP "relu3_1"

/* Content's weight, as a multiple of what the strength asks for.  Beyond the
 * composition, anchor and coarser scales hold the structure, and less of it
 * leaves real strokes rather than a relief. */
#define COMPOSITION_CONTENT 2.0
#define BRUSHWORK_CONTENT   0.21
#define BRUSHWORK_ANCHOR    1.0

/* Weight of what keeps pixels displayable. */
#define RANGE 10.0

/* The most that a style is enlarged beyond the composition: its strokes would
 * get soft.  Small styles at their own size would cover the picture with the
 * weave of the canvas and the grain of its photo. */
#define BRUSHWORK_STYLE_GROWTH 2.0

/* Weights of jcjohnson/neural-style, whose total variation is half the sum of
 * squared differences of values of 0 to 255. */
#define GATYS_CONTENT         5.0
#define GATYS_STYLE           100.0
#define GATYS_TOTAL_VARIATION (1e-3 / 2 * 255 * 255)

/* Histories of 16 bits cost no iterations, short ones a few. */
const PstMemoryLevel pst_memory_levels[PST_MEMORY_LEVELS] = {
  { .net = PST_NET_KEEP_ALL, .history = 20 },
  { .net = PST_NET_KEEP_MOST, .history = 20, .packed = TRUE },
  { .net = PST_NET_KEEP_DEEP, .history = 10, .packed = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 10, .packed = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 5, .packed = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 3, .packed = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 2, .packed = TRUE },
  { .net = PST_NET_KEEP_NONE, .history = 1, .packed = TRUE },
};

/* Maximum number of iterations: of the first scale, of a second one that
 * belongs to the composition, and of the k-th scale beyond it @detail / (k +
 * 1): what an iteration gains, and what can be seen of it, falls from scale to
 * scale. The composition ends before it converges: more iterations bring the
 * photo back.
 * @gatys: of a run's only scale */
typedef struct
{
  int    first;
  int    second;
  int    detail;
  int    gatys;
  double tolerance;
} Effort;

static const Effort efforts[] = {
  [PST_QUALITY_DRAFT] = { 30, 10, 16, 50, .tolerance = 0.06 },
  [PST_QUALITY_NORMAL] = { 60, 20, 40, 150, .tolerance = 0.02 },
  [PST_QUALITY_BEST] = { 400, 150, 160, 400, .tolerance = 0.005 },
};

static int
scaled (int side, double factor)
{
  return CLAMP ((int) lround (side * factor), 1, PST_IMAGE_MAX_SIDE);
}

/* Near the content, only a larger change is visible: twice as many powers of
 * ten below 50 as above. */
static double
content_weight (double strength)
{
  return 0.6 * pow (10, (0.0002 * strength - 0.05) * strength);
}

/* Fills in the longer side of each scale.  Returns the number of scales, and in
 * @ret_n_composing how many of them make the composition. */
static int
list_sides (int final, double sides[PST_PLAN_MAX_SCALES], int *ret_n_composing)
{
  double composition = MIN (final, COMPOSITION);
  int    halvings = MAX (0, (int) lround (log2 (composition / COARSEST)));
  int    steps = final > composition
                   ? MAX (1, (int) lround (log2 (final / composition)))
                   : 0;

  for (int i = 0; i <= halvings; i++)
    sides[i] = ldexp (composition, i - halvings);
  for (int k = 1; k <= steps; k++)
    sides[halvings + k] =
      composition * pow (final / composition, (double) k / steps);
  *ret_n_composing = halvings + 1;
  return halvings + 1 + steps;
}

/* How many scales beyond the composition scale @i is; 0 or less: part of it. */
static int
scales_beyond (const PstPlan *plan, int i)
{
  return i + 1 - plan->n_composing;
}

static int
scale_iterations (const Effort *effort, int i, int beyond)
{
  if (beyond > 0)
    return MAX (1, effort->detail / (beyond + 1));
  return i == 0 ? effort->first : effort->second;
}

/* 0 is none; 20 is just enough to remove the ripples. */
static double
smoothness_weight (double smoothness)
{
  return 0.05 * (smoothness / 20) * (smoothness / 20);
}

/* All but those of the style. */
static PstLossWeights
weigh_terms (const PstSettings *settings, int content_tap, int beyond)
{
  return (PstLossWeights){
    .content_tap = content_tap,
    .content = content_weight (settings->strength)
               * (beyond > 0 ? BRUSHWORK_CONTENT : COMPOSITION_CONTENT),
    .anchor = beyond > 0 ? BRUSHWORK_ANCHOR : 0,
    .smoothness = smoothness_weight (settings->smoothness),
    .range = RANGE
  };
}

/* The longer side of the result. */
static int
final_side (PstSize content, const PstSettings *settings)
{
  int longest = MAX (content.width, content.height);

  return settings->size > 0 ? MIN (settings->size, longest) : longest;
}

static void
plan_scales (PstPlan           *plan,
             int                content_tap,
             int                content_width,
             int                content_height,
             const PstSettings *settings)
{
  const Effort *effort = &efforts[settings->quality];
  PstSize       content = { content_width, content_height };
  int           longest = MAX (content_width, content_height);
  double        sides[PST_PLAN_MAX_SCALES];

  plan->n_scales =
    list_sides (final_side (content, settings), sides, &plan->n_composing);
  plan->tolerance = effort->tolerance;
  for (int i = 0; i < plan->n_scales; i++)
    {
      double factor = sides[i] / longest;
      int    beyond = scales_beyond (plan, i);

      plan->scales[i] = (PstScalePlan){
        .width = scaled (content_width, factor),
        .height = scaled (content_height, factor),
        .style_side = sides[i] * settings->style_scale,
        .style_growth = beyond > 0 ? BRUSHWORK_STYLE_GROWTH : HUGE_VAL,
        .max_iterations = settings->iterations > 0
                            ? settings->iterations
                            : scale_iterations (effort, i, beyond),
        .loss = weigh_terms (settings, content_tap, beyond)
      };
    }
}

/* The tap of the wanted structure, or in a network without it the first content
 * tap; -1: none is wanted. */
static int
choose_content_tap (const PstModel *model, PstStructure structure)
{
  int tap;

  if (structure == PST_STRUCTURE_NONE)
    return -1;
  tap =
    pst_model_find_tap (model, structure == PST_STRUCTURE_LOOSE ? "relu4_2"
                                                                : "relu3_1");
  if (tap < 0)
    tap = g_bit_nth_lsf (model->content_taps, -1);
  return tap;
}

/* Style layers that count at a scale, @beyond the composition. */
static guint32
style_taps (const PstModel *model, int beyond)
{
  int last = pst_model_find_tap (model, FINE_TAP);

  return beyond >= 2 && last >= 0 ? model->style_taps & ((2u << last) - 1)
                                  : model->style_taps;
}

/* All style layers have the same weight, except the deepest; with more or
 * less detail the finest counts up to DETAIL times as much as without,
 * against the coarsest likewise. */
static void
weigh_style (PstLossWeights *loss,
             const PstModel *model,
             guint32         taps,
             double          detail)
{
  int    n = __builtin_popcount (model->style_taps);
  int    deepest = pst_model_find_tap (model, DEEPEST_TAP);
  int    i = 0;
  double sum = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (model->style_taps, t))
      {
        double place = n > 1 ? 1 - 2.0 * i++ / (n - 1) : 0;

        if (pst_taps_have (taps, t))
          loss->style[t] =
            pow (DETAIL, detail * place) * (t == deepest ? DEEPEST_WEIGHT : 1);
        sum += loss->style[t];
      }
  for (int t = 0; t < model->n_taps; t++)
    loss->style[t] /= sum;
}

/* One scale that ends when its iterations do, without margins; the terms and
 * weights are the published ones. */
static void
make_gatys (PstPlan *plan, const PstModel *model, const PstSettings *settings)
{
  PstScalePlan *sizes = &plan->scales[0];

  *sizes = plan->scales[plan->n_scales - 1];
  if (settings->iterations == 0)
    sizes->max_iterations = efforts[settings->quality].gatys;
  sizes->style_growth = HUGE_VAL;
  sizes->loss.content = GATYS_CONTENT;
  sizes->loss.anchor = 0;
  sizes->loss.absolute = TRUE;
  plan->n_scales = 1;
  plan->n_composing = 1;
  plan->tolerance = 0;
  plan->margin = plan->tileable ? PST_PLAN_WRAP : 0;
  plan->style_margin = 0;
  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (model->style_taps, t))
      sizes->loss.style[t] = GATYS_STYLE;
  sizes->loss.smoothness =
    GATYS_TOTAL_VARIATION * 3.0 * sizes->width * sizes->height;
  sizes->loss.range = 0;
}

/* What the terms need of the network. */
static void
choose_taps (PstLossWeights *loss, const PstModel *model)
{
  loss->taps = loss->content_tap >= 0 ? 1u << loss->content_tap : 0;
  for (int t = 0; t < model->n_taps; t++)
    if (loss->style[t] > 0)
      loss->taps |= 1u << t;
}

static gboolean
use_bf16 (const PstSettings *settings)
{
  gboolean compares = settings->loss == PST_LOSS_GATYS;

  return pst_cpu_has_bf16 ()
         && (settings->precision == PST_PRECISION_FAST
             || (settings->precision == PST_PRECISION_AUTO && ! compares));
}

PstPlan
pst_plan_new (const PstModel    *model,
              int                content_width,
              int                content_height,
              const PstSettings *settings)
{
  gboolean     gatys = settings->loss == PST_LOSS_GATYS;
  PstStructure structure = gatys ? PST_STRUCTURE_LOOSE : settings->structure;
  int          content_tap = choose_content_tap (model, structure);
  PstPlan      plan = { .tileable = settings->tileable,
                        .margin =
                     settings->tileable ? PST_PLAN_WRAP : PST_PLAN_MARGIN,
                        .style_margin = PST_PLAN_MARGIN,
                        .bf16 = use_bf16 (settings) };

  plan_scales (&plan, content_tap, content_width, content_height, settings);
  for (int i = 0; i < plan.n_scales; i++)
    weigh_style (&plan.scales[i].loss, model,
                 style_taps (model, scales_beyond (&plan, i)),
                 settings->detail);
  if (gatys)
    make_gatys (&plan, model, settings);
  for (int i = 0; i < plan.n_scales; i++)
    choose_taps (&plan.scales[i].loss, model);
  return plan;
}

PstSize
pst_plan_result_size (PstSize content, const PstSettings *settings)
{
  double factor = (double) final_side (content, settings)
                  / MAX (content.width, content.height);

  return (PstSize){ scaled (content.width, factor),
                    scaled (content.height, factor) };
}

PstSize
pst_plan_style_size (const PstScalePlan *sizes, PstSize size)
{
  double factor = MIN (sizes->style_side / MAX (size.width, size.height),
                       sizes->style_growth);

  return (PstSize){ scaled (size.width, factor), scaled (size.height, factor) };
}

PstFrame
pst_plan_style_frame (const PstPlan      *plan,
                      const PstScalePlan *sizes,
                      PstSize             size)
{
  PstSize style = pst_plan_style_size (sizes, size);

  return (PstFrame){ style.width, style.height, plan->style_margin, FALSE };
}

const PstScalePlan *
pst_plan_finest (const PstPlan *plan, const PstScalePlan *scale)
{
  int n = scale < plan->scales + plan->n_composing ? plan->n_composing
                                                   : plan->n_scales;

  return &plan->scales[n - 1];
}
