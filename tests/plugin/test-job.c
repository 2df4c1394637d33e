/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-job.c: a run in a thread of its own ends with a picture or an error,
 * whatever the other thread does
 */
#include "check.h"
#include "plugin/gimp/run/job.h"
#include "sample-pictures.h"

static PstTransfer *
prepare (gpointer data, GError **error)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_content (24, 16, 1);
  g_autoptr (PstImage) style = sample_style (24, 16, 1);
  PstSettings settings;

  pst_settings_init (&settings);
  settings.quality = PST_QUALITY_DRAFT;
  settings.iterations = *(const int *) data;
  return sample_transfer (model, content, style, &settings, error);
}

/* Takes every picture that it can get, until @job has ended, and once more.
 * Returns their number. */
static int
take_all (PstJob *job)
{
  PstProgress progress;
  gboolean    running;
  int         n = 0;

  do
    {
      g_autoptr (PstImage) picture = NULL;

      running = pst_job_get_progress (job, &progress);
      pst_job_request_picture (job);
      picture = pst_job_take_picture (job);
      n += picture != NULL;
      g_usleep (100);
    }
  while (running);
  return n;
}

static void
test_result (void)
{
  int iterations = 8;

  for (int i = 0; i < 8; i++)
    {
      g_autoptr (PstJob) job = pst_job_new (prepare, NULL, &iterations);
      g_autoptr (PstImage) result = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%d pictures", take_all (job));
      result = pst_job_finish (job, &error);
      g_assert_no_error (error);
      g_assert_nonnull (result);
    }
}

/* Stopped before it is prepared, and later. */
static void
test_stopped (void)
{
  int iterations = 1000;

  for (int i = 0; i < 8; i++)
    {
      const gboolean keep = i % 2;
      g_autoptr (PstJob) job = pst_job_new (prepare, NULL, &iterations);
      g_autoptr (PstImage) result = NULL;
      g_autoptr (GError) error = NULL;

      g_usleep (i * 30 * 1000);
      pst_job_stop (job, keep);
      take_all (job);
      result = pst_job_finish (job, &error);
      if (keep)
        g_assert_no_error (error);
      else
        g_assert_error (error, PST_ERROR, PST_ERROR_CANCELLED);
      g_assert_true ((result != NULL) == keep);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/job/result", test_result);
  g_test_add_func ("/job/stopped", test_stopped);
  return g_test_run ();
}
