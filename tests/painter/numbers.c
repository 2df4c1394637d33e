/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c: functions of numbers that give the same bits on each processor */
#include "numbers.h"

#include <math.h>

double
sine (double a)
{
  double square;

  a -= 2.0 * PI * floor (a / (2.0 * PI) + 0.5);
  if (a > 0.5 * PI)
    a = PI - a;
  else if (a < -0.5 * PI)
    a = -PI - a;
  square = a * a;
  return a
         * (1.0
            - square / 6.0
                * (1.0
                   - square / 20.0
                       * (1.0
                          - square / 42.0
                              * (1.0
                                 - square / 72.0 * (1.0 - square / 110.0)))));
}

double
cosine (double a)
{
  return sine (a + 0.5 * PI);
}

/* For 0..1. */
static double
arc_tangent (double a)
{
  double square = a * a;

  return a
         * (0.99997726
            + square
                * (-0.33262347
                   + square
                       * (0.19354346
                          + square
                              * (-0.11643287
                                 + square
                                     * (0.05265332 - square * 0.01172120)))));
}

double
arc (double y, double x)
{
  double right = fabs (x);
  double up = fabs (y);
  double angle;

  if (right == 0.0 && up == 0.0)
    return 0.0;
  angle = up <= right ? arc_tangent (up / right)
                      : 0.5 * PI - arc_tangent (right / up);
  if (x < 0.0)
    angle = PI - angle;
  return y < 0.0 ? -angle : angle;
}

double
exponential (double a)
{
  double scaled = clamp (a, -700.0, 700.0) * 1.4426950408889634;
  double whole = floor (scaled + 0.5);
  double rest = (scaled - whole) * 0.6931471805599453;
  double sum = 1.0;

  for (int i = 8; i > 0; i--)
    sum = 1.0 + rest * sum / i;
  return ldexp (sum, (int) whole);
}

static double
logarithm (double a)
{
  int    exponent;
  double part = frexp (a, &exponent);
  double ratio = (part - 0.75) / (part + 0.75);
  double square = ratio * ratio;
  double sum = 0.0;

  for (int i = 11; i > 0; i -= 2)
    sum = 1.0 / i + square * sum;
  return 2.0 * ratio * sum + exponent * 0.6931471805599453 - 0.2876820724517809;
}

double
power (double a, double b)
{
  return a > 0.0 ? exponential (b * logarithm (a)) : 0.0;
}

/* ---- chance ------------------------------------------------------------- */

/* Scrambles the bits so that neighbors have nothing in common. */
static uint32_t
scramble (uint32_t a)
{
  a = (a ^ a >> 16) * 0x7feb352du;
  a = (a ^ a >> 15) * 0x846ca68bu;
  return a ^ a >> 16;
}

static uint32_t
scramble_cell (int x, int y, uint32_t seed)
{
  return scramble ((uint32_t) x ^ scramble ((uint32_t) y ^ scramble (seed)));
}

double
next_random (uint32_t *state)
{
  *state += 0x9e3779b9u;
  return scramble (*state) / 4294967296.0;
}

double
next_between (uint32_t *state, double low, double high)
{
  return mix (low, high, next_random (state));
}

double
cell_random (int x, int y, uint32_t seed)
{
  return scramble_cell (x, y, seed) / 4294967296.0;
}

/* The slope (u, v) away from a corner, whose slope depends on its place. */
static double
corner (int x, int y, uint32_t seed, double u, double v)
{
  uint32_t bits = scramble_cell (x, y, seed);
  double   right = (bits & 0xffff) / 32767.5 - 1.0;
  double   down = (bits >> 16) / 32767.5 - 1.0;

  return right * u + down * v;
}

double
noise (double x, double y, uint32_t seed)
{
  int    column = (int) floor (x);
  int    row = (int) floor (y);
  double u = x - column;
  double v = y - row;
  double right = u * u * u * (u * (u * 6.0 - 15.0) + 10.0);
  double down = v * v * v * (v * (v * 6.0 - 15.0) + 10.0);
  double top = mix (corner (column, row, seed, u, v),
                    corner (column + 1, row, seed, u - 1.0, v), right);
  double bottom =
    mix (corner (column, row + 1, seed, u, v - 1.0),
         corner (column + 1, row + 1, seed, u - 1.0, v - 1.0), right);

  return 1.7 * mix (top, bottom, down);
}

double
fractal (double x, double y, int octaves, uint32_t seed)
{
  double sum = 0.0;
  double size = 0.6;

  for (int i = 0; i < octaves; i++)
    {
      double turned = 0.8 * x - 0.6 * y;

      sum += size * noise (x, y, seed + (uint32_t) i);
      y = 2.0 * (0.6 * x + 0.8 * y) + 7.3;
      x = 2.0 * turned + 3.1;
      size *= 0.5;
    }
  return sum;
}

double
cell_edge (double x, double y, uint32_t seed, double *ret_cell)
{
  int    column = (int) floor (x);
  int    row = (int) floor (y);
  double best = 9.0;
  double second = 9.0;

  for (int i = 0; i < 9; i++)
    {
      int    there = column + i % 3 - 1;
      int    down = row + i / 3 - 1;
      double right = there + cell_random (there, down, seed) - x;
      double below = down + cell_random (there, down, seed + 1) - y;
      double away = length_of (right, below);

      if (away < best)
        {
          second = best;
          best = away;
          if (ret_cell)
            *ret_cell = cell_random (there, down, seed + 2);
        }
      else if (away < second)
        second = away;
    }
  return second - best;
}
