/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print.c: a scene cut into blocks of wood or linoleum, and printed */
#include "print.h"

#include <math.h>

#include "numbers.h"

typedef struct
{
  const Scene   *scene;
  const Carving *carving;
  const float   *tones;
  Stroke        *stroke;
  float         *block;
} Carver;

/* A cut: wide where the scene is light, pointed at its ends. */
static void
cut (void *data, Knot *knots, int n_knots)
{
  Carver        *carver = data;
  const Carving *carving = carver->carving;
  const Scene   *scene = carver->scene;
  double         rough = carving->rough * scene->px;

  for (int i = 0; i < n_knots; i++)
    {
      int    at = (int) knots[i].y * scene->width + (int) knots[i].x;
      double t = (i + 0.5) / n_knots;
      double ends = smooth_step (0.0, fmin (3.5 / n_knots, 0.5), t)
                    * smooth_step (1.0, 1.0 - fmin (3.5 / n_knots, 0.5), t);
      double tone =
        smooth_step (carving->dark, carving->light, carver->tones[at]);

      knots[i].half *= 2.0 * carving->widest * tone * (0.25 + 0.75 * ends);
      knots[i].half -= rough
                       * (0.5
                          + 0.5
                              * noise (knots[i].x / (4.0 * scene->px),
                                       knots[i].y / (4.0 * scene->px), 91));
      knots[i].half = fmax (knots[i].half, 0.0);
    }
  stroke_trace (carver->stroke, knots, n_knots);
  for (int i = 0; i < carver->stroke->n_touches; i++)
    {
      const Touch *touch = &carver->stroke->touches[i];

      carver->block[touch->pixel] =
        fminf (carver->block[touch->pixel], 1.0f - touch->cover);
    }
}

/* Leaves lines along the outlines. */
static void
leave_outlines (Carver *carver)
{
  const Scene *scene = carver->scene;
  guint8      *outlines = scene_outlines (scene);
  float       *away = distances (outlines, scene->width, scene->height);
  double       px = scene->px;

  for (int i = 0; i < scene->width * scene->height; i++)
    {
      double x = i % scene->width / px;
      double y = i / scene->width / px;
      double half = carver->carving->outline * px
                    * (1.0 + 0.45 * noise (x / 17.0, y / 17.0, 92)
                       + 0.25 * noise (x / 3.0, y / 3.0, 93));

      carver->block[i] = fmaxf (carver->block[i],
                                (float) clamp (half + 0.5 - away[i], 0.0, 1.0));
    }
  g_free (outlines);
  g_free (away);
}

/* What a block that is carved with lines along the scene prints, 0..1,
 * [height][width]; owned by the caller. */
static float *
block_carve (const Scene *scene, const Carving *carving)
{
  int    n = scene->width * scene->height;
  float *tones = scene_tones (scene, 1.5);
  Carver carver = { scene, carving, tones,
                    stroke_new (scene->width, scene->height),
                    g_new (float, n) };

  for (int i = 0; i < n; i++)
    carver.block[i] = 1.0f;
  lines_draw (scene, carver.stroke, &carving->lines, cut, &carver);
  if (carving->outline > 0.0)
    leave_outlines (&carver);
  stroke_free (carver.stroke);
  g_free (tones);
  return carver.block;
}

/* Prints @block unevenly, @right and @down pixels of a picture 800 wide off its
 * place. */
static void
block_print (Sheet       *sheet,
             const float *block,
             Rgb          ink,
             double       grain,
             double       right,
             double       down)
{
  double px = sheet->px;

  for (int i = 0; i < sheet->width * sheet->height; i++)
    {
      int    column = i % sheet->width;
      int    row = i / sheet->width;
      int    from_x = (int) clamp (column - right * px, 0, sheet->width - 1);
      int    from_y = (int) clamp (row - down * px, 0, sheet->height - 1);
      double x = column / px;
      double y = row / px;
      double bent = y + 7.0 * fractal (x / 120.0, y / 60.0, 3, 94);
      double wood = noise (x / 90.0, bent / 1.7, 95)
                    + 0.6 * noise (x / 40.0, bent / 5.0, 96);
      double speck =
        noise (x / 1.1, y / 1.1, 97) + 0.5 * noise (x / 2.6, y / 2.6, 98);
      double uneven = fractal (x / 110.0, y / 110.0, 3, 99);
      double taken = 0.93 - grain * 0.55 * smooth_step (0.35, 0.9, wood)
                     - 0.55 * smooth_step (0.78, 1.15, speck - 0.25 * uneven)
                     + 0.12 * uneven;
      double cover = block[from_y * sheet->width + from_x];

      sheet->color[i] =
        rgb_mix (sheet->color[i],
                 rgb_shift (rgb_multiply (rgb_mix (sheet->color[i],
                                                   rgb (1, 1, 1), 0.6),
                                          ink),
                            0.02 * speck, 0.0),
                 clamp (taken, 0.0, 1.0) * cover);
    }
}

/* A block that prints where @index is the nearest of @inks to the scene's
 * colors; owned by the caller. */
static float *
block_of_color (const Scene *scene, const Palette *inks, int index)
{
  int    n = scene->width * scene->height;
  Rgb   *colors = scene_colors (scene, 2.5);
  float *block = g_new (float, n);

  for (int i = 0; i < n; i++)
    {
      double least = 1e9;
      int    best = 0;

      for (int k = 0; k < inks->n_colors; k++)
        {
          Rgb    ink = rgb_from_hex (inks->colors[k]);
          double red = ink.r - colors[i].r;
          double green = ink.g - colors[i].g;
          double blue = ink.b - colors[i].b;
          double away = red * red + 1.5 * green * green + blue * blue;

          if (away < least)
            {
              least = away;
              best = k;
            }
        }
      block[i] = best == index ? 1.0f : 0.0f;
    }
  blur (block, scene->width, scene->height, 1);
  g_free (colors);
  return block;
}

Sheet *
print_edition (const Scene *scene, const Edition *edition)
{
  Sheet *sheet = sheet_new (scene->width, scene->height, scene->px,
                            rgb_from_hex (edition->paper));
  float *block;

  for (int i = 1; i < edition->inks.n_colors; i++)
    {
      block = block_of_color (scene, &edition->inks, i);
      block_print (sheet, block, rgb_from_hex (edition->inks.colors[i]),
                   edition->grain, edition->right[i % 2 ? 0 : 1],
                   edition->down[i % 3 ? 0 : 1]);
      g_free (block);
    }
  block = block_carve (scene, &edition->key);
  block_print (sheet, block, rgb_from_hex (edition->key_ink),
               edition->key_grain, 0.0, 0.0);
  g_free (block);
  return sheet;
}
