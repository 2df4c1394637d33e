/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transfer.c: one run, coarse to fine, step by step */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/reservation.h"
#include "core/kernels/blas.h"
#include "core/picture/picture.h"
#include "current.h"
#include "estimate.h"
#include "inputs.h"
#include "plan.h"
#include "scale.h"

struct _PstTransfer
{
  PstModel       *model;
  PstSettings     settings;
  PstPlan         plan;
  PstWorkers     *workers;
  PstReservation *reservation; /* of the memory in the plan; NULL: none */
  int             cancel;      /* atomic */
  PstInputs       composition; /* of the scales that compose the picture, from
                                * the pictures as they were given, so that
                                * nothing depends on the result's size;
                                * empty: no longer needed, or the same */
  PstInputs       inputs;
  int             current; /* scale; n_scales: all done */
  PstScale       *scale;   /* NULL: the current one is to be prepared */
  PstPicture     *picture; /* the current picture, at the scale's size, with
                            * its margin */
  int             first;   /* scale that the run began with */
  int             skipped; /* iterations that count as done in that scale, see
                            * pst_transfer_begin_from() */
  double          recent[PST_PLAN_WINDOW]; /* losses, a ring */
  PstScaleReport  reports[PST_PLAN_MAX_SCALES];
  double          fraction; /* reached so far */
};

/* Those of the current scale. */
static PstInputs *
current_inputs (PstTransfer *transfer)
{
  return transfer->composition.content ? &transfer->composition
                                       : &transfer->inputs;
}

/* ---- lifecycle ---------------------------------------------------------- */

static gboolean
check_weights (const PstInputPictures *pictures, GError **error)
{
  for (int i = 0; i < pictures->n_styles; i++)
    {
      double weight = pictures->styles[i].weight;

      if (! (weight > 0 && isfinite (weight)))
        return pst_fail (error, PST_ERROR_SETTINGS,
                         _ ("The weight of a style is %g; it must be above 0."),
                         weight);
    }
  return TRUE;
}

/* Plans the run, checks whether it can be done, and reserves its memory. */
static gboolean
make_plan (PstTransfer            *transfer,
           const PstInputPictures *pictures,
           GError                **error)
{
  const PstSettings *settings = &transfer->settings;
  PstInputSizes      sizes;
  PstEstimateBasis   basis = { transfer->model, &sizes, settings };
  PstEstimate        estimate;

  pst_input_sizes_init (&sizes, pictures);
  transfer->reservation = pst_reservation_begin (NULL);
  basis.memory = pst_memory_available ();
  if (! pst_estimate_plan (&basis, &transfer->plan, &estimate, error)
      || ! pst_estimate_check_memory (&basis, &estimate, error)
      || ! pst_blas_init (settings->threads, estimate.bytes, error))
    return FALSE;
  pst_reservation_set (transfer->reservation, estimate.bytes);
  return TRUE;
}

static gboolean
take_pictures (PstTransfer            *transfer,
               const PstInputPictures *pictures,
               PstStyleCache          *cache,
               GError                **error)
{
  const PstPlan *plan = &transfer->plan;
  PstInputs      inputs = { .plan = plan,
                            .settings = &transfer->settings,
                            .cache = cache };

  transfer->composition = transfer->inputs = inputs;
  if (plan->n_composing < plan->n_scales)
    {
      transfer->composition.finest = &plan->scales[plan->n_composing - 1];
      if (! pst_inputs_take (&transfer->composition, pictures, error))
        return FALSE;
    }
  transfer->inputs.finest = &plan->scales[plan->n_scales - 1];
  return pst_inputs_take (&transfer->inputs, pictures, error);
}

PstTransfer *
pst_transfer_new (PstModel               *model,
                  const PstInputPictures *pictures,
                  const PstSettings      *settings,
                  PstStyleCache          *cache,
                  GError                **error)
{
  g_autoptr (PstTransfer) transfer = NULL;

  g_return_val_if_fail (model && pictures && settings, NULL);
  g_return_val_if_fail (pictures->content && pictures->styles, NULL);
  g_return_val_if_fail (pictures->n_styles >= 1, NULL);
  g_return_val_if_fail (pictures->n_styles <= PST_MAX_STYLES, NULL);

  if (! check_weights (pictures, error))
    return NULL;
  transfer = g_new0 (PstTransfer, 1);
  transfer->model = pst_model_ref (model);
  transfer->settings = *settings;
  if (! make_plan (transfer, pictures, error))
    return NULL;
  for (int i = 0; i < transfer->plan.n_scales; i++)
    transfer->reports[i] =
      (PstScaleReport){ .width = transfer->plan.scales[i].width,
                        .height = transfer->plan.scales[i].height,
                        .memory_level = transfer->plan.scales[i].memory_level };
  if (! take_pictures (transfer, pictures, cache, error))
    return NULL;
  transfer->workers = pst_workers_new (settings->threads);
  pst_workers_set_cancel (transfer->workers, &transfer->cancel);
  return g_steal_pointer (&transfer);
}

