/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objective.c: the total loss at one scale, and its gradient at the pixels */
#include "objective.h"

#include <string.h>

#include "anchor.h"
#include "core/kernels/kernels.h"
#include "losses.h"
#include "mask.h"
#include "style-term.h"

#define FLAT 1e-4 /* variance of features */

struct _PstObjective
{
  const PstLossWeights *weights;
  PstAnchor             anchor; /* empty without weight */
  PstWorkers           *workers;
  int                   height;
  int                   width;
  PstNet               *net;
  PstStyleTerm         *style;
  PstShape              shape;           /* of the content tap */
  float                *content_weights; /* [height][width] there, or NULL */
  double                content_sum;     /* of these */
  PstMaskPool           pool;            /* of all masks */
  gboolean              packed;
  float    *content_target;  /* [content tap's shape]; packed: of a band */
  gint16   *packed_target;   /* [content tap's shape] */
  float    *target_scales;   /* [height][runs in a row] */
  double   *content_moments; /* [2][c], for its variance */
  double    content_variance;
  PstLosses losses;
  PstLosses first;
  gboolean  evaluated;
};

/* ---- lifecycle ---------------------------------------------------------- */

/* Runs that a packed row is made of. */
static gsize
row_runs (PstShape shape)
{
  gsize row = (gsize) shape.width * shape.channels;

  return PST_PACKED_RUNS (row);
}

static void
take_content_buffers (PstObjective *objective, PstArena *arena, gboolean masked)
{
  gsize size;

  if (objective->weights->content_tap < 0)
    return;
  objective->shape =
    pst_net_tap_shape (objective->net, objective->weights->content_tap);
  objective->content_sum = pst_shape_pixels (objective->shape);
  size = pst_shape_size (objective->shape);
  if (objective->packed)
    {
      objective->packed_target =
        pst_arena_bytes (arena, size * sizeof (gint16));
      objective->target_scales =
        pst_arena_floats (arena, objective->shape.height
                                   * row_runs (objective->shape));
      size = pst_net_tap_band (objective->net, objective->weights->content_tap)
             * (gsize) objective->shape.width * objective->shape.channels;
    }
  objective->content_target = pst_arena_floats (arena, size);
  objective->content_moments =
    pst_arena_doubles (arena, 2 * objective->shape.channels);
  if (masked)
    objective->content_weights =
      pst_arena_floats (arena, pst_shape_pixels (objective->shape));
}

PstObjective *
pst_objective_new (const PstModel           *model,
                   const PstLossWeights     *weights,
                   PstWorkers               *workers,
                   PstArena                 *arena,
                   const PstObjectiveLayout *layout)
{
  PstObjective *objective = g_new0 (PstObjective, 1);

  *objective = (PstObjective){ .weights = weights,
                               .workers = workers,
                               .height = layout->height,
                               .width = layout->width,
                               .packed = layout->packed };
  objective->net = pst_net_new (model, workers, arena,
                                &(PstNetLayout){ .height = layout->height,
                                                 .width = layout->width,
                                                 .taps = weights->taps,
                                                 .memory = layout->memory,
                                                 .bf16 = layout->bf16 });
  pst_mask_pool_init (&objective->pool, arena, workers, layout->height,
                      layout->width,
                      layout->regions_masked || layout->content_masked);
  objective->style =
    pst_style_term_new (model, weights, objective->net, workers, arena, layout);
  take_content_buffers (objective, arena, layout->content_masked);
  if (objective->weights->anchor > 0)
    pst_anchor_init (&objective->anchor, arena, layout->height, layout->width);
  return objective;
}

void
pst_objective_free (PstObjective *objective)
{
  if (! objective)
    return;

  pst_style_term_free (objective->style);
  pst_net_free (objective->net);
  g_free (objective);
}

/* ---- targets ------------------------------------------------------------ */

/* Values in rows @begin .. @end - 1. */
static gsize
row_size (PstShape shape, int begin, int end)
{
  return (gsize) (end - begin) * shape.width * shape.channels;
}

static void
keep_target (PstObjective *objective,
             PstShape      shape,
             int           begin,
             int           end,
             const float  *f)
{
  gsize row = row_size (shape, 0, 1);

  if (objective->packed)
    for (int y = begin; y < end; y++, f += row)
      pst_kernels_get ()->history->pack (row, f,
                                         objective->packed_target + y * row,
                                         objective->target_scales
                                           + y * row_runs (shape));
  else
    memcpy (objective->content_target + begin * row, f,
            sizeof (float) * (end - begin) * row);
}

