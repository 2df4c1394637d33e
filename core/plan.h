/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h: turns settings and sizes into a coarse-to-fine run
 */
#pragma once

#include "model.h"

#define PST_PLAN_MAX_SCALES 10

typedef struct
{
  int    width;
  int    height;
  int    style_width;
  int    style_height;
  int    max_iterations;
} PstScalePlan;

typedef struct
{
  int          n_scales;
  PstScalePlan scales[PST_PLAN_MAX_SCALES];    /* coarse to fine */
  double       tolerance;       /* a scale ends when the loss falls by less than
                                 * this share in PST_PLAN_WINDOW iterations */
  int          content_tap;
  guint32      taps;            /* all that are needed: content and style */
  double       content_weight;
  double       smoothness_weight;
  double       range_weight;
} PstPlan;

#define PST_PLAN_WINDOW 10

/* The sides are those of the pictures given. */
PstPlan pst_plan_new (const PstModel    *model,
                      int                content_width,
                      int                content_height,
                      int                style_width,
                      int                style_height,
                      const PstSettings *settings);
