/* SPDX-License-Identifier: GPL-3.0-or-later */
/* join.c: the sum of two activations, and the mean of one
 *
 * One task per row; of a mean, per group of channels.
 */
#include "join.h"

typedef struct
{
  PstShape       shape;
  const float   *a;
  const float   *b;
  float         *to;
  PstBits       *bits_made;
  const PstBits *bits;
  gboolean       relu;
  gboolean       add;
} Job;

/* ---- the sum ------------------------------------------------------------ */

static void
join_row (void *data, int index, int worker)
{
  const Job *job = data;
  int        channels = job->shape.channels;
  int        groups = PST_CHANNEL_GROUPS (channels);
  gsize      first = (gsize) index * job->shape.width;

  for (gsize pixel = first; pixel < first + job->shape.width; pixel++)
    for (int group = 0; group < groups; group++)
      {
        guint bits = 0;

        for (int c = group * PST_CHANNEL_GROUP;
             c < MIN ((group + 1) * PST_CHANNEL_GROUP, channels); c++)
          {
            gsize i = pixel * channels + c;
            float sum = job->a[i] + job->b[i];

            bits |= (guint) (sum > 0) << c % PST_CHANNEL_GROUP;
            job->to[i] = job->relu && ! (sum > 0) ? 0 : sum;
          }
        if (job->bits_made)
          job->bits_made[pixel * groups + group] = bits;
      }
}

void
pst_join_forward (PstWorkers  *workers,
                  PstShape     shape,
                  const float *a,
                  const float *b,
                  gboolean     relu,
                  float       *y,
                  PstBits     *bits)
{
  Job job = {
    .shape = shape, .a = a, .b = b, .to = y, .bits_made = bits, .relu = relu
  };

  pst_workers_run (workers, shape.height, join_row, &job);
}

static void
part_row (void *data, int index, int worker)
{
  const Job *job = data;
  int        channels = job->shape.channels;
  int        groups = PST_CHANNEL_GROUPS (channels);
  gsize      first = (gsize) index * job->shape.width;

  for (gsize pixel = first; pixel < first + job->shape.width; pixel++)
    for (int c = 0; c < channels; c++)
      {
        gsize    i = pixel * channels + c;
        guint    bits = job->bits
                          ? job->bits[pixel * groups + c / PST_CHANNEL_GROUP]
                          : G_MAXUINT;
        gboolean passes = (bits >> c % PST_CHANNEL_GROUP) & 1;

        job->to[i] = (passes ? job->a[i] : 0) + (job->add ? job->to[i] : 0);
      }
}

void
pst_join_backward (PstWorkers    *workers,
                   PstShape       shape,
                   const float   *dy,
                   const PstBits *bits,
                   gboolean       add,
                   float         *dx)
{
  Job job = { .shape = shape, .a = dy, .to = dx, .bits = bits, .add = add };

  pst_workers_run (workers, shape.height, part_row, &job);
}

/* ---- the mean ----------------------------------------------------------- */

static void
mean_group (void *data, int index, int worker)
{
  const Job *job = data;
  int        channels = job->shape.channels;
  int        first = index * PST_CHANNEL_GROUP;
  int        n = MIN (PST_CHANNEL_GROUP, channels - first);
  gsize      pixels = pst_shape_pixels (job->shape);
  double     sums[PST_CHANNEL_GROUP] = { 0 };

  for (gsize pixel = 0; pixel < pixels; pixel++)
    for (int c = 0; c < n; c++)
      sums[c] += job->a[pixel * channels + first + c];
  for (int c = 0; c < n; c++)
    job->to[first + c] = sums[c] / pixels;
}

void
pst_mean_forward (PstWorkers  *workers,
                  PstShape     shape,
                  const float *x,
                  float       *mean)
{
  Job job = { .shape = shape, .a = x, .to = mean };

  pst_workers_run (workers, PST_CHANNEL_GROUPS (shape.channels), mean_group,
                   &job);
}

static void
spread_row (void *data, int index, int worker)
{
  const Job *job = data;
  int        channels = job->shape.channels;
  gsize      row = (gsize) job->shape.width * channels;
  float      share = 1.0f / pst_shape_pixels (job->shape);
  float     *dx = job->to + index * row;

  for (gsize i = 0; i < row; i++)
    dx[i] = share * job->a[i % channels] + (job->add ? dx[i] : 0);
}

void
pst_mean_backward (PstWorkers  *workers,
                   PstShape     shape,
                   int          n_rows,
                   const float *dmean,
                   gboolean     add,
                   float       *dx)
{
  Job job = { .shape = shape, .a = dmean, .to = dx, .add = add };

  pst_workers_run (workers, n_rows, spread_row, &job);
}
