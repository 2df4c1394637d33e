/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total.c: the total loss at one scale, and its gradient at the pixels */
#include "total.h"

#include <math.h>
#include <string.h>

#include "direct.h"
#include "error.h"
#include "kernels.h"
#include "losses.h"
#include "mask.h"

/* What is compared at one tap. */
typedef struct
{
  gboolean      is_style;
  gboolean      is_content;
  PstShape      shape;
  float        *weights;      /* [height][width], alpha seen from here, or NULL */
  double        weight_sum;
  double       *gram;         /* [c][c] */
  const double *gram_target;  /* [c][c], borrowed */
  float        *slope;        /* [c][c], of the style loss */
  PstDirect    *direct;       /* the slope in half precision, or NULL */
} Tap;

struct _PstTotal
{
  const PstModel *model;
  const PstPlan  *plan;
  PstWorkers     *workers;
  const int      *cancel;
  int             height;
  int             width;
  gboolean        has_alpha;
  PstNet         *net;
  Tap             taps[PST_MODEL_MAX_TAPS];
  float          *gram_scratch;
  float          *direct_scratch;   /* direct_scratch_size for each worker */
  gsize           direct_scratch_size;
  float          *pooled[2];        /* alpha on its way to the taps */
  gboolean        packed;
  float          *content_target;   /* [content tap's shape]; packed: of a band */
  gint16         *packed_target;    /* [content tap's shape] */
  float          *target_scales;    /* [height][runs in a row] */
  double         *content_sums;     /* [2][c], for its variance */
  double          content_variance;
  PstLosses       losses;
};

/* ---- life -------------------------------------------------------------- */

/* Runs that a packed row is made of. */
static gsize
row_runs (PstShape shape)
{
  gsize row = (gsize) shape.width * shape.channels;

  return PST_PACKED_RUNS (row);
}

static void
take_target_buffers (PstTotal  *total,
                     const Tap *tap,
                     PstArena  *arena)
{
  gsize size = pst_shape_size (tap->shape);

  if (total->packed)
    {
      total->packed_target = pst_arena_bytes (arena, size * sizeof (gint16));
      total->target_scales = pst_arena_floats (arena, tap->shape.height
                                                      * row_runs (tap->shape));
      size = pst_net_tap_band (total->net, total->plan->content_tap)
             * (gsize) tap->shape.width * tap->shape.channels;
    }
  total->content_target = pst_arena_floats (arena, size);
}

static void
take_tap_buffers (PstTotal *total,
                  PstArena *arena,
                  int       t)
{
  Tap  *tap = &total->taps[t];
  gsize c;

  tap->is_style = pst_taps_have (total->model->style_taps, t);
  tap->is_content = t == total->plan->content_tap;
  if (! tap->is_style && ! tap->is_content)
    return;
  tap->shape = pst_net_tap_shape (total->net, t);
  c = tap->shape.channels;
  tap->weight_sum = pst_shape_pixels (tap->shape);
  if (total->has_alpha)
    tap->weights = pst_arena_floats (arena, pst_shape_pixels (tap->shape));
  if (tap->is_style)
    {
      tap->gram = pst_arena_doubles (arena, c * c);
      tap->slope = pst_arena_floats (arena, c * c);
      if (total->plan->half && arena->base)
        tap->direct = pst_direct_new (c, c, 1, NULL);
    }
  if (tap->is_content)
    {
      take_target_buffers (total, tap, arena);
      total->content_sums = pst_arena_doubles (arena, 2 * c);
    }
}

gsize
pst_total_half_scratch (const PstModel *model,
                        int             width)
{
  gsize most = 0;

  for (int t = 0; t < model->n_taps; t++)
    {
      int c = model->layers[model->taps[t]].out_channels;

      most = MAX (most, pst_direct_scratch (c, width));
    }
  return most;
}

