/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lbfgs.c: limited-memory BFGS by steps
 *
 * The direction comes from the two-loop recursion (Nocedal and Wright,
 * "Numerical Optimization", algorithm 7.4), the initial matrix is s.y / y.y of
 * the latest pair (equation 7.20).  Pairs without positive curvature are not
 * kept.
 */
#include "lbfgs.h"

#include <assert.h>
#include <math.h>

#include "sum.h"

#define MAX_HISTORY       100
#define FIRST_STEP        1e-3     /* root mean square change of the first step */
#define MAX_TRIES         6        /* shortenings along a quasi-Newton step */
#define MAX_FIRST_TRIES   20       /* and along the gradient */
#define MIN_CURVATURE     1e-10    /* of s.y / y.y, for a pair to be kept */

struct _PstLbfgs
{
  PstWorkers *workers;
  gsize       n;
  int         history;
  float      *s[MAX_HISTORY];      /* [history][n], changes of x */
  float      *y[MAX_HISTORY];      /* [history][n], changes of the gradient */
  double      rho[MAX_HISTORY];    /* 1 / s.y */
  double      gamma;               /* s.y / y.y of the latest pair */
  int         count;               /* pairs held */
  int         newest;              /* index of the latest */
  gboolean    started;             /* value and gradient are those at x */
  double      value;
  float      *gradient;            /* [n] */
  float      *next_gradient;       /* [n] */
  float      *direction;           /* [n] */
  float      *trial;               /* [n] */
};

PstLbfgs *
pst_lbfgs_new (PstArena   *arena,
               gsize       n,
               int         history,
               PstWorkers *workers)
{
  PstLbfgs lbfgs = { .workers = workers, .n = n, .history = history };

  assert (history >= 1 && history <= MAX_HISTORY);
  for (int i = 0; i < history; i++)
    {
      lbfgs.s[i] = pst_arena_floats (arena, n);
      lbfgs.y[i] = pst_arena_floats (arena, n);
    }
  lbfgs.gradient = pst_arena_floats (arena, n);
  lbfgs.next_gradient = pst_arena_floats (arena, n);
  lbfgs.direction = pst_arena_floats (arena, n);
  lbfgs.trial = pst_arena_floats (arena, n);
  return arena->base ? g_memdup2 (&lbfgs, sizeof lbfgs) : NULL;
}

void
pst_lbfgs_free (PstLbfgs *lbfgs)
{
  g_free (lbfgs);
}

/* ---- vectors ----------------------------------------------------------- */

typedef struct
{
  double       a;
  const float *x;
  double       b;
  const float *y;
  float       *z;
} Combination;

static double
combine_part (void *data,
              gsize first,
              gsize count)
{
  const Combination *job = data;
  float              a = job->a;
  float              b = job->b;

  for (gsize i = first; i < first + count; i++)
    job->z[i] = a * job->x[i] + b * job->y[i];
  return 0;
}

/* z = a x + b y; z may be x or y */
static void
combine (const PstLbfgs *lbfgs,
         double          a,
         const float    *x,
         double          b,
         const float    *y,
         float          *z)
{
  Combination job = { .a = a, .x = x, .b = b, .y = y, .z = z };

  pst_sum (lbfgs->workers, lbfgs->n, combine_part, &job);
}

static double
dot (const PstLbfgs *lbfgs,
     const float    *a,
     const float    *b)
{
  return pst_dot (lbfgs->workers, lbfgs->n, a, b);
}

/* ---- direction --------------------------------------------------------- */

/* direction = -H gradient, by the two-loop recursion */
static void
quasi_newton_direction (PstLbfgs *lbfgs)
{
  double alpha[MAX_HISTORY];
  float *d = lbfgs->direction;
  double scale = -1;
  const float *from = lbfgs->gradient;

  for (int k = 0; k < lbfgs->count; k++)
    {
      int i = (lbfgs->newest - k + lbfgs->history) % lbfgs->history;

      alpha[i] = scale * lbfgs->rho[i] * dot (lbfgs, lbfgs->s[i], from);
      combine (lbfgs, scale, from, -alpha[i], lbfgs->y[i], d);
      scale = 1;
      from = d;
    }
  combine (lbfgs, lbfgs->gamma, d, 0, d, d);
  for (int k = lbfgs->count - 1; k >= 0; k--)
    {
      int    i = (lbfgs->newest - k + lbfgs->history) % lbfgs->history;
      double beta = lbfgs->rho[i] * dot (lbfgs, lbfgs->y[i], d);

      combine (lbfgs, 1, d, alpha[i] - beta, lbfgs->s[i], d);
    }
}

