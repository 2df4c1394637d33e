/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene.h: what stands where in the landscape, and how it looks
 *
 * All of it is one height field with a material at each place.  Metres; x to
 * the right, y up, z away from the camera.
 */
#pragma once

#include "canvas.h"

/* Center of the house. */
#define HOUSE_X -8.0
#define HOUSE_Z 38.0

/* The house's long side, and the side towards the camera's right. */
#define HOUSE_COS 0.90
#define HOUSE_SIN 0.436

typedef enum
{
  GROUND,
  WATER,
  TREE,
  POPLAR,
  WALL,
  GABLE,
  ROOF,
  CHIMNEY,
  WOOD
} Material;

typedef struct
{
  double   y;
  Material material;
  double   along; /* house: meters along it; trees: a number of their own */
  double   base;  /* height of the ground below a house or tree */
} Surface;

double  ground_height (double x, double z);
Surface surface_at (double x, double z);

/* Light that comes from @surface, seen at (@x, @y, @z). */
Vec shade (Surface surface, double x, double y, double z);
