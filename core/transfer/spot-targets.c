/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-targets.c: the statistics that a window of a picture is painted towards
 */
#include "spot-parts.h"

#include "spot-areas.h"

static double
visible (const PstPicture *picture)
{
  gsize  n = (gsize) picture->width * picture->height;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += picture->alpha ? picture->alpha[i] : 1;
  return sum;
}

/* Adds the mean of the Gram matrices of samples of @style. */
static gboolean
add_style (PstSpot            *spot,
           const PstSpotStyle *style,
           PstScale           *scale,
           const PstScalePlan *sizes,
           GError            **error)
{
  PstSize     size = pst_plan_style_size (sizes, style->sampled.size);
  PstPicture *samples[PST_SAMPLED_MAX_SAMPLES];
  gboolean    success = TRUE;
  double      sum = 0;
  int n = pst_sampled_dup_samples (&style->sampled, size, PST_SPOT_STYLE_SIDE,
                                   samples, error);

  for (int i = 0; i < n; i++)
    sum += visible (samples[i]);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (PstPicture) padded = NULL;
      double share = visible (samples[i]) / MAX (sum, 1e-6);

      if (success && share > 0)
        {
          padded =
            pst_picture_pad (samples[i], spot->plan.style_margin, FALSE, error);
          success =
            padded
            && pst_scale_add_style (scale, style->region, padded,
                                    style->share * share, spot->cache, error);
        }
      pst_picture_free (samples[i]);
    }
  return n > 0 && success;
}

/* Makes the alpha of @picture, @part of a picture of @size, that of a region.
 */
static gboolean
mask_region (const PstSpot *spot,
             PstPicture    *picture,
             int            region,
             PstSize        size,
             PstArea        part,
             GError       **error)
{
  g_autoptr (PstRegions) regions = NULL;

  if (! pst_regions_masked (spot->regions))
    return TRUE;
  regions = pst_spot_dup_regions (spot, size, part, part, error);
  if (! regions)
    return FALSE;
  g_free (picture->alpha);
  picture->alpha = g_steal_pointer (&regions->masks[region]);
  return TRUE;
}

/* Adds @share times the Gram matrices of the picture before it is painted, in
 * @part of it, to what is aimed at. */
static gboolean
add_start (PstSpot  *spot,
           PstScale *scale,
           int       region,
           PstArea   part,
           double    share,
           GError  **error)
{
  PstSize size = pst_plan_size (&spot->plan.scales[spot->current]);
  g_autoptr (PstPicture) start =
    pst_spot_dup_start (spot, &spot->composition, size, part, error);
  g_autoptr (PstPicture) padded = NULL;

  if (! start || ! mask_region (spot, start, region, size, part, error))
    return FALSE;
  padded = pst_picture_pad (start, spot->plan.style_margin, FALSE, error);
  return padded
         && pst_scale_add_style (scale, region, padded, share, spot->cache,
                                 error);
}

/* A run changes its picture until all of it has the statistics of the style; a
 * sky changes as much as the rest, and has others at the end.  So does the
 * window: what it differs in from the whole at the start is added to what is
 * aimed at.  For then the gradient is that of the run.  */
static gboolean
add_difference (PstSpot *spot, PstScale *scale, int region, GError **error)
{
  PstSize size = pst_plan_size (&spot->plan.scales[spot->current]);
  PstArea inside = pst_area_widen (spot->painted.window, 0, size, 0);
  PstArea squares[PST_SAMPLED_MAX_SAMPLES];
  double  shares[PST_SAMPLED_MAX_SAMPLES], sum = 0;
  int     n = pst_sampled_list_samples (size, PST_SPOT_CONTENT_SIDE, squares);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (PstRegions) regions =
        pst_spot_dup_regions (spot, size, squares[i], squares[i], error);

      if (! regions)
        return FALSE;
      shares[i] = regions->shares[region];
      sum += shares[i];
    }
  if (sum <= 0)
    return TRUE;
  for (int i = 0; i < n; i++)
    if (shares[i] > 0
        && ! add_start (spot, scale, region, squares[i], -shares[i] / sum,
                        error))
      return FALSE;
  return add_start (spot, scale, region, inside, 1, error);
}

gboolean
pst_spot_add_targets (PstSpot            *spot,
                      PstScale           *scale,
                      const PstScalePlan *sizes,
                      GError            **error)
{
  const double *shares = spot->window_regions->shares;

  for (int i = 0; i < spot->n_styles; i++)
    if (shares[spot->styles[i].region] > 0
        && ! add_style (spot, &spot->styles[i], scale, sizes, error))
      return FALSE;
  for (int r = 0; r < spot->window_regions->n; r++)
    if (shares[r] > 0 && ! add_difference (spot, scale, r, error))
      return FALSE;
  return TRUE;
}
