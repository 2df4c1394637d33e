/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lbfgs.c: limited-memory BFGS by steps
 *
 * The direction comes from the two-loop recursion (Nocedal and Wright,
 * "Numerical Optimization", algorithm 7.4), the initial matrix is s.y / y.y of
 * the latest pair (equation 7.20).  Both loops only ever add multiples of the
 * gradient and of s and y; here they are done on these multiples, from inner
 * products (lbfgs-history.h).  Pairs without positive curvature are not kept.
 */
#include "lbfgs.h"

#include <math.h>
#include <string.h>

#include "core/base/sum.h"

#define FIRST_STEP      1e-3  /* root-mean-square change of the first step */
#define MAX_TRIES       6     /* shortenings along a quasi-Newton step */
#define MAX_FIRST_TRIES 20    /* and along the gradient */
#define MIN_CURVATURE   1e-10 /* of s.y / y.y, for a pair to be kept */

/* Pairs go by their place in memory, a slot. */
struct _PstLbfgs
{
  PstWorkers *workers;
  PstHistory *pairs;
  gsize       n;
  int         history;
  int         order[PST_MAX_HISTORY]; /* all slots, newest pair first */
  int         count;                  /* how many of them hold a pair */
  double     *s_y;                    /* [history][history] s_i . y_j, of pairs
                                       * whose y is not older than s */
  double     *y_y;                    /* [history][history] y_i . y_j */
  double      s_g[PST_MAX_HISTORY];   /* s_i . gradient */
  double      y_g[PST_MAX_HISTORY];
  double      g_g;
  gboolean    started; /* value and gradient are those at x */
  double      value;
  float      *gradient;      /* [n] */
  float      *next_gradient; /* [n] */
};

PstLbfgs *
pst_lbfgs_new (PstArena   *arena,
               gsize       n,
               int         history,
               gboolean    packed,
               PstWorkers *workers)
{
  PstLbfgs lbfgs = { .workers = workers, .n = n, .history = history };

  lbfgs.pairs = pst_history_new (arena, n, history, packed, workers);
  lbfgs.gradient = pst_arena_floats (arena, n);
  lbfgs.next_gradient = pst_arena_floats (arena, n);
  lbfgs.s_y = pst_arena_doubles (arena, history * history);
  lbfgs.y_y = pst_arena_doubles (arena, history * history);
  for (int k = 0; k < history; k++)
    lbfgs.order[k] = k;
  return arena->base ? g_memdup2 (&lbfgs, sizeof lbfgs) : NULL;
}

void
pst_lbfgs_free (PstLbfgs *lbfgs)
{
  if (! lbfgs)
    return;

  pst_history_free (lbfgs->pairs);
  g_free (lbfgs);
}

/* The pairs that there are. */
static PstPairOrder
current_order (const PstLbfgs *lbfgs)
{
  return (PstPairOrder){ lbfgs->order, lbfgs->count };
}

/* The place of a product in s_y and y_y. */
static gsize
at (const PstLbfgs *lbfgs, int i, int j)
{
  return (gsize) i * lbfgs->history + j;
}

/* ---- direction ---------------------------------------------------------- */

/* A direction of descent: what pst_history_move() adds to x, and the slope
 * along it. */
typedef struct
{
  PstCombination combination;
  double         slope;
} Direction;

/* s . (what is combined so far) of the k-th pair; all y are of newer ones */
static double
along_s (const PstLbfgs *lbfgs, const PstCombination *c, int k)
{
  int    i = lbfgs->order[k];
  double sum = c->factor * lbfgs->s_g[i];

  for (int newer = 0; newer < k; newer++)
    sum += c->y[newer] * lbfgs->s_y[at (lbfgs, i, lbfgs->order[newer])];
  return sum;
}

