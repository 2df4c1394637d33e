/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start.c: the picture that the optimisation starts from */
#include "start.h"

#include <math.h>
#include <string.h>

#include "shape.h"
#include "wrap.h"

/* Standard deviations of noise. */
#define FAINT  0.02
#define STRONG 0.15

/* Standard normal, by Box and Muller. */
static double
normal_random (GRand *random)
{
  double u = 1 - g_rand_double (random);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * g_rand_double (random));
}

static void
add_noise (PstPicture *picture,
           double      deviation,
           GRand      *random)
{
  gsize n = 3 * (gsize) picture->width * picture->height;

  for (gsize i = 0; i < n; i++)
    picture->rgb[i] = CLAMP (picture->rgb[i]
                             + deviation * normal_random (random), 0.0, 1.0);
}

/* Around a medium gray, whose colours are matched to the style's then. */
static void
replace_by_noise (PstPicture *picture,
                  GRand      *random)
{
  gsize n = 3 * (gsize) picture->width * picture->height;

  for (gsize i = 0; i < n; i++)
    picture->rgb[i] = 0.5;
  add_noise (picture, STRONG, random);
}

/* @rgb += what @colors change in @original, where @region is */
static gboolean
give_region_colors (const PstPicture     *original,
                    const PstRegions     *regions,
                    int                   region,
                    const PstColorStats  *colors,
                    float                *rgb,
                    GError              **error)
{
  gsize                  n = (gsize) original->width * original->height;
  g_autofree float      *weights = NULL;
  g_autofree float      *mask = NULL;
  g_autoptr (PstPicture) changed = NULL;
  PstColorStats          from;

  if (regions->shares[region] <= 0)
    return TRUE;
  mask = pst_regions_dup_mask (regions, region, original->width,
                               original->height, 0, FALSE, NULL, error);
  weights = pst_regions_dup_mask (regions, region, original->width,
                                  original->height, 0, FALSE, original->alpha,
                                  error);
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
give_colors (PstPicture           *picture,
             const PstRegions     *regions,
             const PstColorStats  *colors,
             GError              **error)
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
make_tileable (PstPicture  *picture,
               GError     **error)
{
  g_autoptr (PstPicture) original = pst_picture_pad (picture, 0, FALSE, error);

  if (! original)
    return FALSE;
  pst_wrap_crossfade (picture->height, picture->width, original->rgb,
                      picture->rgb);
  return TRUE;
}

/* Without faint noise a flat area has the same gradient everywhere and stays flat.
 */
gboolean
pst_start_make (PstPicture           *picture,
                PstStart              start,
                gboolean              tileable,
                const PstRegions     *regions,
                const PstColorStats  *colors,
                guint32               seed,
                GError              **error)
{
  GRand    *random = g_rand_new_with_seed (seed);
  gboolean  success;

  if (start == PST_START_NOISE)
    replace_by_noise (picture, random);
  success = give_colors (picture, regions, colors, error)
            && (! tileable || make_tileable (picture, error));
  if (success && start == PST_START_CONTENT)
    add_noise (picture, FAINT, random);
  g_rand_free (random);
  return success;
}
