/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss-weights.h: which terms a total loss has, and how much each counts */
#pragma once

#include "core/model/model.h"

typedef struct
{
  double   style[PST_MODEL_MAX_TAPS]; /* of each tap's loss; 0: no style layer;
                                       * their sum is 1 unless absolute */
  double   content;
  double   anchor; /* see anchor.h; 0: no such term */
  double   smoothness;
  double   range;
  int      content_tap; /* -1: no content term */
  guint32  taps;        /* bits of all that are needed */
  gboolean absolute;    /* losses are means of squares, not
                         * relative to their targets */
} PstLossWeights;
