/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lbfgs.c: the optimiser on problems that are known to be hard
 *
 * Values reached and calls are compared, never trajectories.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/lbfgs.h"

#define HISTORY 20

/* A problem: value and gradient in double at @x, [n]. */
typedef double (* Problem) (gsize         n,
                            const double *x,
                            double       *gradient);

/* An optimiser and what it is working on. */
typedef struct
{
  Problem      problem;
  gsize        n;
  PstArena     arena;
  PstLbfgs    *lbfgs;
  float       *x;              /* [n], owned */
  double       value;          /* at x */
  int          calls;
  int          interrupt_at;   /* the call that says so; 0: none */
  double       noise;          /* relative */
  double       drift;          /* added at every call */
} Run;

static gboolean
objective (void        *data,
           const float *x,
           double      *ret_value,
           float       *gradient)
{
  Run               *run = data;
  g_autofree double *point = check_doubles (run->n, x);
  g_autofree double *slope = g_new0 (double, run->n);
  CheckRandom        random;

  if (++run->calls == run->interrupt_at)
    return FALSE;
  check_random_init (&random, run->calls);
  *ret_value = run->problem (run->n, point, slope)
               * (1.0 + run->noise * check_random_normal (&random))
               + run->drift * run->calls;
  for (gsize i = 0; i < run->n; i++)
    gradient[i] = slope[i];
  return TRUE;
}

static void
run_init (Run        *run,
          Problem     problem,
          gsize       n,
          PstWorkers *workers)
{
  *run = (Run) { .problem = problem, .n = n, .x = g_new0 (float, n) };
  pst_arena_init (&run->arena);
  g_assert_null (pst_lbfgs_new (&run->arena, n, HISTORY, workers));
  g_assert_true (pst_arena_commit (&run->arena, NULL));
  run->lbfgs = pst_lbfgs_new (&run->arena, n, HISTORY, workers);
  g_assert_nonnull (run->lbfgs);
  run->value = INFINITY;
}

static void
run_clear (Run *run)
{
  pst_lbfgs_free (run->lbfgs);
  pst_arena_clear (&run->arena);
  g_free (run->x);
}

/* One step, with what must hold after every step of any problem. */
static PstLbfgsStatus
run_step (Run *run)
{
  gsize             bytes = run->n * sizeof (float);
  g_autofree float *before = g_memdup2 (run->x, bytes);
  double            value = NAN;
  PstLbfgsStatus    status =
    pst_lbfgs_step (run->lbfgs, run->x, objective, run, &value);

  for (gsize i = 0; i < run->n; i++)
    g_assert_true (isfinite (run->x[i]));
  if (status != PST_LBFGS_MOVED)
    g_assert_cmpmem (run->x, bytes, before, bytes);
  if (status != PST_LBFGS_INTERRUPTED)
    {
      g_assert_true (isfinite (value));
      g_assert_cmpfloat (value, <=, run->value);
      if (status == PST_LBFGS_MOVED)
        g_assert_cmpfloat (value, <, run->value);
      run->value = value;
    }
  return status;
}

/* At most @steps, fewer once @goal is reached. */
static void
run_steps (Run    *run,
           int     steps,
           double  goal)
{
  while (steps-- > 0 && run->value > goal)
    run_step (run);
}

/* ---- problems ----------------------------------------------------------- */

/* Curvatures from 1 to 10000, minimum 0 at 1, 1/2, 1/3, … */
static double
quadratic (gsize         n,
           const double *x,
           double       *gradient)
{
  double value = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double curvature = pow (10.0, 4.0 * i / MAX (n - 1, 1));
      double apart = x[i] - 1.0 / (1 + i % 10);

      value += 0.5 * curvature * apart * apart;
      gradient[i] = curvature * apart;
    }
  return value;
}

