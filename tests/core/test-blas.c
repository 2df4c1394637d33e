/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-blas.c: products in threads that start and end
 *
 * cli/blas.sh runs this with each of Debian's OpenBLAS.
 */
#include <string.h>

#include "check.h"
#include "core/base/workers.h"
#include "core/kernels/blas.h"

#define N_SHAPES 5
#define N_TASKS  24
#define N_ROUNDS 400

static const int shapes[N_SHAPES][3] = {
  { 64, 48, 27 },    { 128, 12, 576 }, { 3, 192, 64 },
  { 256, 20, 1152 }, { 33, 70, 130 },
};

typedef struct
{
  CheckFloats *a[N_SHAPES];
  CheckFloats *b[N_SHAPES];
  CheckFloats *expected[N_SHAPES];
  CheckFloats *c[N_TASKS];
  int          wrong;
} Job;

static gsize
result_size (int s)
{
  return (gsize) shapes[s][0] * shapes[s][1];
}

static void
multiply (const Job *job, int s, float *c)
{
  const int m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];

  pst_gemm (m, n, k, job->a[s], k, job->b[s], n, 0.0f, c, n);
}

static void
run_task (void *data, int index, int worker)
{
  Job *job = data;
  int  s = index % N_SHAPES;

  multiply (job, s, job->c[index]);
  if (memcmp (job->c[index], job->expected[s],
              sizeof (float) * result_size (s)))
    g_atomic_int_inc (&job->wrong);
}

/* The definition, summed in double precision. */
static void
check_product (const Job *job, int s)
{
  const int m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
  double   *expected = g_new0 (double, result_size (s));

  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++)
      for (int l = 0; l < k; l++)
        expected[i * n + j] +=
          (double) job->a[s][i * k + l] * job->b[s][l * n + j];
  check_close ("product", result_size (s), job->expected[s], expected, 1e-5);
  g_free (expected);
}

static void
test_threads_of_a_moment (void)
{
  Job         job = { 0 };
  CheckRandom random;

  check_random_init (&random, 1);
  for (int s = 0; s < N_SHAPES; s++)
    {
      const int *mnk = shapes[s];

      job.a[s] = check_floats_random (&random, mnk[0] * mnk[2], -1.0, 1.0);
      job.b[s] = check_floats_random (&random, mnk[2] * mnk[1], -1.0, 1.0);
      job.expected[s] = check_floats_new (result_size (s));
      multiply (&job, s, job.expected[s]);
      check_product (&job, s);
    }
  for (int i = 0; i < N_TASKS; i++)
    job.c[i] = check_floats_new (result_size (i % N_SHAPES));

  for (int round = 0; round < N_ROUNDS; round++)
    {
      PstWorkers *workers = pst_workers_new (8);

      pst_workers_run (workers, N_TASKS, run_task, &job);
      pst_workers_free (workers);
    }
  g_assert_cmpint (job.wrong, ==, 0);

  for (int s = 0; s < N_SHAPES; s++)
    {
      check_floats_free (job.a[s]);
      check_floats_free (job.b[s]);
      check_floats_free (job.expected[s]);
    }
  for (int i = 0; i < N_TASKS; i++)
    check_floats_free (job.c[i]);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/blas/threads-of-a-moment", test_threads_of_a_moment);
  return g_test_run ();
}
