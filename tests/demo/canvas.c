/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.c: a small picture to draw on, and repeatable noise */
#include "canvas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

Vec
vec_unit (Vec a)
{
  return vec_scale (a, 1.0 / sqrt (vec_dot (a, a)));
}

double
clamp (double a, double low, double high)
{
  return a < low ? low : a > high ? high : a;
}

double
smooth_step (double low, double high, double a)
{
  double t = clamp ((a - low) / (high - low), 0.0, 1.0);

  return t * t * (3.0 - 2.0 * t);
}

static double
to_linear (double a)
{
  return a <= 0.04045 ? a / 12.92 : pow ((a + 0.055) / 1.055, 2.4);
}

static double
to_srgb (double a)
{
  return a <= 0.0031308 ? a * 12.92 : 1.055 * pow (a, 1.0 / 2.4) - 0.055;
}

Vec
vec_from_rgb (uint32_t rgb)
{
  return vec (to_linear ((rgb >> 16 & 255) / 255.0),
              to_linear ((rgb >> 8 & 255) / 255.0),
              to_linear ((rgb & 255) / 255.0));
}

/* Scrambles the bits so that neighbors have nothing in common. */
static uint32_t
scramble (uint32_t a)
{
  a = (a ^ a >> 16) * 0x7feb352du;
  a = (a ^ a >> 15) * 0x846ca68bu;
  return a ^ a >> 16;
}

double
next_random (uint32_t *state)
{
  *state += 0x9e3779b9u;
  return scramble (*state) / 4294967296.0;
}

double
cell_random (int x, int y, uint32_t seed)
{
  return scramble ((uint32_t) x ^ scramble ((uint32_t) y ^ scramble (seed)))
         / 4294967296.0;
}

double
noise (double x, double y, uint32_t seed)
{
  int    column = (int) floor (x);
  int    row = (int) floor (y);
  double u = x - column;
  double v = y - row;

  u = u * u * u * (u * (u * 6.0 - 15.0) + 10.0);
  v = v * v * v * (v * (v * 6.0 - 15.0) + 10.0);
  double top = (1.0 - u) * cell_random (column, row, seed)
               + u * cell_random (column + 1, row, seed);
  double bottom = (1.0 - u) * cell_random (column, row + 1, seed)
                  + u * cell_random (column + 1, row + 1, seed);

  return 2.0 * ((1.0 - v) * top + v * bottom) - 1.0;
}

double
fractal_noise (double x, double y, int octaves, uint32_t seed)
{
  double sum = 0.0;
  double size = 0.5;

  for (int i = 0; i < octaves; i++)
    {
      double turned = 0.8 * x - 0.6 * y;

      sum += size * noise (x, y, seed + (uint32_t) i);
      y = 2.0 * (0.6 * x + 0.8 * y);
      x = 2.0 * turned;
      size *= 0.5;
    }
  return sum;
}

Canvas *
canvas_new (int width, int height)
{
  Canvas *canvas = malloc (sizeof *canvas);
  Vec    *pixels = calloc ((size_t) width * (size_t) height, sizeof *pixels);

  if (! canvas || ! pixels)
    {
      free (canvas);
      free (pixels);
      return NULL;
    }
  *canvas = (Canvas){ width, height, pixels };
  return canvas;
}

void
canvas_free (Canvas *canvas)
{
  if (canvas)
    free (canvas->pixels);
  free (canvas);
}

static int
to_byte (double a)
{
  return (int) (255.0 * to_srgb (clamp (a, 0.0, 1.0)) + 0.5);
}

/* The response of film: a toe, a straight part, a shoulder. */
static double
expose (double light)
{
  return pow (1.0 - exp (-1.5 * light), 1.35);
}

void
canvas_develop (const Canvas *fine, Canvas *canvas, int oversampling)
{
  for (int i = 0; i < canvas->width * canvas->height; i++)
    {
      int x = i % canvas->width * oversampling;
      int y = i / canvas->width * oversampling;
      Vec sum = { 0.0, 0.0, 0.0 };

      for (int j = 0; j < oversampling * oversampling; j++)
        {
          Vec at = fine->pixels[(y + j / oversampling) * fine->width + x
                                + j % oversampling];

          at = vec (expose (at.x), expose (at.y), expose (at.z));
          sum = vec_add (sum, at);
        }
      canvas->pixels[i] = vec_scale (sum, 1.0 / (oversampling * oversampling));
    }
}

bool
canvas_save_ppm (const Canvas *canvas, const char *path)
{
  FILE *file = fopen (path, "wb");

  if (! file)
    return false;
  fprintf (file, "P6\n%d %d\n255\n", canvas->width, canvas->height);
  for (int i = 0; i < canvas->width * canvas->height; i++)
    {
      putc (to_byte (canvas->pixels[i].x), file);
      putc (to_byte (canvas->pixels[i].y), file);
      putc (to_byte (canvas->pixels[i].z), file);
    }
  bool good = ! ferror (file);

  return fclose (file) == 0 && good;
}
