/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-net.c: what one iteration costs, and where the time goes
 *
 * usage: bench-net [OPTION...] [SIDE...]     pixels of square pictures; 256 512
 *                                            1024
 *
 * Prints the median and the best time of the parts, and GFLOP/s counted as
 * direct convolution.  "iteration" is all that a step of the optimizer does:
 * network forward and backward, losses, L-BFGS.  "optimizer" is L-BFGS alone on
 * a function that costs nothing, "losses" what is left of an iteration.
 */
#include <stdlib.h>

#include "bench.h"
#include "core/base/arena.h"
#include "core/kernels/blas.h"
#include "core/net/net.h"
#include "core/picture/picture.h"
#include "core/transfer/lbfgs.h"
#include "core/transfer/scale.h"

#define HISTORY 20 /* pairs of L-BFGS, as the engine takes */

/* Iterations before those that count: among the first there are some whose step
 * is too long and costs a second evaluation. */
#define FIRST_ITERATIONS 8

/* One network at one size of picture. */
typedef struct
{
  PstModel   *model;
  PstWorkers *workers;
  PstPlan     plan;
  BenchEffort effort;
  int         side;
  PstNet     *net;
  PstScale   *scale;
  PstLosses   losses;
  PstLbfgs   *lbfgs;
  float      *x;
  float      *gradient;
} Bench;

/* ---- options ------------------------------------------------------------ */

static char    *network;
static char    *precision;
static char    *picture_path;
static int      runs;
static int      threads;
static int      memory_level;
static gboolean only_iteration;
static gboolean script;
static char   **sides;

static const GOptionEntry options[] = {
  { "network", 0, 0, G_OPTION_ARG_STRING, &network,
    "compact (default), vgg19, or a file", "NETWORK" },
  { "precision", 0, 0, G_OPTION_ARG_STRING, &precision,
    "exact (default), auto or fast", "PRECISION" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &threads,
    "as many as the machine has by default", "N" },
  { "memory-level", 0, 0, G_OPTION_ARG_INT, &memory_level,
    "what is done to need less memory in an iteration, core/transfer/plan.h",
    "0..6" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &runs,
    "measure so many times, after the warm-up", "N" },
  { "only-iteration", 0, 0, G_OPTION_ARG_NONE, &only_iteration,
    "without its parts", NULL },
  { "script", 0, 0, G_OPTION_ARG_NONE, &script,
    "lines for programs: cpu LEVEL, time NETWORK SIDE PART MEDIAN BEST in "
    "seconds, "
    "loss NETWORK SIDE STYLE CONTENT, memory NETWORK SIDE BYTES",
    NULL },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture_path,
    "write the picture of the loss there, raw floats", "FILE" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &sides, NULL,
    "[SIDE...]" },
  { NULL },
};

static void
read_options (int *argc, char ***argv)
{
  bench_parse (options, argc, argv);
  if (! network)
    network = g_strdup ("compact");
}

/* ---- results ------------------------------------------------------------ */

static void
report (const Bench *bench,
        const char  *part,
        BenchTimes   times,
        double       operations)
{
  if (script)
    {
      g_print ("time %s %d %s %.6f %.6f\n", network, bench->side, part,
               times.median, times.best);
      return;
    }
  g_print ("%5d px  %-10s %8.1f ms (best %8.1f)", bench->side, part,
           times.median * 1e3, times.best * 1e3);
  if (operations > 0)
    g_print ("  %6.1f GFLOP/s", operations / times.median / 1e9);
  g_print ("\n");
}

static void
report_end (const Bench *bench)
{
  guint64 bytes = bench_peak_memory ();

  if (script)
    g_print ("loss %s %d %.9g %.9g\nmemory %s %d %" G_GUINT64_FORMAT "\n",
             network, bench->side, bench->losses.style, bench->losses.content,
             network, bench->side, bytes);
  else
    g_print ("%5d px  peak memory so far %.0f MiB\n", bench->side,
             bytes / 1048576.0);
  if (picture_path
      && ! g_file_set_contents (picture_path, (const char *) bench->x,
                                sizeof (float) * 3 * bench->side * bench->side,
                                NULL))
    g_error ("%s cannot be written", picture_path);
}