/* y . (what is combined so far) of the k-th pair; all s are of older ones */
static double
along_y (const PstLbfgs *lbfgs, const PstCombination *c, int k)
{
  int    i = lbfgs->order[k];
  double sum = c->factor * lbfgs->y_g[i];

  for (int other = 0; other < lbfgs->count; other++)
    sum += c->y[other] * lbfgs->y_y[at (lbfgs, i, lbfgs->order[other])];
  for (int older = k + 1; older < lbfgs->count; older++)
    sum += c->s[older] * lbfgs->s_y[at (lbfgs, lbfgs->order[older], i)];
  return sum;
}

static double
along_gradient (const PstLbfgs *lbfgs, const PstCombination *c)
{
  double sum = c->factor * lbfgs->g_g;

  for (int k = 0; k < lbfgs->count; k++)
    sum += c->s[k] * lbfgs->s_g[lbfgs->order[k]]
           + c->y[k] * lbfgs->y_g[lbfgs->order[k]];
  return sum;
}

/* -H gradient, by the two-loop recursion */
static void
quasi_newton_direction (const PstLbfgs *lbfgs, Direction *direction)
{
  PstCombination *c = &direction->combination;
  const int      *order = lbfgs->order;
  gsize           newest = at (lbfgs, order[0], order[0]);
  double          gamma = lbfgs->s_y[newest] / lbfgs->y_y[newest];

  c->factor = -1;
  for (int k = 0; k < lbfgs->count; k++)
    c->y[k] =
      -along_s (lbfgs, c, k) / lbfgs->s_y[at (lbfgs, order[k], order[k])];
  c->factor *= gamma;
  for (int k = 0; k < lbfgs->count; k++)
    {
      c->s[k] = -c->y[k];
      c->y[k] *= gamma;
    }
  for (int k = lbfgs->count - 1; k >= 0; k--)
    c->s[k] -=
      along_y (lbfgs, c, k) / lbfgs->s_y[at (lbfgs, order[k], order[k])];
  direction->slope = along_gradient (lbfgs, c);
}

/* -gradient, scaled to a small change */
static void
gradient_direction (const PstLbfgs *lbfgs, Direction *direction)
{
  double norm = sqrt (lbfgs->g_g);

  direction->combination.factor =
    norm > 0 ? -FIRST_STEP * sqrt (lbfgs->n) / norm : 0;
  direction->slope = direction->combination.factor * lbfgs->g_g;
}

/* ---- step --------------------------------------------------------------- */

/* Step length for the next try after @t gave @value: the minimum of the
 * parabola through what is known. */
static double
shorter (double t, double value, double start, double slope)
{
  double best;

  if (! isfinite (value))
    return 0.1 * t;
  best = -slope * t * t / (2 * (value - start - slope * t));
  return CLAMP (best, 0.1 * t, 0.5 * t);
}

/* The slot that the next pair will take: the oldest one's if all are in use. */
static int
next_slot (const PstLbfgs *lbfgs)
{
  return lbfgs->order[MIN (lbfgs->count, lbfgs->history - 1)];
}

/* That slot becomes the newest pair's. */
static void
put_first (PstLbfgs *lbfgs)
{
  int slot = next_slot (lbfgs);
  int others = MIN (lbfgs->count, lbfgs->history - 1);

  memmove (lbfgs->order + 1, lbfgs->order, others * sizeof slot);
  lbfgs->order[0] = slot;
  lbfgs->count = others + 1;
}

static void
forget_newest (PstLbfgs *lbfgs)
{
  int slot = lbfgs->order[0];

  lbfgs->count--;
  memmove (lbfgs->order, lbfgs->order + 1, lbfgs->count * sizeof slot);
  lbfgs->order[lbfgs->count] = slot;
}