/* Rows of the target as floats. */
static const float *
target_rows (const PstObjective *objective, PstShape shape, int begin, int end)
{
  gsize  row = row_size (shape, 0, 1);
  float *target = objective->content_target;

  if (! objective->packed)
    return target + begin * row;
  for (int y = begin; y < end; y++)
    pst_kernels_get ()->history->unpack (row,
                                         objective->packed_target + y * row,
                                         objective->target_scales
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
  PstObjective *objective = data;
  PstShape      shape = objective->shape;
  PstFeatures   features;

  if (t != objective->weights->content_tap)
    return;
  features =
    pst_features_of_rows (shape, begin, end, f, objective->content_weights);
  keep_target (objective, shape, begin, end, f);
  pst_feature_moments (&features, objective->content_moments,
                       objective->content_moments + shape.channels);
}

void
pst_objective_set_region (PstObjective   *objective,
                          int             region,
                          const float    *mask,
                          double          share,
                          const PstGrams *grams)
{
  pst_style_term_set_region (objective->style, region, mask, &objective->pool,
                             share, grams);
}

/* What the content loss is divided by.  A picture of a single color has no
 * variance and nothing to keep: its loss must not outweigh the style. */
static double
relative_unit (double variance)
{
  return variance > FLAT ? variance : 1;
}

gboolean
pst_objective_set_content (PstObjective *objective,
                           const float  *rgb,
                           const float  *mask)
{
  int     c = objective->shape.channels;
  double *moments = objective->content_moments;

  if (objective->weights->content_tap < 0)
    return TRUE;
  if (mask)
    {
      pst_mask_pool_run (&objective->pool, mask, objective->shape,
                         objective->content_weights);
      objective->content_sum =
        pst_mask_sum (objective->shape, objective->content_weights);
    }
  memset (moments, 0, sizeof (double) * 2 * c);
  if (! pst_net_forward (objective->net, rgb, take_content_rows, objective))
    return FALSE;
  objective->content_variance = 1;
  if (! objective->weights->absolute)
    objective->content_variance = relative_unit (
      pst_feature_variance (c, objective->content_sum, moments, moments + c));
  return TRUE;
}

void
pst_objective_set_anchor (PstObjective *objective, const float *x)
{
  if (objective->weights->anchor > 0)
    pst_anchor_set (&objective->anchor, objective->workers, x);
}

/* ---- evaluation --------------------------------------------------------- */

static void
add_gram_rows (void *data, int t, int begin, int end, const float *f, float *df)
{
  PstObjective *objective = data;

  pst_style_term_add_rows (objective->style, t, begin, end, f);
}

static double
content_loss (PstObjective *objective,
              int           begin,
              int           end,
              const float  *f,
              float        *df)
{
  PstFeatures features = pst_features_of_rows (objective->shape, begin, end, f,
                                               objective->content_weights);
  PstContentTarget target = {
    .f = target_rows (objective, objective->shape, begin, end),
    .total = objective->content_sum,
    .variance = objective->content_variance,
  };

  return pst_content_loss (objective->workers, &features, &target,
                           objective->weights->content, df);
}

static void
add_gradient_rows (void        *data,
                   int          t,
                   int          begin,
                   int          end,
                   const float *f,
                   float       *df)
{
  PstObjective *objective = data;

  pst_style_term_add_gradient (objective->style, t, begin, end, f, df);
  if (t == objective->weights->content_tap)
    objective->losses.content += content_loss (objective, begin, end, f, df);
}

/* The terms that need no network. */
static double
pixel_losses (PstObjective *objective, const float *x, float *gradient)
{
  const PstLossWeights *weights = objective->weights;
  double                sum;

  sum = weights->range
        * pst_range_loss (objective->workers,
                          3 * (gsize) objective->height * objective->width, x,
                          weights->range, gradient);
  if (weights->smoothness > 0)
    sum += weights->smoothness
           * pst_smoothness_loss (objective->workers, objective->height,
                                  objective->width, x, weights->smoothness,
                                  gradient);
  if (objective->weights->anchor > 0)
    sum += objective->weights->anchor
           * pst_anchor_loss (&objective->anchor, objective->workers, x,
                              objective->weights->anchor, gradient);
  return sum;
}

gboolean
pst_objective_evaluate (void        *data,
                        const float *x,
                        double      *ret_value,
                        float       *gradient)
{
  PstObjective *objective = data;

  objective->losses = (PstLosses){ 0 };
  pst_style_term_begin (objective->style);
  if (! pst_net_forward (objective->net, x, add_gram_rows, objective))
    return FALSE;
  objective->losses.style = pst_style_term_finish (objective->style);
  if (! pst_net_backward (objective->net, add_gradient_rows, objective,
                          gradient))
    return FALSE;
  objective->losses.total =
    objective->losses.style
    + objective->weights->content * objective->losses.content
    + pixel_losses (objective, x, gradient);
  if (! objective->evaluated)
    objective->first = objective->losses;
  objective->evaluated = TRUE;
  *ret_value = objective->losses.total;
  return TRUE;
}

PstLosses
pst_objective_get_losses (const PstObjective *objective)
{
  return objective->losses;
}

PstLosses
pst_objective_get_first (const PstObjective *objective)
{
  return objective->first;
}
