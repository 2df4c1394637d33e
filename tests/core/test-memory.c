/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory.c: the estimate of a transfer's memory holds */
#include <math.h>

#include "check.h"
#include "core/pastiche.h"
#include "count-memory.h"
#include "run-transfer.h"
#include "sample-pictures.h"

/* Steps until @iterations of the last scale are done, looking at the picture
 * from time to time, as a front-end does. */
static void
run (PstTransfer *transfer, int iterations)
{
  PstProgress progress = { 0 };

  while (! progress.done
         && (progress.scale < progress.n_scales - 1
             || progress.iteration < iterations))
    {
      g_assert_true (pst_transfer_step (transfer, &progress, NULL));
      if (progress.iteration == 1)
        pst_image_free (pst_transfer_dup_result (transfer, NULL));
    }
}

typedef struct
{
  int content[2];
  int style[2];
  int size;
  int threads;
  int fade;
  int limit;   /* MB */
  int regions; /* of a style each; 0: one style, everywhere */

  /* 0: the default */
  PstColors colors;
  gboolean  tileable;
  double    style_scale;
  int       iterations;
} Job;

/* Bands from top to bottom, with soft borders; the caller owns them. */
static float *
make_region (const PstImage *content, int region, int n_regions)
{
  float *mask = g_new (float, (gsize) content->width * content->height);
  double band = (double) content->height / n_regions;

  for (int y = 0; y < content->height; y++)
    for (int x = 0; x < content->width; x++)
      mask[y * content->width + x] =
        CLAMP (1.5 - fabs (y / band - region - 0.5), 0, 1);
  return mask;
}

/* Fills in @styles, which own their regions; returns how many. */
static int
make_styles (const Job       *job,
             const PstImage  *content,
             const PstImage  *style,
             PstStylePicture *styles)
{
  styles[0] = (PstStylePicture){ style, 1, NULL };
  for (int r = 0; r < job->regions; r++)
    styles[r] =
      (PstStylePicture){ style, 1, make_region (content, r, job->regions) };
  return MAX (job->regions, 1);
}

static void
drop_styles (const PstInputPictures *pictures)
{
  for (int i = 0; i < pictures->n_styles; i++)
    g_free ((float *) pictures->styles[i].region);
}

/* Returns FALSE if the run is refused, because the estimate exceeds the limit.
 * @loose: the most that the estimate may be, as a multiple of the peak */
static gboolean
check_peak (PstModel *model, const Job *job, double loose)
{
  g_autoptr (PstImage) content =
    sample_content (job->content[0], job->content[1], 1);
  g_autoptr (PstImage) style = sample_style (job->style[0], job->style[1], 1);
  PstSettings      settings = run_draft_settings ();
  PstStylePicture  styles[PST_MAX_STYLES];
  PstInputPictures pictures;
  PstInputSizes    sizes;
  PstEstimate      estimate;
  PstTransfer     *transfer;
  g_autoptr (GError) error = NULL;
  gsize before, peak;

  if (job->fade)
    {
      sample_fade (content);
      sample_fade (style);
    }
  settings.threads = job->threads;
  settings.size = job->size;
  settings.memory_limit = job->limit;
  settings.colors = job->colors;
  settings.tileable = job->tileable;
  settings.iterations = job->iterations;
  if (job->style_scale > 0)
    settings.style_scale = job->style_scale;
  pictures = (PstInputPictures){ content, styles,
                                 make_styles (job, content, style, styles) };
  pst_input_sizes_init (&sizes, &pictures);
  g_assert_true (
    pst_transfer_estimate (model, &sizes, &settings, &estimate, NULL));
  before = count_memory_now ();
  count_memory_peak ();
  transfer = pst_transfer_new (model, &pictures, &settings, NULL, &error);
  if (transfer)
    run (transfer, 3);
  pst_transfer_free (transfer);
  peak = count_memory_peak () - before;
  drop_styles (&pictures);
  if (! transfer)
    {
      g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
      g_assert_cmpuint (estimate.bytes, >,
                        job->limit * G_GUINT64_CONSTANT (1000000));
      return FALSE;
    }
  g_test_message (
    "%dx%d, style %dx%d, size %d, threads %d, alpha %d, limit %d MB, %d "
    "regions, colors %d, tileable %d, style scale %g: peak %.2f MB, estimate "
    "%.2f MB",
    job->content[0], job->content[1], job->style[0], job->style[1], job->size,
    job->threads, job->fade, job->limit, job->regions, job->colors,
    job->tileable, settings.style_scale, peak / 1e6, estimate.bytes / 1e6);
  if (peak > estimate.bytes + COUNT_MEMORY_SLACK)
    g_test_fail_printf ("the peak, %.2f MB, is above the estimate, %.2f MB",
                        peak / 1e6, estimate.bytes / 1e6);
  if (estimate.bytes > loose * peak + COUNT_MEMORY_SLACK)
    g_test_fail_printf ("the estimate, %.2f MB, is far above the peak, %.2f MB",
                        estimate.bytes / 1e6, peak / 1e6);
  /* all is given back, but for what libraries keep */
  g_assert_cmpuint (count_memory_now (), <, before + COUNT_MEMORY_SLACK);
  return TRUE;
}

