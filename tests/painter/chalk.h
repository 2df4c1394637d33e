/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chalk.h: strokes of a dry stick on rough paper
 *
 * The stick leaves color on the paper's heights only, and fills the hollows
 * where it is pressed.  Sizes in pixels of a picture 800 wide.
 */
#pragma once

#include "stroke.h"

typedef struct
{
  double   spacing; /* one stroke for each square of this side */
  double   length;
  double   half;    /* of a stroke's width */
  double   press;   /* how hard, 0..1.5 */
  double   turn;    /* from the scene's directions, radians */
  double   stray;   /* and as far by chance */
  double   dark;    /* tone up to which it is pressed hardest ... */
  double   light;   /* ... and from which not at all; below dark: reversed */
  double   grain;   /* how much the paper's hollows stay bare, 0..1 */
  double   hue;     /* how far its colors stray */
  double   solid;   /* how much of what is below it hides, 0..1 */
  double   outline; /* only as near to outlines; 0: everywhere */
  gboolean stays;   /* strokes end where the thing ends */
  uint32_t seed;
} ChalkWork;

typedef struct
{
  Sheet       *sheet;
  const Scene *scene;
  Stroke      *stroke;
  const float *tooth; /* paper_tooth() */
  const float *tones; /* scene_tones() */
  const float *away;  /* from the outlines, pixels */
} Chalk;

/* chalk_cover:
 * @stick: its color; NULL: the scene's, strayed */
void chalk_cover (const Chalk *chalk, const ChalkWork *work, const Rgb *stick);

/* chalk_open: a chalk for @scene, with all that belongs to it; close it. */
Chalk chalk_open (const Scene *scene, Rgb ground, double grain);

/* Frees all but the sheet, which is returned. */
Sheet *chalk_close (Chalk *chalk);
