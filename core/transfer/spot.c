/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot.c: how a run would paint one spot at the size of its result
 *
 * Each scale beyond the composition is painted in a window that shows the spot
 * and a margin for what the network sees around it, from the window of the
 * scale before.
 */
#include "core/pastiche-spot.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/kernels/blas.h"
#include "inputs.h"
#include "plan.h"
#include "sampled.h"
#include "scale.h"
#include "settings.h"
#include "spot-areas.h"

typedef struct
{
  PstSampled sampled;
  int        region;
  double     share; /* of its region */
} Style;

/* A picture, or a window of it. */
typedef struct
{
  PstPicture *picture; /* owned */
  PstSize     size;    /* of all of the picture */
  PstArea     window;  /* what of that is there; may lead beyond it by
                        * PST_PLAN_MARGIN */
} Painted;

struct _PstSpot
{
  PstModel      *model;
  PstSettings    settings;
  PstPlan        plan; /* of the whole result; without margin */
  PstWorkers    *workers;
  int            cancel; /* atomic */
  PstStyleCache *cache;  /* borrowed; NULL: none */
  PstSampled     content;
  PstRegions    *regions; /* at the size of content.whole; owned */
  Style          styles[PST_MAX_STYLES];
  int            n_styles;
  PstArea        area; /* what is shown, in pixels of the result */

  int          current;        /* scale; n_scales: all done */
  PstScale    *scale;          /* NULL: the current one is to be prepared */
  PstScalePlan window_sizes;   /* of the current scale, with the window's */
  PstRegions  *window_regions; /* its regions; owned */
  int          iterations;     /* of the current scale */

  Painted composition;
  Painted painted; /* so far */
};

/* ---- where it is -------------------------------------------------------- */

/* What is painted at a scale. */
static PstArea
window_of_scale (const PstSpot *spot, const PstScalePlan *sizes)
{
  const PstScalePlan *finest = &spot->plan.scales[spot->plan.n_scales - 1];
  PstSize             size = pst_plan_size (sizes);
  PstArea area = pst_area_scaled (spot->area, pst_plan_size (finest), size);

  return pst_area_widen (area, PST_SPOT_MARGIN, size, PST_PLAN_MARGIN);
}

/* ---- lifecycle ---------------------------------------------------------- */

/* Regions at the size of the content as a whole, and the share of each style in
 * its own. */
static gboolean
take_regions (PstSpot *spot, const PstSpotInputs *inputs, GError **error)
{
  PstStylePicture  styles[PST_MAX_STYLES];
  PstInputPictures pictures = { inputs->content.whole, styles,
                                inputs->n_styles };
  double           weights[PST_MAX_STYLES] = { 0 };
  int              region_of[PST_MAX_STYLES];
  gboolean         masked;

  spot->n_styles = inputs->n_styles;
  for (int i = 0; i < inputs->n_styles; i++)
    styles[i] = (PstStylePicture){ .region = inputs->styles[i].region,
                                   .weight = inputs->styles[i].weight };
  spot->regions =
    pst_regions_new (&pictures, spot->content.whole.picture, error);
  if (! spot->regions)
    return FALSE;
  pst_regions_count (styles, inputs->n_styles, region_of, &masked);
  for (int i = 0; i < inputs->n_styles; i++)
    weights[region_of[i]] += styles[i].weight;
  for (int i = 0; i < inputs->n_styles; i++)
    {
      spot->styles[i].region = region_of[i];
      spot->styles[i].share = styles[i].weight / weights[region_of[i]];
    }
  return TRUE;
}

/* The colors of the content where a style goes. */
static PstColorStats
content_colors (const PstSpot *spot, int region)
{
  const PstPicture *content = spot->content.whole.picture;
  gsize             n = (gsize) content->width * content->height;
  const float      *mask = spot->regions->masks[region];
  g_autofree float *weights = NULL;
  PstColorStats     colors;

  if (! mask || spot->regions->shares[region] <= 0)
    return pst_picture_color_stats (content);
  weights = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    weights[i] = mask[i] * (content->alpha ? content->alpha[i] : 1);
  pst_color_stats (n, content->rgb, weights, &colors);
  return colors;
}

