/* SPDX-License-Identifier: GPL-3.0-or-later */
/* regions.c: where in the content each style goes */
#include "regions.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/shape.h"
#include "resample.h"

int
pst_regions_count (const PstStylePicture *styles,
                   int                    n_styles,
                   int                   *ret_regions,
                   gboolean              *ret_masked)
{
  int n = 0;

  *ret_masked = FALSE;
  for (int i = 0; i < n_styles; i++)
    {
      int same = 0;

      while (styles[same].region != styles[i].region)
        same++;
      ret_regions[i] = same < i ? ret_regions[same] : n++;
      *ret_masked = *ret_masked || styles[i].region;
    }
  return n;
}

static float *
allocate (gsize n, GError **error)
{
  float *mask = g_try_new (float, n);

  if (! mask)
    pst_fail_memory (error);
  return mask;
}

static float *
dup_resized (PstShape     shape,
             const float *mask,
             int          new_width,
             int          new_height,
             GError     **error)
{
  gsize  n = (gsize) new_width * new_height;
  float *resized = allocate (n, error);

  if (! resized)
    return NULL;
  if (new_width == shape.width && new_height == shape.height)
    memcpy (resized, mask, sizeof (float) * n);
  else if (! pst_resample (shape, mask, new_height, new_width, resized, error))
    g_clear_pointer (&resized, g_free);
  if (resized)
    pst_clamp (resized, n);
  return resized;
}

static gsize
mask_bytes (PstSize size)
{
  return pst_size_mul (pst_size_mul (size.width, size.height), sizeof (float));
}

/* The most that dup_resized() holds at a time. */
static gsize
dup_resized_bytes (PstSize from, PstSize size)
{
  gboolean same = from.width == size.width && from.height == size.height;

  return pst_size_add (mask_bytes (size),
                       same ? 0
                            : pst_resample_bytes (from.height, from.width, 1,
                                                  size.height, size.width));
}

/* Shares pixels where regions overlap, and gives what is left to region @rest,
 * which has a mask of zeros; -1: to none. */
static void
share_pixels (PstRegions *regions, int rest)
{
  gsize n = (gsize) regions->width * regions->height;

  for (gsize i = 0; i < n; i++)
    {
      float sum = 0;

      for (int r = 0; r < regions->n; r++)
        sum += regions->masks[r][i];
      for (int r = 0; sum > 1 && r < regions->n; r++)
        regions->masks[r][i] /= sum;
      if (rest >= 0)
        regions->masks[rest][i] = MAX (0.0f, 1 - sum);
    }
}

/* Returns FALSE where no region is anywhere. */
static gboolean
measure_shares (PstRegions *regions, const float *alpha)
{
  gsize    n = (gsize) regions->width * regions->height;
  gboolean any = FALSE;
  double   visible = 0;

  for (gsize i = 0; i < n; i++)
    visible += alpha ? alpha[i] : 1;
  for (int r = 0; r < regions->n; r++)
    {
      double sum = 0;

      for (gsize i = 0; i < n; i++)
        sum += (double) regions->masks[r][i] * (alpha ? alpha[i] : 1);
      regions->shares[r] = sum / visible;
      any = any || sum > 0;
    }
  return any;
}

/* Sets the masks.
 * @given: [regions->n], masks of @shape; NULL: for zeros */
static gboolean
set_masks (PstRegions         *regions,
           const float *const *given,
           PstShape            shape,
           GError            **error)
{
  gsize n = pst_shape_pixels (shape);

  for (int r = 0; r < regions->n; r++)
    {
      g_autofree float *clean = allocate (n, error);

      if (! clean)
        return FALSE;
      if (given[r])
        memcpy (clean, given[r], sizeof (float) * n);
      else
        memset (clean, 0, sizeof (float) * n);
      pst_clamp (clean, n);
      regions->masks[r] =
        dup_resized (shape, clean, regions->width, regions->height, error);
      if (! regions->masks[r])
        return FALSE;
    }
  return TRUE;
}

PstRegions *
pst_regions_new (const PstInputPictures *pictures,
                 const PstPicture       *content,
                 GError                **error)
{
  g_autoptr (PstRegions) regions = g_new0 (PstRegions, 1);
  PstShape shape = { pictures->content->height, pictures->content->width, 1 };
  const float *given[PST_MAX_STYLES];
  int          region_of[PST_MAX_STYLES];
  gboolean     masked;
  int          rest = -1;

  regions->n = pst_regions_count (pictures->styles, pictures->n_styles,
                                  region_of, &masked);
  regions->height = content->height;
  regions->width = content->width;
  regions->shares[0] = 1;
  if (! masked)
    return g_steal_pointer (&regions);
  for (int i = 0; i < pictures->n_styles; i++)
    {
      given[region_of[i]] = pictures->styles[i].region;
      if (! pictures->styles[i].region)
        rest = region_of[i];
    }
  if (! set_masks (regions, given, shape, error))
    return NULL;
  share_pixels (regions, rest);
  if (! measure_shares (regions, content->alpha))
    {
      pst_fail (error, PST_ERROR_IMAGE,
                _ ("The regions are empty: there is nowhere for a style "
                   "to go."));
      return NULL;
    }
  return g_steal_pointer (&regions);
}

gsize
pst_regions_bytes (int n_masks, PstSize size)
{
  return pst_size_mul (n_masks, mask_bytes (size));
}

gsize
pst_regions_new_bytes (int n_masks, PstSize from, PstSize size)
{
  if (n_masks == 0)
    return 0;
  return pst_size_add (pst_regions_bytes (n_masks - 1, size),
                       pst_size_add (mask_bytes (from),
                                     dup_resized_bytes (from, size)));
}

void
pst_regions_free (PstRegions *regions)
{
  if (! regions)
    return;

  for (int r = 0; r < regions->n; r++)
    g_free (regions->masks[r]);
  g_free (regions);
}

gboolean
pst_regions_masked (const PstRegions *regions)
{
  return regions->masks[0] != NULL;
}

float *
pst_regions_dup_mask (const PstRegions *regions,
                      int               region,
                      const PstFrame   *frame,
                      const float      *alpha,
                      GError          **error)
{
  g_autofree float *resized =
    dup_resized ((PstShape){ regions->height, regions->width, 1 },
                 regions->masks[region], frame->width, frame->height, error);
  gsize n = (gsize) (frame->width + 2 * frame->margin)
            * (frame->height + 2 * frame->margin);
  float *mask = resized ? allocate (n, error) : NULL;

  if (! mask)
    return NULL;
  pst_pad ((PstShape){ frame->height, frame->width, 1 }, resized, frame->margin,
           frame->wrap, mask);
  for (gsize i = 0; alpha && i < n; i++)
    mask[i] *= alpha[i];
  return mask;
}

gsize
pst_regions_dup_mask_bytes (PstSize from, const PstFrame *frame)
{
  PstSize size = { frame->width, frame->height };

  return MAX (dup_resized_bytes (from, size),
              pst_size_add (mask_bytes (size),
                            mask_bytes (pst_frame_size (frame))));
}

void
pst_regions_restore (const PstRegions *regions,
                     int               y,
                     const float      *content,
                     float            *rgb)
{
  gsize row = (gsize) y * regions->width;

  for (int x = 0; x < regions->width; x++)
    {
      float covered = 0;

      for (int r = 0; r < regions->n; r++)
        covered += regions->masks[r][row + x];
      covered = MIN (covered, 1.0f);
      for (int c = 0; c < 3; c++)
        rgb[3 * x + c] =
          content[3 * x + c] + covered * (rgb[3 * x + c] - content[3 * x + c]);
    }
}
