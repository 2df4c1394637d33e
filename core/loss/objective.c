/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objective.c: the total loss at one scale, and its gradient at the pixels */
#include "objective.h"

#include <string.h>

#include "anchor.h"
#include "core/kernels/kernels.h"
#include "losses.h"
#include "mask.h"
#include "style-term.h"

#define FLAT 1e-4    /* variance of features */

struct _PstTotal
{
  const PstLossWeights *weights;
  PstAnchor       anchor;           /* empty without weight */
  PstWorkers     *workers;
  const int      *cancel;
  int             height;
  int             width;
  PstNet         *net;
  PstStyleTerm   *style;
  PstShape        shape;            /* of the content tap */
  float          *content_weights;  /* [height][width] there, or NULL */
  double          content_sum;      /* of these */
  float          *pooled[2];        /* masks on their way to the taps */
  gboolean        packed;
  float          *content_target;   /* [content tap's shape]; packed: of a band */
  gint16         *packed_target;    /* [content tap's shape] */
  float          *target_scales;    /* [height][runs in a row] */
  double         *content_moments;  /* [2][c], for its variance */
  double          content_variance;
  PstLosses       losses;
  PstLosses       first;
  gboolean        evaluated;
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
take_content_buffers (PstTotal *total,
                      PstArena *arena,
                      gboolean  masked)
{
  gsize size;

  if (total->weights->content_tap < 0)
    return;
  total->shape = pst_net_tap_shape (total->net, total->weights->content_tap);
  total->content_sum = pst_shape_pixels (total->shape);
  size = pst_shape_size (total->shape);
  if (total->packed)
    {
      total->packed_target = pst_arena_bytes (arena, size * sizeof (gint16));
      total->target_scales = pst_arena_floats (arena, total->shape.height
                                                      * row_runs (total->shape));
      size = pst_net_tap_band (total->net, total->weights->content_tap)
             * (gsize) total->shape.width * total->shape.channels;
    }
  total->content_target = pst_arena_floats (arena, size);
  total->content_moments = pst_arena_doubles (arena,
                                              2 * total->shape.channels);
  if (masked)
    total->content_weights
      = pst_arena_floats (arena, pst_shape_pixels (total->shape));
}

PstTotal *
pst_total_new (const PstModel       *model,
               const PstLossWeights *weights,
               PstWorkers           *workers,
               PstArena             *arena,
               const PstTotalForm   *form,
               const int            *cancel)
{
  PstTotal *total = g_new0 (PstTotal, 1);
  gboolean  any_mask = form->regions_masked || form->content_masked;
  gsize     pooled = any_mask ? pst_mask_scratch (form->height, form->width)
                     : 0;

  *total = (PstTotal) { .weights = weights, .workers = workers,
                        .cancel = cancel, .height = form->height,
                        .width = form->width, .packed = form->packed };
  total->net = pst_net_new (model, workers, arena, form->height, form->width,
                            weights->taps, form->memory, form->half);
  total->pooled[0] = pst_arena_floats (arena, pooled);
  total->pooled[1] = pst_arena_floats (arena, pooled);
  total->style = pst_style_term_new (model, weights, total->net, workers,
                                     arena, form->width, form->n_regions,
                                     form->regions_masked, form->half);
  take_content_buffers (total, arena, form->content_masked);
  if (total->weights->anchor > 0)
    pst_anchor_init (&total->anchor, arena, form->height, form->width);
  return total;
}

void
pst_total_free (PstTotal *total)
{
  if (! total)
    return;

  pst_style_term_free (total->style);
  pst_net_free (total->net);
  g_free (total);
}

/* ---- targets ----------------------------------------------------------- */

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
  int       c = total->shape.channels;

  if (t != total->weights->content_tap)
    return;
  keep_target (total, total->shape, begin, end, f);
  pst_feature_moments ((gsize) (end - begin) * total->shape.width, c, f,
                       pst_mask_row (total->shape, total->content_weights,
                                     begin),
                       total->content_moments, total->content_moments + c);
}