static void
give_content_colors (const PstSpot *spot, Style *style)
{
  PstColorStats to = content_colors (spot, style->region);
  PstColorStats from = pst_picture_color_stats (style->sampled.whole.picture);

  for (int i = -1; i < style->sampled.n_parts; i++)
    {
      PstPicture *picture =
        i < 0 ? style->sampled.whole.picture : style->sampled.parts[i].picture;
      gsize n = (gsize) picture->width * picture->height;

      pst_color_match (n, picture->rgb, &from, &to);
      pst_clamp (picture->rgb, 3 * n);
    }
}

static gboolean
take_styles (PstSpot *spot, const PstSpotInputs *inputs, GError **error)
{
  for (int i = 0; i < inputs->n_styles; i++)
    {
      Style *style = &spot->styles[i];

      if (! pst_sampled_init (&style->sampled, &inputs->styles[i].picture,
                              _ ("The style is fully transparent: there is "
                                 "nothing to see in it."),
                              error))
        return FALSE;
      if (spot->settings.colors == PST_COLORS_MATCH)
        give_content_colors (spot, style);
    }
  return TRUE;
}

static gboolean
take_composition (PstSpot *spot, const PstImage *composition, GError **error)
{
  const PstPlan *plan = &spot->plan;
  PstSize        size = pst_plan_size (&plan->scales[plan->n_composing - 1]);
  PstArea        all = { 0, 0, size.width, size.height };

  spot->current = plan->n_composing;
  spot->composition =
    (Painted){ pst_picture_new_opaque (composition, size.width, size.height,
                                       error),
               size, all };
  if (! spot->composition.picture)
    return FALSE;
  spot->painted = spot->composition;
  spot->painted.picture =
    pst_picture_pad (spot->composition.picture, 0, FALSE, error);
  return spot->painted.picture != NULL;
}

static void
make_plan (PstSpot *spot, const PstSpotInputs *inputs)
{
  const PstScalePlan *finest;

  spot->plan = pst_plan_new (spot->model, inputs->content.size.width,
                             inputs->content.size.height, &spot->settings);
  spot->plan.tileable = FALSE;
  spot->plan.margin = 0;
  finest = &spot->plan.scales[spot->plan.n_scales - 1];
  spot->area =
    pst_spot_area_of_result (pst_plan_size (finest), inputs->x, inputs->y);
}

PstSpot *
pst_spot_new (PstModel            *model,
              const PstSpotInputs *inputs,
              const PstSettings   *settings,
              PstStyleCache       *cache,
              GError             **error)
{
  g_autoptr (PstSpot) spot = NULL;

  g_return_val_if_fail (model && inputs && settings, NULL);
  g_return_val_if_fail (inputs->content.whole && inputs->composition, NULL);
  g_return_val_if_fail (inputs->n_styles >= 1, NULL);
  g_return_val_if_fail (inputs->n_styles <= PST_MAX_STYLES, NULL);

  if (! pst_settings_check (settings, error))
    return NULL;
  spot = g_new0 (PstSpot, 1);
  spot->model = pst_model_ref (model);
  spot->settings = *settings;
  spot->cache = cache;
  make_plan (spot, inputs);
  if (! pst_sampled_init (&spot->content, &inputs->content,
                          _ ("The content is fully transparent: there is "
                             "nothing to see in it."),
                          error)
      || ! take_regions (spot, inputs, error)
      || ! take_styles (spot, inputs, error)
      || ! take_composition (spot, inputs->composition, error)
      || ! pst_blas_init (settings->threads, 0, error))
    return NULL;
  spot->workers = pst_workers_new (settings->threads);
  pst_workers_set_cancel (spot->workers, &spot->cancel);
  return g_steal_pointer (&spot);
}

