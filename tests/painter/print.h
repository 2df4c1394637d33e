/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print.h: a scene cut into blocks of wood or linoleum, and printed */
#pragma once

#include "lines.h"
#include "sheet.h"

typedef struct
{
  LineWork lines;
  double   dark, light; /* tones between which cuts widen to their full width */
  double   widest;      /* full width of a cut, in pitches */
  double   outline;     /* half width of what is left along outlines, pixels of
                         * a picture 800 wide */
  double   grain;       /* how much the wood's grain shows, 0..1 */
  double   rough;       /* how uneven the edges of cuts are, pixels likewise */
} Carving;

/* block_carve:
 * Returns what a block that is carved with lines along the scene prints, 0..1,
 * [height][width]; the caller owns it. */
float *block_carve (const Scene *scene, const Carving *carving);

/* block_print:
 * Prints @block in @ink on @sheet, unevenly, @right and @down pixels of a
 * picture 800 wide off its place. */
void block_print (Sheet       *sheet,
                  const float *block,
                  Rgb          ink,
                  double       grain,
                  double       right,
                  double       down);

/* block_of_color:
 * Returns a block that prints where @index is the nearest of @inks to the
 * scene's colors; the caller owns it. */
float *block_of_color (const Scene *scene, const Palette *inks, int index);
