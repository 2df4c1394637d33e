/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.c: colors of paint */
#include "color.h"

Rgb
rgb_from_hex (uint32_t hex)
{
  return rgb ((hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0,
              (hex & 255) / 255.0);
}

Rgb
rgb_saturate (Rgb a, double s)
{
  float gray = rgb_tone (a);

  return rgb (clamp (mix (gray, a.r, s), 0.0, 1.0),
              clamp (mix (gray, a.g, s), 0.0, 1.0),
              clamp (mix (gray, a.b, s), 0.0, 1.0));
}

Rgb
rgb_shift (Rgb a, double light, double warm)
{
  return rgb (clamp (a.r + light + warm, 0.0, 1.0),
              clamp (a.g + light + 0.2 * warm, 0.0, 1.0),
              clamp (a.b + light - warm, 0.0, 1.0));
}

Rgb
rgb_glaze (Rgb paper, Rgb pigment, double density)
{
  return rgb (paper.r * power (clamp (pigment.r, 0.02, 1.0), density),
              paper.g * power (clamp (pigment.g, 0.02, 1.0), density),
              paper.b * power (clamp (pigment.b, 0.02, 1.0), density));
}

Rgb
palette_pick (const Palette *palette, double at)
{
  double place = clamp (at, 0.0, 0.99999) * (palette->n_colors - 1);
  int    i = (int) place;

  if (palette->n_colors == 1)
    return rgb_from_hex (palette->colors[0]);
  return rgb_mix (rgb_from_hex (palette->colors[i]),
                  rgb_from_hex (palette->colors[i + 1]), place - i);
}
