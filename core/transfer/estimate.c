/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.c: what a run will need, before anything is allocated */
#include "estimate.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/shape.h"
#include "core/picture/picture.h"
#include "inputs.h"
#include "plan.h"
#include "scale.h"
#include "settings.h"

/* @format: the message, with width, height and the largest side */
static gboolean
check_size (const char *format, PstSize size, GError **error)
{
  if (size.width >= 1 && size.height >= 1 && size.width <= PST_IMAGE_MAX_SIDE
      && size.height <= PST_IMAGE_MAX_SIDE)
    return TRUE;
  return pst_fail (error, PST_ERROR_IMAGE, format, size.width, size.height,
                   PST_IMAGE_MAX_SIDE);
}

static gsize
plane_bytes (int width, int height)
{
  return pst_size_mul (pst_size_mul (width, height), sizeof (float));
}

/* Bytes of a picture with alpha, and of one that is handed out. */
static gsize
picture_bytes (int width, int height)
{
  return pst_size_mul (4, plane_bytes (width, height));
}

static gsize
content_bytes (const PstInputSizes *inputs, int width, int height)
{
  return pst_size_mul (inputs->has_alpha ? 4 : 3, plane_bytes (width, height));
}

/* A picture with alpha, and with a margin. */
static gsize
padded_bytes (PstSize size, int margin)
{
  return picture_bytes (size.width + 2 * margin, size.height + 2 * margin);
}

/* What pst_transfer_dup_result() needs: the result, and where the scale is not
 * the finest the picture without margin, enlarged along rows, and enlarged. */
static gsize
result_bytes (const PstScalePlan *sizes, const PstScalePlan *finest)
{
  gsize result = picture_bytes (finest->width, finest->height);
  gsize inside = picture_bytes (sizes->width, sizes->height) / 4 * 3;
  gsize middle = picture_bytes (finest->width, sizes->height) / 4 * 3;

  if (sizes->width == finest->width && sizes->height == finest->height)
    return result;
  return pst_size_add (pst_size_add (inside, middle),
                       pst_size_add (result, result / 4 * 3));
}

static int
n_regions (const PstInputSizes *inputs)
{
  return MAX (inputs->n_masks, 1);
}

/* The masks of regions at one size. */
static gsize
masks_bytes (int n_masks, int width, int height)
{
  return pst_size_mul (n_masks, picture_bytes (width, height) / 4);
}

/* Of the styles at the size of a scale; their sum from number @first on. */
static gsize
styles_bytes (const PstInputSizes *inputs, const PstScalePlan *sizes, int first)
{
  gsize bytes = 0;

  for (int i = first; i < inputs->n_styles; i++)
    {
      PstSize size = pst_plan_style_size (sizes, inputs->styles[i]);

      bytes = pst_size_add (bytes, picture_bytes (size.width, size.height));
    }
  return bytes;
}

/* While the Gram matrices of one style after the other are computed, for all
 * regions. */
static gsize
grams_bytes (const PstModel      *model,
             const PstPlan       *plan,
             const PstInputSizes *inputs,
             const PstScalePlan  *sizes,
             int                  threads)
{
  gsize most = 0;

  for (int i = 0; i < inputs->n_styles; i++)
    {
      PstSize size = pst_plan_padded_size (plan, sizes, inputs->styles[i]);
      gsize   work = pst_scale_measure_style (model, size, threads);

      most = MAX (most, pst_size_add (padded_bytes (size, 0), work));
    }
  return pst_size_add (most, n_regions (inputs) * pst_grams_bytes (model));
}

/* Makes @sizes as thrifty as @limit asks for.  Returns what the scale needs
 * beside what is held all the time: the picture, and either the style's Gram
 * matrices, or its own memory and the content or a result.
 * @styles: bytes held while there are Gram matrices to compute */
