/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h: turns settings and sizes into a coarse-to-fine run
 */
#pragma once

#include "core/loss/loss-weights.h"
#include "core/net/net.h"
#include "core/picture/picture.h"

#define PST_PLAN_MAX_SCALES 10

/* What a scale gives up to save memory. */
typedef struct
{
  PstNetMemory net;
  int          history; /* pairs of L-BFGS */
  gboolean     packed;  /* these, and the content's features, in 16 bits */
} PstMemoryLevel;

/* From the fastest to the smallest. */
#define PST_MEMORY_LEVELS 8
extern const PstMemoryLevel pst_memory_levels[PST_MEMORY_LEVELS];

typedef struct
{
  int            width; /* of the result at this scale */
  int            height;
  double         style_side; /* longer side of each style, unless that would
                              * enlarge it more than style_growth times */
  double         style_growth;
  int            max_iterations;
  PstLossWeights loss;
  int memory_level; /* index into pst_memory_levels; 0 at first, set by
                     * pst_estimate_plan() */
} PstScalePlan;

typedef struct
{
  int          n_scales;
  int          n_composing; /* the first of them, which make the composition and
                             * do not depend on the size of a larger result */
  PstScalePlan scales[PST_PLAN_MAX_SCALES]; /* coarse to fine */
  double       tolerance; /* a scale ends when the loss falls by less than
                           * this share in PST_PLAN_WINDOW iterations */
  gboolean     tileable;
  int          margin;       /* around the picture when it is evaluated */
  int          style_margin; /* around each style */
  gboolean     bf16;         /* precision of the network and Gram matrices */
} PstPlan;

#define PST_PLAN_WINDOW 10

/* plan->margin of most runs: mirrored pixels around the picture while it is
 * optimized, cut off afterwards, and around the style, so that a picture has
 * the statistics of itself.  Pixels at the very border help the style's
 * statistics most and harm the content least, because padding repeats them:
 * without a margin the optimizer makes specks there. */
#define PST_PLAN_MARGIN 8

/* The margin of a picture that is to tile: enough for the network to see the
 * other side. */
#define PST_PLAN_WRAP 32

/* The margin that is part of the picture while it is optimized; none if it
 * comes from wrapping. */
static inline int
pst_plan_picture_margin (const PstPlan *plan)
{
  return plan->tileable ? 0 : plan->margin;
}

/* Of the result at a scale. */
static inline PstSize
pst_plan_size (const PstScalePlan *sizes)
{
  return (PstSize){ sizes->width, sizes->height };
}

/* The picture of a scale as it is evaluated. */
static inline PstFrame
pst_plan_frame (const PstPlan *plan, const PstScalePlan *sizes)
{
  return (PstFrame){ sizes->width, sizes->height, plan->margin,
                     plan->tileable };
}

/* The plan of a run without a limit of memory.  The sides are those of the
 * content. */
PstPlan pst_plan_new (const PstModel    *model,
                      int                content_width,
                      int                content_height,
                      const PstSettings *settings);

/* The size of the result, which the finest scale has. */
PstSize pst_plan_result_size (PstSize content, const PstSettings *settings);

/* The size at a scale of a style of @size pixels. */
PstSize pst_plan_style_size (const PstScalePlan *sizes, PstSize size);

/* The same with its margin. */
PstFrame pst_plan_style_frame (const PstPlan      *plan,
                               const PstScalePlan *sizes,
                               PstSize             size);

/* The scale at whose size the inputs of @scale, one of the plan's, are kept:
 * the last that makes the composition, or the last. */
const PstScalePlan *pst_plan_finest (const PstPlan      *plan,
                                     const PstScalePlan *scale);