void
pst_transfer_free (PstTransfer *transfer)
{
  if (! transfer)
    return;

  pst_scale_free (transfer->scale);
  pst_picture_free (transfer->picture);
  pst_inputs_clear (&transfer->composition);
  pst_inputs_clear (&transfer->inputs);
  pst_workers_free (transfer->workers);
  pst_reservation_free (transfer->reservation);
  pst_model_unref (transfer->model);
  g_free (transfer);
}

/* ---- one scale ---------------------------------------------------------- */

static gboolean
is_last (const PstTransfer *transfer)
{
  return transfer->current == transfer->plan.n_scales - 1;
}

/* A scale with the targets of the styles, without the content. */
static PstScale *
new_scale (PstTransfer *transfer, const PstScalePlan *sizes, GError **error)
{
  PstInputs *inputs = current_inputs (transfer);
  PstScale  *scale = pst_scale_new (&transfer->plan, sizes, transfer->model,
                                    transfer->workers, inputs->regions, error);

  if (scale
      && ! pst_inputs_add_styles (inputs, scale, sizes, is_last (transfer),
                                  error))
    g_clear_pointer (&scale, pst_scale_free);
  return scale;
}

/* Makes the picture that the scale starts from.  The result could be made of it
 * as well as of the picture of the scale before, which is freed. */
static gboolean
take_starting_picture (PstTransfer *transfer, GError **error)
{
  PstPicture *picture =
    transfer->picture
      ? pst_current_next (&transfer->plan, transfer->current, transfer->picture,
                          transfer->inputs.content, error)
      : pst_current_first (&transfer->plan, current_inputs (transfer), error);

  if (! picture)
    return FALSE;
  pst_picture_free (transfer->picture);
  transfer->picture = picture;
  return TRUE;
}

static gboolean
prepare_scale (PstTransfer *transfer, GError **error)
{
  const PstScalePlan *sizes = &transfer->plan.scales[transfer->current];
  g_autoptr (PstPicture) content = NULL;
  PstScale *scale;

  if (g_atomic_int_get (&transfer->cancel))
    return pst_fail (error, PST_ERROR_CANCELLED, _ ("Cancelled."));
  if (! transfer->inputs.styles[0].picture) /* the last scale was tried */
    return pst_fail_memory (error);
  if (! take_starting_picture (transfer, error))
    return FALSE;
  scale = new_scale (transfer, sizes, error);
  if (scale)
    content =
      pst_inputs_take_content (current_inputs (transfer), sizes,
                               transfer->current > 0 && is_last (transfer),
                               error);
  if (content
      && pst_scale_begin (scale, content, transfer->picture->rgb, error))
    transfer->scale = g_steal_pointer (&scale);
  else if (transfer->current == 0) /* the content is still the result */
    g_clear_pointer (&transfer->picture, pst_picture_free);
  pst_scale_free (scale);
  return transfer->scale != NULL;
}

static void
finish_scale (PstTransfer *transfer)
{
  g_clear_pointer (&transfer->scale, pst_scale_free);
  transfer->current++;
  if (transfer->current == transfer->plan.n_composing)
    pst_inputs_clear (&transfer->composition);
}

/* With the iterations before the run. */
static int
iterations_done (const PstTransfer *transfer, int i)
{
  return transfer->reports[i].iterations
         + (i == transfer->first ? transfer->skipped : 0);
}

/* Whether the scale has converged or reached its limit. */
static gboolean
is_enough (const PstTransfer *transfer)
{
  const PstScaleReport *report = &transfer->reports[transfer->current];
  int                   i = report->iterations;
  double                before;

  if (iterations_done (transfer, transfer->current)
      >= transfer->plan.scales[transfer->current].max_iterations)
    return TRUE;
  if (i <= PST_PLAN_WINDOW)
    return FALSE;
  before = transfer->recent[i % PST_PLAN_WINDOW];
  return before - report->total_loss < transfer->plan.tolerance * before;
}

