/* SPDX-License-Identifier: GPL-3.0-or-later */
/* still-life.h: a jug, a bottle, a bowl and fruit on a table */
#pragma once

#include "scene.h"

/* still_life_new:
 * @wall, @table: their colors, from the upper left to the lower right
 * The caller owns it. */
Scene *
still_life_new (int long_side, const Palette *wall, const Palette *table);
