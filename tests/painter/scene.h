/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene.h: what a picture shows, before it is painted
 *
 * Color, direction of the strokes and number of the thing at each pixel of a
 * sheet.  Things are added from the back to the front.  Places are in heights
 * of the picture: x from 0 at the left to scene->right, y from 0 at the top to
 * 1.  Light comes from the upper left.
 */
#pragma once

#include <glib.h>

#include "color.h"

typedef struct
{
  Rgb   color;
  float angle;  /* of the strokes, radians, y down */
  int   region; /* number of the thing */
} Spot;

typedef struct
{
  int    width;
  int    height;
  double right;
  double px; /* as Sheet's */
  int    n_regions;
  Spot  *spots; /* [height][width] */
} Scene;

/* scene_new:
 * @long_side: of the picture, pixels
 * @columns, @rows: its proportions
 * Black.  The caller owns it. */
Scene *scene_new (int long_side, int columns, int rows);
void   scene_free (Scene *scene);

/* Of the pixel at (@x, @y), which may lie outside: the nearest. */
const Spot *scene_spot (const Scene *scene, double x, double y);
double      scene_angle (const Scene *scene, double x, double y);
int         scene_region (const Scene *scene, double x, double y);

/* Changes what the pixel at (@x, @y) shows; true: it belongs to the thing. */
typedef gboolean (*Look) (const void *thing, double x, double y, Spot *spot);

/* scene_add:
 * Calls @look for each pixel.  Those that belong to the thing get a new number.
 * @thing: what @look gets */
void scene_add (Scene *scene, Look look, const void *thing);

/* scene_add_around:
 * The same of the pixels at most @reach right or left of, above or below
 * (@x, @y). */
void scene_add_around (Scene      *scene,
                       Look        look,
                       const void *thing,
                       double      x,
                       double      y,
                       double      reach);

/* Light and dark of the scene, [height][width], blurred by @radius pixels of a
 * picture 800 wide.  The caller owns it. */
float *scene_tones (const Scene *scene, double radius);

/* Colors likewise. */
Rgb *scene_colors (const Scene *scene, double radius);

/* 255 where a thing ends, [height][width]; the caller owns it. */
guint8 *scene_outlines (const Scene *scene);
