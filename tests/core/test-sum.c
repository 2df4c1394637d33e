/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sum.c: sums over long vectors */
#include "check.h"
#include "core/base/sum.h"

static const gsize lengths[] = { 0, 1, 15, 16, 17, 4095, 4096, 4097, 50001 };

static void
test_dot (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gsize       n = lengths[k];
      CheckRandom random;
      g_autoptr (CheckFloats) a = NULL;
      g_autoptr (CheckFloats) b = NULL;
      double expected = 0.0;

      check_random_init (&random, n);
      a = check_floats_random (&random, n, 0.0, 1.0);
      b = check_floats_random (&random, n, 0.0, 1.0);
      for (gsize i = 0; i < n; i++)
        expected += (double) a[i] * b[i];
      check_value ("dot", pst_dot (NULL, n, a, b), expected, 1e-12);

      for (int threads = 1; threads <= 3; threads++)
        {
          PstWorkers *workers = pst_workers_new (threads);

          g_assert_true (pst_dot (workers, n, a, b) == pst_dot (NULL, n, a, b));
          pst_workers_free (workers);
        }
    }
}

/* Marks its elements in a list of calls of each. */
static double
mark (void *data, gsize first, gsize count)
{
  int *calls = data;

  for (gsize i = first; i < first + count; i++)
    calls[i]++;
  return count;
}

static void
test_parts (void)
{
  PstWorkers *workers = pst_workers_new (2);

  for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gsize           n = lengths[k];
      g_autofree int *calls = g_new0 (int, n + 1);

      g_assert_cmpfloat (pst_sum (workers, n, mark, calls), ==, n);
      for (gsize i = 0; i <= n; i++)
        g_assert_cmpint (calls[i], ==, i < n);
    }
  pst_workers_free (workers);
}

/* More elements than the largest number of the smallest parts: parts grow. */
static void
test_long (void)
{
  gsize           n = 256 * 4096 + 257;
  g_autofree int *calls = g_new0 (int, n);

  g_assert_cmpfloat (pst_sum (NULL, n, mark, calls), ==, n);
  for (gsize i = 0; i < n; i++)
    if (calls[i] != 1)
      g_error ("element %" G_GSIZE_FORMAT " of a part %d times", i, calls[i]);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/sum/dot", test_dot);
  g_test_add_func ("/sum/parts", test_parts);
  g_test_add_func ("/sum/long", test_long);
  return g_test_run ();
}
