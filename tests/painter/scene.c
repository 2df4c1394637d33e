/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene.c: what a picture shows, before it is painted */
#include "scene.h"

#include "numbers.h"
#include "sheet.h"

Scene *
scene_new (int long_side, int columns, int rows)
{
  int    longest = MAX (columns, rows);
  Scene *scene = g_new (Scene, 1);

  *scene = (Scene){
    .width = long_side * columns / longest * SHEET_SCALE,
    .height = long_side * rows / longest * SHEET_SCALE,
    .px = long_side / 800.0 * SHEET_SCALE,
  };
  scene->right = (double) scene->width / scene->height;
  scene->spots = g_new0 (Spot, scene->width * scene->height);
  return scene;
}

void
scene_free (Scene *scene)
{
  g_free (scene->spots);
  g_free (scene);
}

const Spot *
scene_spot (const Scene *scene, double x, double y)
{
  int column = (int) clamp (x, 0.0, scene->width - 1);
  int row = (int) clamp (y, 0.0, scene->height - 1);

  return &scene->spots[row * scene->width + column];
}

double
scene_angle (const Scene *scene, double x, double y)
{
  return scene_spot (scene, x, y)->angle;
}

int
scene_region (const Scene *scene, double x, double y)
{
  return scene_spot (scene, x, y)->region;
}

void
scene_add (Scene *scene, Look look, const void *thing)
{
  scene_add_around (scene, look, thing, 0.0, 0.0, 1000.0);
}

void
scene_add_around (Scene      *scene,
                  Look        look,
                  const void *thing,
                  double      x,
                  double      y,
                  double      reach)
{
  double size = scene->height;
  int    left = (int) clamp ((x - reach) * size, 0.0, scene->width);
  int    right = (int) clamp ((x + reach) * size + 1.0, 0.0, scene->width);
  int    top = (int) clamp ((y - reach) * size, 0.0, scene->height);
  int    bottom = (int) clamp ((y + reach) * size + 1.0, 0.0, scene->height);
  int    region = scene->n_regions++;

  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++)
      {
        Spot *spot = &scene->spots[row * scene->width + column];

        if (look (thing, (column + 0.5) / size, (row + 0.5) / size, spot))
          spot->region = region;
      }
}

float *
scene_tones (const Scene *scene, double radius)
{
  int    n = scene->width * scene->height;
  float *tones = g_new (float, n);

  for (int i = 0; i < n; i++)
    tones[i] = rgb_tone (scene->spots[i].color);
  blur (tones, scene->width, scene->height,
        (int) (radius * scene->px * 0.6 + 0.5));
  return tones;
}

Rgb *
scene_colors (const Scene *scene, double radius)
{
  int  n = scene->width * scene->height;
  Rgb *colors = g_new (Rgb, n);

  for (int i = 0; i < n; i++)
    colors[i] = scene->spots[i].color;
  blur_colors (colors, scene->width, scene->height,
               (int) (radius * scene->px * 0.6 + 0.5));
  return colors;
}

guint8 *
scene_outlines (const Scene *scene)
{
  int     width = scene->width;
  guint8 *outlines = g_new0 (guint8, width * scene->height);

  for (int row = 1; row < scene->height; row++)
    for (int column = 1; column < width; column++)
      {
        const Spot *spot = &scene->spots[row * width + column];

        if (spot->region != spot[-1].region
            || spot->region != spot[-width].region)
          outlines[row * width + column] = 255;
      }
  return outlines;
}