PstTotal *
pst_total_new (const PstModel  *model,
               const PstPlan   *plan,
               PstWorkers      *workers,
               PstArena        *arena,
               int              height,
               int              width,
               gboolean         has_alpha,
               const PstThrift *thrift,
               const int       *cancel)
{
  PstTotal *total = g_new0 (PstTotal, 1);
  gsize     alpha = has_alpha ? pst_mask_scratch (height, width) : 0;

  *total = (PstTotal) { .model = model, .plan = plan, .workers = workers,
                        .cancel = cancel, .height = height, .width = width,
                        .has_alpha = has_alpha, .packed = thrift->half };
  total->net = pst_net_new (model, workers, arena, height, width, plan->taps,
                            thrift->net, plan->half);
  total->gram_scratch = pst_arena_floats (arena,
                                          pst_grams_scratch (model,
                                                             workers));
  if (plan->half)
    total->direct_scratch_size = pst_total_half_scratch (model, width);
  total->direct_scratch = pst_arena_floats (arena,
                                            total->direct_scratch_size
                                            * pst_workers_count (workers));
  total->pooled[0] = pst_arena_floats (arena, alpha);
  total->pooled[1] = pst_arena_floats (arena, alpha);
  for (int t = 0; t < model->n_taps; t++)
    take_tap_buffers (total, arena, t);
  return total;
}

void
pst_total_free (PstTotal *total)
{
  if (! total)
    return;

  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    pst_direct_free (total->taps[t].direct);
  pst_net_free (total->net);
  g_free (total);
}

/* ---- targets ----------------------------------------------------------- */

static void
set_weights (PstTotal    *total,
             Tap         *tap,
             const float *alpha)
{
  pst_mask_pool (total->workers, total->height, total->width, alpha, tap->shape,
                 total->pooled, tap->weights);
  tap->weight_sum = pst_mask_sum (tap->shape, tap->weights);
}

/* Values in rows @begin .. @end - 1. */
static gsize
row_size (PstShape shape,
          int      begin,
          int      end)
{
  return (gsize) (end - begin) * shape.width * shape.channels;
}

static void
keep_target (PstTotal    *total,
             PstShape     shape,
             int          begin,
             int          end,
             const float *f)
{
  gsize row = row_size (shape, 0, 1);

  if (total->packed)
    for (int y = begin; y < end; y++, f += row)
      pst_kernels_get ()->pairs->pack (row, f, total->packed_target + y * row,
                                      total->target_scales
                                      + y * row_runs (shape));
  else
    memcpy (total->content_target + begin * row, f,
            sizeof (float) * (end - begin) * row);
}

/* Rows of the target as floats. */
static const float *
target_rows (const PstTotal *total,
             PstShape        shape,
             int             begin,
             int             end)
{
  gsize  row = row_size (shape, 0, 1);
  float *target = total->content_target;

  if (! total->packed)
    return target + begin * row;
  for (int y = begin; y < end; y++)
    pst_kernels_get ()->pairs->unpack (row, total->packed_target + y * row,
                                      total->target_scales
                                      + y * row_runs (shape),
                                      target + (y - begin) * row);
  return target;
}

static void
take_content_rows (void        *data,
                   int          t,
                   int          begin,
                   int          end,
                   const float *f,
                   float       *df)
{
  PstTotal *total = data;
  Tap      *tap = &total->taps[t];
  int       c = tap->shape.channels;

  if (! tap->is_content)
    return;
  keep_target (total, tap->shape, begin, end, f);
  pst_feature_moments ((gsize) (end - begin) * tap->shape.width, c, f,
                       pst_mask_row (tap->shape, tap->weights, begin),
                       total->content_sums, total->content_sums + c);
}

gboolean
pst_total_set_targets (PstTotal       *total,
                       const float    *rgb,
                       const float    *alpha,
                       const PstGrams *grams)
{
  Tap *content = &total->taps[total->plan->content_tap];
  int  c = content->shape.channels;

  for (int t = 0; t < total->model->n_taps; t++)
    {
      Tap *tap = &total->taps[t];

      tap->gram_target = grams->taps[t];
      if (alpha && (tap->is_style || tap->is_content))
        set_weights (total, tap, alpha);
    }
  memset (total->content_sums, 0, sizeof (double) * 2 * c);
  if (! pst_net_forward (total->net, rgb, take_content_rows, total,
                         total->cancel))
    return FALSE;
  /* A picture of one colour has no variance, and nothing to be kept. */
  total->content_variance
    = MAX (pst_feature_variance (c, content->weight_sum, total->content_sums,
                                 total->content_sums + c), 1e-6);
  return TRUE;
}

/* ---- evaluation -------------------------------------------------------- */

static void
clear_gram (PstShape  shape,
            double   *gram)
{
  memset (gram, 0, sizeof (double) * shape.channels * shape.channels);
}

