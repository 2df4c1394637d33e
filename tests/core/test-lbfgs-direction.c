/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lbfgs-direction.c: each quasi-Newton step against the two-loop recursion
 *
 * The recursion is done here in double and as the textbook has it, with vectors
 * (Nocedal and Wright, "Numerical Optimization", algorithm 7.4), on the points
 * and gradients that the optimizer's own calls went through, so that the two do
 * not drift apart.
 *
 * Tolerances: ten times what sums in float cost, five times what packing does,
 * which is an error of 2e-5 in y, times some of the problem's condition.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/transfer/lbfgs.h"

#define N       5001
#define HISTORY 20 /* at most */
#define STEPS   30

typedef struct
{
  int      history;
  gboolean half;
} Setup;

typedef struct
{
  int     calls;
  int     interrupt_at; /* the call that says so */
  double *slope;        /* [N], of the last call */
  /* the reference's history, oldest first */
  int     history;
  int     count;
  double *s[HISTORY];
  double *y[HISTORY];
} Reference;

static double
dot (const double *a, const double *b)
{
  double sum = 0;

  for (gsize i = 0; i < N; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
add (double factor, const double *a, double *b)
{
  for (gsize i = 0; i < N; i++)
    b[i] += factor * a[i];
}

/* A quadratic with curvatures from 1 to 100 and neighbors that are coupled.
 * Its minimum is at 0, where floats are fine enough to tell small steps. */
static gboolean
objective (void *data, const float *x, double *ret_value, float *gradient)
{
  Reference *reference = data;
  double     value = 0;

  if (++reference->calls == reference->interrupt_at)
    return FALSE;
  memset (reference->slope, 0, N * sizeof (double));
  for (gsize i = 0; i < N; i++)
    {
      double curvature = 1 + 99.0 * (i * 7 % N) / N;
      double pull = i > 0 ? (double) x[i] - x[i - 1] : 0;

      value += 0.5 * curvature * x[i] * x[i] + 10 * pull * pull;
      reference->slope[i] += curvature * x[i] + 20 * pull;
      if (i > 0)
        reference->slope[i - 1] -= 20 * pull;
    }
  for (gsize i = 0; i < N; i++)
    {
      gradient[i] = reference->slope[i];
      reference->slope[i] = gradient[i];
    }
  *ret_value = value;
  return TRUE;
}

/* -H @gradient; the caller owns it */
static double *
two_loops (const Reference *reference, const double *gradient)
{
  double *q = g_memdup2 (gradient, N * sizeof (double));
  double  alpha[HISTORY];
  int     last = reference->count - 1;

  for (int i = last; i >= 0; i--)
    {
      alpha[i] =
        dot (reference->s[i], q) / dot (reference->s[i], reference->y[i]);
      add (-alpha[i], reference->y[i], q);
    }
  add (dot (reference->s[last], reference->y[last])
           / dot (reference->y[last], reference->y[last])
         - 1,
       q, q);
  for (int i = 0; i <= last; i++)
    {
      double beta =
        dot (reference->y[i], q) / dot (reference->s[i], reference->y[i]);

      add (alpha[i] - beta, reference->s[i], q);
    }
  add (-2, q, q);
  return q;
}

/* Forgets the oldest if there is no room for another. */
static void
make_room (Reference *reference)
{
  if (reference->count < reference->history)
    return;

  g_free (reference->s[0]);
  g_free (reference->y[0]);
  reference->count--;
  memmove (reference->s, reference->s + 1,
           reference->count * sizeof *reference->s);
  memmove (reference->y, reference->y + 1,
           reference->count * sizeof *reference->y);
}

/* Takes @s and @y. */
static void
remember (Reference *reference, double *s, double *y)
{
  make_room (reference);
  reference->s[reference->count] = s;
  reference->y[reference->count++] = y;
}

/* An interrupted step costs the pair whose slot it took. */
static void
interrupted_step (PstLbfgs *lbfgs, Reference *reference, float *x)
{
  double value;

  reference->interrupt_at = reference->calls + 1;
  g_assert_cmpint (pst_lbfgs_step (lbfgs, x, objective, reference, &value), ==,
                   PST_LBFGS_INTERRUPTED);
  make_room (reference);
}

/* One step; returns how far, relatively, it was from the reference's. */
static double
step (PstLbfgs *lbfgs, Reference *reference, float *x)
{
  g_autofree double *before = check_doubles (N, x);
  g_autofree double *old = g_memdup2 (reference->slope, N * sizeof (double));
  g_autofree double *expected = NULL;
  g_autofree float  *got = g_new (float, N);
  double            *s, *y, value;
  int                calls = reference->calls;
  double             apart = NAN;

  g_assert_cmpint (pst_lbfgs_step (lbfgs, x, objective, reference, &value), ==,
                   PST_LBFGS_MOVED);
  s = check_doubles (N, x);
  add (-1, before, s);
  y = g_memdup2 (reference->slope, N * sizeof (double));
  add (-1, old, y);
  if (reference->count > 0 && reference->calls == calls + 1)
    {
      expected = two_loops (reference, old);
      for (gsize i = 0; i < N; i++)
        got[i] = s[i];
      apart = check_distance (N, got, expected);
    }
  remember (reference, s, y);
  return apart;
}

static void
run_steps (const Setup *setup, PstLbfgs *lbfgs, Reference *reference, float *x)
{
  double worst = 0;
  int    compared = 0;

  /* what the first step starts from */
  reference->calls = -1;
  {
    g_autofree float *gradient = g_new (float, N);
    double            value;

    objective (reference, x, &value, gradient);
  }
  for (int i = 0; i < STEPS; i++)
    {
      double apart;

      if (i % 8 == 7)
        interrupted_step (lbfgs, reference, x);
      apart = step (lbfgs, reference, x);
      if (isnan (apart))
        continue;
      worst = MAX (worst, apart);
      compared++;
    }
  g_test_message ("history %d, %s: %d steps, apart %g", setup->history,
                  setup->half ? "16 bits" : "floats", compared, worst);
  g_assert_cmpint (compared, >=, STEPS / 2);
  g_assert_cmpfloat (worst, <=, setup->half ? 5e-4 : 5e-6);
}

static void
test_direction (gconstpointer data)
{
  const Setup *setup = data;
  Reference    reference = { .history = setup->history, .interrupt_at = -1 };
  CheckRandom  random;
  PstArena     arena;
  PstLbfgs    *lbfgs;
  float       *x;

  check_random_init (&random, 0);
  x = check_floats_random (&random, N, 0, 1);
  reference.slope = g_new0 (double, N);
  pst_arena_init (&arena);
  pst_lbfgs_new (&arena, N, setup->history, setup->half, NULL);
  g_assert_true (pst_arena_commit (&arena, NULL));
  lbfgs = pst_lbfgs_new (&arena, N, setup->history, setup->half, NULL);

  run_steps (setup, lbfgs, &reference, x);

  pst_lbfgs_free (lbfgs);
  pst_arena_clear (&arena);
  check_floats_free (x);
  g_free (reference.slope);
  for (int i = 0; i < reference.count; i++)
    {
      g_free (reference.s[i]);
      g_free (reference.y[i]);
    }
}

int
main (int argc, char **argv)
{
  static const Setup setups[] = {
    { 1, FALSE }, { 3, FALSE }, { 20, FALSE },
    { 1, TRUE },  { 3, TRUE },  { 20, TRUE },
  };

  check_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (setups); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/lbfgs-direction/%s%d",
                         setups[i].half ? "half" : "float", setups[i].history);

      g_test_add_data_func (path, &setups[i], test_direction);
    }
  return g_test_run ();
}
