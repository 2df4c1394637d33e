/* SPDX-License-Identifier: GPL-3.0-or-later */
/* losses.c: content, range and smoothness losses; the style loss is in
 * gram.c */
#include "losses.h"

#include "core/base/sum.h"

/* ---- content ------------------------------------------------------------ */

typedef struct
{
  PstFeatures  features;
  const float *target; /* [n][c] */
  float       *df;     /* [n][c] */
  float        slope;  /* d loss / d f = slope weights (f - target) */
} Content;

static double
content_part (void *data, gsize first, gsize count)
{
  const Content *content = data;
  const float   *weights = content->features.weights;
  int            c = content->features.c;
  double         sum = 0;

  for (gsize i = first; i < first + count; i++)
    {
      const float *f = content->features.f + i * c;
      const float *target = content->target + i * c;
      float        weight = weights ? weights[i] : 1;
      float        slope = content->slope * weight;
      float        squares = 0;

      for (int k = 0; k < c; k++)
        squares += (f[k] - target[k]) * (f[k] - target[k]);
      sum += (double) weight * squares;
      for (int k = 0; k < c; k++)
        content->df[i * c + k] += slope * (f[k] - target[k]);
    }
  return sum;
}

double
pst_content_loss (PstWorkers             *workers,
                  const PstFeatures      *features,
                  const PstContentTarget *target,
                  double                  weight,
                  float                  *df)
{
  double  scale = 1 / (target->total * features->c * target->variance);
  Content content = { .features = *features,
                      .target = target->f,
                      .df = df,
                      .slope = 2 * weight * scale };

  return scale * pst_sum (workers, features->n, content_part, &content);
}

void
pst_feature_moments (const PstFeatures *features, double *sums, double *squares)
{
  int c = features->c;

  for (gsize i = 0; i < features->n; i++)
    {
      double weight = features->weights ? features->weights[i] : 1;

      for (int k = 0; k < c; k++)
        {
          double value = features->f[i * c + k];

          sums[k] += weight * value;
          squares[k] += weight * value * value;
        }
    }
}

double
pst_feature_variance (int           c,
                      double        total,
                      const double *sums,
                      const double *squares)
{
  double variance = 0;

  for (int k = 0; k < c; k++)
    variance += squares[k] / total - (sums[k] / total) * (sums[k] / total);
  return MAX (variance / c, 0);
}

/* ---- range -------------------------------------------------------------- */

typedef struct
{
  const float *x;
  float       *dx;
  float        slope;
} Range;

static double
range_part (void *data, gsize first, gsize count)
{
  const Range *range = data;
  double       sum = 0;

  for (gsize i = first; i < first + count; i++)
    {
      float outside = range->x[i] - CLAMP (range->x[i], 0.0f, 1.0f);

      if (outside == 0)
        continue;
      sum += (double) outside * outside;
      range->dx[i] += range->slope * outside;
    }
  return sum;
}

double
pst_range_loss (PstWorkers  *workers,
                gsize        n,
                const float *x,
                double       weight,
                float       *dx)
{
  Range range = { .x = x, .dx = dx, .slope = 2 * weight / n };

  return pst_sum (workers, n, range_part, &range) / n;
}

/* ---- smoothness --------------------------------------------------------- */

typedef struct
{
  int          height;
  int          width;
  const float *x; /* [height][width][3] */
  float       *dx;
  float        slope;
} Smoothness;

/* Of pixel @i against its neighbor @offset away, if that exists: adds to the
 * gradient, returns the squared difference. */
static double
neighbor (const Smoothness *smoothness, gsize i, gboolean exists, gssize offset)
{
  const float *x = smoothness->x + 3 * i;
  float       *dx = smoothness->dx + 3 * i;
  double       sum = 0;

  if (! exists)
    return 0;
  for (int c = 0; c < 3; c++)
    {
      float difference = x[c] - x[3 * offset + c];

      dx[c] += smoothness->slope * difference;
      sum += (double) difference * difference;
    }
  return sum;
}

static double
smoothness_part (void *data, gsize first, gsize count)
{
  const Smoothness *smoothness = data;
  int               width = smoothness->width;
  double            sum = 0;

  for (gsize i = first; i < first + count; i++)
    {
      int py = i / width;
      int px = i % width;

      sum += neighbor (smoothness, i, px < width - 1, 1);
      sum += neighbor (smoothness, i, py < smoothness->height - 1, width);
      neighbor (smoothness, i, px > 0, -1);
      neighbor (smoothness, i, py > 0, -width);
    }
  return sum;
}

double
pst_smoothness_loss (PstWorkers  *workers,
                     int          height,
                     int          width,
                     const float *x,
                     double       weight,
                     float       *dx)
{
  gsize      n = (gsize) height * width;
  Smoothness smoothness = { .height = height,
                            .width = width,
                            .x = x,
                            .dx = dx,
                            .slope = 2 * weight / (3 * n) };

  return pst_sum (workers, n, smoothness_part, &smoothness) / (3 * n);
}
