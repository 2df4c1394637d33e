/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.h: a small picture to draw on, and repeatable noise */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct
{
  double x, y, z;
} Vec; /* a place, a direction, or a color in linear light */

typedef struct
{
  int  width;
  int  height;
  Vec *pixels; /* [height][width], owned */
} Canvas;

static inline Vec
vec (double x, double y, double z)
{
  return (Vec){ x, y, z };
}

static inline Vec
vec_add (Vec a, Vec b)
{
  return vec (a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline Vec
vec_scale (Vec a, double s)
{
  return vec (a.x * s, a.y * s, a.z * s);
}

static inline Vec
vec_mul (Vec a, Vec b)
{
  return vec (a.x * b.x, a.y * b.y, a.z * b.z);
}

static inline Vec
vec_mix (Vec a, Vec b, double t)
{
  return vec_add (vec_scale (a, 1.0 - t), vec_scale (b, t));
}

static inline double
vec_dot (Vec a, Vec b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

Vec vec_unit (Vec a);

/* Linear light of the sRGB color 0xRRGGBB. */
Vec vec_from_rgb (uint32_t rgb);

double clamp (double a, double low, double high);

/* 0 up to @low, 1 from @high, smooth between. */
double smooth_step (double low, double high, double a);

/* A new number in 0..1 at each call; @state: any start value. */
double next_random (uint32_t *state);

/* The same number in 0..1 for the same cell of the plane. */
double cell_random (int x, int y, uint32_t seed);

/* Smooth noise, -1..1, one feature per unit. */
double noise (double x, double y, uint32_t seed);

/* Sum of @octaves of noise, each half as large and twice as fine. */
double fractal_noise (double x, double y, int octaves, uint32_t seed);

/* Black; NULL when there is no memory. */
Canvas *canvas_new (int width, int height);
void    canvas_free (Canvas *canvas);

/* Writes a binary PPM, sRGB.  Returns false when that fails. */
bool canvas_save_ppm (const Canvas *canvas, const char *path);

/* canvas_develop:
 * Averages @oversampling x @oversampling pixels of @fine for each of @canvas,
 * with the response of film. */
void canvas_develop (const Canvas *fine, Canvas *canvas, int oversampling);

/* Three photos, and a painting.  False when there is no memory. */
bool paint_landscape (Canvas *canvas);
bool paint_canal (Canvas *canvas);
bool paint_fruit (Canvas *canvas);
bool paint_brushwork (Canvas *canvas);
