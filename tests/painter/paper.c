/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper.c: the surface of paper, cloth and plaster */
#include "paper.h"

#include <math.h>

#include "numbers.h"

float *
paper_tooth (const Sheet *sheet, double size, uint32_t seed)
{
  int    width = sheet->width;
  double scale = 1.0 / (size * sheet->px);
  float *tooth = g_new (float, width * sheet->height);

  for (int i = 0; i < width * sheet->height; i++)
    {
      double x = i % width * scale;
      double y = i / width * scale;
      double bumps = 0.60 * noise (x, y, seed)
                     + 0.45 * noise (1.9 * x + 3.0, 1.9 * y, seed + 1)
                     + 0.18 * noise (0.3 * x, 0.3 * y, seed + 2);

      tooth[i] = (float) clamp (0.5 + 0.62 * bumps, 0.0, 1.0);
    }
  return tooth;
}

double
cloth_height (double x, double y, double pitch)
{
  double u = x / pitch + 0.10 * noise (x / pitch * 0.3, y / pitch * 0.07, 91);
  double v = y / pitch + 0.10 * noise (x / pitch * 0.07, y / pitch * 0.3, 92);
  int    column = (int) floor (u);
  int    row = (int) floor (v);
  double across = u - column - 0.5;
  double along = v - row - 0.5;
  int    is_weft = (column + row) & 1;
  double thread = is_weft ? along : across;
  double over = is_weft ? across : along;

  return clamp ((1.0 - 3.2 * thread * thread)
                  * (0.65 + 0.35 * cosine (PI * over)),
                0.0, 1.0);
}