static void
test_estimate (void)
{
  g_autoptr (PstModel) model = sample_model ();
  const Job jobs[] = {
    { { 64, 48 }, { 64, 48 }, 0, 1, 0 },
    { { 64, 48 }, { 64, 48 }, 0, 3, 1 },
    { { 160, 120 }, { 100, 160 }, 0, 2, 0 },
    { { 160, 120 }, { 100, 160 }, 0, 2, 1 },
    { { 400, 20 }, { 60, 60 }, 0, 1, 1 },
    { { 30, 20 }, { 800, 600 }, 0, 1, 0 },    /* large style, small content */
    { { 1600, 1200 }, { 90, 90 }, 48, 1, 0 }, /* large content, small result */
    { { 16, 16 }, { 16, 16 }, 0, 8, 0 },      /* threads have scratch each */
    { { 320, 640 }, { 100, 160 }, 0, 2, 0, 200 },
    { { 320, 640 }, { 100, 160 }, 0, 2, 1, 165 },
    { { 160, 120 }, { 100, 160 }, 0, 2, 0, 0, 1 }, /* a region of its own */
    { { 160, 120 }, { 100, 160 }, 0, 2, 0, 0, 3 },
    { { 30, 20 }, { 800, 600 }, 0, 1, 0, 0, 2 },
    { { 320, 640 }, { 100, 160 }, 0, 2, 1, 185, 4 },
    { { 160, 120 }, { 100, 160 }, 0, 1, 0, .tileable = TRUE },
    { { 320, 640 }, { 100, 160 }, 0, 1, 0, 150, .tileable = TRUE },
    { { 160, 120 }, { 400, 300 }, 0, 1, 1, .style_scale = 4, .iterations = 2 },
    { { 160, 120 }, { 100, 160 }, 0, 2, 1, 0, 5, .colors = PST_COLORS_MATCH },
  };

  if (! count_memory_works ())
    {
      g_test_skip ("allocations cannot be counted here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_true (check_peak (model, &jobs[i], 1.1));
}

/* Whatever is combined, the estimate is no less than the peak. */
static void
test_combinations (void)
{
  g_autoptr (PstModel) model = sample_model ();
  CheckRandom random;
  int         n_run = 0;

  if (! count_memory_works ())
    {
      g_test_skip ("allocations cannot be counted here");
      return;
    }
  check_random_init (&random, 0);
  for (int i = 0; i < 40; i++)
    {
      Job job = { .content = { check_random_int (&random, 1, 200),
                               check_random_int (&random, 1, 200) },
                  .style = { check_random_int (&random, 1, 300),
                             check_random_int (&random, 1, 300) },
                  .threads = check_random_int (&random, 1, 4),
                  .fade = check_random_int (&random, 0, 1),
                  .regions = check_random_int (&random, -4, 6),
                  .colors = check_random_int (&random, 0, PST_COLORS_MATCH),
                  .tileable = check_random_int (&random, 0, 1),
                  .style_scale = check_random_uniform (&random, 0.25, 4),
                  .iterations = 2 };

      job.regions = MAX (job.regions, 0);
      if (check_random_int (&random, 0, 1))
        job.size = check_random_int (&random, 1, 300);
      if (check_random_int (&random, 0, 1))
        job.limit = check_random_int (&random, 150, 400);
      n_run += check_peak (model, &job, 1.1);
    }
  g_assert_cmpint (n_run, >=, 20);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/memory/estimate", test_estimate);
  g_test_add_func ("/memory/combinations", test_combinations);
  return g_test_run ();
}