/* H. H. Rosenbrock, 1960, chained; minimum 0 at 1, 1, … */
static double
rosenbrock (gsize         n,
            const double *x,
            double       *gradient)
{
  double value = 0.0;

  for (gsize i = 0; i + 1 < n; i++)
    {
      double bend = x[i + 1] - x[i] * x[i];

      value += 100.0 * bend * bend + (1.0 - x[i]) * (1.0 - x[i]);
      gradient[i] += -400.0 * bend * x[i] - 2.0 * (1.0 - x[i]);
      gradient[i + 1] += 200.0 * bend;
    }
  return value;
}

/* Falls towards 0.2 on every axis, where its domain ends. */
static double
walled (gsize         n,
        const double *x,
        double       *gradient)
{
  double value = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      if (x[i] > 0.2)
        {
          for (gsize k = 0; k < n; k++)
            gradient[k] = NAN;
          return i % 2 ? INFINITY : NAN;
        }
      value += (x[i] - 1.0) * (x[i] - 1.0) * (1 + i % 7);
      gradient[i] = 2.0 * (x[i] - 1.0) * (1 + i % 7);
    }
  return value;
}

/* Finite, but nothing else is. */
static double
broken_gradient (gsize         n,
                 const double *x,
                 double       *gradient)
{
  for (gsize i = 0; i < n; i++)
    gradient[i] = i == 0 ? NAN : 1.0;
  return x[0] + 1.0;
}

static double
flat (gsize         n,
      const double *x,
      double       *gradient)
{
  return 5.0;
}

/* Claims to fall where it rises. */
static double
lying (gsize         n,
       const double *x,
       double       *gradient)
{
  double value = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      value += x[i] * x[i];
      gradient[i] = 1.0;
    }
  return value;
}

/* A long slope that curves the wrong way: no pair with positive curvature. */
static double
concave (gsize         n,
         const double *x,
         double       *gradient)
{
  double value = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      value += cos (x[i]) - 0.5 * x[i];
      gradient[i] = -sin (x[i]) - 0.5;
    }
  return value;
}

/* ---- tests -------------------------------------------------------------- */

static void
test_quadratic (void)
{
  const gsize sizes[] = { 1, 2, 3, 17, 300 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Run    run;
      double start;

      run_init (&run, quadratic, sizes[s], NULL);
      run_step (&run);
      start = run.value;
      run_steps (&run, 500, 1e-7 * start);
      g_test_message ("quadratic of %d: %g after %d calls", (int) sizes[s],
                      run.value, run.calls);
      g_assert_cmpfloat (run.value, <=, 1e-7 * start);
      run_clear (&run);
    }
}

static void
test_one_call_a_step (void)
{
  Run run;

  run_init (&run, quadratic, 100, NULL);
  run_step (&run);
  g_assert_cmpint (run.calls, <=, 4);
  for (int step = 0; step < 60; step++)
    run_step (&run);
  g_assert_cmpint (run.calls, <=, 90);
  run_clear (&run);
}

static void
test_rosenbrock (void)
{
  const gsize sizes[] = { 2, 10, 100 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Run run;

      run_init (&run, rosenbrock, sizes[s], NULL);
      for (gsize i = 0; i < run.n; i++)
        run.x[i] = i % 2 ? 1.0f : -1.2f;
      run_steps (&run, 3000, 1e-5);
      g_test_message ("Rosenbrock of %d: %g after %d calls", (int) sizes[s],
                      run.value, run.calls);
      /* the chained one has a local minimum of about 3.99 near the start */
      g_assert_cmpfloat (run.value, <, 4.0);
      if (sizes[s] == 2)
        g_assert_cmpfloat (run.value, <=, 1e-5);
      run_clear (&run);
    }
}

static void
test_noisy (void)
{
  Run    run;
  double start;

  run_init (&run, quadratic, 50, NULL);
  run.noise = 1e-5;
  run_step (&run);
  start = run.value;
  run_steps (&run, 200, 0.0);
  g_assert_cmpfloat (run.value, <, 1e-3 * start);
  run_clear (&run);
}

static void
test_wall (void)
{
  Run    run;
  double start;

  run_init (&run, walled, 40, NULL);
  run_step (&run);
  start = run.value;
  run_steps (&run, 200, 0.0);
  /* at the wall it is 0.64 of what it is at 0 */
  g_assert_cmpfloat (run.value, <, 0.9 * start);
  run_clear (&run);
}

