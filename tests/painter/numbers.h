/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.h: functions of numbers that give the same bits on each processor
 *
 * The C library's sin(), exp() and pow() round differently from version to
 * version and from processor to processor.  These are made of operations that
 * IEEE 754 defines to the last bit; their relative error is below 1e-5.
 */
#pragma once

#include <math.h>
#include <stdint.h>

#define PI 3.14159265358979323846

/* So that what is not needed is not computed. */
#define PURE __attribute__ ((const))

double sine (double a) PURE;
double cosine (double a) PURE;

/* Angle of the vector (@x, @y), -PI..PI; 0 for the zero vector. */
double arc (double y, double x) PURE;

double exponential (double a) PURE;

/* @a to the power of @b; 0 if @a is not positive. */
double power (double a, double b) PURE;

static inline double
length_of (double x, double y)
{
  return sqrt (x * x + y * y);
}

static inline double
clamp (double a, double low, double high)
{
  return a < low ? low : a > high ? high : a;
}

static inline double
mix (double a, double b, double t)
{
  return a + (b - a) * t;
}

/* 0 up to @low, 1 from @high, smooth between. */
static inline double
smooth_step (double low, double high, double a)
{
  double t = clamp ((a - low) / (high - low), 0.0, 1.0);

  return t * t * (3.0 - 2.0 * t);
}

/* A new number in 0..1 at each call; @state: any start value. */
double next_random (uint32_t *state);

/* The same, in @low..@high. */
double next_between (uint32_t *state, double low, double high);

/* The same number in 0..1 for the same cell of the plane. */
double cell_random (int x, int y, uint32_t seed) PURE;

/* Gradient noise, about -1..1, one feature per unit. */
double noise (double x, double y, uint32_t seed) PURE;

/* Sum of @octaves of noise, each half as strong and twice as fine. */
double fractal (double x, double y, int octaves, uint32_t seed) PURE;

/* Distance to the nearest edge between cells of about one unit, whose centers
 * are scattered; @ret_cell: a number of the cell's own, 0..1, or NULL. */
double cell_edge (double x, double y, uint32_t seed, double *ret_cell);
