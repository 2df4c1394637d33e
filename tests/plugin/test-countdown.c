/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-countdown.c: the time that is left, from the promise to the end */
#include "plugin/gimp/run/countdown.h"

static double
get (double promised, double elapsed, double fraction, double remaining)
{
  PstProgress progress = { .fraction = fraction, .remaining = remaining };

  return pst_countdown_get (promised, elapsed, &progress);
}

/* Without a promise the run's own time is all there is. */
static void
test_no_promise (void)
{
  g_assert_cmpfloat (get (0, 5, 0, -1), <, 0);
  g_assert_cmpfloat (get (0, 5, 0.25, 90), ==, 90);
}

/* It begins with the promise, also before the run knows its pace. */
static void
test_begin (void)
{
  g_assert_cmpfloat (get (200, 0, 0, -1), ==, 200);
  g_assert_cmpfloat (get (200, 10, 0, -1), ==, 190);
  g_assert_cmpfloat_with_epsilon (get (200, 2, 0.01, 400), 198, 2);
}

/* A run that ends on time, though its own forecast is half as much again:
 * what is shown falls all the time, and is never far from the truth. */
static void
test_on_time (void)
{
  double before = 201;

  for (int second = 0; second <= 200; second++)
    {
      double left = 200 - second;
      double shown = get (200, second, second / 200.0, 1.5 * left);

      g_assert_cmpfloat (shown, <, before);
      g_assert_cmpfloat_with_epsilon (shown, left, 20);
      before = shown;
    }
}

/* A run that takes longer than promised: it says so, and never 0. */
static void
test_late (void)
{
  for (int second = 200; second < 600; second += 10)
    g_assert_cmpfloat (get (200, second, second / 600.0, 600 - second), ==,
                       600 - second);
  g_assert_cmpfloat (get (200, 100, 100 / 600.0, 500), >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/countdown/no-promise", test_no_promise);
  g_test_add_func ("/countdown/begin", test_begin);
  g_test_add_func ("/countdown/on-time", test_on_time);
  g_test_add_func ("/countdown/late", test_late);
  return g_test_run ();
}
