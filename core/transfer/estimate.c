/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.c: what a run will need, before anything is allocated */
#include "estimate.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/shape.h"
#include "core/picture/picture.h"
#include "current.h"
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

static int
n_regions (const PstInputSizes *inputs)
{
  return MAX (inputs->n_masks, 1);
}

/* What is held at scale number @i: the content with its regions, and the styles
 * that are kept.  While the composition is made, its own besides those of the
 * result. */
typedef struct
{
  gsize content;
  gsize styles; /* of the inputs that the scale uses */
} Held;

static Held
held_bytes (const PstPlan *plan, int i, const PstInputSizes *inputs)
{
  const PstScalePlan *last = &plan->scales[plan->n_scales - 1];
  const PstScalePlan *finest = pst_plan_finest (plan, &plan->scales[i]);
  Held held = { .content = pst_inputs_content_bytes (inputs, last),
                .styles = pst_inputs_styles_bytes (inputs, finest) };

  if (finest != last)
    {
      gsize others = pst_size_add (pst_inputs_content_bytes (inputs, finest),
                                   pst_inputs_styles_bytes (inputs, last));

      held.content = pst_size_add (held.content, others);
    }
  return held;
}

/* The most that pst_transfer_new() holds, which takes the pictures for the
 * composition and then those for the result. */
static gsize
begin_bytes (const PstEstimateBasis *basis, const PstPlan *plan)
{
  const PstScalePlan *last = &plan->scales[plan->n_scales - 1];
  const PstScalePlan *finest = pst_plan_finest (plan, &plan->scales[0]);
  gsize taking = pst_inputs_take_bytes (basis->inputs, finest, basis->settings);
  gsize composition;

  if (finest == last)
    return taking;
  composition = pst_size_add (pst_inputs_content_bytes (basis->inputs, finest),
                              pst_inputs_styles_bytes (basis->inputs, finest));
  return MAX (taking, pst_size_add (composition,
                                    pst_inputs_take_bytes (basis->inputs, last,
                                                           basis->settings)));
}

/* The picture of a scale, with its margin. */
static gsize
current_bytes (const PstPlan *plan, const PstScalePlan *sizes)
{
  PstFrame frame = { sizes->width, sizes->height,
                     pst_plan_picture_margin (plan), FALSE };

  return pst_picture_bytes (pst_frame_size (&frame), FALSE);
}

/* The most that is held until scale number @i begins to allocate its own
 * block. */
static gsize
prepare_bytes (const PstEstimateBasis *basis,
               const PstPlan          *plan,
               int                     i,
               PstWorkers             *workers)
{
  const PstInputSizes *inputs = basis->inputs;
  const PstScalePlan  *sizes = &plan->scales[i];
  const PstScalePlan  *finest = pst_plan_finest (plan, sizes);
  PstFrame             frame = pst_plan_frame (plan, sizes);
  Held                 held = held_bytes (plan, i, inputs);
  gsize                grams =
    n_regions (inputs) * pst_grams_bytes (basis->model, sizes->loss.taps);
  gsize starting =
    i == 0
      ? pst_inputs_first_picture_bytes (inputs, finest, sizes, basis->settings)
      : pst_size_add (current_bytes (plan, sizes - 1),
                      pst_current_next_bytes (plan, i, inputs->has_alpha));
  gsize styling =
    pst_inputs_add_styles_bytes (inputs, plan, sizes, basis->model, workers);
  gsize framing =
    pst_size_add (i < plan->n_scales - 1 ? held.styles : 0,
                  pst_picture_frame_bytes (pst_plan_size (finest), &frame,
                                           inputs->has_alpha));
  gsize most =
    MAX (pst_size_add (held.styles, starting),
         pst_size_add (pst_size_add (current_bytes (plan, sizes), grams),
                       MAX (styling, framing)));

  return pst_size_add (held.content, most);
}

