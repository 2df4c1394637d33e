/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.h: paper, board or canvas, with what lies on it
 *
 * Twice as wide and high as the picture, so that edges are smooth in the end.
 */
#pragma once

#include <glib.h>

#include "color.h"

#define SHEET_SCALE 2

typedef struct
{
  int    width;
  int    height;
  double px;    /* as many pixels here are one of a picture 800 pixels wide */
  Rgb   *color; /* [height][width] */
  float *paint; /* [height][width], thickness, in pixels of the sheet */
} Sheet;

/* Bare, in @ground.  The caller owns it. */
Sheet *sheet_new (int width, int height, double px, Rgb ground);
void   sheet_free (Sheet *sheet);

/* Light from the upper left on the paint: slopes become lighter or darker by
 * @relief, and shine by @gloss. */
void sheet_light (Sheet *sheet, double relief, double gloss);

/* sheet_finish:
 * The picture as 8-bit RGB, [height / 2][width / 2][3]; the caller owns it. */
guint8 *sheet_finish (const Sheet *sheet);

/* Blurs @values, [height][width], by three boxes of @radius on each side. */
void blur (float *values, int width, int height, int radius);

/* blur_colors: the same of a picture. */
void blur_colors (Rgb *colors, int width, int height, int radius);

/* distances:
 * Returns how far each pixel of [height][width] is from the nearest one that is
 * set in @mask, in pixels; the caller owns it. */
float *distances (const guint8 *mask, int width, int height);
