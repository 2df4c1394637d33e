/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objective-layout.h: what the buffers of the total loss depend on */
#pragma once

#include "core/net/net.h"

typedef struct
{
  int          height; /* of the picture */
  int          width;
  int          n_regions;      /* 1..PST_MAX_STYLES */
  gboolean     regions_masked; /* FALSE: n_regions is 1 */
  gboolean     content_masked;
  PstNetMemory memory;
  gboolean     packed; /* the content's features, in 16 bits */
  gboolean     bf16;   /* precision of the network and Gram matrices */
} PstObjectiveLayout;
