/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-check.c: the tests' own tools must be able to fail */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/layers/conv.h"
#include "reference.h"
#include "whole-array.h"

#define HEIGHT 5
#define WIDTH  6
#define IN     3
#define OUT    4

/* Whether the core's convolution passes for @claimed while it really does
 * @done. */
static gboolean
passes (const ReferenceConv *claimed, const ReferenceConv *done, float spoil)
{
  gsize       n_y = HEIGHT * WIDTH * OUT;
  CheckRandom random;
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) y = check_floats_new (n_y);
  g_autoptr (CheckFloats) scratch = NULL;
  g_autofree double *x_doubles = NULL;
  g_autofree double *expected = g_new (double, n_y);
  g_autofree char   *message = NULL;
  gboolean           same;
  PstConvSpec        spec = { .in_channels = IN,
                              .out_channels = OUT,
                              .kernel = done->kernel,
                              .stride = 1,
                              .padding = done->padding };
  PstConv           *conv = pst_conv_new (&spec, done->weight, done->bias);

  check_random_init (&random, 1);
  x = check_floats_random (&random, HEIGHT * WIDTH * IN, -1.0, 1.0);
  x_doubles = check_doubles (HEIGHT * WIDTH * IN, x);
  scratch = check_scratch_new (pst_conv_scratch (conv, FALSE, 0));
  whole_conv_forward (conv, NULL, HEIGHT, WIDTH, x, FALSE, y, scratch);
  y[n_y - 1] += spoil;
  reference_conv_forward (claimed, HEIGHT, WIDTH, x_doubles, FALSE, expected);
  same = check_compare ("self-test", n_y, y, expected, 1e-5, &message);
  pst_conv_free (conv);
  if (! same)
    g_assert_nonnull (strstr (message, "expected"));
  return same;
}

static void
test_broken_kernels (void)
{
  CheckRandom   random;
  float         weight[OUT * IN * 9], bias[OUT];
  ReferenceConv good = { .in_channels = IN,
                         .out_channels = OUT,
                         .kernel = 3,
                         .padding = PST_PADDING_ZERO,
                         .weight = weight,
                         .bias = bias };
  ReferenceConv other_padding = good;
  ReferenceConv one_weight_off = good;
  float         wrong[OUT * IN * 9];

  check_random_init (&random, 2);
  check_random_fill (&random, CHECK_FILL_UNIFORM, G_N_ELEMENTS (weight),
                     weight);
  check_random_fill (&random, CHECK_FILL_UNIFORM, OUT, bias);
  memcpy (wrong, weight, sizeof wrong);
  wrong[40] += 1e-3f;
  one_weight_off.weight = wrong;
  other_padding.padding = PST_PADDING_REPLICATE;

  g_assert_true (passes (&good, &good, 0.0f));
  g_assert_false (passes (&good, &other_padding, 0.0f));
  g_assert_false (passes (&other_padding, &good, 0.0f));
  g_assert_false (passes (&good, &one_weight_off, 0.0f));
  g_assert_false (passes (&good, &good, 1e-3f));
  g_assert_false (passes (&good, &good, NAN));
}

static void
test_message (void)
{
  const float      got[3] = { 1.0f, 2.0f, 3.5f };
  const double     expected[3] = { 1.0, 2.0, 3.0 };
  g_autofree char *message = NULL;

  g_assert_false (check_compare ("a case", 3, got, expected, 1e-3, &message));
  g_assert_nonnull (strstr (message, "a case"));
  g_assert_nonnull (strstr (message, "[2] of 3"));
  g_assert_nonnull (strstr (message, "expected 3, got 3.5"));
  g_assert_nonnull (strstr (message, "seed"));
}

static void
test_guards (void)
{
  CheckFloats *floats = check_floats_new (7);
  float        keep;

  g_assert_true (check_floats_guarded (floats));
  for (int i = 0; i < 7; i++)
    {
      g_assert_true (isnan (floats[i]));
      floats[i] = i;
    }
  g_assert_true (check_floats_guarded (floats));

  keep = floats[7];
  floats[7] = 0.0f;
  g_assert_false (check_floats_guarded (floats));
  floats[7] = keep;
  keep = floats[-1];
  floats[-1] = 0.0f;
  g_assert_false (check_floats_guarded (floats));
  floats[-1] = keep;
  check_floats_free (floats);
}

/* A failed comparison ends the program with a failure: the child runs one. */
static void
test_failure_is_seen (void)
{
  if (g_test_subprocess ())
    {
      check_value ("child", 1.0, 2.0, 0.1);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_random (void)
{
  CheckRandom a, b, c;
  double      sum = 0.0;
  double      square = 0.0;

  check_random_init (&a, 1);
  check_random_init (&b, 1);
  check_random_init (&c, 2);
  for (int i = 0; i < 1000; i++)
    {
      guint64 bits = check_random_bits (&a);

      g_assert_cmpuint (bits, ==, check_random_bits (&b));
      g_assert_cmpuint (bits, !=, check_random_bits (&c));
    }
  for (int i = 0; i < 10000; i++)
    {
      double x = check_random_normal (&a);

      sum += x / 10000;
      square += x * x / 10000;
    }
  g_assert_cmpfloat (fabs (sum), <, 0.05);
  g_assert_cmpfloat (fabs (square - 1.0), <, 0.1);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/check/broken-kernels", test_broken_kernels);
  g_test_add_func ("/check/message", test_message);
  g_test_add_func ("/check/guards", test_guards);
  g_test_add_func ("/check/failure-is-seen", test_failure_is_seen);
  g_test_add_func ("/check/random", test_random);
  return g_test_run ();
}
