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

/* Bytes of a picture with alpha, and of one that is handed out. */
static gsize
picture_bytes (int width,
               int height)
{
  return pst_size_mul (pst_size_mul (width, height), 4 * sizeof (float));
}

static gsize
padded_bytes (int width,
              int height)
{
  return picture_bytes (PST_PLAN_PADDED (width), PST_PLAN_PADDED (height));
}

/* What pst_transfer_new() needs to take over a picture: a clean copy, one that
 * is premultiplied, one at its new width, and filters of six taps. */
static gsize
taking_bytes (int width,
              int height,
              int new_width)
{
  gsize row = pst_size_mul (width + width + MIN (new_width, width),
                            4 * sizeof (float));

  return pst_size_add (pst_size_mul (row, height),
                       (width + height) * 8 * sizeof (float));
}

/* What pst_transfer_dup_result() needs: the result, and where the scale is not the
 * finest the picture without margin, enlarged along rows, and enlarged. */
static gsize
result_bytes (const PstScalePlan *sizes,
              const PstScalePlan *finest)
{
  gsize result = picture_bytes (finest->width, finest->height);
  gsize inside = picture_bytes (sizes->width, sizes->height) / 4 * 3;
  gsize middle = picture_bytes (finest->width, sizes->height) / 4 * 3;

  if (sizes->width == finest->width && sizes->height == finest->height)
    return result;
  return pst_size_add (pst_size_add (inside, middle),
                       pst_size_add (result, result / 4 * 3));
}

/* Makes @sizes as thrifty as @limit asks for.  Returns what the scale needs beside
 * what is held all the time: the picture, and either the style's Gram matrices, or
 * its own memory and the content or a result. */
static gsize
fit_scale (const PstModel *model,
           const PstPlan  *plan,
           PstScalePlan   *sizes,
           int             threads,
           gsize           limit)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  gsize               content = padded_bytes (sizes->width, sizes->height);
  gsize               picture = content / 4 * 3;     /* without alpha */
  gsize               beside = MAX (content, result_bytes (sizes, finest));
  gsize               style
    = pst_size_add (padded_bytes (sizes->style_width, sizes->style_height),
                    pst_scale_measure_style (model, sizes, threads));

  for (;; sizes->thrift++)
    {
      gsize work = pst_scale_measure (model, plan, sizes, threads);
      gsize bytes = pst_size_add (picture,
                                  MAX (style, pst_size_add (beside, work)));

      if (bytes <= limit || sizes->thrift == PST_PLAN_THRIFTS - 1)
        return bytes;
    }
}

static guint64
memory_limit (const PstSettings *settings)
{
  return settings->memory_limit > 0
         ? (guint64) settings->memory_limit * 1000000
         : pst_memory_available () / 2;
}

/* Fits every scale of @plan; returns the most that is needed at a time.  The
 * content is held from beginning to end, the style up to the last scale. */
static gsize
fit_plan (const PstModel    *model,
          PstPlan           *plan,
          int                content_width,
          int                content_height,
          int                style_width,
          int                style_height,
          const PstSettings *settings)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  int                 threads = pst_workers_wanted (settings->threads);
  guint64             limit = memory_limit (settings);
  gsize               content = picture_bytes (finest->width, finest->height);
  gsize               style = picture_bytes (finest->style_width,
                                             finest->style_height);
  gsize               most = MAX (taking_bytes (content_width, content_height,
                                                finest->width),
                                  taking_bytes (style_width, style_height,
                                                finest->style_width));

  for (int i = 0; i < plan->n_scales; i++)
    {
      gsize held = i < plan->n_scales - 1 ? pst_size_add (content, style)
                                          : content;
      gsize free = limit > held ? limit - held : 0;

      most = MAX (most, pst_size_add (held, fit_scale (model, plan,
                                                       &plan->scales[i],
                                                       threads, free)));
    }
  return most;
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
pst_estimate_plan (const PstModel     *model,
                   int                 content_width,
                   int                 content_height,
                   int                 style_width,
                   int                 style_height,
                   const PstSettings  *settings,
                   PstPlan            *ret_plan,
                   PstEstimate        *ret_estimate,
                   GError            **error)
{
  PstEstimate         estimate = { 0 };
  const PstScalePlan *finest;
  PstPlan             plan;

  if (! pst_settings_check (settings, error)
      || ! check_side ("content", content_width, content_height, error)
      || ! check_side ("style", style_width, style_height, error))
    return FALSE;
  plan = pst_plan_new (model, content_width, content_height, style_width,
                       style_height, settings);
  finest = &plan.scales[plan.n_scales - 1];
  estimate.width = finest->width;
  estimate.height = finest->height;
  estimate.bytes = fit_plan (model, &plan, content_width, content_height,
                             style_width, style_height, settings);
  for (int i = 0; i < plan.n_scales; i++)
    estimate.operations += scale_operations (model, &plan, &plan.scales[i]);
  *ret_plan = plan;
  *ret_estimate = estimate;
  return TRUE;
}

gboolean
pst_transfer_estimate (const PstModel     *model,
                       int                 content_width,
                       int                 content_height,
                       int                 style_width,
                       int                 style_height,
                       const PstSettings  *settings,
                       PstEstimate        *ret_estimate,
                       GError            **error)
{
  PstPlan plan;

  g_return_val_if_fail (model && settings && ret_estimate, FALSE);

  return pst_estimate_plan (model, content_width, content_height, style_width,
                            style_height, settings, &plan, ret_estimate, error);
}

gboolean
pst_estimate_check_memory (const PstEstimate  *estimate,
                           const PstSettings  *settings,
                           GError            **error)
{
  guint64 available = pst_memory_available ();
  double  share;

  if (settings->memory_limit > 0)
    available = MIN (available, memory_limit (settings));
  share = (double) available / estimate->bytes;
  if (share >= 1)
    return TRUE;
  return pst_fail (error, PST_ERROR_MEMORY,
                   "A result of %d×%d pixels needs %.1f GB of memory, but only "
                   "%.1f GB %s. Set the size to %d or less, or %s.",
                   estimate->width, estimate->height, estimate->bytes / 1e9,
                   available / 1e9,
                   settings->memory_limit > 0 ? "are allowed" : "are free",
                   (int) (0.95 * sqrt (share)
                          * MAX (estimate->width, estimate->height)),
                   settings->memory_limit > 0 ? "allow more"
                                              : "close other programs");
}
