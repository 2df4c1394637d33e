/* SPDX-License-Identifier: GPL-3.0-or-later */
/* landscape.c: a lake, mountains, a house, trees, as a photo would show them
 *
 * Each column of the picture walks away from the camera and shades what rises
 * above all that was nearer; the rest is sky.  The water then mirrors the
 * column above it.
 */
#include "scene.h"

#include <math.h>
#include <stdlib.h>

#define OVERSAMPLING 2
#define EYE          4.2    /* height of the camera, meters */
#define FOCAL        0.95   /* in widths of the picture */
#define HORIZON      0.46   /* from the top, in heights of the picture */
#define FAR          5200.0 /* meters */

static Vec
sky_color (double dx, double dy)
{
  double height = clamp (dy, 0.0, 1.0);
  Vec    sun = vec_unit (vec (0.33, 0.36, 1.0));
  double glow = fmax (vec_dot (vec_unit (vec (dx, dy, 1.0)), sun), 0.0);
  Vec    sky = vec_mix (vec (0.72, 0.58, 0.46), vec (0.06, 0.18, 0.55),
                        smooth_step (-0.02, 0.36, height));

  sky =
    vec_add (sky, vec_scale (vec (1.0, 0.72, 0.38),
                             0.5 * pow (glow, 24.0) + 0.6 * pow (glow, 180.0)
                               + 9.0 * smooth_step (0.9996, 0.9998, glow)));

  double u = dx / (height + 0.11);
  double v = 1.0 / (height + 0.11);
  double cover = fractal_noise (u * 0.9, v * 0.75, 7, 51);
  double lit = fractal_noise (u * 0.9 + 0.14, v * 0.75 - 0.10, 5, 51);
  double cloud = smooth_step (0.0, 0.42, cover) * smooth_step (0.02, 0.16, dy);
  Vec    white = vec_mix (vec (0.52, 0.54, 0.66), vec (1.5, 1.28, 1.05),
                          clamp (0.65 + 2.2 * (cover - lit), 0.0, 1.0));

  return vec_mix (sky, white, 0.92 * cloud);
}

/* Distance turns everything to the color of the air. */
static Vec
through_air (Vec color, double distance)
{
  double air = 1.0 - exp (-distance / 3800.0);

  return vec_mix (color, vec (0.50, 0.56, 0.68), air);
}

typedef struct
{
  Canvas *canvas;
  bool   *water;   /* [height][width] of canvas */
  double  pixels;  /* for a slope of one */
  double  horizon; /* row */
} View;

static double
row_of (const View *view, double y, double z)
{
  return view->horizon - (y - EYE) / z * view->pixels;
}

/* Where a column enters the house, what it sees is a wall. */
static Surface
face_of (Surface surface, Surface before, double x, double z)
{
  double across = -HOUSE_SIN * (x - HOUSE_X) + HOUSE_COS * (z - HOUSE_Z);

  if (surface.material == ROOF && before.material != ROOF
      && before.material != CHIMNEY)
    surface.material = across > -3.0 ? GABLE : WALL;
  return surface;
}

static void
draw_column (View *view, int column)
{
  Canvas *canvas = view->canvas;
  double  dx = (column + 0.5 - 0.5 * canvas->width) / view->pixels;
  int     row = canvas->height; /* all from here down is drawn */
  Surface before = { -1.0, GROUND, 0.0, 0.0 };

  for (double z = 3.0; z < FAR && row > 0; z *= 1.0035)
    {
      double  x = dx * z;
      Surface surface = surface_at (x, z);
      Surface face = face_of (surface, before, x, z);
      double  top = row_of (view, surface.y, z);

      while (row > 0 && row - 0.5 > top)
        {
          int    i = --row * canvas->width + column;
          double y = EYE - (row + 0.5 - view->horizon) * z / view->pixels;

          view->water[i] = face.material == WATER;
          canvas->pixels[i] = through_air (shade (face, x, y, z), z);
        }
      before = surface;
    }
  while (row-- > 0)
    canvas->pixels[row * canvas->width + column] =
      sky_color (dx, (view->horizon - row - 0.5) / view->pixels);
}

/* The water shows what is above it, shaken by ripples. */
static void
draw_water (View *view)
{
  Canvas *canvas = view->canvas;
  int     width = canvas->width;

  for (int i = 0; i < width * canvas->height; i++)
    {
      if (! view->water[i])
        continue;
      int    row = i / width;
      double below = row + 0.5 - view->horizon;
      double z = EYE * view->pixels / below;
      double x = (i % width + 0.5 - 0.5 * width) / view->pixels * z;
      double ripple =
        fractal_noise (x * 0.5, z * 0.9, 4, 91)
        * (0.4
           + 0.6
               * smooth_step (-0.2, 0.3,
                              fractal_noise (x / 30.0, z / 12.0, 2, 92)));
      int    from = (int) (view->horizon - below * (1.0 + 0.22 * ripple)
                        - 0.02 * canvas->height * ripple);
      int    column = (int) (i % width + 0.02 * width * ripple);
      double facing = 0.35 + 0.65 * exp (-3.0 * below / canvas->height);

      from = (int) clamp (from, 0, view->horizon - 1);
      column = (int) clamp (column, 0, width - 1);
      canvas->pixels[i] =
        vec_add (vec_scale (canvas->pixels[from * width + column], facing),
                 vec_scale (vec (0.012, 0.055, 0.06), 1.0 - facing));
    }
}

bool
paint_landscape (Canvas *canvas)
{
  int     width = canvas->width * OVERSAMPLING;
  int     height = canvas->height * OVERSAMPLING;
  Canvas *fine = canvas_new (width, height);
  bool   *water = calloc ((size_t) width * (size_t) height, sizeof *water);
  View    view = { fine, water, FOCAL * width, floor (HORIZON * height) };

  if (fine && water)
    {
      for (int column = 0; column < width; column++)
        draw_column (&view, column);
      draw_water (&view);
      canvas_develop (fine, canvas, OVERSAMPLING);
    }
  bool good = fine && water;

  canvas_free (fine);
  free (water);
  return good;
}
