/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transfer.c: one run, coarse to fine, step by step */
#include <math.h>
#include <string.h>

#include "blas.h"
#include "error.h"
#include "estimate.h"
#include "image.h"
#include "plan.h"
#include "scale.h"
#include "start.h"

/* A style picture that is taken. */
typedef struct
{
  PstPicture *picture;    /* owned, no larger than the finest scale needs */
  PstSize     size;       /* as it was given */
  int         region;
  double      share;      /* of its region */
} Style;

struct _PstTransfer
{
  PstModel       *model;
  PstSettings     settings;
  PstPlan         plan;
  PstWorkers     *workers;
  int             cancel;            /* atomic */
  PstPicture     *content;           /* at the result's size; without colours
                                      * when they are needed no more */
  PstRegions     *regions;           /* at the result's size */
  Style           styles[PST_MAX_STYLES];
  int             n_styles;
  PstTargets     *targets;           /* borrowed; NULL: none */
  int             current;           /* scale; n_scales: all done */
  PstScale       *scale;             /* NULL: the current one is to be prepared */
  PstPicture     *picture;           /* the result so far, at the scale's size,
                                      * with its margin */
  double          recent[PST_PLAN_WINDOW];    /* losses, a ring */
  PstScaleReport  reports[PST_PLAN_MAX_SCALES];
  double          fraction;          /* reached so far */
};

/* ---- life -------------------------------------------------------------- */

/* Gives a style the colours of the content where it goes. */
static gboolean
give_content_colors (const PstTransfer  *transfer,
                     Style              *style,
                     GError            **error)
{
  const PstPicture *content = transfer->content;
  g_autofree float *weights = NULL;
  PstColorStats     colors = pst_picture_color_stats (content);

  if (pst_regions_masked (transfer->regions)
      && transfer->regions->shares[style->region] > 0)
    {
      weights = pst_regions_dup_mask (transfer->regions, style->region,
                                      content->width, content->height, 0, FALSE,
                                      content->alpha, error);
      if (! weights)
        return FALSE;
      pst_color_stats ((gsize) content->width * content->height, content->rgb,
                       weights, &colors);
    }
  pst_picture_give_colors (style->picture, &colors);
  return TRUE;
}

/* A style is kept at the size that the finest scale needs, or its own if that is
 * smaller. */
static gboolean
take_style (PstTransfer     *transfer,
            const PstImage  *image,
            Style           *style,
            GError         **error)
{
  const PstScalePlan *finest
    = &transfer->plan.scales[transfer->plan.n_scales - 1];
  PstSize             size = { image->width, image->height };
  PstSize             kept = pst_plan_style_size (finest, size);

  if (kept.width >= size.width)
    kept = size;
  style->size = size;
  style->picture = pst_picture_new (image, "style", kept.width, kept.height,
                                    error);
  return style->picture != NULL
         && (transfer->settings.colors != PST_COLORS_MATCH
             || give_content_colors (transfer, style, error));
}

/* Sets the region of each style, and its share there. */
static void
share_regions (PstTransfer           *transfer,
               const PstStylePicture *styles,
               int                    n_styles)
{
  double   weights[PST_MAX_STYLES] = { 0 };
  int      region_of[PST_MAX_STYLES];
  gboolean masked;

  pst_regions_count (styles, n_styles, region_of, &masked);
  for (int i = 0; i < n_styles; i++)
    weights[region_of[i]] += styles[i].weight;
  for (int i = 0; i < n_styles; i++)
    {
      transfer->styles[i].region = region_of[i];
      transfer->styles[i].share = styles[i].weight / weights[region_of[i]];
    }
  transfer->n_styles = n_styles;
}

