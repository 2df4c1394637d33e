/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-begin-from.c: one picture at every size, and runs that start from a
 * picture
 *
 * Pictures of more than 256 pixels have three scales: 128 and 256, which
 * compose, and their own.
 */
#include <string.h>

#include "check.h"
#include "core/pastiche.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define WIDTH  420
#define HEIGHT 14

typedef struct
{
  PstModel   *model;
  PstImage   *content;
  PstImage   *style;
  PstSettings settings;
} Case;

static void
case_init (Case *c)
{
  c->model = small_model_new (PST_PADDING_REPLICATE);
  c->content = sample_content (WIDTH, HEIGHT, 1);
  c->style = sample_style (300, 280, 1);
  c->settings = run_draft_settings ();
}

static void
case_clear (Case *c)
{
  pst_model_unref (c->model);
  pst_image_free (c->content);
  pst_image_free (c->style);
}

static PstTransfer *
open_transfer (const Case *c)
{
  return run_start (c->model, c->content, c->style, &c->settings);
}

/* Steps until all of scale @i is done. */
static void
finish_scale (PstTransfer *transfer, int i)
{
  PstProgress progress = { 0 };

  while (! progress.done && progress.scale <= i)
    g_assert_true (pst_transfer_step (transfer, &progress, NULL));
}

static PstImage *
whole_run (const Case *c, int size)
{
  PstSettings settings = c->settings;

  settings.size = size;
  return run_all (c->model, c->content, c->style, &settings);
}

static PstImage *
run_from (const Case *c, const PstImage *picture, int iterations)
{
  PstTransfer *transfer = open_transfer (c);
  PstImage    *result;

  g_assert_true (pst_transfer_begin_from (transfer, picture, iterations, NULL));
  run_until (transfer, 0);
  result = run_result (transfer);
  pst_transfer_free (transfer);
  return result;
}

/* The composition does not depend on the size: a run at 256 pixels ends with
 * the picture from which the last scale of a larger one begins. */
static void
test_same_composition (void)
{
  Case c;
  g_autoptr (PstImage) small = NULL;
  g_autoptr (PstImage) handed_over = NULL;
  g_autoptr (PstImage) whole = NULL;

  case_init (&c);
  for (int alpha = 0; alpha < 2; alpha++)
    {
      if (alpha)
        sample_fade (c.content);
      small = whole_run (&c, 256);
      g_assert_cmpint (small->width, ==, 256);
      handed_over = run_from (&c, small, G_MAXINT);
      whole = whole_run (&c, 0);
      sample_same ("handed over", handed_over, whole);
      g_clear_pointer (&small, pst_image_free);
      g_clear_pointer (&handed_over, pst_image_free);
      g_clear_pointer (&whole, pst_image_free);
    }
  case_clear (&c);
}

static void
test_which_scale (void)
{
  const struct
  {
    int side, iterations, first;
  } cases[] = {
    { 1, 0, 0 },   { 128, 0, 0 },        { 128, G_MAXINT, 1 }, { 129, 0, 1 },
    { 256, 3, 1 }, { 256, G_MAXINT, 2 }, { 300, 0, 2 },        { 900, 0, 2 },
  };
  Case c;

  case_init (&c);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PstImage) picture = sample_content (cases[i].side, 9, 4);
      PstTransfer          *transfer = open_transfer (&c);
      const PstScaleReport *reports;
      int                   n_scales;

      g_assert_true (
        pst_transfer_begin_from (transfer, picture, cases[i].iterations, NULL));
      run_until (transfer, 0);
      reports = pst_transfer_get_scales (transfer, &n_scales);
      g_assert_cmpint (n_scales, ==, 3);
      for (int s = 0; s < n_scales; s++)
        g_assert_true ((reports[s].iterations > 0) == (s >= cases[i].first));
      pst_transfer_free (transfer);
    }
  case_clear (&c);
}

/* Iterations of an earlier run count. */
static void
test_iterations_count (void)
{
  Case c;
  g_autoptr (PstImage) picture = NULL;
  PstTransfer *transfer;
  PstProgress  progress;

  case_init (&c);
  c.settings.iterations = 5;
  picture = sample_content (WIDTH, HEIGHT, 4);
  transfer = open_transfer (&c);
  g_assert_true (pst_transfer_begin_from (transfer, picture, 3, NULL));
  run_until (transfer, 0);
  g_assert_cmpint (run_last_report (transfer).iterations, ==, 2);
  pst_transfer_free (transfer);

  transfer = open_transfer (&c);
  g_assert_true (pst_transfer_begin_from (transfer, picture, G_MAXINT, NULL));
  g_assert_true (pst_transfer_step (transfer, &progress, NULL));
  g_assert_true (progress.done);
  pst_transfer_free (transfer);
  case_clear (&c);
}

/* Before the first step the picture is the result, also where all is done. */
static void
test_picture_is_kept (void)
{
  Case c;
  g_autoptr (PstImage) picture = NULL;
  g_autoptr (PstImage) result = NULL;
  PstTransfer *transfer;

  case_init (&c);
  picture = sample_content (WIDTH, HEIGHT, 4);
  transfer = open_transfer (&c);
  g_assert_true (pst_transfer_begin_from (transfer, picture, 0, NULL));
  result = run_result (transfer);
  sample_same ("before the first step", result, picture);
  pst_transfer_cancel (transfer);
  g_clear_pointer (&result, pst_image_free);
  result = run_result (transfer);
  sample_same ("cancelled", result, picture);
  pst_transfer_free (transfer);
  case_clear (&c);
}

/* A run that was stopped after a scale continues as if it had not been
 * stopped. */
static void
test_going_on (void)
{
  Case         c;
  PstTransfer *transfer;
  g_autoptr (PstImage) enlarged = NULL;
  g_autoptr (PstImage) stopped = NULL;
  g_autoptr (PstImage) result = NULL;

  case_init (&c);
  transfer = open_transfer (&c);
  finish_scale (transfer, 1);
  enlarged = run_result (transfer);
  stopped = pst_image_resize (enlarged, 256, 9, NULL);
  result = run_from (&c, stopped, G_MAXINT);
  run_until (transfer, 0);
  g_clear_pointer (&enlarged, pst_image_free);
  enlarged = run_result (transfer);
  g_test_message ("%g apart", sample_apart (result, enlarged));
  g_assert_cmpfloat (sample_apart (result, enlarged), <, 0.1);
  pst_transfer_free (transfer);
  case_clear (&c);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/begin-from/same-composition", test_same_composition);
  g_test_add_func ("/begin-from/which-scale", test_which_scale);
  g_test_add_func ("/begin-from/iterations-count", test_iterations_count);
  g_test_add_func ("/begin-from/picture-is-kept", test_picture_is_kept);
  g_test_add_func ("/begin-from/going-on", test_going_on);
  return g_test_run ();
}
