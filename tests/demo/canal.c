/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canal.c: old houses along a canal in the evening, as a photo shows them */
#include "stage.h"

#include <math.h>

#define PLOT 5.0 /* width of a house, meters */
#define BANK 3.4 /* half of the canal's width */
#define LINE 6.8 /* from the middle to the fronts */
#define QUAY 0.9 /* above the water */

enum
{
  CANAL,
  STONE,
  FRONT,
  TILES,
  CROWN,
  TRUNK,
  TOWER,
  SPIRE
};

typedef struct
{
  int    number; /* negative ones at the left */
  double along;  /* -PLOT / 2 .. PLOT / 2 */
  double eaves, gable;
} House;

static House
house_at (Vec at)
{
  double z = at.z + (at.x < 0.0 ? 1.7 : 0.0);
  int    plot = (int) floor (z / PLOT);
  House  house = { at.x < 0.0 ? -plot - 40 : plot + 40, z - (plot + 0.5) * PLOT,
                  0.0, 0.0 };

  house.eaves = 5.0 + 3.6 * cell_random (house.number, 0, 21);
  house.gable = 2.0 + 1.8 * cell_random (house.number, 1, 21);
  return house;
}

static Near
add_houses (Near near, Vec at)
{
  House  house = house_at (at);
  double inwards = fabs (fabs (at.x) - LINE - 4.0) - 4.0;
  double edge = 0.5 * PLOT - fabs (house.along);
  Vec    to =
    vec (fabs (at.x) - LINE - 4.0, at.y - 0.5 * house.eaves, house.along);
  double walls =
    box_distance (to, vec (4.0, 0.5 * house.eaves, 0.5 * PLOT - 0.04));
  double slope = (fabs (house.along) - 0.5 * PLOT) * house.gable
                 + (at.y - house.eaves) * 0.5 * PLOT;
  double roof = slope / sqrt (house.gable * house.gable + 0.25 * PLOT * PLOT);
  double inside = fmax (fmax (roof, house.eaves - at.y), inwards + 0.02);
  double tiles =
    fmax (fmax (fabs (roof) - 0.09, house.eaves - 0.2 - at.y), inwards - 0.12);
  /* The next house may be nearer. */
  double most = 0.3 + fmax (edge, fmax (fabs (LINE - fabs (at.x)) - 1.0, 0.0));

  near = nearer (near, fmin (fmin (walls, inside), most), FRONT);
  return nearer (near, tiles, TILES);
}

/* Trees on both quays. */
static Near
add_trees (Near near, Vec at)
{
  double side = at.x < 0.0 ? -1.0 : 1.0;
  double z = at.z - (side < 0.0 ? 0.0 : 4.0);
  int    plot = (int) floor (z / 11.0);
  Vec    to = vec (fabs (at.x) - 4.6, at.y, z - (plot + 0.5) * 11.0);
  double size = 1.1 + 0.3 * cell_random (plot, (int) side, 23);
  Vec    middle = vec (to.x, (to.y - 4.3) * 0.8, to.z);
  double crown = sqrt (vec_dot (middle, middle)) - size;
  double trunk = sqrt (to.x * to.x + to.z * to.z) - 0.13;

  if (crown < 0.6)
    crown = 0.6
            * (crown
               + 0.30
                   * fractal_noise (at.x * 1.7 + 3.0 * at.z,
                                    at.y * 1.7 + 2.0 * at.z, 4, 24));
  near = nearer (near, fmin (crown, 3.0), CROWN);
  return nearer (near, fmin (fmax (trunk, to.y - 4.0), 3.0), TRUNK);
}

static Near
add_tower (Near near, Vec at)
{
  Vec    to = vec (at.x + 1.5, at.y - 8.0, at.z - 68.0);
  double wide = 2.6 * clamp ((26.0 - at.y) / 10.0, 0.0, 1.0);
  double spire = fmax (fmax (fabs (to.x), fabs (to.z)) - wide, 15.6 - at.y);

  near = nearer (near, box_distance (to, vec (2.3, 8.0, 2.3)), TOWER);
  return nearer (near, 0.8 * fmax (spire, at.y - 26.0), SPIRE);
}

static Near
nearest (Vec at)
{
  Near   near = { at.y, CANAL };
  Vec    quay = vec (fabs (at.x) - BANK - 10.0, at.y, 0.0);
  Vec    bridge = vec (at.x, at.y - 1.0, at.z - 44.0);
  double arch = 2.6 - sqrt (at.x * at.x + at.y * at.y);

  near = nearer (near, box_distance (quay, vec (10.0, QUAY, 1.0)), STONE);
  near = nearer (near, fmax (box_distance (bridge, vec (8.0, 2.2, 1.2)), arch),
                 STONE);
  near = add_tower (near, at);
  near = add_trees (near, at);
  if (at.y < 14.0)
    near = add_houses (near, at);
  else
    near = nearer (near, at.y - 13.0, TILES);
  return near;
}

/* ---- surfaces ----------------------------------------------------------- */

/* A window of the front: how far from its middle, in halves, or beyond 1. */
static double
window_at (const House *house, double y, double *row)
{
  int    columns = house->number % 3 == 0 ? 2 : 3;
  double across = (house->along / PLOT + 0.5) * columns;
  double up = (y - QUAY - 0.35) / 1.75;
  double u = fabs (across - floor (across) - 0.5) * PLOT / columns / 0.46;
  double v = fabs (up - floor (up) - 0.5) * 1.75 / 0.62;

  *row = floor (up);
  return y < QUAY + 0.4 || y > house->eaves - 0.1 ? 9.0 : fmax (u, v);
}