static gboolean
iterate (PstTransfer *transfer, GError **error)
{
  PstScaleReport *report = &transfer->reports[transfer->current];
  PstLosses       losses, first;

  switch (pst_scale_step (transfer->scale, &losses))
    {
    case PST_LBFGS_INTERRUPTED:
      return pst_fail (error, PST_ERROR_CANCELLED, _ ("Cancelled."));

    case PST_LBFGS_STUCK:
      finish_scale (transfer);
      return TRUE;

    case PST_LBFGS_MOVED:
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

/* ---- progress ----------------------------------------------------------- */

/* Cost of scale @i up to @iterations, in pixel iterations. */
static double
cost (const PstTransfer *transfer, int i, int iterations)
{
  const PstScalePlan *sizes = &transfer->plan.scales[i];

  return (double) sizes->width * sizes->height * iterations;
}

static void
fill_progress (PstTransfer *transfer, PstProgress *progress)
{
  const PstPlan        *plan = &transfer->plan;
  int                   current = MIN (transfer->current, plan->n_scales - 1);
  const PstScaleReport *report = &transfer->reports[current];
  double                done = 0, todo = 0, measured = 0, seconds = 0;

  for (int i = 0; i < plan->n_scales; i++)
    {
      double all = cost (transfer, i, plan->scales[i].max_iterations);
      double some = cost (transfer, i, transfer->reports[i].iterations);
      double so_far = cost (transfer, i, iterations_done (transfer, i));

      measured += some;
      seconds += transfer->reports[i].seconds;
      done += i < transfer->current ? all : so_far;
      todo += i < transfer->current ? 0 : all - so_far;
    }
  transfer->fraction = MAX (transfer->fraction, done / (done + todo));
  *progress =
    (PstProgress){ .done = transfer->current == plan->n_scales,
                   .scale = current,
                   .n_scales = plan->n_scales,
                   .iteration = iterations_done (transfer, current),
                   .max_iterations = plan->scales[current].max_iterations,
                   .fraction = transfer->fraction,
                   .remaining = measured > 0 ? seconds / measured * todo : -1,
                   .total_loss = report->total_loss };
}

/* ---- public ------------------------------------------------------------- */

/* The first scale that is not smaller than @picture, or the last. */
static int
scale_of_picture (const PstPlan *plan, const PstImage *picture)
{
  int side = MAX (picture->width, picture->height);
  int i = 0;

  while (i < plan->n_scales - 1
         && MAX (plan->scales[i].width, plan->scales[i].height) < side)
    i++;
  return i;
}

gboolean
pst_transfer_begin_from (PstTransfer    *transfer,
                         const PstImage *picture,
                         int             iterations,
                         GError        **error)
{
  const PstScalePlan *sizes;
  int                 i;

  g_return_val_if_fail (transfer && picture && iterations >= 0, FALSE);
  g_return_val_if_fail (! transfer->picture && transfer->current == 0, FALSE);

  i = scale_of_picture (&transfer->plan, picture);
  sizes = &transfer->plan.scales[i];
  transfer->picture =
    pst_current_from_image (&transfer->plan, sizes, picture, error);
  if (! transfer->picture)
    return FALSE;
  transfer->skipped = MIN (iterations, sizes->max_iterations);
  transfer->first = i;
  transfer->current = transfer->skipped < sizes->max_iterations ? i : i + 1;
  if (transfer->current >= transfer->plan.n_composing)
    pst_inputs_clear (&transfer->composition);
  return TRUE;
}

gboolean
pst_transfer_step (PstTransfer *transfer,
                   PstProgress *ret_progress,
                   GError     **error)
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
      transfer->reports[current].seconds +=
        (g_get_monotonic_time () - begin) / 1e6;
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

PstImage *
pst_transfer_dup_result (const PstTransfer *transfer, GError **error)
{
  g_return_val_if_fail (transfer, NULL);

  return pst_current_dup_result (&transfer->plan, transfer->picture,
                                 &transfer->inputs, error);
}

const PstScaleReport *
pst_transfer_get_scales (const PstTransfer *transfer, int *ret_n_scales)
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

  return transfer->plan.bf16 ? PST_PRECISION_FAST : PST_PRECISION_EXACT;
}
