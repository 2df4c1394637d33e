/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-term.c: the style term of the total loss, with its gradient at the
 * taps */
#include "style-term.h"

#include <string.h>

#include "core/layers/conv-bf16.h"
#include "gram.h"

/* One region at one tap. */
typedef struct
{
  float         *weights;    /* [height][width], the mask at this size, or
                              * NULL */
  double         weight_sum; /* 0: the region is empty */
  double        *gram;       /* [c][c] */
  PstStyleTarget target;
  float         *gram_gradient; /* [c][c] */
  PstConvBf16   *bf16;          /* gram_gradient in half precision, or NULL */
} Part;

typedef struct
{
  PstShape shape;
  Part    *parts; /* [n_regions], owned; NULL: no style layer */
} Tap;

struct _PstStyleTerm
{
  const PstLossWeights *weights;
  PstWorkers           *workers;
  int                   n_taps;
  Tap                   taps[PST_MODEL_MAX_TAPS];
  gboolean              bf16;
  int                   n_regions;
  double                shares[PST_MAX_STYLES];
  float                *scratch;
  float                *bf16_scratch; /* bf16_scratch_size for each worker */
  gsize                 bf16_scratch_size;
};

/* ---- lifecycle ---------------------------------------------------------- */

/* Floats for each worker in half precision. */
static gsize
bf16_scratch (const PstModel *model, int width)
{
  gsize most = 0;

  for (int t = 0; t < model->n_taps; t++)
    {
      int c = model->layers[model->taps[t]].out_channels;

      most = MAX (most, pst_conv_bf16_scratch (c, width));
    }
  return most;
}

/* Gradients of masked regions are computed in single precision. */
static void
take_part (Part     *part,
           PstShape  shape,
           PstArena *arena,
           gboolean  masked,
           gboolean  bf16)
{
  gsize c = shape.channels;

  part->weight_sum = pst_shape_pixels (shape);
  if (masked)
    part->weights = pst_arena_floats (arena, pst_shape_pixels (shape));
  part->gram = pst_arena_doubles (arena, c * c);
  part->gram_gradient = pst_arena_floats (arena, c * c);
  if (bf16 && ! masked && pst_conv_bf16_applies (1, c) && arena->base)
    part->bf16 = pst_conv_bf16_new (c, c, 1, NULL);
}

PstStyleTerm *
pst_style_term_new (const PstModel           *model,
                    const PstLossWeights     *weights,
                    const PstNet             *net,
                    PstWorkers               *workers,
                    PstArena                 *arena,
                    const PstObjectiveLayout *layout)
{
  PstStyleTerm *term = g_new0 (PstStyleTerm, 1);

  term->weights = weights;
  term->bf16 = layout->bf16;
  term->workers = workers;
  term->n_taps = model->n_taps;
  term->n_regions = layout->n_regions;
  term->scratch = pst_arena_floats (arena, pst_grams_scratch (model, workers));
  if (layout->bf16)
    term->bf16_scratch_size = bf16_scratch (model, layout->width);
  term->bf16_scratch =
    pst_arena_floats (arena,
                      term->bf16_scratch_size * pst_workers_count (workers));
  for (int t = 0; t < model->n_taps; t++)
    if (weights->style[t] > 0)
      {
        term->taps[t].shape = pst_net_tap_shape (net, t);
        term->taps[t].parts = g_new0 (Part, layout->n_regions);
        for (int r = 0; r < layout->n_regions; r++)
          take_part (&term->taps[t].parts[r], term->taps[t].shape, arena,
                     layout->regions_masked, layout->bf16);
      }
  return term;
}

void
pst_style_term_free (PstStyleTerm *term)
{
  if (! term)
    return;

  for (int t = 0; t < term->n_taps; t++)
    {
      for (int r = 0; term->taps[t].parts && r < term->n_regions; r++)
        pst_conv_bf16_free (term->taps[t].parts[r].bf16);
      g_free (term->taps[t].parts);
    }
  g_free (term);
}

/* What the squared distance to @target is divided by.  In the published unit
 * the matrices are divided by the channels, too, and the distance is a mean. */
static double
loss_unit (gboolean absolute, int c, const double *target)
{
  return absolute ? (double) c * c * c * c : pst_gram_norm (c, target);
}