static void
check_stuck (Problem problem)
{
  Run               run;
  gsize             n = 10;
  g_autofree float *start = g_new0 (float, n);

  run_init (&run, problem, n, NULL);
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  check_same ("stuck", n, run.x, start);
  g_assert_cmpint (run.calls, <, 500);
  run_clear (&run);
}

static void
test_stuck (void)
{
  check_stuck (flat);
  check_stuck (lying);
  check_stuck (broken_gradient);
}

/* Each call returns more than the one before: nothing may be accepted. */
static void
test_rising (void)
{
  Run run;

  run_init (&run, flat, 10, NULL);
  run.drift = 1.0;
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  g_assert_cmpfloat (run.value, ==, 6.0);
  run_clear (&run);

  /* after a good start */
  run_init (&run, quadratic, 10, NULL);
  run_steps (&run, 5, 0.0);
  run.drift = 1e9;
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  run_clear (&run);
}

static void
test_concave (void)
{
  Run run;

  run_init (&run, concave, 12, NULL);
  run_steps (&run, 300, -10.0);
  /* 12 at the start; without curvature steps are small */
  g_assert_cmpfloat (run.value, <, 11.0);
  run_clear (&run);
}

/* Interrupted at any call, x stays; going on afterwards works. */
static void
test_interrupted (void)
{
  for (int call = 1; call <= 12; call++)
    {
      Run            run;
      PstLbfgsStatus status = PST_LBFGS_MOVED;
      int            steps = 0;

      run_init (&run, rosenbrock, 10, NULL);
      run.interrupt_at = call;
      while (status != PST_LBFGS_INTERRUPTED && steps++ < 100)
        status = run_step (&run);
      g_assert_cmpint (status, ==, PST_LBFGS_INTERRUPTED);
      g_assert_cmpint (run.calls, ==, call);

      g_assert_cmpint (run_step (&run), ==, PST_LBFGS_MOVED);
      run_steps (&run, 50, 0.0);
      g_assert_cmpfloat (run.value, <, 9.0);
      run_clear (&run);
    }
}

static void
test_memory (void)
{
  PstArena arena;
  gsize    n = 1000;

  pst_arena_init (&arena);
  pst_lbfgs_new (&arena, n, 5, NULL);
  g_assert_cmpuint (arena.used, >=, 14 * n * sizeof (float));
  g_assert_cmpuint (arena.used, <, 15 * n * sizeof (float));
  pst_lbfgs_free (NULL);
}

static void
test_threads (void)
{
  gsize n = 20000;
  Run   alone;

  run_init (&alone, quadratic, n, NULL);
  for (int step = 0; step < 6; step++)
    run_step (&alone);
  for (int threads = 1; threads <= 3; threads++)
    {
      PstWorkers *workers = pst_workers_new (threads);
      Run         run;

      run_init (&run, quadratic, n, workers);
      for (int step = 0; step < 6; step++)
        run_step (&run);
      check_same ("in threads", n, run.x, alone.x);
      g_assert_true (run.value == alone.value);
      run_clear (&run);
      pst_workers_free (workers);
    }
  run_clear (&alone);
}

int
main (int    argc,
      char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/lbfgs/quadratic", test_quadratic);
  g_test_add_func ("/lbfgs/one-call-a-step", test_one_call_a_step);
  g_test_add_func ("/lbfgs/rosenbrock", test_rosenbrock);
  g_test_add_func ("/lbfgs/noisy", test_noisy);
  g_test_add_func ("/lbfgs/wall", test_wall);
  g_test_add_func ("/lbfgs/stuck", test_stuck);
  g_test_add_func ("/lbfgs/rising", test_rising);
  g_test_add_func ("/lbfgs/concave", test_concave);
  g_test_add_func ("/lbfgs/interrupted", test_interrupted);
  g_test_add_func ("/lbfgs/memory", test_memory);
  g_test_add_func ("/lbfgs/threads", test_threads);
  return g_test_run ();
}