/* ---- the network alone -------------------------------------------------- */

static void
nothing (void *data, int tap, int begin, int end, const float *f, float *df)
{
  if (df)
    df[0] += 1.0f;
}

static void
forward (void *data)
{
  Bench *bench = data;

  pst_net_forward (bench->net, bench->x, nothing, NULL);
}

/* Backward goes once with each forward. */
static void
both (void *data)
{
  Bench *bench = data;

  forward (bench);
  pst_net_backward (bench->net, nothing, NULL, bench->gradient);
}

static void
take_net (Bench *bench, PstArena *arena)
{
  PstNetLayout layout = { .height = bench->side,
                          .width = bench->side,
                          .taps = bench->plan.scales[0].loss.taps,
                          .memory = PST_NET_KEEP_ALL,
                          .bf16 = bench->plan.bf16 };

  bench->net = pst_net_new (bench->model, bench->workers, arena, &layout);
  bench->gradient =
    pst_arena_floats (arena, 3 * (gsize) bench->side * bench->side);
}

/* Returns the seconds of both passes. */
static double
run_net (Bench *bench, double operations)
{
  PstArena   arena;
  BenchTimes passes[2];

  pst_arena_init (&arena);
  take_net (bench, &arena);
  pst_net_free (bench->net);
  if (! pst_arena_commit (&arena, NULL))
    g_error ("no memory");
  take_net (bench, &arena);
  passes[0] = bench_measure (&bench->effort, forward, bench);
  report (bench, "forward", passes[0], operations);
  passes[1] = bench_measure (&bench->effort, both, bench);
  report (bench, "backward",
          (BenchTimes){ passes[1].median - passes[0].median,
                        passes[1].best - passes[0].best },
          operations);
  pst_net_free (bench->net);
  pst_arena_clear (&arena);
  return passes[1].median;
}

/* ---- the optimizer alone ------------------------------------------------ */

/* A bowl, steeper in some directions than in others so that the minimum stays
 * out of reach. */
static gboolean
bowl (void *data, const float *x, double *ret_value, float *gradient)
{
  Bench *bench = data;
  gsize  n = 3 * (gsize) bench->side * bench->side;

  *ret_value = 0;
  for (gsize i = 0; i < n; i++)
    {
      gradient[i] = x[i] * (1 + i * 7919 % 4096);
      *ret_value += 0.5 * gradient[i] * x[i];
    }
  return TRUE;
}

static void
optimize_bowl (void *data)
{
  Bench *bench = data;
  double value;

  if (pst_lbfgs_step (bench->lbfgs, bench->gradient, bowl, bench, &value)
      != PST_LBFGS_MOVED)
    g_error ("the optimizer is stuck");
}

static double
run_optimizer (Bench *bench)
{
  gsize      n = 3 * (gsize) bench->side * bench->side;
  PstArena   arena;
  BenchTimes times;

  pst_arena_init (&arena);
  pst_lbfgs_new (&arena, n, HISTORY, FALSE, bench->workers);
  pst_arena_floats (&arena, n);
  if (! pst_arena_commit (&arena, NULL))
    g_error ("no memory");
  bench->lbfgs = pst_lbfgs_new (&arena, n, HISTORY, FALSE, bench->workers);
  bench->gradient = pst_arena_floats (&arena, n);
  for (gsize i = 0; i < n; i++)
    bench->gradient[i] = 1 + i % 7;
  for (int i = 0; i < HISTORY; i++)
    optimize_bowl (bench);
  times = bench_measure (&bench->effort, optimize_bowl, bench);
  report (bench, "optimizer", times, 0);
  pst_lbfgs_free (bench->lbfgs);
  pst_arena_clear (&arena);
  return times.median;
}

/* ---- all of it ---------------------------------------------------------- */

static void
iteration (void *data)
{
  Bench *bench = data;

  if (pst_scale_step (bench->scale, &bench->losses) != PST_LBFGS_MOVED)
    g_error ("nothing is left to do");
}