/* direction = -gradient, scaled to a small change */
static void
gradient_direction (PstLbfgs *lbfgs)
{
  double norm = sqrt (dot (lbfgs, lbfgs->gradient, lbfgs->gradient));
  double scale = norm > 0 ? FIRST_STEP * sqrt (lbfgs->n) / norm : 0;

  combine (lbfgs, -scale, lbfgs->gradient, 0, lbfgs->gradient,
           lbfgs->direction);
}

/* ---- step -------------------------------------------------------------- */

/* Step length for the next try after @t gave @value: the minimum of the parabola
 * through what is known. */
static double
shorter (double t,
         double value,
         double start,
         double slope)
{
  double best;

  if (! isfinite (value))
    return 0.1 * t;
  best = -slope * t * t / (2 * (value - start - slope * t));
  return CLAMP (best, 0.1 * t, 0.5 * t);
}

static void
remember (PstLbfgs    *lbfgs,
          const float *x)
{
  int    i = (lbfgs->newest + 1) % lbfgs->history;
  double curvature, square;

  combine (lbfgs, 1, lbfgs->trial, -1, x, lbfgs->s[i]);
  combine (lbfgs, 1, lbfgs->next_gradient, -1, lbfgs->gradient, lbfgs->y[i]);
  curvature = dot (lbfgs, lbfgs->s[i], lbfgs->y[i]);
  square = dot (lbfgs, lbfgs->y[i], lbfgs->y[i]);
  if (! (curvature > MIN_CURVATURE * square))
    {
      /* Where the history is full, this was the place of the oldest pair. */
      lbfgs->count = MIN (lbfgs->count, lbfgs->history - 1);
      return;
    }
  lbfgs->rho[i] = 1 / curvature;
  lbfgs->gamma = curvature / square;
  lbfgs->newest = i;
  lbfgs->count = MIN (lbfgs->count + 1, lbfgs->history);
}

static void
accept (PstLbfgs *lbfgs,
        float    *x,
        double    value)
{
  float *gradient = lbfgs->next_gradient;

  remember (lbfgs, x);
  combine (lbfgs, 1, lbfgs->trial, 0, lbfgs->trial, x);
  lbfgs->next_gradient = lbfgs->gradient;
  lbfgs->gradient = gradient;
  lbfgs->value = value;
}

/* Goes along the direction until the value is lower than at @x. */
static PstLbfgsStatus
search (PstLbfgs     *lbfgs,
        float        *x,
        PstObjective  objective,
        void         *data,
        int           tries)
{
  double slope = dot (lbfgs, lbfgs->gradient, lbfgs->direction);
  double t = 1;

  if (! (slope < 0))
    return PST_LBFGS_STUCK;
  while (tries-- > 0)
    {
      double value;

      combine (lbfgs, 1, x, t, lbfgs->direction, lbfgs->trial);
      if (! objective (data, lbfgs->trial, &value, lbfgs->next_gradient))
        return PST_LBFGS_INTERRUPTED;
      if (value < lbfgs->value
          && isfinite (dot (lbfgs, lbfgs->next_gradient, lbfgs->next_gradient)))
        {
          accept (lbfgs, x, value);
          return PST_LBFGS_MOVED;
        }
      t = shorter (t, value, lbfgs->value, slope);
    }
  return PST_LBFGS_STUCK;
}

PstLbfgsStatus
pst_lbfgs_step (PstLbfgs     *lbfgs,
                float        *x,
                PstObjective  objective,
                void         *data,
                double       *ret_value)
{
  PstLbfgsStatus status = PST_LBFGS_STUCK;

  if (! lbfgs->started)
    {
      if (! objective (data, x, &lbfgs->value, lbfgs->gradient))
        return PST_LBFGS_INTERRUPTED;
      lbfgs->started = TRUE;
    }
  if (lbfgs->count > 0)
    {
      quasi_newton_direction (lbfgs);
      status = search (lbfgs, x, objective, data, MAX_TRIES);
    }
  if (status == PST_LBFGS_STUCK)
    {
      lbfgs->count = 0;
      gradient_direction (lbfgs);
      status = search (lbfgs, x, objective, data, MAX_FIRST_TRIES);
    }
  *ret_value = lbfgs->value;
  return status;
}