void
pst_style_term_set_region (PstStyleTerm      *term,
                           int                region,
                           const float       *mask,
                           const PstMaskPool *pool,
                           double             share,
                           const PstGrams    *grams)
{
  term->shares[region] = share;
  for (int t = 0; t < term->n_taps; t++)
    if (term->taps[t].parts)
      {
        Part *part = &term->taps[t].parts[region];

        part->target.gram = grams->taps[t];
        part->target.unit =
          loss_unit (term->weights->absolute, term->taps[t].shape.channels,
                     grams->taps[t]);
        if (! mask)
          continue;
        pst_mask_pool_run (pool, mask, term->taps[t].shape, part->weights);
        part->weight_sum = pst_mask_sum (term->taps[t].shape, part->weights);
      }
}

/* ---- evaluation --------------------------------------------------------- */

void
pst_style_term_begin (PstStyleTerm *term)
{
  for (int t = 0; t < term->n_taps; t++)
    for (int r = 0; term->taps[t].parts && r < term->n_regions; r++)
      {
        gsize c = term->taps[t].shape.channels;

        memset (term->taps[t].parts[r].gram, 0, sizeof (double) * c * c);
      }
}

void
pst_style_term_add_rows (PstStyleTerm *term,
                         int           tap,
                         int           begin,
                         int           end,
                         const float  *f)
{
  const Tap *at = &term->taps[tap];

  for (int r = 0; at->parts && r < term->n_regions; r++)
    if (at->parts[r].weight_sum > 0)
      {
        PstFeatures features =
          pst_features_of_rows (at->shape, begin, end, f, at->parts[r].weights);

        pst_gram_add (term->workers, &features, term->bf16, at->parts[r].gram,
                      term->scratch);
      }
}

/* Returns the weighted loss of one region at one tap, and sets its gradient. */
static double
finish_part (Part *part, PstShape shape, double weight)
{
  double loss;

  if (part->weight_sum <= 0)
    return 0;
  pst_gram_finish (shape.channels, part->weight_sum, part->gram);
  loss = pst_style_loss (shape.channels, part->gram, &part->target, weight,
                         part->weight_sum, part->gram_gradient);
  if (part->bf16)
    pst_conv_bf16_set (part->bf16, part->gram_gradient);
  return weight * loss;
}

double
pst_style_term_finish (PstStyleTerm *term)
{
  double sum = 0;

  for (int t = 0; t < term->n_taps; t++)
    for (int r = 0; term->taps[t].parts && r < term->n_regions; r++)
      sum += finish_part (&term->taps[t].parts[r], term->taps[t].shape,
                          term->shares[r] * term->weights->style[t]);
  return sum;
}

/* df += f gram_gradient, as pst_style_gradient() without weights, for rows
 * @begin .. @end - 1: a convolution of 1x1. */
static PstConvWork
bf16_gradient (const PstStyleTerm *term,
               PstShape            shape,
               int                 begin,
               int                 end,
               const float        *f,
               float              *df)
{
  return (PstConvWork){ .workers = term->workers,
                        .source = { .x = f,
                                    .top = begin,
                                    .height = shape.height,
                                    .width = shape.width,
                                    .channels = shape.channels },
                        .output = { .y = df, .top = begin, .add = TRUE },
                        .begin = begin,
                        .end = end,
                        .bf16 = TRUE,
                        .scratch = term->bf16_scratch,
                        .scratch_size = term->bf16_scratch_size };
}

void
pst_style_term_add_gradient (PstStyleTerm *term,
                             int           tap,
                             int           begin,
                             int           end,
                             const float  *f,
                             float        *df)
{
  const Tap *at = &term->taps[tap];

  for (int r = 0; at->parts && r < term->n_regions; r++)
    {
      const Part *part = &at->parts[r];

      if (part->bf16)
        {
          PstConvWork work = bf16_gradient (term, at->shape, begin, end, f, df);

          pst_conv_bf16_run (part->bf16, &work);
        }
      else if (part->weight_sum > 0)
        {
          PstFeatures features =
            pst_features_of_rows (at->shape, begin, end, f, part->weights);

          pst_style_gradient (term->workers, &features, part->gram_gradient, df,
                              term->scratch);
        }
    }
}