void
pst_spot_free (PstSpot *spot)
{
  if (! spot)
    return;

  pst_scale_free (spot->scale);
  pst_regions_free (spot->window_regions);
  pst_picture_free (spot->composition.picture);
  pst_picture_free (spot->painted.picture);
  pst_sampled_clear (&spot->content);
  for (int i = 0; i < spot->n_styles; i++)
    pst_sampled_clear (&spot->styles[i].sampled);
  pst_regions_free (spot->regions);
  pst_workers_free (spot->workers);
  pst_model_unref (spot->model);
  g_free (spot);
}

/* ---- one scale ---------------------------------------------------------- */

/* @part, in pixels of a picture of @size, of what is painted. */
static PstPicture *
dup_part (const Painted *painted, PstSize size, PstArea part, GError **error)
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
static gboolean
dup_content (const PstSpot *spot,
             const Painted *painted,
             Painted       *ret_content,
             GError       **error)
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
add_detail (const PstSpot *spot,
            const Painted *painted,
            PstSize        size,
            PstArea        part,
            PstPicture    *picture,
            GError       **error)
{
  gsize   n = 3 * (gsize) picture->width * picture->height;
  Painted before;
  g_autoptr (PstPicture) coarse = NULL;
  g_autoptr (PstPicture) fine =
    pst_sampled_dup_part (&spot->content, size, part, error);

  if (! fine || ! dup_content (spot, painted, &before, error))
    return FALSE;
  coarse = dup_part (&before, size, part, error);
  pst_picture_free (before.picture);
  if (! coarse)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    picture->rgb[i] += fine->rgb[i] - coarse->rgb[i];
  return TRUE;
}