static gsize
fit_scale (const PstModel      *model,
           const PstPlan       *plan,
           const PstInputSizes *inputs,
           PstScalePlan        *sizes,
           int                  threads,
           gsize                styles,
           gsize                limit)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  PstSize             size = { sizes->width, sizes->height };
  gsize               plane = padded_bytes (size, plan->margin) / 4;
  gsize               content = (inputs->has_alpha ? 4 : 3) * plane;
  gsize               picture /* without alpha */
    = padded_bytes (size, pst_plan_picture_margin (plan)) / 4 * 3;
  gsize mask = inputs->n_masks > 0 ? 2 * plane : plan->tileable ? plane : 0;
  gsize beside = MAX (content + mask, result_bytes (sizes, finest));
  gsize grams =
    pst_size_add (styles, grams_bytes (model, plan, inputs, sizes, threads));

  for (;; sizes->memory_level++)
    {
      gsize work = pst_scale_measure (model, plan, sizes, inputs, threads);
      gsize bytes =
        pst_size_add (picture, MAX (grams, pst_size_add (beside, work)));

      if (bytes <= limit || sizes->memory_level == PST_MEMORY_LEVELS - 1)
        return bytes;
    }
}

/* What the limit leaves to the engine; without one, G_MAXUINT64. */
static guint64
allowed_bytes (const PstSettings *settings)
{
  guint64 limit = (guint64) settings->memory_limit * 1000000;

  return limit > 0 ? limit - MIN (limit, settings->memory_held) : G_MAXUINT64;
}

/* With less than was allowed, a run is planned with what is there. */
static guint64
memory_limit (const PstSettings *settings)
{
  guint64 available = pst_memory_available ();

  return settings->memory_limit > 0 ? MIN (allowed_bytes (settings), available)
                                    : available / 2;
}

/* Of the content and the regions at the size of a scale, as they are held. */
static gsize
held_bytes (const PstScalePlan *sizes, const PstInputSizes *inputs)
{
  return pst_size_add (content_bytes (inputs, sizes->width, sizes->height),
                       masks_bytes (inputs->n_masks, sizes->width,
                                    sizes->height));
}

/* Of all pictures that the composing scales hold for themselves. */
static gsize
composition_bytes (const PstPlan *plan, const PstInputSizes *inputs)
{
  const PstScalePlan *sizes = &plan->scales[plan->n_composing - 1];

  return plan->n_composing < plan->n_scales
           ? pst_size_add (held_bytes (sizes, inputs),
                           styles_bytes (inputs, sizes, 0))
           : 0;
}

/* Of the making of a picture from one of @size. */
static gsize
taking_bytes (PstSize size, int width, int height)
{
  return pst_picture_new_bytes (size.width, size.height, width, height);
}

/* What pst_transfer_new() needs, which takes one picture after the other. */
static gsize
begin_bytes (const PstPlan *plan, const PstInputSizes *inputs)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  gsize               held = composition_bytes (plan, inputs);
  gsize most = pst_size_add (held, taking_bytes (inputs->content, finest->width,
                                                 finest->height));

  held = pst_size_add (held, held_bytes (finest, inputs));
  for (int i = 0; i < inputs->n_styles; i++)
    {
      PstSize size = pst_plan_style_size (finest, inputs->styles[i]);

      most =
        MAX (most, pst_size_add (held, taking_bytes (inputs->styles[i],
                                                     size.width, size.height)));
      held = pst_size_add (held, picture_bytes (size.width, size.height));
    }
  return most;
}

/* Whether the last scale drops the colors of the content. */
static gboolean
drops_content (const PstPlan       *plan,
               const PstInputSizes *inputs,
               const PstSettings   *settings)
{
  return plan->n_scales > 1
         && ! pst_inputs_need_content (settings, inputs->n_masks > 0);
}

/* Fits every scale of @plan; returns the most that is needed at a time.  The
 * styles are held up to the last scale, which drops one after the other. */
