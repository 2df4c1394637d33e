/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lbfgs.c: the optimizer on problems that are known to be hard
 *
 * Values reached and calls are compared, never trajectories.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/transfer/lbfgs.h"

/* How the optimizer is set up, for each test. */
typedef struct
{
  int      history;
  gboolean half;
} Setup;

/* A problem: value and gradient in double at @x, [n]. */
typedef double (*Problem) (gsize n, const double *x, double *gradient);

/* An optimizer and what it is working on. */
typedef struct
{
  Problem   problem;
  gsize     n;
  PstArena  arena;
  PstLbfgs *lbfgs;
  float    *x;     /* [n], owned */
  double    value; /* at x */
  int       calls;
  int       interrupt_at; /* the call that says so; 0: none */
  double    noise;        /* relative */
  double    drift;        /* added at every call */
} Run;

static gboolean
objective (void *data, const float *x, double *ret_value, float *gradient)
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
run_init (Run         *run,
          const Setup *setup,
          Problem      problem,
          gsize        n,
          PstWorkers  *workers)
{
  *run = (Run){ .problem = problem, .n = n, .x = g_new0 (float, n) };
  pst_arena_init (&run->arena);
  g_assert_null (
    pst_lbfgs_new (&run->arena, n, setup->history, setup->half, workers));
  g_assert_true (pst_arena_commit (&run->arena, NULL));
  run->lbfgs =
    pst_lbfgs_new (&run->arena, n, setup->history, setup->half, workers);
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
run_steps (Run *run, int steps, double goal)
{
  while (steps-- > 0 && run->value > goal)
    run_step (run);
}

/* ---- problems ----------------------------------------------------------- */

/* Curvatures from 1 to 10000, minimum 0 at 1, 1/2, 1/3, … */
static double
quadratic (gsize n, const double *x, double *gradient)
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
rosenbrock (gsize n, const double *x, double *gradient)
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
walled (gsize n, const double *x, double *gradient)
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
broken_gradient (gsize n, const double *x, double *gradient)
{
  for (gsize i = 0; i < n; i++)
    gradient[i] = i == 0 ? NAN : 1.0;
  return x[0] + 1.0;
}

static double
flat (gsize n, const double *x, double *gradient)
{
  return 5.0;
}

/* Claims to fall where it rises. */
static double
lying (gsize n, const double *x, double *gradient)
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
concave (gsize n, const double *x, double *gradient)
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
test_quadratic (gconstpointer data)
{
  const Setup *setup = data;
  const gsize  sizes[] = { 1, 2, 3, 17, 300 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Run    run;
      double start;

      run_init (&run, setup, quadratic, sizes[s], NULL);
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
test_one_call_a_step (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;

  run_init (&run, setup, quadratic, 100, NULL);
  run_step (&run);
  g_assert_cmpint (run.calls, <=, 4);
  for (int step = 0; step < 60; step++)
    run_step (&run);
  g_assert_cmpint (run.calls, <=, 90);
  run_clear (&run);
}

static void
test_rosenbrock (gconstpointer data)
{
  const Setup *setup = data;
  const gsize  sizes[] = { 2, 10, 100 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Run run;

      run_init (&run, setup, rosenbrock, sizes[s], NULL);
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
test_noisy (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;
  double       start;

  run_init (&run, setup, quadratic, 50, NULL);
  run.noise = 1e-5;
  run_step (&run);
  start = run.value;
  run_steps (&run, 200, 0.0);
  g_assert_cmpfloat (run.value, <, 1e-3 * start);
  run_clear (&run);
}

static void
test_wall (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;
  double       start;

  run_init (&run, setup, walled, 40, NULL);
  run_step (&run);
  start = run.value;
  run_steps (&run, 200, 0.0);
  /* at the wall it is 0.64 of what it is at 0 */
  g_assert_cmpfloat (run.value, <, 0.9 * start);
  run_clear (&run);
}

static void
check_stuck (const Setup *setup, Problem problem)
{
  Run               run;
  gsize             n = 10;
  g_autofree float *start = g_new0 (float, n);

  run_init (&run, setup, problem, n, NULL);
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  check_same ("stuck", n, run.x, start);
  g_assert_cmpint (run.calls, <, 500);
  run_clear (&run);
}

static void
test_stuck (gconstpointer data)
{
  const Setup *setup = data;
  check_stuck (setup, flat);
  check_stuck (setup, lying);
  check_stuck (setup, broken_gradient);
}

/* Each call returns more than the one before: nothing may be accepted. */
static void
test_rising (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;

  run_init (&run, setup, flat, 10, NULL);
  run.drift = 1.0;
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  g_assert_cmpfloat (run.value, ==, 6.0);
  run_clear (&run);

  /* after a good start */
  run_init (&run, setup, quadratic, 10, NULL);
  run_steps (&run, 5, 0.0);
  run.drift = 1e9;
  for (int step = 0; step < 5; step++)
    g_assert_cmpint (run_step (&run), ==, PST_LBFGS_STUCK);
  run_clear (&run);
}

static void
test_concave (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;

  run_init (&run, setup, concave, 12, NULL);
  run_steps (&run, 300, -10.0);
  /* 12 at the start; without curvature steps are small */
  g_assert_cmpfloat (run.value, <, 11.0);
  run_clear (&run);
}

/* Interrupted at any call, x stays, and the optimizer can continue. */
static void
test_interrupted (gconstpointer data)
{
  const Setup *setup = data;
  for (int call = 1; call <= 12; call++)
    {
      Run            run;
      PstLbfgsStatus status = PST_LBFGS_MOVED;
      int            steps = 0;

      run_init (&run, setup, rosenbrock, 10, NULL);
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
check_memory (gsize n, int history, gboolean half, gsize least, gsize most)
{
  PstArena arena;

  pst_arena_init (&arena);
  pst_lbfgs_new (&arena, n, history, half, NULL);
  g_assert_cmpuint (arena.used, >=, least);
  g_assert_cmpuint (arena.used, <=, most);
  pst_lbfgs_free (NULL);
}

/* The rest is for scales and sums, 64 parts of 4 doubles a pair. */
static void
test_memory (void)
{
  gsize n = 1000000;
  gsize bytes = n * sizeof (float);
  gsize rest = 100000;

  check_memory (n, 5, FALSE, 12 * bytes, 12 * bytes + rest);
  check_memory (n, 5, TRUE, 7 * bytes, 7 * bytes + bytes / 20 + rest);
}

/* Few pairs take more steps, but go the same way. */
static void
test_short_history (gconstpointer data)
{
  const Setup *setup = data;
  Run          run;
  double       start;

  run_init (&run, setup, quadratic, 17, NULL);
  run_step (&run);
  start = run.value;
  run_steps (&run, 1000, 1e-4 * start);
  g_test_message ("history %d: %g of %g after %d calls", setup->history,
                  run.value, start, run.calls);
  g_assert_cmpfloat (run.value, <=, 1e-4 * start);
  run_clear (&run);
}

/* Several blocks, the last one odd; more steps than the shorter histories. */
static void
test_threads (gconstpointer data)
{
  const Setup *setup = data;
  gsize        n = 20011;
  Run          alone;

  run_init (&alone, setup, quadratic, n, NULL);
  for (int step = 0; step < 8; step++)
    run_step (&alone);
  for (int threads = 1; threads <= 3; threads++)
    {
      PstWorkers *workers = pst_workers_new (threads);
      Run         run;

      run_init (&run, setup, quadratic, n, workers);
      for (int step = 0; step < 8; step++)
        run_step (&run);
      check_same ("in threads", n, run.x, alone.x);
      g_assert_true (run.value == alone.value);
      run_clear (&run);
      pst_workers_free (workers);
    }
  run_clear (&alone);
}

typedef struct
{
  const char   *name;
  GTestDataFunc function;
} Test;

static void
add_tests (const Setup *setup, int n, const Test *tests)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/lbfgs/%s%d/%s", setup->half ? "half" : "float",
                         setup->history, tests[i].name);

      g_test_add_data_func (path, setup, tests[i].function);
    }
}

int
main (int argc, char **argv)
{
  static const Setup usual[] = { { 20, FALSE }, { 20, TRUE } };
  static const Setup brief[] = {
    { 1, FALSE },
    { 1, TRUE },
    { 3, FALSE },
    { 3, TRUE },
  };
  static const Test all[] = {
    { "quadratic", test_quadratic },
    { "one-call-a-step", test_one_call_a_step },
    { "rosenbrock", test_rosenbrock },
    { "noisy", test_noisy },
  };
  static const Test any[] = {
    { "wall", test_wall },
    { "stuck", test_stuck },
    { "rising", test_rising },
    { "concave", test_concave },
    { "interrupted", test_interrupted },
    { "short-history", test_short_history },
    { "threads", test_threads },
  };

  check_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      add_tests (&usual[i], G_N_ELEMENTS (all), all);
      add_tests (&usual[i], G_N_ELEMENTS (any), any);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (brief); i++)
    add_tests (&brief[i], G_N_ELEMENTS (any), any);
  g_test_add_func ("/lbfgs/memory", test_memory);
  return g_test_run ();
}
