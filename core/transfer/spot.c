/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot.c: how a run would paint one spot at the size of its result
 *
 * Each scale beyond the composition is painted in a window that shows the spot
 * and a margin for what the network sees around it, from the window of the
 * scale before.
 */
#include "spot-parts.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/kernels/blas.h"
#include "settings.h"
#include "spot-areas.h"

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
give_content_colors (const PstSpot *spot, PstSpotStyle *style)
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
      PstSpotStyle *style = &spot->styles[i];

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
    (PstPainted){ pst_picture_new_opaque (composition, size.width, size.height,
                                          error),
                  size, all };
  if (! spot->composition.picture)
    return FALSE;
  if (! pst_spot_see_content (spot, &spot->composition, &spot->content_composed,
                              error))
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
  pst_picture_free (spot->content_composed.picture);
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

/* Gives up what the limit asks for.  Without one that is nothing: a window is
 * small. */
static void
limit_memory (PstSpot *spot, gboolean has_alpha)
{
  PstScalePlan *sizes = &spot->window_sizes;
  guint64       limit = (guint64) spot->settings.memory_limit * 1000000;
  PstInputSizes inputs = { .content = pst_plan_size (sizes),
                           .has_alpha = has_alpha,
                           .n_styles = spot->n_styles };

  if (pst_regions_masked (spot->regions))
    inputs.n_masks = spot->regions->n;
  while (limit > 0 && sizes->memory_level < PST_MEMORY_LEVELS - 1
         && pst_scale_measure (spot->model, &spot->plan, sizes, &inputs,
                               spot->workers)
              > limit)
    sizes->memory_level++;
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
  limit_memory (spot, content->alpha != NULL);
  scale = pst_scale_new (&spot->plan, &spot->window_sizes, spot->model,
                         spot->workers, spot->window_regions, error);

  if (scale && pst_spot_add_targets (spot, scale, sizes, error)
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
  PstArea             window = pst_spot_window (spot, sizes);
  PstArea             inside = pst_area_widen (window, 0, size, 0);
  g_autoptr (PstPicture) start =
    pst_spot_dup_start (spot, &spot->painted, size, inside, error);
  g_autoptr (PstPicture) content = NULL;
  g_autoptr (PstPicture) with_margin = NULL;
  PstRegions *regions;

  if (! start)
    return FALSE;
  content = pst_sampled_dup_part (&spot->content, size, inside, error);
  if (! content)
    return FALSE;
  with_margin = pst_spot_dup_mirrored (content, inside, window, error);
  regions = with_margin
              ? pst_spot_dup_regions (spot, size, inside, window, error)
              : NULL;
  if (! regions)
    return FALSE;
  pst_regions_free (spot->window_regions);
  spot->window_regions = regions;
  pst_picture_free (spot->painted.picture);
  spot->painted =
    (PstPainted){ pst_spot_dup_mirrored (start, inside, window, error), size,
                  window };
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
      PstArea window = pst_spot_window (spot, &plan->scales[i]);
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
  regions =
    content ? pst_spot_dup_regions (spot, size, area, area, error) : NULL;
  picture =
    regions ? pst_spot_dup_painted (&spot->painted, size, area, error) : NULL;
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
