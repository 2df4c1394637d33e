/* SPDX-License-Identifier: GPL-3.0-or-later */
/* things.h: things that stand in a scene
 *
 * Places and sizes in heights of the picture.  Palettes go from dark to light
 * unless they say something else.
 */
#pragma once

#include "scene.h"

typedef struct
{
  Palette  colors;  /* from the top to the horizon */
  double   horizon; /* y */
  double   clouds;  /* how much of it they cover, 0..1 */
  Palette  cloud;
  uint32_t seed;
} Sky;

typedef struct
{
  double  x, y, radius;
  double  spin;   /* of the strokes around it; its sign is the sense */
  Palette colors; /* from the middle outwards */
  double  rays;   /* how many, 0: rings */
} Sun;

typedef struct
{
  double   y;         /* of its foot line */
  double   height;    /* of its highest top */
  double   frequency; /* tops per height of the picture */
  int      octaves;   /* 2: hills, 6: rocks */
  Palette  colors;    /* from the edge downwards */
  double   depth;     /* how far down the colors go */
  double   shade;     /* how much its flanks differ, 0..1 */
  double   bend;      /* of the strokes, radians */
  uint32_t seed;
} Ridge;

typedef struct
{
  double   top;     /* y of its edge, in the middle */
  double   swing;   /* how far the edge goes up and down */
  double   x, y;    /* where the furrows meet */
  double   furrows; /* how many in a radian */
  Palette  colors;  /* across a furrow */
  uint32_t seed;
} Field;

typedef struct
{
  double   top, bottom; /* y of its shores */
  Palette  colors;      /* far to near */
  double   mirror;      /* how much it mirrors, 0..1 */
  double   ripple;      /* how strongly it is moved */
  uint32_t glint;       /* color of its lights */
  uint32_t seed;

  const Scene *scene; /* set by add_water() */
} Water;

typedef struct
{
  double   x, y; /* foot */
  double   height;
  double   spread; /* half of its width */
  Palette  colors;
  uint32_t trunk;
  uint32_t seed;
} Tree;

typedef struct
{
  double  x, y; /* lower left corner */
  double  width, height, roof;
  Palette wall; /* from the shaded side to the lit one */
  Palette tiles;
  int     columns, rows; /* of windows */
  Palette windows;
} House;

typedef struct
{
  double   x, y, size; /* middle of its water line */
  Palette  hull;
  Palette  sail;
  uint32_t seed;
} Boat;

typedef struct
{
  double   x, y, width, height; /* middle; half sizes */
  Palette  colors;
  double   shine;  /* of its highlight, 0..1 */
  double   mottle; /* how uneven its color is */
  uint32_t seed;
} Ball;

typedef struct
{
  double   x, y, height; /* middle of the foot */
  int      n_widths;
  double   widths[8]; /* half widths, from the foot to the mouth */
  Palette  colors;
  double   shine;
  uint32_t seed;
} Vessel;

typedef struct
{
  double  x, y, radius;
  int     petals;
  double  pointed; /* 0 round ones, 1 pointed ones */
  double  turn;    /* radians */
  double  tilt;    /* height over width */
  Palette colors;  /* from the middle outwards */
  Palette heart;   /* of the middle */
  double  core;    /* radius of the heart, in radii */
} Flower;

typedef struct
{
  double  x0, y0, x1, y1; /* stalk, tip */
  double  bend;           /* how far its middle is off, in lengths */
  double  width;          /* half, in lengths */
  Palette colors;
} Leaf;

typedef struct
{
  int     n_corners;
  double  corners[12][2];
  Palette colors; /* along (dx, dy), over a height of the picture */
  double  dx, dy;
  double  angle;   /* of the strokes */
  double  streaks; /* how much the color varies along them */
} Shape;

typedef struct
{
  int     n_knots;
  double  knots[10][3]; /* x, y, half of the width; a smooth line */
  Palette colors;       /* across, from the lit edge to the shaded one */
} Limb;

/* A shadow that lies on what is there. */
typedef struct
{
  double x, y, width, height; /* half sizes */
  double strength;
  double blue; /* how much of its darkness is blue, 0..1 */
} Shadow;

void add_sky (Scene *scene, const Sky *sky);
void add_sun (Scene *scene, const Sun *sun);
void add_ridge (Scene *scene, const Ridge *ridge);
void add_field (Scene *scene, const Field *field);
void add_water (Scene *scene, const Water *water);
void add_tree (Scene *scene, const Tree *tree);
void add_cypress (Scene *scene, const Tree *tree);
void add_pine (Scene *scene, const Tree *tree);
void add_house (Scene *scene, const House *house);
void add_boat (Scene *scene, const Boat *boat);
void add_ball (Scene *scene, const Ball *ball);
void add_vessel (Scene *scene, const Vessel *vessel);
void add_flower (Scene *scene, const Flower *flower);
void add_leaf (Scene *scene, const Leaf *leaf);
void add_shape (Scene *scene, const Shape *shape);
void add_limb (Scene *scene, const Limb *limb);
void add_shadow (Scene *scene, const Shadow *shadow);
