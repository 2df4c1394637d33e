/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.c: paper, board or canvas, with what lies on it */
#include "sheet.h"

#include <math.h>

#include "numbers.h"

Sheet *
sheet_new (int width, int height, double px, Rgb ground)
{
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet){ width, height, px, g_new (Rgb, width * height),
                    g_new0 (float, width *height) };
  for (int i = 0; i < width * height; i++)
    sheet->color[i] = ground;
  return sheet;
}

void
sheet_free (Sheet *sheet)
{
  g_free (sheet->color);
  g_free (sheet->paint);
  g_free (sheet);
}

void
sheet_light (Sheet *sheet, double relief, double gloss)
{
  int width = sheet->width;

  for (int row = sheet->height - 1; row > 0; row--)
    for (int column = width - 1; column > 0; column--)
      {
        int    at = row * width + column;
        double slope = 2.0 * sheet->paint[at] - sheet->paint[at - 1]
                       - sheet->paint[at - width];
        double light = clamp (1.0 + relief * slope, 0.5, 1.5);
        double shine = gloss * smooth_step (0.35, 1.2, slope);

        sheet->color[at] = rgb_add (rgb_scale (sheet->color[at], light), shine);
      }
}

guint8 *
sheet_finish (const Sheet *sheet)
{
  int     width = sheet->width / SHEET_SCALE;
  int     height = sheet->height / SHEET_SCALE;
  guint8 *bytes = g_new (guint8, width * height * 3);

  for (int i = 0; i < width * height; i++)
    {
      const Rgb *at =
        &sheet->color[i / width * 2 * sheet->width + i % width * 2];
      const Rgb *below = at + sheet->width;

      for (int k = 0; k < 3; k++)
        {
          double sum = 0.0;

          for (int j = 0; j < 2; j++)
            sum += clamp ((&at[j].r)[k], 0.0, 1.0)
                   + clamp ((&below[j].r)[k], 0.0, 1.0);
          bytes[3 * i + k] = (guint8) (sum * 63.75 + 0.5);
        }
    }
  return bytes;
}

/* ---- blur --------------------------------------------------------------- */

/* One box over a line of @n values, @stride apart. */
static void
blur_line (float *values, int n, int stride, int radius, float *line)
{
  double sum = 0.0;

  for (int i = 0; i < n; i++)
    line[i] = values[i * stride];
  for (int i = -radius; i <= radius; i++)
    sum += line[(int) clamp (i, 0, n - 1)];
  for (int i = 0; i < n; i++)
    {
      values[i * stride] = (float) (sum / (2 * radius + 1));
      sum += line[(int) clamp (i + radius + 1, 0, n - 1)]
             - line[(int) clamp (i - radius, 0, n - 1)];
    }
}

/* @step: from one pixel to the next, in values */
static void
blur_plane (float *values, int width, int height, int step, int radius)
{
  float *line = g_new (float, MAX (width, height));

  for (int i = 0; i < 3 && radius > 0; i++)
    {
      for (int row = 0; row < height; row++)
        blur_line (values + row * width * step, width, step, radius, line);
      for (int column = 0; column < width; column++)
        blur_line (values + column * step, height, width * step, radius, line);
    }
  g_free (line);
}

void
blur (float *values, int width, int height, int radius)
{
  blur_plane (values, width, height, 1, radius);
}

void
blur_colors (Rgb *colors, int width, int height, int radius)
{
  for (int k = 0; k < 3; k++)
    blur_plane (&colors[0].r + k, width, height, 3, radius);
}

/* ---- distances ---------------------------------------------------------- */

/* Lower envelope of parabolas over @n squared distances, @stride apart
 * (Felzenszwalb and Huttenlocher, 2012). */
static void
distance_line (float *squares, int n, int stride, float *line, int *vertices)
{
  int     k = 0;
  double *from = g_new (double, n + 1);

  for (int i = 0; i < n; i++)
    line[i] = squares[i * stride];
  vertices[0] = 0;
  from[0] = -1e20;
  from[1] = 1e20;
  for (int i = 1; i < n; i++)
    {
      double meet;

      for (;; k--)
        {
          int v = vertices[k];

          meet = ((line[i] + (double) i * i) - (line[v] + (double) v * v))
                 / (2.0 * (i - v));
          if (meet > from[k])
            break;
        }
      vertices[++k] = i;
      from[k] = meet;
      from[k + 1] = 1e20;
    }
  k = 0;
  for (int i = 0; i < n; i++)
    {
      while (from[k + 1] < i)
        k++;
      squares[i * stride] =
        line[vertices[k]] + (float) (i - vertices[k]) * (i - vertices[k]);
    }
  g_free (from);
}

float *
distances (const guint8 *mask, int width, int height)
{
  int    longest = MAX (width, height);
  float *squares = g_new (float, width *height);
  float *line = g_new (float, longest);
  int   *vertices = g_new (int, longest);

  for (int i = 0; i < width * height; i++)
    squares[i] = mask[i] ? 0.0f : 1e9f;
  for (int column = 0; column < width; column++)
    distance_line (squares + column, height, width, line, vertices);
  for (int row = 0; row < height; row++)
    distance_line (squares + row * width, width, 1, line, vertices);
  for (int i = 0; i < width * height; i++)
    squares[i] = sqrtf (squares[i]);
  g_free (line);
  g_free (vertices);
  return squares;
}
