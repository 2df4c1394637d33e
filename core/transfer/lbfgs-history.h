/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lbfgs-history.h: the history of L-BFGS, pairs of long vectors
 *
 * s is a change of the point x, y that of the gradient.  One pass over all
 * pairs computes their products with new vectors and one pass a linear
 * combination, block by block, so that what all pairs share stays in the cache.
 * That and the algebra in inner products are from Chen, Wang and Zhou,
 * "Large-scale L-BFGS using MapReduce", NIPS 2014.
 *
 * A pair that is not complete holds the previous x instead, so that a step
 * needs no memory and can be taken back exactly.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/workers.h"

#define PST_MAX_HISTORY 100

typedef struct _PstHistory PstHistory;

/* Some of the pairs, none of them twice. */
typedef struct
{
  const int *slots; /* [n], borrowed */
  int        n;
} PstPairOrder;

/* factor g + sum over k of s[k] s_k + y[k] y_k */
typedef struct
{
  double factor;
  double s[PST_MAX_HISTORY];
  double y[PST_MAX_HISTORY];
} PstCombination;

/* Of one pair with y', the newest y, and g', the gradient at x. */
typedef struct
{
  double s_y;
  double s_g;
  double y_y;
  double y_g;
} PstPairProducts;

/* pst_history_new:
 * @count: 1..PST_MAX_HISTORY
 * @packed: elements of 16 bits (kernels.h, PstPairBlock) instead of floats
 * Takes its vectors from @arena.  While that measures, returns NULL. */
PstHistory *pst_history_new (PstArena   *arena,
                             gsize       n,
                             int         count,
                             gboolean    packed,
                             PstWorkers *workers);

/* NULL is allowed.  The vectors stay the arena's. */
void pst_history_free (PstHistory *pairs);

/* pst_history_move:
 * Adds a combination to @x, [n], keeping the former x in @slot.  What is added
 * is exactly what the pair will hold, but for the rounding of x.
 * @order: its k-th pair is that of the combination's k
 * @gradient: [n], the combination's g
 * @slot: a pair that may be one of these and is lost */
void pst_history_move (PstHistory           *pairs,
                       const PstCombination *combination,
                       PstPairOrder          order,
                       const float          *gradient,
                       int                   slot,
                       float                *x);

/* pst_history_shorten:
 * Undoes the step of @x, [n], and takes @ratio of it; 0: x is exactly as
 * before. */
void pst_history_shorten (PstHistory *pairs, int slot, double ratio, float *x);

/* pst_history_store:
 * Makes the first pair of @order from the move of @x and the change of the
 * gradient from @before to @after, all [n].
 * @ret_products: [order.n], of each pair with the new y and @after */
void pst_history_store (PstHistory      *pairs,
                        PstPairOrder     order,
                        const float     *x,
                        const float     *before,
                        const float     *after,
                        PstPairProducts *ret_products);
