/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-transfer-steps.c: steps, scales, cancelling, and any threads
 *
 * Pictures of more than 256 pixels, even if only a few rows, have three scales.
 */
#include "check.h"
#include "core/pastiche.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

/* ---- steps -------------------------------------------------------------- */

static void
test_before_the_first_step (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) content = sample_content (16, 12, 1);
  g_autoptr (PstImage) style = sample_style (16, 12, 1);
  g_autoptr (PstImage) result = NULL;
  PstSettings           settings = run_draft_settings ();
  PstTransfer          *transfer = run_start (model, content, style, &settings);
  int                   n_scales;
  const PstScaleReport *reports = pst_transfer_get_scales (transfer, &n_scales);

  g_assert_cmpint (n_scales, ==, 1);
  g_assert_cmpint (reports[0].iterations, ==, 0);
  result = run_result (transfer);
  g_assert_cmpfloat (sample_apart (result, content), <, 0.1);
  pst_transfer_free (transfer);
  pst_transfer_free (NULL);
}

static void
test_after_done (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) content = sample_content (16, 12, 1);
  g_autoptr (PstImage) style = sample_style (16, 12, 1);
  g_autoptr (PstImage) before = NULL;
  g_autoptr (PstImage) after = NULL;
  PstSettings  settings = run_draft_settings ();
  PstTransfer *transfer = run_start (model, content, style, &settings);
  PstProgress  progress = { 0 };

  run_until (transfer, 0);
  before = run_result (transfer);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (pst_transfer_step (transfer, &progress, NULL));
      g_assert_true (progress.done);
      g_assert_cmpfloat (progress.fraction, ==, 1.0);
    }
  after = run_result (transfer);
  sample_same ("after done", after, before);
  pst_transfer_free (transfer);
}

static void
test_scales (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (370, 11, 1);
  g_autoptr (PstImage) style = sample_style (64, 64, 1);
  PstSettings           settings = run_draft_settings ();
  PstTransfer          *transfer = run_start (model, content, style, &settings);
  const PstScaleReport *reports;
  int                   n_scales;
  PstProgress           progress = { 0 };

  reports = pst_transfer_get_scales (transfer, &n_scales);
  g_assert_cmpint (n_scales, ==, 3);
  g_assert_cmpint (reports[0].width, ==, 128);
  g_assert_cmpint (reports[1].width, ==, 256);
  g_assert_cmpint (reports[2].width, ==, 370);
  g_assert_cmpint (reports[2].height, ==, 11);
  while (! progress.done)
    {
      g_autoptr (PstImage) result = NULL;
      PstProgress before = progress;

      g_assert_true (pst_transfer_step (transfer, &progress, NULL));
      run_check_progress (&before, &progress);
      result = run_result (transfer); /* at its full size at any time */
      g_assert_cmpint (result->width, ==, 370);
      g_assert_cmpint (result->height, ==, 11);
      sample_valid ("between steps", result);
    }
  reports = pst_transfer_get_scales (transfer, &n_scales);
  for (int i = 0; i < n_scales; i++)
    {
      g_assert_cmpint (reports[i].iterations, >, 0);
      g_assert_cmpfloat (reports[i].total_loss, >, 0.0);
      g_assert_cmpfloat (reports[i].total_loss, >=, reports[i].style_loss);
    }
  pst_transfer_free (transfer);
}

/* ---- cancelling --------------------------------------------------------- */

static void
test_cancel_between_steps (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = sample_content (24, 18, 1);
  g_autoptr (PstImage) style = sample_style (24, 18, 1);
  PstSettings settings = run_draft_settings ();

  for (int iterations = 0; iterations <= 5; iterations++)
    {
      PstTransfer *left = run_start (model, content, style, &settings);
      PstTransfer *cancelled = run_start (model, content, style, &settings);
      g_autoptr (PstImage) left_result = NULL;
      g_autoptr (PstImage) cancelled_result = NULL;
      g_autoptr (GError) error = NULL;
      PstProgress progress = { .scale = 77 };

      if (iterations > 0)
        {
          run_until (left, iterations);
          run_until (cancelled, iterations);
        }
      pst_transfer_cancel (cancelled);
      for (int i = 0; i < 2; i++)
        {
          g_assert_false (pst_transfer_step (cancelled, &progress, &error));
          g_assert_error (error, PST_ERROR, PST_ERROR_CANCELLED);
          g_assert_cmpint (progress.scale, ==, 77);
          g_clear_error (&error);
        }
      left_result = run_result (left);
      cancelled_result = run_result (cancelled);
      sample_same ("cancelled", cancelled_result, left_result);
      pst_transfer_free (left);
      pst_transfer_free (cancelled);
    }
}

typedef struct
{
  PstTransfer *transfer;
  gint64       cancelled_at; /* monotonic time, atomic enough: joined */
  gulong       delay;        /* microseconds */
} Canceller;

static gpointer
cancel_later (gpointer data)
{
  Canceller *canceller = data;

  g_usleep (canceller->delay);
  canceller->cancelled_at = g_get_monotonic_time ();
  pst_transfer_cancel (canceller->transfer);
  return NULL;
}

