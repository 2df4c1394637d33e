/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start.c: the picture that the optimization starts from */
#include "start.h"

#include <math.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/shape.h"
#include "tiling.h"

#define GRAY         0.5
#define FAINT        0.02 /* standard deviations */
#define STRONG       0.15
#define FIRST_OCTAVE 2 /* grains of 4 pixels */
#define LAST_OCTAVE  6 /* of 64 pixels */

/* Standard normal, by Box and Muller. */
static double
normal_random (GRand *random)
{
  double u = 1 - g_rand_double (random);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * g_rand_double (random));
}

static void
fill_with_noise (gsize n, float *values, GRand *random)
{
  for (gsize i = 0; i < n; i++)
    values[i] = normal_random (random);
}

/* Without faint noise a flat area has the same gradient everywhere and stays
 * flat.
 */
static void
add_faint_noise (PstPicture *picture, double deviation, GRand *random)
{
  gsize n = 3 * (gsize) picture->width * picture->height;

  for (gsize i = 0; i < n; i++)
    picture->rgb[i] =
      CLAMP (picture->rgb[i] + deviation * normal_random (random), 0.0, 1.0);
}

/* Values of grains that are @side pixels apart. */
static gsize
n_grains (int side, int width, int height)
{
  return 3 * (gsize) (height / side + 2) * (width / side + 2);
}

/* @noise += @grains, [..][width / side + 2][3], with bilinear interpolation
 * between grains that are @side pixels apart. */
static void
add_octave (int height, int width, int side, const float *grains, float *noise)
{
  gsize row = 3 * (gsize) (width / side + 2);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, noise += 3)
      {
        const float *at = grains + y / side * row + 3 * (x / side);
        float        fx = (float) (x % side) / side;
        float        fy = (float) (y % side) / side;

        for (int c = 0; c < 3; c++)
          {
            float upper = at[c] + fx * (at[3 + c] - at[c]);
            float lower = at[row + c] + fx * (at[row + 3 + c] - at[row + c]);

            noise[c] += upper + fy * (lower - upper);
          }
      }
}

/* Noise with grains of all sizes, equally strong: unlike white noise it does
 * not average out over large areas, and so can change their light and color.
 * @noise: [height][width][3] */
static gboolean
fill_with_octaves (int      height,
                   int      width,
                   float   *noise,
                   GRand   *random,
                   GError **error)
{
  memset (noise, 0, sizeof (float) * 3 * height * width);
  for (int octave = FIRST_OCTAVE; octave <= LAST_OCTAVE; octave++)
    {
      int               side = 1 << octave;
      gsize             n = n_grains (side, width, height);
      g_autofree float *grains = g_try_new (float, n);

      if (! grains)
        return pst_fail_memory (error);
      fill_with_noise (n, grains, random);
      add_octave (height, width, side, grains, noise);
    }
  return TRUE;
}

/* picture = cos (angle) picture + sin (angle) noise, which has the picture's
 * mean and spread in each channel, or GRAY and STRONG where nothing is left of
 * that. */
static gboolean
mix_with_noise (PstPicture *picture,
                double      angle,
                GRand      *random,
                GError    **error)
{
  gsize             n = (gsize) picture->width * picture->height;
  double            share = cos (angle);
  g_autofree float *noise = g_try_new (float, 3 * n);
  PstColorStats     of_picture = pst_picture_color_stats (picture);
  PstColorStats     of_noise;
  double            strength[3], unit[3];

  if (! noise)
    return pst_fail_memory (error);
  if (! fill_with_octaves (picture->height, picture->width, noise, random,
                           error))
    return FALSE;
  pst_color_stats (n, noise, NULL, &of_noise);
  for (int c = 0; c < 3; c++)
    {
      strength[c] =
        sin (angle)
        * (share * sqrt (of_picture.covariance[c][c]) + (1 - share) * STRONG);
      unit[c] = sqrt (MAX (of_noise.covariance[c][c], 1e-6));
    }
  for (gsize i = 0; i < 3 * n; i++)
    picture->rgb[i] =
      share * picture->rgb[i] + (1 - share) * GRAY
      + strength[i % 3] * (noise[i] - of_noise.mean[i % 3]) / unit[i % 3];
  return TRUE;
}