static BenchTimes
run_iteration (Bench            *bench,
               const PstPicture *content,
               const PstPicture *style,
               double            operations)
{
  PstRegions everywhere = { .n = 1, .shares = { 1 } };
  g_autoptr (GError) error = NULL;
  BenchEffort effort = bench->effort;
  BenchTimes  times;

  effort.warm_ups = FIRST_ITERATIONS;
  bench->scale =
    pst_scale_new (&bench->plan, &bench->plan.scales[0], bench->model,
                   bench->workers, &everywhere, &error);
  if (! bench->scale
      || ! pst_scale_add_style (bench->scale, 0, style, 1, NULL, &error)
      || ! pst_scale_begin (bench->scale, content, bench->x, &error))
    g_error ("%s", error->message);
  times = bench_measure (&effort, iteration, bench);
  report (bench, "iteration", times, 2 * operations);
  pst_scale_free (bench->scale);
  return times;
}

/* All style layers count the same, as on the other side of peer.py. */
static void
level_style_weights (PstScalePlan *sizes)
{
  int count = 0;

  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    count += sizes->loss.style[t] > 0;
  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    if (sizes->loss.style[t] > 0)
      sizes->loss.style[t] = 1.0 / count;
}

static PstPlan
make_plan (const PstModel *model, int side)
{
  PstSettings settings;
  PstPlan     plan;
  int         classical = pst_model_find_tap (model, "relu4_2");

  pst_settings_init (&settings);
  settings.precision = PST_PRECISION_EXACT;
  if (g_strcmp0 (precision, "fast") == 0)
    settings.precision = PST_PRECISION_FAST;
  else if (g_strcmp0 (precision, "auto") == 0)
    settings.precision = PST_PRECISION_AUTO;
  if (classical >= 0 && pst_taps_have (model->content_taps, classical))
    settings.structure = PST_STRUCTURE_LOOSE;
  plan = pst_plan_new (model, side, side, &settings);
  level_style_weights (&plan.scales[0]);
  return plan;
}

static void
run_bench (PstModel *model, PstWorkers *workers, int side)
{
  g_autoptr (PstPicture) content = NULL;
  g_autoptr (PstPicture) style = NULL;
  g_autoptr (PstPicture) picture = NULL;
  Bench      bench = { .model = model, .workers = workers, .side = side };
  BenchTimes whole;
  double     operations;
  double     parts = 0;

  bench.plan = make_plan (model, side);
  bench.plan.scales[0].memory_level =
    CLAMP (memory_level, 0, PST_MEMORY_LEVELS - 1);
  bench.effort =
    (BenchEffort){ .warm_ups = 1, .min_runs = 5, .max_runs = 40, .seconds = 3 };
  if (runs > 0)
    bench.effort.min_runs = bench.effort.max_runs = MIN (runs, BENCH_MAX_RUNS);
  operations =
    pst_net_operations (model, side, side, bench.plan.scales[0].loss.taps);
  content = bench_content (side, side);
  style = bench_style (side, side);
  picture = pst_picture_resize (content, side, side, NULL);
  bench.x = picture->rgb;
  if (! only_iteration)
    parts = run_net (&bench, operations) + run_optimizer (&bench);
  whole = run_iteration (&bench, content, style, operations);
  if (! only_iteration && memory_level == 0)
    report (&bench, "losses",
            (BenchTimes){ whole.median - parts, whole.median - parts }, 0);
  report_end (&bench);
}

int
main (int argc, char **argv)
{
  static char *const usual[] = { "256", "512", "1024", NULL };
  g_autoptr (PstModel) model = NULL;
  PstWorkers *workers;

  read_options (&argc, &argv);
  g_assert_true (pst_blas_init (0, 0, NULL));
  model = bench_model (network);
  workers = pst_workers_new (CLAMP (threads, 0, 64));
  if (script)
    g_print ("cpu %s\n", pst_cpu_level ());
  else
    g_print ("CPU level %s, %d threads, network %s\n", pst_cpu_level (),
             pst_workers_count (workers), network);
  for (char *const *side = sides ? sides : usual; *side; side++)
    run_bench (model, workers, CLAMP (atoi (*side), 1, PST_IMAGE_MAX_SIDE));
  pst_workers_free (workers);
  return 0;
}
