/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sum.c: sums over long vectors, the same for any number of threads */
#include "sum.h"

#define MAX_PARTS 256
#define MIN_PART  4096 /* elements */

typedef struct
{
  gsize   n;
  gsize   size; /* of a part */
  PstPart part;
  void   *data;
  double  sums[MAX_PARTS];
} Job;

static void
sum_part (void *data, int index, int worker)
{
  Job  *job = data;
  gsize first = index * job->size;

  job->sums[index] =
    job->part (job->data, first, MIN (job->size, job->n - first));
}

double
pst_sum (PstWorkers *workers, gsize n, PstPart part, void *data)
{
  Job    job = { .n = n, .part = part, .data = data };
  int    n_parts;
  double sum = 0;

  job.size = MAX (MIN_PART, (n + MAX_PARTS - 1) / MAX_PARTS);
  n_parts = (n + job.size - 1) / job.size;
  pst_workers_run (workers, n_parts, sum_part, &job);
  for (int i = 0; i < n_parts; i++)
    sum += job.sums[i];
  return sum;
}

/* ---- dot product -------------------------------------------------------- */

#define LANES 16 /* independent sums, for the vectorizer */

typedef struct
{
  const float *a;
  const float *b;
} Dot;

static double
dot_part (void *data, gsize first, gsize count)
{
  const Dot   *dot = data;
  const float *a = dot->a + first;
  const float *b = dot->b + first;
  double       lanes[LANES] = { 0 };
  double       sum = 0;
  gsize        i = 0;

  for (; i + LANES <= count; i += LANES)
    for (int k = 0; k < LANES; k++)
      lanes[k] += (double) a[i + k] * b[i + k];
  for (; i < count; i++)
    sum += (double) a[i] * b[i];
  for (int k = 0; k < LANES; k++)
    sum += lanes[k];
  return sum;
}

double
pst_dot (PstWorkers *workers, gsize n, const float *a, const float *b)
{
  Dot dot = { .a = a, .b = b };

  return pst_sum (workers, n, dot_part, &dot);
}
