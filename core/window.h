/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.h: pixels and their neighbours, also beyond the border */
#pragma once

#include "conv.h"

/* An activation whose windows of 3x3 are to be convolved. */
typedef struct
{
  const float *x;           /* [height][width][channels] */
  int          height;
  int          width;
  int          channels;
  PstPadding   padding;     /* what lies outside */
  gboolean     adjoint;     /* x is the gradient of a padded convolution's output:
                             * outside there is nothing, but with replicate
                             * padding, border pixels also get what their copies
                             * outside got */
} PstSource;

/* pst_window_gather:
 * @windows: [count][3][3][channels], of the pixels @first and following */
void pst_window_gather (const PstSource *source,
                        gsize            first,
                        int              count,
                        float           *windows);

/* pst_window_gather_border:
 * The same for one pixel, which may lie at the border. */
void pst_window_gather_border (const PstSource *source,
                               int              row,
                               int              column,
                               float           *window);

/* pst_window_gather_tile:
 * @tile: [6][6][channels], the upper left one being pixel @row, @column, which
 * may lie outside.  What an adjoint's border pixels get twice is left out. */
void pst_window_gather_tile (const PstSource *source,
                             int              row,
                             int              column,
                             float           *tile);
