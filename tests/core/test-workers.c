/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-workers.c: the pool of threads */
#include <string.h>

#include "check.h"
#include "core/base/workers.h"

#define MAX_N 1000

typedef struct
{
  PstWorkers *workers;
  int         calls[MAX_N]; /* of each index */
  int         busy[64];     /* whether a worker number is in use */
  int         clashes;
} Job;

static void
count_call (void *data, int index, int worker)
{
  Job *job = data;

  if (worker < 0 || worker >= pst_workers_count (job->workers)
      || ! g_atomic_int_compare_and_exchange (&job->busy[worker], 0, 1))
    {
      g_atomic_int_inc (&job->clashes);
      return;
    }
  job->calls[index]++;
  g_atomic_int_set (&job->busy[worker], 0);
}

static void
check_job (PstWorkers *workers, int n)
{
  static Job job;

  memset (&job, 0, sizeof job);
  job.workers = workers;
  pst_workers_run (workers, n, count_call, &job);
  g_assert_cmpint (job.clashes, ==, 0);
  for (int i = 0; i < MAX_N; i++)
    g_assert_cmpint (job.calls[i], ==, i < n);
}

static void
test_every_index_once (void)
{
  const int threads[] = { 1, 2, 3, 4, 7, 64 };
  const int sizes[] = { 0, 1, 2, 3, 5, 64, 65, MAX_N };

  for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      PstWorkers *workers = pst_workers_new (threads[t]);

      g_assert_cmpint (pst_workers_count (workers), >=, 1);
      g_assert_cmpint (pst_workers_count (workers), <=, threads[t]);
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        check_job (workers, sizes[i]);
      pst_workers_free (workers);
    }
}

static void
add_index (void *data, int index, int worker)
{
  int *sum = data;

  g_assert_cmpint (worker, ==, 0);
  *sum += index;
}

static void
test_inline (void)
{
  int sum = 0;

  pst_workers_run (NULL, 100, add_index, &sum);
  g_assert_cmpint (sum, ==, 4950);
  pst_workers_run (NULL, 0, add_index, &sum);
  g_assert_cmpint (sum, ==, 4950);
}

static void
test_automatic (void)
{
  PstWorkers *workers = pst_workers_new (0);

  g_assert_cmpint (pst_workers_count (workers), >=, 1);
  g_assert_cmpint (pst_workers_count (workers), <=, 64);
  check_job (workers, 10);
  pst_workers_free (workers);
}

/* What tasks wrote is seen after the run, and by the tasks of the next: under
 * ThreadSanitizer this is the test of the locks. */
static void
add_previous (void *data, int index, int worker)
{
  int (*rows)[64] = data;

  rows[1][index] = rows[0][63 - index] + 1;
}

static void
test_visible (void)
{
  PstWorkers *workers = pst_workers_new (3);
  int         rows[2][64] = { 0 };

  for (int round = 1; round <= 300; round++)
    {
      pst_workers_run (workers, 64, add_previous, rows);
      for (int i = 0; i < 64; i++)
        g_assert_cmpint (rows[1][i], ==, round);
      memcpy (rows[0], rows[1], sizeof rows[0]);
    }
  pst_workers_free (workers);
}

static void
test_create_and_free (void)
{
  for (int round = 0; round < 100; round++)
    {
      PstWorkers *workers = pst_workers_new (1 + round % 4);

      if (round % 2)
        check_job (workers, 3);
      pst_workers_free (workers);
    }
}

/* They count as if there were threads. */
static void
test_idle (void)
{
  PstWorkers *workers = pst_workers_new_idle (7);

  g_assert_cmpint (pst_workers_count (workers), ==, 7);
  pst_workers_free (workers);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/workers/every-index-once", test_every_index_once);
  g_test_add_func ("/workers/inline", test_inline);
  g_test_add_func ("/workers/automatic", test_automatic);
  g_test_add_func ("/workers/visible", test_visible);
  g_test_add_func ("/workers/create-and-free", test_create_and_free);
  g_test_add_func ("/workers/idle", test_idle);
  return g_test_run ();
}