/* Whether the last scale drops the colors of the content. */
static gboolean
drops_content (const PstEstimateBasis *basis, const PstPlan *plan)
{
  return plan->n_scales > 1
         && ! pst_inputs_need_content (basis->settings,
                                       basis->inputs->n_masks > 0);
}

/* The most that is held while scale number @i is optimized, and results are
 * made, besides the scale's own memory. */
static gsize
optimize_bytes (const PstEstimateBasis *basis, const PstPlan *plan, int i)
{
  const PstInputSizes *inputs = basis->inputs;
  const PstScalePlan  *sizes = &plan->scales[i];
  PstFrame             frame = pst_plan_frame (plan, sizes);
  Held                 held = held_bytes (plan, i, inputs);
  gsize beginning = pst_size_add (pst_picture_bytes (pst_frame_size (&frame),
                                                     inputs->has_alpha),
                                  pst_scale_begin_bytes (plan, sizes, inputs));
  gsize result = pst_current_dup_result_bytes (plan, sizes);
  gsize bytes =
    pst_size_add (current_bytes (plan, sizes), MAX (beginning, result));

  if (i < plan->n_scales - 1)
    held.content = pst_size_add (held.content, held.styles);
  else if (drops_content (basis, plan) && held.content != G_MAXSIZE)
    held.content -= pst_picture_bytes (pst_plan_size (sizes), FALSE);
  return pst_size_add (held.content, bytes);
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
memory_limit (const PstEstimateBasis *basis)
{
  return basis->settings->memory_limit > 0
           ? MIN (allowed_bytes (basis->settings), basis->memory.now)
           : basis->memory.now / 2;
}

/* Makes scale number @i give up what the limit asks for; returns the most that
 * is needed at a time while it is optimized. */
static gsize
fit_scale (const PstEstimateBasis *basis,
           PstPlan                *plan,
           int                     i,
           PstWorkers             *workers)
{
  PstScalePlan *sizes = &plan->scales[i];
  guint64       limit = memory_limit (basis);
  gsize         besides = optimize_bytes (basis, plan, i);

  for (;; sizes->memory_level++)
    {
      gsize own =
        pst_scale_measure (basis->model, plan, sizes, basis->inputs, workers);
      gsize bytes = pst_size_add (besides, own);

      if (bytes <= limit || sizes->memory_level == PST_MEMORY_LEVELS - 1)
        return bytes;
    }
}

/* Makes every scale of @plan give up what the limit asks for; returns the most
 * that is needed at a time. */
static gsize
fit_plan (const PstEstimateBasis *basis, PstPlan *plan)
{
  PstWorkers *workers = pst_workers_new_idle (basis->settings->threads);
  gsize       most = begin_bytes (basis, plan);

  for (int i = 0; i < plan->n_scales; i++)
    {
      gsize preparing = prepare_bytes (basis, plan, i, workers);
      gsize optimizing = fit_scale (basis, plan, i, workers);

      most = MAX (most, MAX (preparing, optimizing));
    }
  pst_workers_free (workers);
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
      PstFrame frame = pst_plan_style_frame (plan, sizes, inputs->styles[i]);
      PstSize  size = pst_frame_size (&frame);

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
pst_estimate_plan (const PstEstimateBasis *basis,
                   PstPlan                *ret_plan,
                   PstEstimate            *ret_estimate,
                   GError                **error)
{
  const PstInputSizes *inputs = basis->inputs;
  PstEstimate          estimate = { 0 };
  PstSize              result;
  PstPlan              plan;

  if (! pst_settings_check (basis->settings, error)
      || ! check_sizes (inputs, error))
    return FALSE;
  plan = pst_plan_new (basis->model, inputs->content.width,
                       inputs->content.height, basis->settings);
  result = pst_plan_size (&plan.scales[plan.n_scales - 1]);
  estimate.width = result.width;
  estimate.height = result.height;
  estimate.bytes = fit_plan (basis, &plan);
  for (int i = 0; i < plan.n_scales; i++)
    {
      double operations =
        scale_operations (basis->model, &plan, inputs, &plan.scales[i]);

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
  PstEstimateBasis basis = { .model = model,
                             .inputs = sizes,
                             .settings = settings,
                             .memory = pst_memory_available () };
  PstPlan          plan;

  g_return_val_if_fail (model && sizes && settings && ret_estimate, FALSE);
  g_return_val_if_fail (sizes->n_styles >= 1, FALSE);
  g_return_val_if_fail (sizes->n_styles <= PST_MAX_STYLES, FALSE);
  g_return_val_if_fail (sizes->n_masks >= 0, FALSE);
  g_return_val_if_fail (sizes->n_masks <= sizes->n_styles, FALSE);

  return pst_estimate_plan (&basis, &plan, ret_estimate, error);
}

/* The largest size below @size that @megabytes are enough for; 0: none. */
static int
largest_size (const PstEstimateBasis *basis, int size, int megabytes)
{
  PstSettings      smaller = *basis->settings;
  PstEstimateBasis other = *basis;
  int              fits = 0;

  smaller.memory_limit = megabytes;
  smaller.memory_held = 0;
  other.settings = &smaller;
  while (size - fits > 1)
    {
      PstPlan plan;

      smaller.size = (fits + size) / 2;
      plan = pst_plan_new (basis->model, basis->inputs->content.width,
                           basis->inputs->content.height, &smaller);
      if (fit_plan (&other, &plan) <= memory_limit (&other))
        fits = smaller.size;
      else
        size = smaller.size;
    }
  return fits;
}

/* What to do to need less than @available; the caller owns the text. */
static char *
advise (const PstEstimateBasis *basis,
        const PstEstimate      *estimate,
        guint64                 available)
{
  gboolean limited = basis->settings->memory_limit > 0;
  /* Less may be free when the advice is followed. */
  int      megabytes = MAX (0.9 * available / 1e6, 1);
  int      size =
    largest_size (basis, MAX (estimate->width, estimate->height), megabytes);

  /* Pictures are read at their own size, however small the result is. */
  if (size > 0)
    return g_strdup_printf (
      limited ? _ ("Set the size to %d or less, or allow more.")
              : _ ("Set the size to %d or less, or close other programs."),
      size);
  return g_strdup (limited
                     ? _ ("Use smaller pictures, or allow more.")
                     : _ ("Use smaller pictures, or close other programs."));
}

gboolean
pst_estimate_check_memory (const PstEstimateBasis *basis,
                           const PstEstimate      *estimate,
                           GError                **error)
{
  gboolean         is_limited = basis->settings->memory_limit > 0;
  guint64          limit = (guint64) basis->settings->memory_limit * 1000000;
  guint64          held = is_limited ? basis->settings->memory_held : 0;
  guint64          allowed = allowed_bytes (basis->settings);
  guint64          available = MIN (basis->memory.now, allowed);
  g_autofree char *need = pst_memory_format (estimate->bytes + held);
  /* More may be held than the limit allows. */
  guint64 there = is_limited ? MIN (available + held, limit) : available;
  g_autofree char *there_text = pst_memory_format (there);
  g_autofree char *advice = NULL;
  g_autofree char *text = NULL;

  if (estimate->bytes <= available)
    return TRUE;
  if (estimate->bytes <= MIN (basis->memory.later, allowed))
    return pst_fail (error, PST_ERROR_BUSY,
                     _ ("A result of %d×%d pixels needs %s of memory, which "
                        "other runs are using. Try again when they have "
                        "ended."),
                     estimate->width, estimate->height, need);
  advice = advise (basis, estimate, available);
  text = g_strdup_printf (
    is_limited ? _ ("A result of %d×%d pixels needs %s of memory, but only %s "
                    "are allowed.")
               : _ ("A result of %d×%d pixels needs %s of memory, but only %s "
                    "are free."),
    estimate->width, estimate->height, need, there_text);
  return pst_fail (error, PST_ERROR_MEMORY, "%s %s", text, advice);
}
