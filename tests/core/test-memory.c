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
check_peak (PstModel *model, const Job *job)
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
  gsize            before, peak;

  if (job->fade)
    {
      sample_fade (content);
      sample_fade (style);
    }
  settings.threads = job->threads;
  settings.size = job->size;
  settings.memory_limit = job->limit;
  pictures = (PstInputPictures){ content, styles,
                                 make_styles (job, content, style, styles) };
  pst_input_sizes_init (&sizes, &pictures);
  g_assert_true (
    pst_transfer_estimate (model, &sizes, &settings, &estimate, NULL));
  before = count_memory_now ();
  count_memory_peak ();
  transfer = pst_transfer_new (model, &pictures, &settings, NULL, NULL);
  run (transfer, 3);
  pst_transfer_free (transfer);
  peak = count_memory_peak () - before;
  g_test_message ("%dx%d, style %dx%d, size %d, threads %d, alpha %d, limit "
                  "%d MB, %d regions: peak %.2f MB, estimate %.2f MB",
                  job->content[0], job->content[1], job->style[0],
                  job->style[1], job->size, job->threads, job->fade, job->limit,
                  job->regions, peak / 1e6, estimate.bytes / 1e6);
  if (peak > estimate.bytes + COUNT_MEMORY_SLACK)
    g_test_fail_printf ("the peak, %.2f MB, is above the estimate, %.2f MB",
                        peak / 1e6, estimate.bytes / 1e6);
  if (estimate.bytes > 1.1 * peak + COUNT_MEMORY_SLACK)
    g_test_fail_printf ("the estimate, %.2f MB, is far above the peak, %.2f MB",
                        estimate.bytes / 1e6, peak / 1e6);
  /* all is given back, but for what libraries keep */
  g_assert_cmpuint (count_memory_now (), <, before + COUNT_MEMORY_SLACK);
  for (int i = 0; i < pictures.n_styles; i++)
    g_free ((float *) styles[i].region);
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
  };

  if (! count_memory_works ())
    {
      g_test_skip ("allocations cannot be counted here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    check_peak (model, &jobs[i]);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/memory/estimate", test_estimate);
  return g_test_run ();
}
