/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gram.c: Gram matrices and the style loss (losses.h)
 *
 * The matrix is cut into bands of columns, one task each, so that its sums over
 * positions are never split between threads.  A band is computed by matrix
 * multiplication over chunks of positions, chunks are added up in double.  Only
 * the part on and right of the diagonal is computed.
 */
#include "losses.h"

#include <string.h>

#include "blas.h"
#include "kernels.h"

#define BAND   32      /* rows of the matrix per task */
#define CHUNK  512     /* positions per multiplication */
#define BLOCK  128     /* positions per task of the gradient */

typedef struct
{
  gsize        n;
  int          c;
  const float *f;          /* [n][c] */
  const float *weights;    /* [n] or NULL */
  const float *slope;      /* [c][c] */
  const float *packed;     /* the slope as kernels take it; NULL: by BLAS */
  float       *df;         /* [n][c] */
  double      *gram;       /* [c][c] */
  float       *scratch;
} Job;

gsize
pst_gram_scratch (int c)
{
  return CHUNK * BAND + (BLOCK + c) * (gsize) c;
}

/* [count][band] from [count][c], each row times its weight */
static void
weighted_band (const Job   *job,
               gsize        first,
               int          count,
               int          column,
               int          band,
               float       *ret_band)
{
  const float *f = job->f + first * job->c + column;

  for (int i = 0; i < count; i++, f += job->c, ret_band += band)
    for (int k = 0; k < band; k++)
      ret_band[k] = job->weights[first + i] * f[k];
}

static void
gram_band (void *data,
           int   index,
           int   worker)
{
  const Job *job = data;
  int        c = job->c;
  int        column = index * BAND;
  int        band = MIN (BAND, c - column);
  int        right = c - column;
  float     *scaled = job->scratch + worker * pst_gram_scratch (c);
  float     *product = scaled + CHUNK * BAND;          /* [band][right] */

  for (int r = 0; r < band; r++)
    memset (job->gram + (gsize) (column + r) * c + column, 0,
            sizeof (double) * right);
  for (gsize first = 0; first < job->n; first += CHUNK)
    {
      int          count = MIN ((gsize) CHUNK, job->n - first);
      const float *f = job->f + first * c + column;

      if (job->weights)
        {
          weighted_band (job, first, count, column, band, scaled);
          pst_gemm_tn (band, right, count, scaled, band, f, c, product, right);
        }
      else
        pst_gemm_tn (band, right, count, f, c, f, c, product, right);

      for (int r = 0; r < band; r++)
        for (int k = 0; k < right; k++)
          job->gram[(gsize) (column + r) * c + column + k]
            += product[r * right + k];
    }
}

static double
weight_sum (gsize        n,
            const float *weights)
{
  double sum = 0;

  if (! weights)
    return n;
  for (gsize i = 0; i < n; i++)
    sum += weights[i];
  return sum;
}

void
pst_gram (PstWorkers   *workers,
          gsize         n,
          int           c,
          const float  *f,
          const float  *weights,
          double       *ret_gram,
          float        *scratch)
{
  Job    job = { .n = n, .c = c, .f = f, .weights = weights,
                 .gram = ret_gram, .scratch = scratch };
  double scale = 1 / weight_sum (n, weights);

  pst_workers_run (workers, (c + BAND - 1) / BAND, gram_band, &job);
  for (int i = 0; i < c; i++)
    for (int k = i; k < c; k++)
      {
        double value = scale * ret_gram[(gsize) i * c + k];

        ret_gram[(gsize) i * c + k] = value;
        ret_gram[(gsize) k * c + i] = value;
      }
}

double
pst_style_loss (int           c,
                const double *gram,
                const double *target,
                double        weight,
                double        total,
                float        *ret_slope)
{
  gsize  n = (gsize) c * c;
  double distance = 0;
  double norm = 0;

  for (gsize i = 0; i < n; i++)
    {
      distance += (gram[i] - target[i]) * (gram[i] - target[i]);
      norm += target[i] * target[i];
    }
  norm = MAX (norm, 1e-20);
  for (gsize i = 0; i < n; i++)
    ret_slope[i] = weight * 4 / (total * norm) * (gram[i] - target[i]);
  return distance / norm;
}

/* y = f slope, or y += f slope, for @count positions */
static void
multiply_slope (const Job   *job,
                int          count,
                const float *f,
                gboolean     add,
                float       *y)
{
  int c = job->c;

  if (job->packed)
    pst_kernels_get ()->gemm (count, c, c, f, job->packed, add, y);
  else
    pst_gemm (count, c, c, f, c, job->slope, c, add, y, c);
}

static void
gradient_block (void *data,
                int   index,
                int   worker)
{
  const Job   *job = data;
  int          c = job->c;
  gsize        first = (gsize) index * BLOCK;
  int          count = MIN ((gsize) BLOCK, job->n - first);
  const float *f = job->f + first * c;
  float       *df = job->df + first * c;
  float       *product = job->scratch + worker * pst_gram_scratch (c);

  if (! job->weights)
    {
      multiply_slope (job, count, f, TRUE, df);
      return;
    }
  multiply_slope (job, count, f, FALSE, product);
  for (int i = 0; i < count; i++)
    for (int k = 0; k < c; k++)
      df[(gsize) i * c + k] += job->weights[first + i] * product[i * c + k];
}

void
pst_style_gradient (PstWorkers   *workers,
                    gsize         n,
                    int           c,
                    const float  *f,
                    const float  *weights,
                    const float  *slope,
                    float        *df,
                    float        *scratch)
{
  Job job = { .n = n, .c = c, .f = f, .weights = weights, .slope = slope,
              .df = df, .scratch = scratch };

  if (c % PST_CHANNEL_GROUP == 0)
    {
      /* Behind what the first worker uses. */
      float *packed = scratch + pst_gram_scratch (c) - (gsize) c * c;

      pst_kernels_pack (c, c, slope, packed);
      job.packed = packed;
    }
  pst_workers_run (workers, (n + BLOCK - 1) / BLOCK, gradient_block, &job);
}
