/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper.h: the surface of paper, cloth and plaster */
#pragma once

#include "sheet.h"

/* paper_tooth:
 * Heights of rough paper, 0..1, [height][width]; the caller owns it.
 * @size: of its grains, in pixels of a picture 800 wide */
float *paper_tooth (const Sheet *sheet, double size, uint32_t seed);

/* Height of woven cloth at a place of the sheet, 0..1.
 * @pitch: between threads, in pixels of the sheet */
double cloth_height (double x, double y, double pitch);