void
pst_total_set_region (PstTotal       *total,
                      int             region,
                      const float    *mask,
                      double          share,
                      const PstGrams *grams)
{
  pst_style_term_set_region (total->style, region, total->height, total->width,
                             mask, total->pooled, share, grams);
}

/* What the content's loss is divided by.  A picture of one colour has no variance,
 * and nothing to be kept: it shall not outweigh the style. */
static double
relative_unit (double variance)
{
  return variance > FLAT ? variance : 1;
}

gboolean
pst_total_set_content (PstTotal    *total,
                       const float *rgb,
                       const float *mask)
{
  int     c = total->shape.channels;
  double *moments = total->content_moments;

  if (total->weights->content_tap < 0)
    return TRUE;
  if (mask)
    {
      pst_mask_pool (total->workers, total->height, total->width, mask,
                     total->shape, total->pooled, total->content_weights);
      total->content_sum = pst_mask_sum (total->shape, total->content_weights);
    }
  memset (moments, 0, sizeof (double) * 2 * c);
  if (! pst_net_forward (total->net, rgb, take_content_rows, total,
                         total->cancel))
    return FALSE;
  total->content_variance = 1;
  if (! total->weights->absolute)
    total->content_variance = relative_unit (pst_feature_variance
                                               (c, total->content_sum, moments,
                                                moments + c));
  return TRUE;
}

void
pst_total_set_anchor (PstTotal    *total,
                      const float *x)
{
  if (total->weights->anchor > 0)
    pst_anchor_set (&total->anchor, total->workers, x);
}

/* ---- evaluation -------------------------------------------------------- */

static void
add_gram_rows (void        *data,
               int          t,
               int          begin,
               int          end,
               const float *f,
               float       *df)
{
  PstTotal *total = data;

  pst_style_term_add_rows (total->style, t, begin, end, f);
}

static void
add_gradient_rows (void        *data,
                   int          t,
                   int          begin,
                   int          end,
                   const float *f,
                   float       *df)
{
  PstTotal *total = data;

  pst_style_term_add_gradient (total->style, t, begin, end, f, df);
  if (t == total->weights->content_tap)
    total->losses.content
      += pst_content_loss (total->workers,
                           (gsize) (end - begin) * total->shape.width,
                           total->shape.channels, f,
                           target_rows (total, total->shape, begin, end),
                           pst_mask_row (total->shape, total->content_weights,
                                         begin),
                           total->content_sum, total->content_variance,
                           total->weights->content, df);
}

/* The terms that need no network. */
static double
pixel_losses (PstTotal    *total,
              const float *x,
              float       *gradient)
{
  const PstLossWeights *weights = total->weights;
  double                sum;

  sum = weights->range
        * pst_range_loss (total->workers,
                          3 * (gsize) total->height * total->width, x,
                          weights->range, gradient);
  if (weights->smoothness > 0)
    sum += weights->smoothness
           * pst_smoothness_loss (total->workers, total->height, total->width,
                                  x, weights->smoothness, gradient);
  if (total->weights->anchor > 0)
    sum += total->weights->anchor
           * pst_anchor_loss (&total->anchor, total->workers, x,
                              total->weights->anchor, gradient);
  return sum;
}

gboolean
pst_total_evaluate (void        *data,
                    const float *x,
                    double      *ret_value,
                    float       *gradient)
{
  PstTotal *total = data;

  total->losses = (PstLosses) { 0 };
  pst_style_term_begin (total->style);
  if (! pst_net_forward (total->net, x, add_gram_rows, total, total->cancel))
    return FALSE;
  total->losses.style = pst_style_term_finish (total->style);
  if (! pst_net_backward (total->net, add_gradient_rows, total, total->cancel,
                          gradient))
    return FALSE;
  total->losses.total = total->losses.style
                        + total->weights->content * total->losses.content
                        + pixel_losses (total, x, gradient);
  if (! total->evaluated)
    total->first = total->losses;
  total->evaluated = TRUE;
  *ret_value = total->losses.total;
  return TRUE;
}

PstLosses
pst_total_get_losses (const PstTotal *total)
{
  return total->losses;
}

PstLosses
pst_total_get_first (const PstTotal *total)
{
  return total->first;
}
