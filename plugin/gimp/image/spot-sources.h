/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-sources.h: what a spot of the result is painted from */
#pragma once

#include "core/pastiche-spot.h"

/* Who fills it in owns what it has. */
typedef struct
{
  PstSpotInputs inputs;
  const char   *paths[PST_MAX_STYLES]; /* of a file that GdkPixbuf can read: the
                                        * style, whose picture is still to be
                                        * filled in; NULL: it is there */
} PstSpotSources;