static gsize
fit_plan (const PstModel      *model,
          PstPlan             *plan,
          const PstInputSizes *inputs,
          const PstSettings   *settings)
{
  const PstScalePlan *finest = &plan->scales[plan->n_scales - 1];
  int                 threads = pst_workers_wanted (settings->threads);
  guint64             limit = memory_limit (settings);
  gsize               content = held_bytes (finest, inputs);
  gsize               colors = 3 * plane_bytes (finest->width, finest->height);
  gsize               most = begin_bytes (plan, inputs);

  for (int i = 0; i < plan->n_scales; i++)
    {
      gboolean last = i == plan->n_scales - 1;
      gsize    styles = styles_bytes (inputs, finest, last ? 1 : 0);
      gsize    dropped =
        last && drops_content (plan, inputs, settings) ? colors : 0;
      gsize composition =
        i < plan->n_composing ? composition_bytes (plan, inputs) : 0;
      gsize held =
        last ? content - dropped
             : pst_size_add (pst_size_add (content, styles), composition);
      gsize free = limit > held ? limit - held : 0;

      most =
        MAX (most, pst_size_add (held, fit_scale (model, plan, inputs,
                                                  &plan->scales[i], threads,
                                                  last ? styles + dropped : 0,
                                                  free)));
    }
  return most;
}

static double
scale_operations (const PstModel      *model,
                  const PstPlan       *plan,
                  const PstInputSizes *inputs,
                  const PstScalePlan  *sizes)
{
  double forward =
    pst_net_operations (model, sizes->height + 2 * plan->margin,
                        sizes->width + 2 * plan->margin, sizes->loss.taps);
  /* The gradient costs as much as the network, which may have to run again. */
  gboolean twice =
    pst_memory_levels[sizes->memory_level].net == PST_NET_KEEP_NONE;
  double all = forward * (1 + (twice ? 3.0 : 2.0) * sizes->max_iterations);

  for (int i = 0; i < inputs->n_styles; i++)
    {
      PstSize size = pst_plan_padded_size (plan, sizes, inputs->styles[i]);

      all +=
        pst_net_operations (model, size.height, size.width, model->style_taps);
    }
  return all;
}

/* @format: the message, with width, height and the largest side */
static gboolean
check_sizes (const PstInputSizes *inputs, GError **error)
{
  if (! check_size (_ ("The content of %d×%d pixels cannot be used: each "
                       "side must be between 1 and %d."),
                    inputs->content, error))
    return FALSE;
  for (int i = 0; i < inputs->n_styles; i++)
    if (! check_size (_ ("A style of %d×%d pixels cannot be used: each "
                         "side must be between 1 and %d."),
                      inputs->styles[i], error))
      return FALSE;
  return TRUE;
}

gboolean
pst_estimate_plan (const PstModel      *model,
                   const PstInputSizes *inputs,
                   const PstSettings   *settings,
                   PstPlan             *ret_plan,
                   PstEstimate         *ret_estimate,
                   GError             **error)
{
  PstEstimate         estimate = { 0 };
  const PstScalePlan *finest;
  PstPlan             plan;

  if (! pst_settings_check (settings, error) || ! check_sizes (inputs, error))
    return FALSE;
  plan = pst_plan_new (model, inputs->content.width, inputs->content.height,
                       settings);
  finest = &plan.scales[plan.n_scales - 1];
  estimate.width = finest->width;
  estimate.height = finest->height;
  estimate.bytes = fit_plan (model, &plan, inputs, settings);
  for (int i = 0; i < plan.n_scales; i++)
    {
      double operations =
        scale_operations (model, &plan, inputs, &plan.scales[i]);

      if (i == 0)
        estimate.coarsest = operations;
      estimate.operations += operations;
      estimate.memory_level =
        MAX (estimate.memory_level, plan.scales[i].memory_level);
    }
  *ret_plan = plan;
  *ret_estimate = estimate;
  return TRUE;
}