static Vec
front_color (Vec at, double *mirror)
{
  static const uint32_t walls[] = { 0xd8b070, 0xb05a3c, 0xe6d8bc, 0x8c3c30,
                                    0x8a9c94, 0xd49478, 0xcfa04c, 0x70808e };
  static const uint32_t wood[] = { 0xf2eee2, 0x2c4a38, 0x4a3424, 0xe8e4da };
  House                 house = house_at (at);
  double                row;
  double                window = window_at (&house, at.y, &row);
  int                   kind = (int) (8.0 * cell_random (house.number, 2, 21));
  double                patches = fractal_noise (at.z * 1.3, at.y * 1.3, 5, 25);
  double bricks = kind % 2 ? noise (at.z * 4.0, at.y * 14.0, 26) : 0.0;
  Vec    color = vec_scale (vec_from_rgb (walls[kind]),
                            0.95 + 0.16 * patches + 0.14 * bricks);
  double pane = fmin (fabs (fmod (fabs (house.along) * 5.0, 1.0) - 0.5),
                      fabs (fmod (at.y * 3.0, 1.0) - 0.5));

  *mirror = 0.0;
  if (fabs (at.x) > LINE + 0.06) /* the sides */
    return vec_scale (color, 0.8);
  if (window > 1.22)
    return color;
  if (window > 0.92 || pane < 0.06)
    return vec_from_rgb (wood[(kind + (int) row) % 2 * 2 + kind % 2]);
  if (cell_random (house.number * 7 + (int) row,
                   (int) floor (house.along * 0.6), 27)
      < 0.14)
    return vec (1.5, 0.85, 0.32);
  *mirror = 0.25;
  return vec_from_rgb (0x1c2630);
}

static Paint
paint (int material, Vec at, Vec *normal)
{
  double rough = fractal_noise (at.x * 2.2 + at.y, at.z * 2.2 + at.y, 5, 28);
  Paint  paint = { vec_from_rgb (0x6a6258), 0.0, 0.0 };

  switch (material)
    {
    case CANAL:
      {
        double far = 1.0 / (1.0 + 0.03 * fabs (at.z));
        double x = fractal_noise (at.x * 1.1, at.z * 0.9, 4, 29);
        double z = fractal_noise (at.x * 1.1 + 9.0, at.z * 0.9, 4, 30);

        *normal = vec_unit (vec (0.030 * x * far, 1.0, 0.055 * z * far));
        return (Paint){ vec (0.012, 0.028, 0.026), 0.6, 0.35 };
      }
    case FRONT:
      paint.color = front_color (at, &paint.mirror);
      return paint;
    case TILES:
      paint.color =
        vec_scale (vec_mix (vec_from_rgb (0x7a3424), vec_from_rgb (0xb86040),
                            0.5 + 0.6 * rough),
                   0.75 + 0.25 * sin (at.y * 22.0));
      return paint;
    case CROWN:
      paint.color = vec_mix (vec_from_rgb (0x3c5a1c), vec_from_rgb (0xa8983a),
                             clamp (0.5 + 0.9 * rough, 0.0, 1.0));
      return paint;
    case TRUNK:
      paint.color = vec_from_rgb (0x3c3026);
      return paint;
    case SPIRE:
      paint.color = vec_from_rgb (0x48685c);
      return paint;
    case TOWER:
      paint.color = vec_scale (vec_from_rgb (0xb89a78), 0.9 + 0.3 * rough);
      if (fabs (at.y - 13.0) < 1.2 && (fabs (at.x + 1.5) < 0.6))
        paint.color = vec (0.02, 0.02, 0.02);
      return paint;
    default:
      paint.color =
        vec_scale (vec_from_rgb (0x8a8072),
                   0.8 + 0.35 * rough
                     + 0.12 * noise (at.x * 5.0 + at.y * 9.0, at.z * 3.0, 31));
      return paint;
    }
}

static Vec
sky (Vec direction)
{
  double height = clamp (direction.y, 0.0, 1.0);
  double u = direction.x / (height + 0.2);
  double v = 1.0 / (height + 0.2);
  double cover = fractal_noise (u * 1.5, v * 1.6, 6, 33);
  double lit = cover - fractal_noise (u * 1.5 - 0.12, v * 1.6, 5, 33);
  double cloud =
    smooth_step (-0.05, 0.5, cover) * smooth_step (0.0, 0.2, height);
  Vec air = vec_mix (vec (0.95, 0.66, 0.42), vec (0.10, 0.24, 0.58),
                     smooth_step (0.0, 0.5, height));

  return vec_mix (air,
                  vec_mix (vec (0.46, 0.40, 0.48), vec (1.5, 1.05, 0.75),
                           clamp (0.5 + 1.8 * lit, 0.0, 1.0)),
                  0.85 * cloud);
}

bool
paint_canal (Canvas *canvas)
{
  static const Stage stage = {
    nearest,
    paint,
    sky,
    { 0.7, 3.1, -3.0 },
    { -0.25, 4.5, 20.0 },
    0.80,
    { -0.640, 0.469, -0.609 },
    { 2.9, 2.05, 1.35 },
    { 0.46, 0.50, 0.62 },
    0.03,
    600.0,
  };

  return stage_photograph (&stage, canvas);
}
