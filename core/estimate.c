/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.c: what a run will need, before anything is allocated */
#include "estimate.h"

#include <math.h>

#include "error.h"
#include "memory.h"
#include "plan.h"
#include "scale.h"
#include "settings.h"
#include "shape.h"

static gboolean
check_side (const char *name,
            int         width,
            int         height,
            GError    **error)
{
  if (width >= 1 && height >= 1
      && width <= PST_IMAGE_MAX_SIDE && height <= PST_IMAGE_MAX_SIDE)
    return TRUE;
  return pst_fail (error, PST_ERROR_IMAGE,
                   "The %s of %d×%d pixels cannot be used: each side must be "
                   "between 1 and %d.", name, width, height,
                   PST_IMAGE_MAX_SIDE);
}

/* Pictures that are held beside a scale's own memory: content, style and result
 * with alpha; while a scale is prepared, a copy of the style; while the result
 * is handed out, one before and one after resizing, and what resizing needs.  All
 * are counted with a margin, which some have. */
static gsize
picture_bytes (const PstScalePlan *sizes)
{
  gsize content = pst_size_mul (PST_PLAN_PADDED (sizes->width),
                                PST_PLAN_PADDED (sizes->height));
  gsize style = pst_size_mul (PST_PLAN_PADDED (sizes->style_width),
                              PST_PLAN_PADDED (sizes->style_height));

  return pst_size_add (pst_size_mul (content, (4 + 4 + 12) * sizeof (float)),
                       pst_size_mul (style, (4 + 4) * sizeof (float)));
}

/* What pst_transfer_new() needs to take over a picture: a clean copy, one that
 * is premultiplied, and one at its new width. */
static gsize
taking_bytes (int width,
              int height,
              int new_width)
{
  gsize row = pst_size_mul (width + width + MIN (new_width, width),
                            4 * sizeof (float));

  return pst_size_mul (row, height);
}

static gsize
peak_bytes (const PstModel    *model,
            const PstPlan     *plan,
            int                content_width,
            int                content_height,
            int                style_width,
            int                style_height,
            const PstSettings *settings)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  gsize               content = taking_bytes (content_width, content_height,
                                              finest->width);
  gsize               style = taking_bytes (style_width, style_height,
                                            finest->style_width);
  gsize               work
    = pst_scale_measure (model, plan, finest,
                         pst_workers_wanted (settings->threads));

  return pst_size_add (MAX (work, MAX (content, style)),
                       picture_bytes (finest));
}

static double
scale_operations (const PstModel     *model,
                  const PstPlan      *plan,
                  const PstScalePlan *sizes)
{
  double forward
    = pst_net_operations (model, PST_PLAN_PADDED (sizes->height),
                          PST_PLAN_PADDED (sizes->width), plan->taps);
  double style
    = pst_net_operations (model, PST_PLAN_PADDED (sizes->style_height),
                          PST_PLAN_PADDED (sizes->style_width),
                          model->style_taps);

  return style + forward * (1 + 2.0 * sizes->max_iterations);
}

gboolean
pst_transfer_estimate (const PstModel    *model,
                       int                content_width,
                       int                content_height,
                       int                style_width,
                       int                style_height,
                       const PstSettings *settings,
                       PstEstimate       *ret_estimate,
                       GError           **error)
{
  PstEstimate         estimate = { 0 };
  const PstScalePlan *finest;
  PstPlan             plan;

  g_return_val_if_fail (model && settings && ret_estimate, FALSE);

  if (! pst_settings_check (settings, error)
      || ! check_side ("content", content_width, content_height, error)
      || ! check_side ("style", style_width, style_height, error))
    return FALSE;
  plan = pst_plan_new (model, content_width, content_height, style_width,
                       style_height, settings);
  finest = &plan.scales[plan.n_scales - 1];
  estimate.width = finest->width;
  estimate.height = finest->height;
  estimate.bytes = peak_bytes (model, &plan, content_width, content_height,
                               style_width, style_height, settings);
  for (int i = 0; i < plan.n_scales; i++)
    estimate.operations += scale_operations (model, &plan, &plan.scales[i]);
  *ret_estimate = estimate;
  return TRUE;
}

gboolean
pst_estimate_check_memory (const PstEstimate  *estimate,
                           GError            **error)
{
  guint64 available = pst_memory_available ();
  double  share = (double) available / estimate->bytes;

  if (share >= 1)
    return TRUE;
  return pst_fail (error, PST_ERROR_MEMORY,
                   "A result of %d×%d pixels needs %.1f GB of memory, but only "
                   "%.1f GB are free. Set the size to %d or less, or close "
                   "other programs.",
                   estimate->width, estimate->height, estimate->bytes / 1e9,
                   available / 1e9,
                   (int) (0.95 * sqrt (share)
                          * MAX (estimate->width, estimate->height)));
}