static void
clear_losses (PstTotal *total)
{
  total->losses = (PstLosses) { 0 };
  for (int t = 0; t < total->model->n_taps; t++)
    if (total->taps[t].is_style)
      clear_gram (total->taps[t].shape, total->taps[t].gram);
}

static void
add_gram_rows (void        *data,
               int          t,
               int          begin,
               int          end,
               const float *f,
               float       *df)
{
  PstTotal *total = data;
  Tap      *tap = &total->taps[t];

  if (tap->is_style)
    pst_gram_add (total->workers, (gsize) (end - begin) * tap->shape.width,
                  tap->shape.channels, f,
                  pst_mask_row (tap->shape, tap->weights, begin), tap->gram,
                  total->gram_scratch);
}

static double
style_losses (PstTotal *total)
{
  double sum = 0;

  for (int t = 0; t < total->model->n_taps; t++)
    {
      Tap    *tap = &total->taps[t];
      double  weight = total->plan->style_weights[t];

      if (! tap->is_style)
        continue;
      pst_gram_finish (tap->shape.channels, tap->weight_sum, tap->gram);
      sum += weight * pst_style_loss (tap->shape.channels, tap->gram,
                                      tap->gram_target, weight,
                                      tap->weight_sum, tap->slope);
      if (tap->direct)
        pst_direct_set (tap->direct, tap->slope);
    }
  return sum;
}

/* df += f slope, as pst_style_gradient() without weights */
static void
add_half_gradient (PstTotal    *total,
                   const Tap   *tap,
                   int          begin,
                   int          end,
                   const float *f,
                   float       *df)
{
  PstSource     source = { .x = f, .top = begin, .height = tap->shape.height,
                           .width = tap->shape.width,
                           .channels = tap->shape.channels };
  PstConvOutput output = { .y = df, .top = begin, .add = TRUE };

  pst_direct_run (tap->direct, total->workers, &source, &output, begin, end,
                  total->direct_scratch, total->direct_scratch_size);
}

static void
add_gradient_rows (void        *data,
                   int          t,
                   int          begin,
                   int          end,
                   const float *f,
                   float       *df)
{
  PstTotal    *total = data;
  Tap         *tap = &total->taps[t];
  int          c = tap->shape.channels;
  gsize        n = (gsize) (end - begin) * tap->shape.width;
  const float *weights = pst_mask_row (tap->shape, tap->weights, begin);

  if (tap->is_style && tap->direct && ! weights)
    add_half_gradient (total, tap, begin, end, f, df);
  else if (tap->is_style)
    pst_style_gradient (total->workers, n, c, f, weights, tap->slope, df,
                        total->gram_scratch);
  if (tap->is_content)
    total->losses.content
      += pst_content_loss (total->workers, n, c, f,
                           target_rows (total, tap->shape, begin, end), weights,
                           tap->weight_sum, total->content_variance,
                           total->plan->content_weight, df);
}

/* The terms that need no network. */
static double
pixel_losses (PstTotal    *total,
              const float *x,
              float       *gradient)
{
  const PstPlan *plan = total->plan;
  double         sum;

  sum = plan->range_weight
        * pst_range_loss (total->workers,
                          3 * (gsize) total->height * total->width, x,
                          plan->range_weight, gradient);
  if (plan->smoothness_weight > 0)
    sum += plan->smoothness_weight
           * pst_smoothness_loss (total->workers, total->height, total->width,
                                  x, plan->smoothness_weight, gradient);
  return sum;
}

gboolean
pst_total_evaluate (void        *data,
                    const float *x,
                    double      *ret_value,
                    float       *gradient)
{
  PstTotal *total = data;

  clear_losses (total);
  if (! pst_net_forward (total->net, x, add_gram_rows, total, total->cancel))
    return FALSE;
  total->losses.style = style_losses (total);
  if (! pst_net_backward (total->net, add_gradient_rows, total, total->cancel,
                          gradient))
    return FALSE;
  total->losses.total = total->losses.style
                        + total->plan->content_weight * total->losses.content
                        + pixel_losses (total, x, gradient);
  *ret_value = total->losses.total;
  return TRUE;
}

PstLosses
pst_total_get_losses (const PstTotal *total)
{
  return total->losses;
}