static gboolean
take_pictures (PstTransfer            *transfer,
               const PstImage         *content,
               const PstStylePicture  *styles,
               int                     n_styles,
               GError                **error)
{
  const PstScalePlan *finest
    = &transfer->plan.scales[transfer->plan.n_scales - 1];

  transfer->content = pst_picture_new (content, "content", finest->width,
                                       finest->height, error);
  if (! transfer->content)
    return FALSE;
  transfer->regions = pst_regions_new (styles, n_styles, content->width,
                                       content->height, transfer->content,
                                       error);
  if (! transfer->regions)
    return FALSE;
  share_regions (transfer, styles, n_styles);
  for (int i = 0; i < n_styles; i++)
    if (! take_style (transfer, styles[i].image, &transfer->styles[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_weights (const PstStylePicture  *styles,
               int                     n_styles,
               GError                **error)
{
  for (int i = 0; i < n_styles; i++)
    if (! (styles[i].weight > 0 && isfinite (styles[i].weight)))
      return pst_fail (error, PST_ERROR_SETTINGS,
                       "The weight of a style is %g; it must be above 0.",
                       styles[i].weight);
  return TRUE;
}

/* The plan for a run and a check whether it can be done. */
static gboolean
make_plan (const PstModel         *model,
           const PstImage         *content,
           const PstStylePicture  *styles,
           int                     n_styles,
           const PstSettings      *settings,
           PstPlan                *ret_plan,
           GError                **error)
{
  PstInputs   inputs = { .content = { content->width, content->height },
                         .has_alpha = ! pst_image_is_opaque (content),
                         .n_styles = n_styles };
  PstEstimate estimate;
  int         region_of[PST_MAX_STYLES];
  gboolean    masked;

  for (int i = 0; i < n_styles; i++)
    inputs.styles[i] = (PstSize) { styles[i].image->width,
                                   styles[i].image->height };
  inputs.n_regions = pst_regions_count (styles, n_styles, region_of, &masked);
  inputs.n_masks = masked ? inputs.n_regions : 0;
  inputs.keeps = masked || settings->colors == PST_COLORS_CONTENT;
  return pst_estimate_plan (model, &inputs, settings, ret_plan, &estimate,
                            error)
         && pst_estimate_check_memory (&estimate, settings, error);
}

PstTransfer *
pst_transfer_new (PstModel               *model,
                  const PstImage         *content,
                  const PstStylePicture  *styles,
                  int                     n_styles,
                  const PstSettings      *settings,
                  PstTargets             *targets,
                  GError                **error)
{
  g_autoptr (PstTransfer) transfer = NULL;
  PstPlan                 plan;

  g_return_val_if_fail (model && content && styles && settings, NULL);
  g_return_val_if_fail (n_styles >= 1 && n_styles <= PST_MAX_STYLES, NULL);

  if (! check_weights (styles, n_styles, error)
      || ! make_plan (model, content, styles, n_styles, settings, &plan, error))
    return NULL;
  transfer = g_new0 (PstTransfer, 1);
  transfer->model = pst_model_ref (model);
  transfer->settings = *settings;
  transfer->targets = targets;
  transfer->plan = plan;
  for (int i = 0; i < transfer->plan.n_scales; i++)
    transfer->reports[i] = (PstScaleReport) {
      .width = transfer->plan.scales[i].width,
      .height = transfer->plan.scales[i].height,
      .thrift = transfer->plan.scales[i].thrift
    };
  if (! take_pictures (transfer, content, styles, n_styles, error))
    return NULL;
  pst_blas_init ();
  transfer->workers = pst_workers_new (settings->threads);
  return g_steal_pointer (&transfer);
}

void
pst_transfer_free (PstTransfer *transfer)
{
  if (! transfer)
    return;

  pst_scale_free (transfer->scale);
  pst_picture_free (transfer->picture);
  for (int i = 0; i < PST_MAX_STYLES; i++)
    pst_picture_free (transfer->styles[i].picture);
  pst_regions_free (transfer->regions);
  pst_picture_free (transfer->content);
  pst_workers_free (transfer->workers);
  pst_model_unref (transfer->model);
  g_free (transfer);
}

/* ---- one scale --------------------------------------------------------- */

/* The picture as it is now, without its margin, at another size. */
static PstPicture *
dup_picture (const PstTransfer  *transfer,
             int                 width,
             int                 height,
             GError            **error)
{
  g_autoptr (PstPicture) inside = NULL;

  if (! transfer->picture)
    return pst_picture_resize (transfer->content, width, height, error);
  inside = pst_picture_pad (transfer->picture,
                            -pst_plan_picture_margin (&transfer->plan), FALSE,
                            error);
  return inside ? pst_picture_resize (inside, width, height, error) : NULL;
}

/* A copy at another size, with a margin as pst_pad() makes it. */
static PstPicture *
dup_padded (const PstPicture  *picture,
            int                width,
            int                height,
            int                margin,
            gboolean           wrap,
            GError           **error)
{
  g_autoptr (PstPicture) resized = NULL;

  if (picture->width == width && picture->height == height)
    return pst_picture_pad (picture, margin, wrap, error);
  resized = pst_picture_resize (picture, width, height, error);
  return resized ? pst_picture_pad (resized, margin, wrap, error) : NULL;
}

/* The colour mean and covariance of the styles of @region together. */
static PstColorStats
region_colors (const PstTransfer *transfer,
               int                region)
{
  PstColorStats stats[PST_MAX_STYLES];
  double        shares[PST_MAX_STYLES];
  int           n = 0;

  for (int i = 0; i < transfer->n_styles; i++)
    if (transfer->styles[i].region == region)
      {
        stats[n] = pst_picture_color_stats (transfer->styles[i].picture);
        shares[n++] = transfer->styles[i].share;
      }
  return pst_color_stats_mix (n, stats, shares);
}

/* Turns @picture, the content, into what the first scale starts from. */
static gboolean
start (const PstTransfer  *transfer,
       PstPicture         *picture,
       GError            **error)
{
  PstColorStats colors[PST_MAX_STYLES];

  for (int r = 0; r < transfer->regions->n; r++)
    colors[r] = region_colors (transfer, r);
  return pst_start_make (picture, transfer->settings.start,
                         transfer->settings.tileable, transfer->regions, colors,
                         transfer->settings.seed, error);
}

/* Where a scale starts: at the result of the one before, if there is one. */
static PstPicture *
starting_picture (const PstTransfer   *transfer,
                  const PstScalePlan  *sizes,
                  GError             **error)
{
  g_autoptr (PstPicture) picture = dup_picture (transfer, sizes->width,
                                                sizes->height, error);

  if (! picture
      || (! transfer->picture && ! start (transfer, picture, error)))
    return NULL;
  g_clear_pointer (&picture->alpha, g_free);
  return pst_picture_pad (picture, pst_plan_picture_margin (&transfer->plan),
                          FALSE, error);
}

/* The part that needs style number @i, which is not kept beyond the last scale. */
static gboolean
add_style (PstTransfer         *transfer,
           PstScale            *scale,
           const PstScalePlan  *sizes,
           int                  i,
           GError             **error)
{
  Style                  *style = &transfer->styles[i];
  PstSize                 size = pst_plan_style_size (sizes, style->size);
  g_autoptr (PstPicture)  padded = dup_padded (style->picture, size.width,
                                               size.height, PST_PLAN_MARGIN,
                                               FALSE, error);

  if (! padded)
    return FALSE;
  if (transfer->current == transfer->plan.n_scales - 1)
    g_clear_pointer (&style->picture, pst_picture_free);
  return pst_scale_add_style (scale, style->region, padded, style->share,
                              transfer->targets, error);
}

/* With the styles as they are aimed at, without the content. */
static PstScale *
new_scale (PstTransfer         *transfer,
           const PstScalePlan  *sizes,
           GError             **error)
{
  PstScale *scale = pst_scale_new (&transfer->plan, sizes, transfer->model,
                                   transfer->workers, transfer->regions,
                                   &transfer->cancel, error);

  for (int i = 0; scale && i < transfer->n_styles; i++)
    if (! add_style (transfer, scale, sizes, i, error))
      g_clear_pointer (&scale, pst_scale_free);
  return scale;
}

/* Whether the result needs the colours of the content. */
static gboolean
keeps_content (const PstTransfer *transfer)
{
  return transfer->settings.colors == PST_COLORS_CONTENT
         || pst_regions_masked (transfer->regions);
}

/* What the scale takes its targets from.  Where there is a result already that
 * does not need them, the last scale drops the content's colours. */
static PstPicture *
take_content (PstTransfer         *transfer,
              const PstScalePlan  *sizes,
              GError             **error)
{
  PstPicture *content = dup_padded (transfer->content, sizes->width,
                                    sizes->height, transfer->plan.margin,
                                    transfer->plan.tileable, error);

  if (content && transfer->current > 0
      && transfer->current == transfer->plan.n_scales - 1
      && ! keeps_content (transfer))
    g_clear_pointer (&transfer->content->rgb, g_free);
  return content;
}

/* Takes the picture to start from.  The enlarged result of the scale before is as
 * good a result as that: there is no need to hold both. */
static gboolean
take_starting_picture (PstTransfer         *transfer,
                       const PstScalePlan  *sizes,
                       GError             **error)
{
  PstPicture *picture = starting_picture (transfer, sizes, error);

  if (! picture)
    return FALSE;
  pst_picture_free (transfer->picture);
  transfer->picture = picture;
  return TRUE;
}

static gboolean
prepare_scale (PstTransfer  *transfer,
               GError      **error)
{
  const PstScalePlan    *sizes = &transfer->plan.scales[transfer->current];
  g_autoptr (PstPicture) content = NULL;
  PstScale              *scale;

  if (g_atomic_int_get (&transfer->cancel))
    return pst_fail (error, PST_ERROR_CANCELLED, "Cancelled.");
  if (! transfer->styles[0].picture)       /* the last scale was tried before */
    return pst_fail (error, PST_ERROR_MEMORY, "Not enough memory.");
  if (! take_starting_picture (transfer, sizes, error))
    return FALSE;
  scale = new_scale (transfer, sizes, error);
  if (scale)
    content = take_content (transfer, sizes, error);
  if (content
      && pst_scale_begin (scale, content, transfer->picture->rgb, error))
    transfer->scale = g_steal_pointer (&scale);
  else if (transfer->current == 0)      /* the content is still the result */
    g_clear_pointer (&transfer->picture, pst_picture_free);
  pst_scale_free (scale);
  return transfer->scale != NULL;
}

static void
finish_scale (PstTransfer *transfer)
{
  g_clear_pointer (&transfer->scale, pst_scale_free);
  transfer->current++;
}

/* Whether the scale has had its iterations or hardly gains any more. */
static gboolean
is_enough (const PstTransfer *transfer)
{
  const PstScaleReport *report = &transfer->reports[transfer->current];
  int                   i = report->iterations;
  double                before;

  if (i >= transfer->plan.scales[transfer->current].max_iterations)
    return TRUE;
  if (i <= PST_PLAN_WINDOW)
    return FALSE;
  before = transfer->recent[i % PST_PLAN_WINDOW];
  return before - report->total_loss < transfer->plan.tolerance * before;
}

static gboolean
iterate (PstTransfer  *transfer,
         GError      **error)
{
  PstScaleReport *report = &transfer->reports[transfer->current];
  PstLosses       losses;

  switch (pst_scale_step (transfer->scale, &losses))
    {
    case PST_SCALE_CANCELLED:
      return pst_fail (error, PST_ERROR_CANCELLED, "Cancelled.");

    case PST_SCALE_FINISHED:
      finish_scale (transfer);
      return TRUE;

    case PST_SCALE_MOVED:
      break;
    }
  report->iterations++;
  report->content_loss = losses.content;
  report->style_loss = losses.style;
  report->total_loss = losses.total;
  if (is_enough (transfer))
    finish_scale (transfer);
  else
    transfer->recent[report->iterations % PST_PLAN_WINDOW] = losses.total;
  return TRUE;
}

/* ---- progress ---------------------------------------------------------- */

/* Cost of scale @i up to @iterations, in pixel iterations. */
static double
cost (const PstTransfer *transfer,
      int                i,
      int                iterations)
{
  const PstScalePlan *sizes = &transfer->plan.scales[i];

  return (double) sizes->width * sizes->height * iterations;
}

static void
fill_progress (PstTransfer *transfer,
               PstProgress *progress)
{
  const PstPlan        *plan = &transfer->plan;
  int                   current = MIN (transfer->current, plan->n_scales - 1);
  const PstScaleReport *report = &transfer->reports[current];
  double                done = 0, todo = 0, measured = 0, seconds = 0;

  for (int i = 0; i < plan->n_scales; i++)
    {
      double all = cost (transfer, i, plan->scales[i].max_iterations);
      double some = cost (transfer, i, transfer->reports[i].iterations);

      measured += some;
      seconds += transfer->reports[i].seconds;
      done += i < transfer->current ? all : some;
      todo += i < transfer->current ? 0 : all - some;
    }
  transfer->fraction = MAX (transfer->fraction, done / (done + todo));
  *progress = (PstProgress) {
    .done = transfer->current == plan->n_scales,
    .scale = current,
    .n_scales = plan->n_scales,
    .iteration = report->iterations,
    .max_iterations = plan->scales[current].max_iterations,
    .fraction = transfer->fraction,
    .remaining = measured > 0 ? seconds / measured * todo : -1,
    .total_loss = report->total_loss
  };
}

/* ---- public ------------------------------------------------------------ */

gboolean
pst_transfer_step (PstTransfer  *transfer,
                   PstProgress  *ret_progress,
                   GError      **error)
{
  gint64   begin = g_get_monotonic_time ();
  int      current;
  gboolean success = TRUE;

  g_return_val_if_fail (transfer && ret_progress, FALSE);

  current = transfer->current;
  if (current < transfer->plan.n_scales)
    {
      success = transfer->scale ? iterate (transfer, error)
                                : prepare_scale (transfer, error);
      transfer->reports[current].seconds
        += (g_get_monotonic_time () - begin) / 1e6;
    }
  if (success)
    fill_progress (transfer, ret_progress);
  return success;
}

void
pst_transfer_cancel (PstTransfer *transfer)
{
  g_return_if_fail (transfer);

  g_atomic_int_set (&transfer->cancel, TRUE);
}

/* Row @y of the result from [width][3] colours, which are changed. */
static void
put_row (const PstTransfer *transfer,
         int                y,
         float             *rgb,
         PstImage          *image)
{
  const PstPicture *content = transfer->content;
  gsize             width = content->width;
  float            *pixels = image->pixels + 4 * y * width;

  if (transfer->settings.colors == PST_COLORS_CONTENT)
    pst_color_keep (width, rgb, content->rgb + 3 * y * width);
  if (pst_regions_masked (transfer->regions))
    pst_regions_restore (transfer->regions, y, content->rgb + 3 * y * width,
                         rgb);
  for (gsize x = 0; x < width; x++)
    {
      memcpy (pixels + 4 * x, rgb + 3 * x, 3 * sizeof (float));
      pixels[4 * x + 3] = content->alpha ? content->alpha[y * width + x] : 1;
    }
}

/* The picture has the result's size: row by row, without another copy. */
static void
crop_result (const PstTransfer *transfer,
             PstImage          *image)
{
  const PstPicture *picture = transfer->picture;
  int               margin = pst_plan_picture_margin (&transfer->plan);
  gsize             n = 3 * (gsize) image->width;
  g_autofree float *row = g_new (float, n);

  for (int y = 0; y < image->height; y++)
    {
      const float *from = picture->rgb
                          + 3 * ((gsize) (y + margin) * picture->width
                                 + margin);

      memcpy (row, from, sizeof (float) * n);
      pst_clamp (row, n);
      put_row (transfer, y, row, image);
    }
}

static gboolean
resize_result (const PstTransfer  *transfer,
               PstImage           *image,
               GError            **error)
{
  g_autoptr (PstPicture) result = dup_picture (transfer, image->width,
                                               image->height, error);

  if (! result)
    return FALSE;
  for (int y = 0; y < image->height; y++)
    put_row (transfer, y, result->rgb + 3 * (gsize) y * image->width, image);
  return TRUE;
}

PstImage *
pst_transfer_dup_result (const PstTransfer *transfer,
                         GError           **error)
{
  g_autoptr (PstImage) image = NULL;
  int                  margin;

  g_return_val_if_fail (transfer, NULL);

  margin = pst_plan_picture_margin (&transfer->plan);
  image = pst_image_new (transfer->content->width, transfer->content->height,
                         error);
  if (! image)
    return NULL;
  if (transfer->picture
      && transfer->picture->width == image->width + 2 * margin
      && transfer->picture->height == image->height + 2 * margin)
    crop_result (transfer, image);
  else if (! resize_result (transfer, image, error))
    return NULL;
  return g_steal_pointer (&image);
}

const PstScaleReport *
pst_transfer_get_scales (const PstTransfer *transfer,
                         int               *ret_n_scales)
{
  g_return_val_if_fail (transfer && ret_n_scales, NULL);

  *ret_n_scales = transfer->plan.n_scales;
  return transfer->reports;
}

int
pst_transfer_get_threads (const PstTransfer *transfer)
{
  g_return_val_if_fail (transfer, 0);

  return pst_workers_count (transfer->workers);
}

PstPrecision
pst_transfer_get_precision (const PstTransfer *transfer)
{
  g_return_val_if_fail (transfer, PST_PRECISION_EXACT);

  return transfer->plan.half ? PST_PRECISION_FAST : PST_PRECISION_EXACT;
}
