/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.h: things given by their distance functions, as a photo shows them
 *
 * A ray goes on by the distance to the nearest thing until it meets one
 * (J. C. Hart, "Sphere tracing", 1996).  x to the right, y up, z away from the
 * camera.
 */
#pragma once

#include "canvas.h"

typedef struct
{
  double distance; /* at most that of the thing; negative inside */
  int    material;
} Near;

typedef struct
{
  Vec    color;  /* of the surface, linear */
  double gloss;  /* 0..1, of highlights */
  double mirror; /* 0..1, how much it mirrors, seen straight from above */
} Paint;

typedef struct
{
  Near (*nearest) (Vec at);
  /* May bend @normal. */
  Paint (*paint) (int material, Vec at, Vec *normal);
  Vec (*sky) (Vec direction);
  Vec    eye, target;
  double focal;    /* in widths of the picture */
  Vec    sun;      /* direction to it, a unit */
  Vec    sunlight; /* on a surface that faces it */
  Vec    skylight; /* on a surface that looks up */
  double softness; /* of shadows: radius of the light over its distance */
  double haze;     /* distance after which 2/3 of a thing's light is the
                    * sky's */
} Stage;

/* Distance to a box around (0, 0, 0) of these half sides. */
double box_distance (Vec at, Vec half);

/* The smaller of two distances, with the edge between them rounded off. */
double blend_distance (double a, double b, double radius);

static inline Near
nearer (Near a, double distance, int material)
{
  return distance < a.distance ? (Near){ distance, material } : a;
}

/* False when there is no memory. */
bool stage_photograph (const Stage *stage, Canvas *canvas);