/* From another thread, in the middle of whatever step runs then: it returns
 * soon, and the picture is that of the iterations that were finished. */
static void
check_cancel (PstModel       *model,
              const PstImage *content,
              const PstImage *style,
              gulong          delay)
{
  PstSettings  settings = run_draft_settings ();
  Canceller    canceller = { .delay = delay };
  PstTransfer *left;
  g_autoptr (PstImage) left_result = NULL;
  g_autoptr (PstImage) result = NULL;
  g_autoptr (GError) error = NULL;
  PstProgress progress = { 0 };
  GThread    *thread;
  gint64      returned_at;
  int         iterations;

  settings.threads = 2;
  canceller.transfer = run_start (model, content, style, &settings);
  thread = g_thread_new ("canceller", cancel_later, &canceller);
  while (! progress.done
         && pst_transfer_step (canceller.transfer, &progress, &error))
    ;
  returned_at = g_get_monotonic_time ();
  g_thread_join (thread);
  g_assert_error (error, PST_ERROR, PST_ERROR_CANCELLED);
  g_test_message ("cancelled within %.1f ms",
                  (returned_at - canceller.cancelled_at) / 1e3);
  g_assert_cmpint (returned_at - canceller.cancelled_at, <, 2 * G_USEC_PER_SEC);

  iterations = run_last_report (canceller.transfer).iterations;
  result = run_result (canceller.transfer);
  sample_valid ("cancelled", result);
  if (iterations > 0)
    {
      left = run_start (model, content, style, &settings);
      run_until (left, iterations);
      left_result = run_result (left);
      sample_same ("cancelled", result, left_result);
      pst_transfer_free (left);
    }
  pst_transfer_free (canceller.transfer);
}

static void
test_cancel_within_a_step (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (160, 120, 1);
  g_autoptr (PstImage) style = sample_style (160, 120, 1);

  check_cancel (model, content, style, 1);
  check_cancel (model, content, style, 30 * 1000);
  check_cancel (model, content, style, 500 * 1000);
}

/* ---- the same bits ------------------------------------------------------ */

static void
test_threads (void)
{
  g_autoptr (PstModel) built_in = sample_model ();
  g_autoptr (PstModel) small = small_model_new (PST_PADDING_ZERO);
  PstModel *models[2] = { built_in, small };
  const int sizes[2][2] = { { 48, 37 }, { 370, 9 } };

  for (int m = 0; m < 2; m++)
    {
      g_autoptr (PstImage) content =
        sample_content (sizes[m][0], sizes[m][1], 1);
      g_autoptr (PstImage) style = sample_style (40, 40, 1);
      g_autoptr (PstImage) alone = NULL;

      sample_fade (content);
      for (int threads = 1; threads <= 3; threads++)
        {
          PstSettings settings = run_draft_settings ();
          g_autoptr (PstImage) result = NULL;

          settings.threads = threads;
          result = run_all (models[m], content, style, &settings);
          if (alone)
            sample_same ("in threads", result, alone);
          else
            alone = g_steal_pointer (&result);
        }
    }
}

static void
test_thread_count (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) picture = sample_content (8, 8, 1);
  PstSettings settings = run_draft_settings ();

  for (int threads = 0; threads <= 3; threads++)
    {
      PstTransfer *transfer;

      settings.threads = threads;
      transfer = run_start (model, picture, picture, &settings);
      g_assert_cmpint (pst_transfer_get_threads (transfer), >=, 1);
      if (threads > 0)
        g_assert_cmpint (pst_transfer_get_threads (transfer), ==, threads);
      pst_transfer_free (transfer);
    }
}

/* A model is shared, and outlives its owner's reference. */
static void
test_model_is_shared (void)
{
  PstModel *model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) content = sample_content (16, 12, 1);
  g_autoptr (PstImage) style = sample_style (16, 12, 1);
  PstSettings  settings = run_draft_settings ();
  PstTransfer *first = run_start (model, content, style, &settings);
  PstTransfer *second = run_start (model, content, style, &settings);
  g_autoptr (PstImage) first_result = NULL;
  g_autoptr (PstImage) second_result = NULL;

  pst_model_unref (model);
  run_until (first, 3);
  run_until (second, 0);
  run_until (first, 0);
  first_result = run_result (first);
  second_result = run_result (second);
  sample_same ("two runs", first_result, second_result);
  pst_transfer_free (first);
  pst_transfer_free (second);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/steps/threads", test_threads);
  g_test_add_func ("/steps/thread-count", test_thread_count);
  g_test_add_func ("/steps/model-is-shared", test_model_is_shared);
  g_test_add_func ("/steps/before-the-first-step", test_before_the_first_step);
  g_test_add_func ("/steps/after-done", test_after_done);
  g_test_add_func ("/steps/scales", test_scales);
  g_test_add_func ("/steps/cancel-between", test_cancel_between_steps);
  g_test_add_func ("/steps/cancel-within", test_cancel_within_a_step);
  return g_test_run ();
}
