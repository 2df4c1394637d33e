/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-transfer.c: transfers, run and watched */
#include "run-transfer.h"

#include <math.h>

#include "check.h"
#include "sample-pictures.h"

#define MAX_STEPS 2000 /* of a run; none has so many */

PstSettings
run_draft_settings (void)
{
  PstSettings settings;

  pst_settings_init (&settings);
  settings.quality = PST_QUALITY_DRAFT;
  settings.threads = 1;
  return settings;
}

PstTransfer *
run_start (PstModel          *model,
           const PstImage    *content,
           const PstImage    *style,
           const PstSettings *settings)
{
  g_autoptr (GError) error = NULL;
  PstTransfer *transfer =
    sample_transfer (model, content, style, settings, &error);

  g_assert_no_error (error);
  return transfer;
}

PstImage *
run_result (const PstTransfer *transfer)
{
  g_autoptr (GError) error = NULL;
  PstImage *result = pst_transfer_dup_result (transfer, &error);

  g_assert_no_error (error);
  return result;
}

void
run_check_progress (const PstProgress *before, const PstProgress *now)
{
  g_assert_cmpfloat (now->fraction, >=, before->fraction);
  g_assert_cmpfloat (now->fraction, >=, 0.0);
  g_assert_cmpfloat (now->fraction, <=, 1.0);
  g_assert_cmpint (now->scale, >=, before->scale);
  g_assert_cmpint (now->scale, <, now->n_scales);
  g_assert_cmpint (now->iteration, >=, 0);
  g_assert_cmpint (now->iteration, <=, now->max_iterations);
  g_assert_true (isfinite (now->remaining));
  g_assert_true (isfinite (now->total_loss));
  if (now->scale == before->scale && before->total_loss > 0)
    {
      g_assert_cmpint (now->iteration, >=, before->iteration);
      g_assert_cmpfloat (now->total_loss, <=, before->total_loss);
    }
}

void
run_until (PstTransfer *transfer, int iterations)
{
  PstProgress progress = { 0 };

  for (int step = 0; step < MAX_STEPS && ! progress.done; step++)
    {
      g_autoptr (GError) error = NULL;
      PstProgress before = progress;

      pst_transfer_step (transfer, &progress, &error);
      g_assert_no_error (error);
      run_check_progress (&before, &progress);
      if (iterations > 0 && progress.iteration == iterations)
        return;
    }
  g_assert_true (progress.done);
  g_assert_cmpfloat (progress.fraction, ==, 1.0);
}

PstImage *
run_all (PstModel          *model,
         const PstImage    *content,
         const PstImage    *style,
         const PstSettings *settings)
{
  PstTransfer *transfer = run_start (model, content, style, settings);
  PstImage    *result;

  run_until (transfer, 0);
  result = run_result (transfer);
  sample_valid ("result", result);
  pst_transfer_free (transfer);
  return result;
}

PstScaleReport
run_last_report (const PstTransfer *transfer)
{
  int                   n_scales;
  const PstScaleReport *reports = pst_transfer_get_scales (transfer, &n_scales);

  return reports[n_scales - 1];
}
