/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-windows.c: what a spot's windows show: content, regions, and the picture
 * so far
 */
#include "spot-parts.h"

#include <string.h>

#include "core/base/error.h"
#include "core/picture/resample.h"
#include "spot-areas.h"

/* What is painted at a scale. */
PstArea
pst_spot_window (const PstSpot *spot, const PstScalePlan *sizes)
{
  const PstScalePlan *finest = &spot->plan.scales[spot->plan.n_scales - 1];
  PstSize             size = pst_plan_size (sizes);
  PstArea area = pst_area_scaled (spot->area, pst_plan_size (finest), size);

  return pst_area_widen (area, PST_SPOT_MARGIN, size, PST_PLAN_MARGIN);
}

/* ---- pictures ----------------------------------------------------------- */

/* @part, in pixels of a picture of @size, of what is painted. */
PstPicture *
pst_spot_dup_painted (const PstPainted *painted,
                      PstSize           size,
                      PstArea           part,
                      GError          **error)
{
  double  across = (double) painted->size.width / size.width;
  double  down = (double) painted->size.height / size.height;
  PstPart from = { part.x * across - painted->window.x,
                   part.y * down - painted->window.y, part.width * across,
                   part.height * down };

  return pst_picture_resize_part (painted->picture, from, part.width,
                                  part.height, error);
}

/* What the content shows at the size of @painted, where that is. */
gboolean
pst_spot_see_content (const PstSpot    *spot,
                      const PstPainted *painted,
                      PstPainted       *ret_content,
                      GError          **error)
{
  ret_content->size = painted->size;
  ret_content->window = pst_area_widen (painted->window, 0, painted->size, 0);
  ret_content->picture = pst_sampled_dup_part (&spot->content, painted->size,
                                               ret_content->window, error);
  return ret_content->picture != NULL;
}

/* @picture += what the content shows there at @size, and not at that of
 * @painted; see add_detail() in transfer.c. */
static gboolean
add_detail (const PstSpot    *spot,
            const PstPainted *painted,
            PstSize           size,
            PstArea           part,
            PstPicture       *picture,
            GError          **error)
{
  gsize      n = 3 * (gsize) picture->width * picture->height;
  gboolean   composed = painted->size.width == spot->composition.size.width;
  PstPainted before = composed ? spot->content_composed : (PstPainted){ 0 };
  g_autoptr (PstPicture) coarse = NULL;
  g_autoptr (PstPicture) fine =
    pst_sampled_dup_part (&spot->content, size, part, error);

  if (! fine
      || (! composed && ! pst_spot_see_content (spot, painted, &before, error)))
    return FALSE;
  coarse = pst_spot_dup_painted (&before, size, part, error);
  if (! composed)
    pst_picture_free (before.picture);
  if (! coarse)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    picture->rgb[i] += fine->rgb[i] - coarse->rgb[i];
  return TRUE;
}

/* Where a scale of @size starts from @painted, in @part of it. */
PstPicture *
pst_spot_dup_start (const PstSpot    *spot,
                    const PstPainted *painted,
                    PstSize           size,
                    PstArea           part,
                    GError          **error)
{
  const PstScalePlan *sizes = &spot->plan.scales[spot->current];
  g_autoptr (PstPicture) picture =
    pst_spot_dup_painted (painted, size, part, error);

  if (! picture
      || (sizes->loss.content_tap >= 0 && ! spot->settings.tileable
          && ! add_detail (spot, painted, size, part, picture, error)))
    return NULL;
  return g_steal_pointer (&picture);
}

/* Mirrors a line of @n pixels, as pst_pad() does. */
static int
mirrored (int p, int n)
{
  p = p < 0 ? -1 - p : p;
  p = p >= n ? 2 * n - 1 - p : p;
  return CLAMP (p, 0, n - 1);
}

/* @y, [outer][channels], from @x, [inner][channels], which is within. */
static void
mirror (PstArea inner, const float *x, PstArea outer, float *y, int channels)
{
  for (int row = 0; row < outer.height; row++)
    for (int column = 0; column < outer.width; column++)
      {
        gsize from =
          (gsize) mirrored (row + outer.y - inner.y, inner.height) * inner.width
          + mirrored (column + outer.x - inner.x, inner.width);

        memcpy (y, x + channels * from, sizeof (float) * channels);
        y += channels;
      }
}

/* @picture shows @inner; returns it with what is around it up to @outer. */
PstPicture *
pst_spot_dup_mirrored (const PstPicture *picture,
                       PstArea           inner,
                       PstArea           outer,
                       GError          **error)
{
  PstPart     all = { 0, 0, outer.width, outer.height };
  PstPicture *made =
    pst_picture_resize_part (picture, all, outer.width, outer.height, error);

  if (! made)
    return NULL;
  mirror (inner, picture->rgb, outer, made->rgb, 3);
  if (made->alpha)
    mirror (inner, picture->alpha, outer, made->alpha, 1);
  return made;
}

/* Of @part of a picture of @size, as @outer shows it. */
PstRegions *
pst_spot_dup_regions (const PstSpot *spot,
                      PstSize        size,
                      PstArea        part,
                      PstArea        outer,
                      GError       **error)
{
  const PstRegions *whole = spot->regions;
  double            across = (double) whole->width / size.width;
  double            down = (double) whole->height / size.height;
  PstPart from = { part.x * across, part.y * down, part.width * across,
                   part.height * down };
  gsize   n = (gsize) outer.width * outer.height;
  g_autoptr (PstRegions) regions = g_new0 (PstRegions, 1);
  g_autofree float *inner = g_try_new (float, (gsize) part.width *part.height);

  regions->n = whole->n;
  regions->height = outer.height;
  regions->width = outer.width;
  regions->shares[0] = 1;
  if (! pst_regions_masked (whole))
    return g_steal_pointer (&regions);
  if (! inner)
    {
      pst_fail_memory (error);
      return NULL;
    }
  for (int r = 0; r < whole->n; r++)
    {
      PstShape shape = { whole->height, whole->width, 1 };
      double   sum = 0;

      regions->masks[r] = g_try_new (float, n);
      if (! regions->masks[r])
        {
          pst_fail_memory (error);
          return NULL;
        }
      if (! pst_resample_part (shape, whole->masks[r], from, part.height,
                               part.width, inner, error))
        return NULL;
      pst_clamp (inner, (gsize) part.width * part.height);
      mirror (part, inner, outer, regions->masks[r], 1);
      for (gsize i = 0; i < n; i++)
        sum += regions->masks[r][i];
      regions->shares[r] = sum / n;
    }
  return g_steal_pointer (&regions);
}
