/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.h: colors of paint, as sRGB values in 0..1 */
#pragma once

#include "numbers.h"

typedef struct
{
  float r, g, b;
} Rgb;

/* A row of colors, to be picked from by a number in 0..1. */
typedef struct
{
  int      n_colors;
  uint32_t colors[8]; /* 0xRRGGBB */
} Palette;

static inline Rgb
rgb (double r, double g, double b)
{
  return (Rgb){ (float) r, (float) g, (float) b };
}

Rgb rgb_from_hex (uint32_t hex);
static inline Rgb
rgb_mix (Rgb a, Rgb b, double t)
{
  return rgb (mix (a.r, b.r, t), mix (a.g, b.g, t), mix (a.b, b.b, t));
}

static inline Rgb
rgb_scale (Rgb a, double s)
{
  return rgb (a.r * s, a.g * s, a.b * s);
}

static inline Rgb
rgb_add (Rgb a, double s)
{
  return rgb (a.r + s, a.g + s, a.b + s);
}

static inline Rgb
rgb_multiply (Rgb a, Rgb b)
{
  return (Rgb){ a.r * b.r, a.g * b.g, a.b * b.b };
}

static inline float
rgb_tone (Rgb a)
{
  return 0.30f * a.r + 0.59f * a.g + 0.11f * a.b;
}

/* Away from gray for @s above 1, towards it below. */
Rgb rgb_saturate (Rgb a, double s);

/* Lighter and warmer for positive @light and @warm, by about these amounts. */
Rgb rgb_shift (Rgb a, double light, double warm);

/* What is left of light that a layer of @pigment lets through, whose color it
 * shows where @density is 1, on paper of the color @paper. */
Rgb rgb_glaze (Rgb paper, Rgb pigment, double density);

Rgb palette_pick (const Palette *palette, double at);
