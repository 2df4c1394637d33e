/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-areas.h: where a spot of a result is, and what it needs to be known */
#pragma once

#include "sampled.h"

/* Pixels around the spot at each scale, for what the network sees there. */
#define PST_SPOT_MARGIN 10

/* Squares of styles and of the content that stand for all of it, pixels. */
#define PST_SPOT_STYLE_SIDE   160
#define PST_SPOT_CONTENT_SIDE 128

/* What of a result is shown; @x, @y: see PstSpotInputs. */
PstArea pst_spot_area_of_result (PstSize result, double x, double y);

/* @area and a margin, within @beyond pixels of a picture of @size. */
PstArea pst_area_widen (PstArea area, int margin, PstSize size, int beyond);
