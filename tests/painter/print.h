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

typedef struct
{
  uint32_t paper;
  Palette  inks;     /* a block each, but for the first, the paper's */
  double   grain;    /* of these blocks, 0..1 */
  double   right[2]; /* how far blocks are off their place, by turns, pixels of
                      * a picture 800 wide */
  double   down[2];
  Carving  key; /* the block with the lines, printed last */
  uint32_t key_ink;
  double   key_grain;
} Edition;

/* print_edition:
 * Cuts the scene into blocks and prints them, on a new sheet. */
Sheet *print_edition (const Scene *scene, const Edition *edition);