gboolean
pst_transfer_estimate (const PstModel      *model,
                       const PstInputSizes *sizes,
                       const PstSettings   *settings,
                       PstEstimate         *ret_estimate,
                       GError             **error)
{
  PstPlan plan;

  g_return_val_if_fail (model && sizes && settings && ret_estimate, FALSE);
  g_return_val_if_fail (sizes->n_styles >= 1, FALSE);
  g_return_val_if_fail (sizes->n_styles <= PST_MAX_STYLES, FALSE);
  g_return_val_if_fail (sizes->n_masks >= 0, FALSE);
  g_return_val_if_fail (sizes->n_masks <= sizes->n_styles, FALSE);

  return pst_estimate_plan (model, sizes, settings, &plan, ret_estimate, error);
}

/* The largest size below @size that can do with @megabytes; 0: none can. */
static int
largest_size (const PstModel      *model,
              const PstInputSizes *inputs,
              const PstSettings   *settings,
              int                  size,
              int                  megabytes)
{
  PstSettings smaller = *settings;
  int         fits = 0;

  smaller.memory_limit = megabytes;
  smaller.memory_held = 0;
  while (size - fits > 1)
    {
      PstPlan plan;

      smaller.size = (fits + size) / 2;
      plan = pst_plan_new (model, inputs->content.width, inputs->content.height,
                           &smaller);
      if (fit_plan (model, &plan, inputs, &smaller) <= memory_limit (&smaller))
        fits = smaller.size;
      else
        size = smaller.size;
    }
  return fits;
}

/* What to do to need less than @available; the caller owns the text. */
static char *
advise (const PstModel      *model,
        const PstInputSizes *inputs,
        const PstSettings   *settings,
        const PstEstimate   *estimate,
        guint64              available)
{
  /* Less may be free when the advice is followed. */
  int megabytes = MAX (0.9 * available / 1e6, 1);
  int size = largest_size (model, inputs, settings,
                           MAX (estimate->width, estimate->height), megabytes);

  /* Pictures are taken as they are, whatever becomes of them. */
  if (size > 0)
    return g_strdup_printf (
      settings->memory_limit > 0
        ? _ ("Set the size to %d or less, or allow more.")
        : _ ("Set the size to %d or less, or close other programs."),
      size);
  return g_strdup (settings->memory_limit > 0
                     ? _ ("Use smaller pictures, or allow more.")
                     : _ ("Use smaller pictures, or close other programs."));
}

gboolean
pst_estimate_check_memory (const PstModel      *model,
                           const PstInputSizes *inputs,
                           const PstSettings   *settings,
                           const PstEstimate   *estimate,
                           GError             **error)
{
  gboolean         is_limited = settings->memory_limit > 0;
  guint64          held = is_limited ? settings->memory_held : 0;
  guint64          allowed = allowed_bytes (settings);
  guint64          available = MIN (pst_memory_available (), allowed);
  g_autofree char *need = pst_memory_format (estimate->bytes + held);
  g_autofree char *there = pst_memory_format (available + held);
  g_autofree char *advice = NULL;
  g_autofree char *text = NULL;

  if (estimate->bytes <= available)
    return TRUE;
  if (estimate->bytes <= MIN (pst_memory_available_later (), allowed))
    return pst_fail (error, PST_ERROR_BUSY,
                     _ ("A result of %d×%d pixels needs %s of memory, which "
                        "other runs are using. Try again when they have "
                        "ended."),
                     estimate->width, estimate->height, need);
  advice = advise (model, inputs, settings, estimate, available);
  text = g_strdup_printf (
    is_limited ? _ ("A result of %d×%d pixels needs %s of memory, but only %s "
                    "are allowed.")
               : _ ("A result of %d×%d pixels needs %s of memory, but only %s "
                    "are free."),
    estimate->width, estimate->height, need, there);
  return pst_fail (error, PST_ERROR_MEMORY, "%s %s", text, advice);
}