/* @rgb += what @colors change in @original, where @region is */
static gboolean
give_region_colors (const PstPicture    *original,
                    const PstRegions    *regions,
                    int                  region,
                    const PstColorStats *colors,
                    float               *rgb,
                    GError             **error)
{
  gsize             n = (gsize) original->width * original->height;
  const PstFrame    frame = { original->width, original->height, 0, FALSE };
  g_autofree float *weights = NULL;
  g_autofree float *mask = NULL;
  g_autoptr (PstPicture) changed = NULL;
  PstColorStats from;

  if (regions->shares[region] <= 0)
    return TRUE;
  mask = pst_regions_dup_mask (regions, region, &frame, NULL, error);
  weights =
    pst_regions_dup_mask (regions, region, &frame, original->alpha, error);
  changed = pst_picture_pad (original, 0, FALSE, error);
  if (! mask || ! weights || ! changed)
    return FALSE;
  pst_color_stats (n, original->rgb, weights, &from);
  pst_color_match (n, changed->rgb, &from, colors);
  pst_clamp (changed->rgb, 3 * n);
  for (gsize i = 0; i < 3 * n; i++)
    rgb[i] += mask[i / 3] * (changed->rgb[i] - original->rgb[i]);
  return TRUE;
}

static gboolean
give_colors (PstPicture          *picture,
             const PstRegions    *regions,
             const PstColorStats *colors,
             GError             **error)
{
  g_autoptr (PstPicture) original = NULL;

  if (! pst_regions_masked (regions))
    {
      pst_picture_give_colors (picture, &colors[0]);
      return TRUE;
    }
  original = pst_picture_pad (picture, 0, FALSE, error);
  if (! original)
    return FALSE;
  for (int r = 0; r < regions->n; r++)
    if (! give_region_colors (original, regions, r, &colors[r], picture->rgb,
                              error))
      return FALSE;
  return TRUE;
}

static gboolean
make_tileable (PstPicture *picture, GError **error)
{
  g_autoptr (PstPicture) original = pst_picture_pad (picture, 0, FALSE, error);

  if (! original)
    return FALSE;
  pst_tiling_crossfade (picture->height, picture->width, original->rgb,
                        picture->rgb);
  return TRUE;
}

gboolean
pst_start_make (PstPicture          *picture,
                const PstSettings   *settings,
                const PstRegions    *regions,
                const PstColorStats *colors,
                GError             **error)
{
  GRand   *random = g_rand_new_with_seed (settings->seed);
  double   angle = cbrt (settings->freedom / 100) * G_PI / 2; /* looks even */
  gboolean success =
    (angle <= 0 || mix_with_noise (picture, angle, random, error))
    && give_colors (picture, regions, colors, error)
    && (! settings->tileable || make_tileable (picture, error));

  if (success)
    add_faint_noise (picture, FAINT * cos (angle), random);
  g_rand_free (random);
  return success;
}

/* Of give_colors(). */
static gsize
give_colors_bytes (PstSize size, gboolean has_alpha, int n_masks)
{
  const PstFrame frame = { size.width, size.height, 0, FALSE };
  gsize          picture = pst_picture_bytes (size, has_alpha);
  gsize          mask = pst_regions_bytes (1, size);
  gsize          dup_mask = pst_regions_dup_mask_bytes (size, &frame);

  if (n_masks == 0)
    return 0;
  /* the original; mask, weights, and the changed copy of a region */
  return pst_size_add (pst_size_add (picture, mask),
                       MAX (dup_mask, pst_size_add (mask, picture)));
}

gsize
pst_start_bytes (const PstSettings *settings,
                 PstSize            size,
                 gboolean           has_alpha,
                 int                n_masks)
{
  gsize grains =
    pst_size_mul (n_grains (1 << FIRST_OCTAVE, size.width, size.height),
                  sizeof (float));
  gsize noise = pst_size_add (pst_picture_bytes (size, FALSE), grains);
  gsize colors = give_colors_bytes (size, has_alpha, n_masks);
  gsize original = pst_picture_bytes (size, has_alpha);

  return MAX (MAX (settings->freedom > 0 ? noise : 0, colors),
              settings->tileable ? original : 0);
}
