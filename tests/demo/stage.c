/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.c: things given by their distance functions, as a photo shows them */
#include "stage.h"

#include <math.h>
#include <stddef.h>

#define OVERSAMPLING 2
#define STEPS        160
#define FAR          140.0
#define TOUCH        0.0006 /* nearer than this, in distances from the eye */

double
box_distance (Vec at, Vec half)
{
  double x = fabs (at.x) - half.x;
  double y = fabs (at.y) - half.y;
  double z = fabs (at.z) - half.z;
  Vec    out = vec (fmax (x, 0.0), fmax (y, 0.0), fmax (z, 0.0));

  return sqrt (vec_dot (out, out)) + fmin (fmax (x, fmax (y, z)), 0.0);
}

double
blend_distance (double a, double b, double radius)
{
  double t = fmax (radius - fabs (a - b), 0.0) / radius;

  return fmin (a, b) - 0.25 * t * t * radius;
}

static Vec
along (Vec from, Vec direction, double distance)
{
  return vec_add (from, vec_scale (direction, distance));
}

static Vec
normal_at (const Stage *stage, Vec at, double distance)
{
  double step = fmax (1e-4, 4e-4 * distance);
  double here = stage->nearest (at).distance;

  return vec_unit (
    vec (stage->nearest (along (at, vec (1, 0, 0), step)).distance - here,
         stage->nearest (along (at, vec (0, 1, 0), step)).distance - here,
         stage->nearest (along (at, vec (0, 0, 1), step)).distance - here));
}

/* How much of the sun is seen from @at, 0..1. */
static double
sun_seen (const Stage *stage, Vec at)
{
  double seen = 1.0;
  double distance = 0.02;

  for (int i = 0; i < 60 && distance < 40.0; i++)
    {
      double near = stage->nearest (along (at, stage->sun, distance)).distance;

      if (near < 1e-4)
        return 0.0;
      seen = fmin (seen, near / (stage->softness * distance));
      distance += clamp (near, 0.01, 1.5);
    }
  return smooth_step (0.0, 1.0, seen);
}

/* How much of the sky is seen from @at along @normal, 0..1. */
static double
sky_seen (const Stage *stage, Vec at, Vec normal)
{
  double hidden = 0.0;
  double weight = 0.5;

  for (int i = 1; i <= 5; i++)
    {
      double step = 0.03 * i * i;

      hidden +=
        weight
        * fmax (step - stage->nearest (along (at, normal, step)).distance, 0.0)
        / step;
      weight *= 0.6;
    }
  return clamp (1.0 - 0.85 * hidden, 0.0, 1.0);
}

static Vec
light_of (const Stage *stage, Vec at, Vec normal, Vec ray, Paint paint)
{
  Vec    lit = along (at, normal, 0.004);
  double facing = fmax (vec_dot (normal, stage->sun), 0.0);
  double sun = facing > 0.0 ? sun_seen (stage, lit) : 0.0;
  double sky = sky_seen (stage, lit, normal) * (0.62 + 0.38 * normal.y);
  Vec    half = vec_unit (vec_add (stage->sun, vec_scale (ray, -1.0)));
  double shine = paint.gloss * pow (fmax (vec_dot (half, normal), 0.0), 70.0);
  Vec    light = vec_add (vec_scale (stage->sunlight, sun * facing),
                          vec_scale (stage->skylight, sky));

  return vec_add (vec_mul (paint.color, light),
                  vec_scale (stage->sunlight, 1.4 * sun * shine));
}

/* Light that comes from where @ray goes; it is mirrored @mirrors times. */
static Vec
look (const Stage *stage, Vec from, Vec ray, int mirrors)
{
  double distance = 0.01;
  Near   near = { 0.0, 0 };

  for (int i = 0; i < STEPS && distance < FAR; i++)
    {
      near = stage->nearest (along (from, ray, distance));
      if (near.distance < TOUCH * distance)
        break;
      distance += near.distance;
    }
  if (distance >= FAR)
    return stage->sky (ray);

  Vec    at = along (from, ray, distance);
  Vec    normal = normal_at (stage, at, distance);
  Paint  paint = stage->paint (near.material, at, &normal);
  Vec    light = light_of (stage, at, normal, ray, paint);
  double facing = -vec_dot (ray, normal);

  if (paint.mirror > 0.0 && mirrors > 0)
    {
      double share =
        paint.mirror
        + (1.0 - paint.mirror) * pow (1.0 - clamp (facing, 0, 1), 4.0);
      Vec mirrored = vec_unit (along (ray, normal, 2.0 * facing));

      light =
        vec_mix (light,
                 look (stage, along (at, normal, 0.01), mirrored, mirrors - 1),
                 share);
    }
  return vec_mix (light, stage->sky (vec_unit (vec (ray.x, 0.02, ray.z))),
                  1.0 - exp (-distance / stage->haze));
}

bool
stage_photograph (const Stage *stage, Canvas *canvas)
{
  int     width = canvas->width * OVERSAMPLING;
  int     height = canvas->height * OVERSAMPLING;
  Canvas *fine = canvas_new (width, height);
  Vec     ahead = vec_unit (along (stage->target, stage->eye, -1.0));
  Vec     right = vec_unit (vec (ahead.z, 0.0, -ahead.x));
  Vec     up = vec (ahead.y * right.z - ahead.z * right.y,
                    ahead.z * right.x - ahead.x * right.z,
                    ahead.x * right.y - ahead.y * right.x);

  for (int i = 0; fine && i < width * height; i++)
    {
      double x = (i % width + 0.5) / width - 0.5;
      double y = (0.5 * height - i / width - 0.5) / width;
      Vec    ray =
        along (along (vec_scale (ahead, stage->focal), right, x), up, y);

      fine->pixels[i] = look (stage, stage->eye, vec_unit (ray), 2);
    }
  if (fine)
    canvas_develop (fine, canvas, OVERSAMPLING);
  canvas_free (fine);
  return fine != NULL;
}
