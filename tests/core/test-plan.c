/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-plan.c: scales from coarse to fine */
#include "check.h"
#include "core/transfer/plan.h"
#include "small-model.h"

static PstModel *model;

static PstPlan
plan_of (int width, int height, PstLoss loss)
{
  PstSettings settings;

  pst_settings_init (&settings);
  settings.loss = loss;
  return pst_plan_new (model, width, height, &settings);
}

static const PstScalePlan *
finest (const PstPlan *plan)
{
  return &plan->scales[plan->n_scales - 1];
}

/* The composition's scales are those of a small result, whatever the size. */
static void
test_one_composition (void)
{
  PstPlan small = plan_of (256, 192, PST_LOSS_RELATIVE);
  PstPlan large = plan_of (6000, 4500, PST_LOSS_RELATIVE);

  g_assert_cmpint (small.n_scales, ==, 2);
  g_assert_cmpint (small.n_composing, ==, 2);
  g_assert_cmpint (large.n_composing, ==, 2);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpint (large.scales[i].width, ==, small.scales[i].width);
      g_assert_cmpint (large.scales[i].height, ==, small.scales[i].height);
      g_assert_cmpint (large.scales[i].max_iterations, ==,
                       small.scales[i].max_iterations);
    }
  g_assert_cmpint (finest (&large)->width, ==, 6000);
  g_assert_cmpint (finest (&large)->height, ==, 4500);
}

static void
test_steps (void)
{
  for (int side = 1; side < 9000; side += 1 + side / 7)
    {
      PstPlan plan = plan_of (side, MAX (1, side / 2), PST_LOSS_RELATIVE);

      g_assert_cmpint (finest (&plan)->width, ==, side);
      for (int i = 1; i < plan.n_scales; i++)
        {
          double step =
            (double) plan.scales[i].width / plan.scales[i - 1].width;

          g_assert_cmpfloat (step, >, i < plan.n_composing ? 1.9 : 1.0);
          g_assert_cmpfloat (step, <, 2.9);
          g_assert_cmpint (plan.scales[i].max_iterations, <=,
                           plan.scales[i - 1].max_iterations);
        }
    }
}

/* Beyond the composition a style is enlarged to twice its own size at most. */
static void
test_style_sizes (void)
{
  PstPlan relative = plan_of (2048, 1024, PST_LOSS_RELATIVE);
  PstPlan gatys = plan_of (2048, 1024, PST_LOSS_GATYS);
  PstSize tiny = { 60, 100 }, large = { 3000, 1500 };

  for (int i = 0; i < relative.n_scales; i++)
    {
      const PstScalePlan *sizes = &relative.scales[i];
      PstSize             size = pst_plan_style_size (sizes, tiny);

      g_assert_cmpint (size.height, ==,
                       sizes->width > 256 ? 200 : sizes->width);
      size = pst_plan_style_size (sizes, large);
      g_assert_cmpint (size.width, ==, sizes->width);
      g_assert_cmpint (size.height, ==, sizes->width / 2);
    }
  g_assert_cmpint (gatys.n_scales, ==, 1);
  g_assert_cmpint (pst_plan_style_size (gatys.scales, tiny).height, ==, 2048);
}

int
main (int argc, char **argv)
{
  int status;

  check_init (&argc, &argv);
  model = small_model_new (PST_PADDING_REPLICATE);
  g_test_add_func ("/plan/one-composition", test_one_composition);
  g_test_add_func ("/plan/steps", test_steps);
  g_test_add_func ("/plan/style-sizes", test_style_sizes);
  status = g_test_run ();
  pst_model_unref (model);
  return status;
}