/* Where a scale of @size starts from @painted, in @part of it. */
static PstPicture *
dup_start (const PstSpot *spot,
           const Painted *painted,
           PstSize        size,
           PstArea        part,
           GError       **error)
{
  const PstScalePlan *sizes = &spot->plan.scales[spot->current];
  g_autoptr (PstPicture) picture = dup_part (painted, size, part, error);

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
static PstPicture *
dup_mirrored (const PstPicture *picture,
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
static PstRegions *
dup_regions (const PstSpot *spot,
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
           const Style        *style,
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
  regions = dup_regions (spot, size, part, part, error);
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
    dup_start (spot, &spot->composition, size, part, error);
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
        dup_regions (spot, size, squares[i], squares[i], error);

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

static gboolean
add_targets (PstSpot            *spot,
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

static gboolean
begin_scale (PstSpot            *spot,
             const PstScalePlan *sizes,
             const PstPicture   *content,
             GError            **error)
{
  PstScale *scale;

  spot->window_sizes = *sizes;
  spot->window_sizes.width = content->width;
  spot->window_sizes.height = content->height;
  scale = pst_scale_new (&spot->plan, &spot->window_sizes, spot->model,
                         spot->workers, spot->window_regions, error);

  if (scale && add_targets (spot, scale, sizes, error)
      && pst_scale_begin (scale, content, spot->painted.picture->rgb, error))
    spot->scale = g_steal_pointer (&scale);
  pst_scale_free (scale);
  return spot->scale != NULL;
}

static gboolean
prepare_scale (PstSpot *spot, GError **error)
{
  const PstScalePlan *sizes = &spot->plan.scales[spot->current];
  PstSize             size = pst_plan_size (sizes);
  PstArea             window = window_of_scale (spot, sizes);
  PstArea             inside = pst_area_widen (window, 0, size, 0);
  g_autoptr (PstPicture) start =
    dup_start (spot, &spot->painted, size, inside, error);
  g_autoptr (PstPicture) content = NULL;
  g_autoptr (PstPicture) with_margin = NULL;
  PstRegions *regions;

  if (! start)
    return FALSE;
  content = pst_sampled_dup_part (&spot->content, size, inside, error);
  if (! content)
    return FALSE;
  with_margin = dup_mirrored (content, inside, window, error);
  regions =
    with_margin ? dup_regions (spot, size, inside, window, error) : NULL;
  if (! regions)
    return FALSE;
  pst_regions_free (spot->window_regions);
  spot->window_regions = regions;
  pst_picture_free (spot->painted.picture);
  spot->painted =
    (Painted){ dup_mirrored (start, inside, window, error), size, window };
  return spot->painted.picture && begin_scale (spot, sizes, with_margin, error);
}

/* The first iterations do most: those of the finest scale are seen, of the
 * others half as many will do. */
static int
max_iterations (const PstSpot *spot, int i)
{
  int most = spot->plan.scales[i].max_iterations;

  return i == spot->plan.n_scales - 1 ? most : (most + 1) / 2;
}

static gboolean
iterate (PstSpot *spot, GError **error)
{
  int       most = max_iterations (spot, spot->current);
  PstLosses losses;

  switch (pst_scale_step (spot->scale, &losses))
    {
    case PST_LBFGS_INTERRUPTED:
      return pst_fail (error, PST_ERROR_CANCELLED, _ ("Cancelled."));

    case PST_LBFGS_STUCK:
      spot->iterations = most;
      break;

    case PST_LBFGS_MOVED:
      spot->iterations++;
      break;
    }
  if (spot->iterations >= most)
    {
      g_clear_pointer (&spot->scale, pst_scale_free);
      spot->current++;
      spot->iterations = 0;
    }
  return TRUE;
}

static void
fill_progress (const PstSpot *spot, PstProgress *progress)
{
  const PstPlan *plan = &spot->plan;
  int            current = MIN (spot->current, plan->n_scales - 1);
  double         done = 0, all = 0;

  for (int i = plan->n_composing; i < plan->n_scales; i++)
    {
      PstArea window = window_of_scale (spot, &plan->scales[i]);
      double  pixels = (double) window.width * window.height;

      all += pixels * max_iterations (spot, i);
      if (i < spot->current)
        done += pixels * max_iterations (spot, i);
      else if (i == spot->current)
        done += pixels * spot->iterations;
    }
  *progress = (PstProgress){ .done = spot->current == plan->n_scales,
                             .scale = current,
                             .n_scales = plan->n_scales,
                             .iteration = spot->iterations,
                             .max_iterations = max_iterations (spot, current),
                             .fraction = all > 0 ? done / all : 1,
                             .remaining = -1 };
}

/* ---- public ------------------------------------------------------------- */

gboolean
pst_spot_step (PstSpot *spot, PstProgress *ret_progress, GError **error)
{
  gboolean success = TRUE;

  g_return_val_if_fail (spot && ret_progress, FALSE);

  if (spot->current < spot->plan.n_scales)
    success = spot->scale ? iterate (spot, error) : prepare_scale (spot, error);
  if (success)
    fill_progress (spot, ret_progress);
  return success;
}

void
pst_spot_cancel (PstSpot *spot)
{
  g_return_if_fail (spot);

  g_atomic_int_set (&spot->cancel, TRUE);
}

PstImage *
pst_spot_dup_picture (const PstSpot *spot, GError **error)
{
  const PstScalePlan *finest = &spot->plan.scales[spot->plan.n_scales - 1];
  PstSize             size = pst_plan_size (finest);
  PstArea             area = spot->area;
  PstInputs           inputs = { .settings = &spot->settings };
  g_autoptr (PstPicture) content = NULL;
  g_autoptr (PstRegions) regions = NULL;
  g_autoptr (PstPicture) picture = NULL;
  PstImage *image;

  g_return_val_if_fail (spot, NULL);

  if (! spot->painted.picture) /* memory was short */
    return pst_fail_memory (error), NULL;
  content = pst_sampled_dup_part (&spot->content, size, area, error);
  regions = content ? dup_regions (spot, size, area, area, error) : NULL;
  picture = regions ? dup_part (&spot->painted, size, area, error) : NULL;
  image = picture ? pst_image_new (area.width, area.height, error) : NULL;
  if (! image)
    return NULL;
  inputs.content = content;
  inputs.regions = regions;
  for (int y = 0; y < area.height; y++)
    pst_inputs_put_row (&inputs, y, picture->rgb + 3 * (gsize) y * area.width,
                        image);
  return image;
}
