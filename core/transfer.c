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
#include "sources.h"

struct _PstTransfer
{
  PstModel       *model;
  PstSettings     settings;
  PstPlan         plan;
  PstWorkers     *workers;
  int             cancel;            /* atomic */
  PstSources      sources;
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
  return pst_estimate_plan (model, &inputs, settings, ret_plan, &estimate,
                            error)
         && pst_estimate_check_memory (model, &inputs, settings, &estimate, error)
         && pst_blas_init (settings->threads, estimate.bytes, error);
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
  transfer->sources.plan = &transfer->plan;
  transfer->sources.settings = &transfer->settings;
  if (! pst_sources_take (&transfer->sources, content, styles, n_styles,
                          error))
    return NULL;
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
  pst_sources_clear (&transfer->sources);
  pst_workers_free (transfer->workers);
  pst_model_unref (transfer->model);
  g_free (transfer);
}

/* ---- one scale --------------------------------------------------------- */

static gboolean
is_last (const PstTransfer *transfer)
{
  return transfer->current == transfer->plan.n_scales - 1;
}

/* The picture as it is now, without its margin, at another size. */
static PstPicture *
dup_picture (const PstTransfer  *transfer,
             int                 width,
             int                 height,
             GError            **error)
{
  g_autoptr (PstPicture) inside = NULL;

  if (! transfer->picture)
    return pst_picture_resize (transfer->sources.content, width, height, error);
  inside = pst_picture_pad (transfer->picture,
                            -pst_plan_picture_margin (&transfer->plan), FALSE,
                            error);
  return inside ? pst_picture_resize (inside, width, height, error) : NULL;
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
      || (! transfer->picture
          && ! pst_sources_start (&transfer->sources, picture, error)))
    return NULL;
  g_clear_pointer (&picture->alpha, g_free);
  return pst_picture_pad (picture, pst_plan_picture_margin (&transfer->plan),
                          FALSE, error);
}

/* With the styles as they are aimed at, without the content. */
static PstScale *
new_scale (PstTransfer         *transfer,
           const PstScalePlan  *sizes,
           GError             **error)
{
  PstScale *scale = pst_scale_new (&transfer->plan, sizes, transfer->model,
                                   transfer->workers, transfer->sources.regions,
                                   &transfer->cancel, error);

  if (scale
      && ! pst_sources_add_styles (&transfer->sources, scale, sizes,
                                   transfer->targets, is_last (transfer), error))
    g_clear_pointer (&scale, pst_scale_free);
  return scale;
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
  if (! transfer->sources.styles[0].picture)   /* the last scale was tried */
    return pst_fail (error, PST_ERROR_MEMORY, "Not enough memory.");
  if (! take_starting_picture (transfer, sizes, error))
    return FALSE;
  scale = new_scale (transfer, sizes, error);
  if (scale)
    content = pst_sources_take_content (&transfer->sources, sizes,
                                        transfer->current > 0
                                        && is_last (transfer), error);
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
  PstLosses       losses, first;

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
  first = pst_scale_get_first (transfer->scale);
  report->iterations++;
  report->first_content_loss = first.content;
  report->first_style_loss = first.style;
  report->first_total_loss = first.total;
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

/* The picture has the result's size: row by row, without another copy. */
static gboolean
crop_result (const PstTransfer  *transfer,
             PstImage           *image,
             GError            **error)
{
  const PstPicture *picture = transfer->picture;
  int               margin = pst_plan_picture_margin (&transfer->plan);
  gsize             n = 3 * (gsize) image->width;
  g_autofree float *row = g_try_new (float, n);

  if (! row)
    return pst_fail (error, PST_ERROR_MEMORY, "Not enough memory.");
  for (int y = 0; y < image->height; y++)
    {
      const float *from = picture->rgb
                          + 3 * ((gsize) (y + margin) * picture->width
                                 + margin);

      memcpy (row, from, sizeof (float) * n);
      pst_clamp (row, n);
      pst_sources_put_row (&transfer->sources, y, row, image);
    }
  return TRUE;
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
    pst_sources_put_row (&transfer->sources, y,
                         result->rgb + 3 * (gsize) y * image->width, image);
  return TRUE;
}

PstImage *
pst_transfer_dup_result (const PstTransfer *transfer,
                         GError           **error)
{
  const PstPicture    *content;
  g_autoptr (PstImage) image = NULL;
  int                  margin;
  gboolean             is_finest;

  g_return_val_if_fail (transfer, NULL);

  content = transfer->sources.content;
  margin = pst_plan_picture_margin (&transfer->plan);
  image = pst_image_new (content->width, content->height, error);
  if (! image)
    return NULL;
  is_finest = transfer->picture
              && transfer->picture->width == image->width + 2 * margin
              && transfer->picture->height == image->height + 2 * margin;
  if (! (is_finest ? crop_result (transfer, image, error)
                   : resize_result (transfer, image, error)))
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