/* Makes the newest pair, whose s is the move of @x. */
static void
remember (PstLbfgs *lbfgs, const float *x)
{
  PstPairProducts products[PST_MAX_HISTORY];
  int             newest = next_slot (lbfgs);

  put_first (lbfgs);
  pst_history_store (lbfgs->pairs, current_order (lbfgs), x, lbfgs->gradient,
                     lbfgs->next_gradient, products);
  for (int k = 0; k < lbfgs->count; k++)
    {
      int i = lbfgs->order[k];

      lbfgs->s_y[at (lbfgs, i, newest)] = products[k].s_y;
      lbfgs->y_y[at (lbfgs, i, newest)] = products[k].y_y;
      lbfgs->y_y[at (lbfgs, newest, i)] = products[k].y_y;
      lbfgs->s_g[i] = products[k].s_g;
      lbfgs->y_g[i] = products[k].y_g;
    }
  if (! (products[0].s_y > MIN_CURVATURE * products[0].y_y))
    forget_newest (lbfgs);
}

/* Returns whether what the objective gave is good enough, and if so, makes it
 * the new state. */
static gboolean
accept (PstLbfgs *lbfgs, const float *x, double value)
{
  float *gradient = lbfgs->next_gradient;
  double square;

  if (! (value < lbfgs->value))
    return FALSE;
  square = pst_dot (lbfgs->workers, lbfgs->n, gradient, gradient);
  if (! isfinite (square))
    return FALSE;

  remember (lbfgs, x);
  lbfgs->next_gradient = lbfgs->gradient;
  lbfgs->gradient = gradient;
  lbfgs->g_g = square;
  lbfgs->value = value;
  return TRUE;
}

/* Goes along the direction until the value is lower than at @x. */
static PstLbfgsStatus
search (PstLbfgs        *lbfgs,
        const Direction *direction,
        float           *x,
        PstLbfgsFunc     objective,
        void            *data,
        int              tries)
{
  PstLbfgsStatus status = PST_LBFGS_STUCK;
  int            slot = next_slot (lbfgs);
  double         t = 1;

  if (! (direction->slope < 0))
    return PST_LBFGS_STUCK;
  pst_history_move (lbfgs->pairs, &direction->combination,
                    current_order (lbfgs), lbfgs->gradient, slot, x);
  for (;;)
    {
      double value, next;

      if (! objective (data, x, &value, lbfgs->next_gradient))
        {
          status = PST_LBFGS_INTERRUPTED;
          break;
        }
      if (accept (lbfgs, x, value))
        return PST_LBFGS_MOVED;
      if (--tries == 0)
        break;
      next = shorter (t, value, lbfgs->value, direction->slope);
      pst_history_shorten (lbfgs->pairs, slot, next / t, x);
      t = next;
    }
  /* Back, and the pair that was in this slot is lost. */
  pst_history_shorten (lbfgs->pairs, slot, 0, x);
  lbfgs->count = MIN (lbfgs->count, lbfgs->history - 1);
  return status;
}

static gboolean
start (PstLbfgs *lbfgs, const float *x, PstLbfgsFunc objective, void *data)
{
  if (! objective (data, x, &lbfgs->value, lbfgs->gradient))
    return FALSE;
  lbfgs->g_g =
    pst_dot (lbfgs->workers, lbfgs->n, lbfgs->gradient, lbfgs->gradient);
  lbfgs->started = TRUE;
  return TRUE;
}

PstLbfgsStatus
pst_lbfgs_step (PstLbfgs    *lbfgs,
                float       *x,
                PstLbfgsFunc objective,
                void        *data,
                double      *ret_value)
{
  PstLbfgsStatus status = PST_LBFGS_STUCK;
  Direction      direction;

  if (! lbfgs->started && ! start (lbfgs, x, objective, data))
    return PST_LBFGS_INTERRUPTED;
  if (lbfgs->count > 0)
    {
      quasi_newton_direction (lbfgs, &direction);
      status = search (lbfgs, &direction, x, objective, data, MAX_TRIES);
    }
  if (status == PST_LBFGS_STUCK)
    {
      lbfgs->count = 0;
      gradient_direction (lbfgs, &direction);
      status = search (lbfgs, &direction, x, objective, data, MAX_FIRST_TRIES);
    }
  *ret_value = lbfgs->value;
  return status;
}
