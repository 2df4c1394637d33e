/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-net.c: how fast the built-in network runs
 *
 * usage: bench-net [SIDE...]        pixels of a square picture; 256 512
 *
 * Prints milliseconds and GFLOP/s, counted as direct convolution: the median
 * and the best of at least five runs.  "iteration" is all that one step of the
 * optimiser costs: network forward and backward, losses, L-BFGS.
 */
#include <stdlib.h>

#include "check.h"
#include "core/image.h"
#include "core/lbfgs.h"
#include "core/net.h"
#include "core/pastiche.h"
#include "core/total.h"
#include "sample.h"

#define MIN_RUNS    5
#define MAX_RUNS    40
#define MIN_SECONDS 3.0

/* One size of picture. */
typedef struct
{
  PstModel   *model;
  PstWorkers *workers;
  int         side;
  guint32     taps;
  PstArena    arena;
  PstNet     *net;
  PstTotal   *total;
  PstLbfgs   *lbfgs;
  PstPlan     plan;
  double     *grams[PST_MODEL_MAX_TAPS];
  float      *rgb;
  float      *drgb;
} Bench;

typedef void (* Work) (Bench *bench);

static int
compare (const void *a,
         const void *b)
{
  double apart = *(const double *) a - *(const double *) b;

  return apart < 0.0 ? -1 : apart > 0.0;
}

static void
measure (Bench      *bench,
         const char *name,
         Work        work,
         double      operations)
{
  double seconds[MAX_RUNS];
  double total = 0.0;
  int    n = 0;

  work (bench);     /* warms up */
  while (n < MIN_RUNS || (n < MAX_RUNS && total < MIN_SECONDS))
    {
      gint64 begin = g_get_monotonic_time ();

      work (bench);
      seconds[n] = (g_get_monotonic_time () - begin) / 1e6;
      total += seconds[n++];
    }
  qsort (seconds, n, sizeof *seconds, compare);
  g_print ("%5d px  %-10s %8.1f ms (best %8.1f)  %6.1f GFLOP/s\n", bench->side,
           name, seconds[n / 2] * 1e3, seconds[0] * 1e3,
           operations / seconds[n / 2] / 1e9);
}

/* ---- what is measured --------------------------------------------------- */

static void
nothing (void        *data,
         int          tap,
         int          begin,
         int          end,
         const float *f,
         float       *df)
{
  if (df)
    df[0] += 1.0f;
}

static void
forward (Bench *bench)
{
  pst_net_forward (bench->net, bench->rgb, nothing, NULL, NULL);
}

static void
backward (Bench *bench)
{
  pst_net_backward (bench->net, nothing, NULL, NULL, bench->drgb);
}

static void
iteration (Bench *bench)
{
  double value;

  pst_lbfgs_step (bench->lbfgs, bench->rgb, pst_total_evaluate, bench->total,
                  &value);
}

/* ---- setting up --------------------------------------------------------- */

static void
take_buffers (Bench *bench)
{
  gsize n = (gsize) bench->side * bench->side * 3;

  bench->net = pst_net_new (bench->model, bench->workers, &bench->arena,
                            bench->side, bench->side, bench->taps,
                            PST_NET_KEEP_ALL);
  bench->total = pst_total_new (bench->model, &bench->plan, bench->workers,
                                &bench->arena, bench->side, bench->side, FALSE,
                                FALSE, PST_NET_KEEP_ALL, NULL);
  bench->lbfgs = pst_lbfgs_new (&bench->arena, n, 20, FALSE,
                                bench->workers);
  bench->drgb = pst_arena_floats (&bench->arena, n);
}

static void
drop_buffers (Bench *bench)
{
  pst_net_free (bench->net);
  pst_total_free (bench->total);
  pst_lbfgs_free (bench->lbfgs);
}

static void
set_targets (Bench *bench)
{
  g_autoptr (PstImage)   content = sample_content (bench->side, bench->side, 1);
  g_autoptr (PstImage)   style = sample_style (bench->side, bench->side, 1);
  g_autoptr (PstPicture) content_picture = NULL;
  g_autoptr (PstPicture) style_picture = NULL;

  content_picture = pst_picture_new (content, "content", bench->side,
                                     bench->side, NULL);
  style_picture = pst_picture_new (style, "style", bench->side, bench->side,
                                   NULL);
  for (int t = 0; t < bench->model->n_taps; t++)
    if (bench->model->style_taps & (1u << t))
      {
        gsize c = bench->model->layers[bench->model->taps[t]].out_channels;

        bench->grams[t] = g_new (double, c * c);
      }
  pst_style_grams (bench->model, bench->workers, bench->side, bench->side,
                   style_picture->rgb, NULL, NULL, bench->grams, NULL);
  pst_total_set_targets (bench->total, content_picture->rgb, NULL,
                         bench->grams);
  bench->rgb = g_steal_pointer (&content_picture->rgb);
}

static void
run_bench (PstModel   *model,
           PstWorkers *workers,
           int         side)
{
  PstSettings  settings;
  Bench        bench = { .model = model, .workers = workers, .side = side };
  double       operations;

  pst_settings_init (&settings);
  bench.plan = pst_plan_new (model, side, side, side, side, &settings);
  bench.taps = bench.plan.taps;
  operations = pst_net_operations (model, side, side, bench.taps);
  pst_arena_init (&bench.arena);
  take_buffers (&bench);
  drop_buffers (&bench);
  if (! pst_arena_commit (&bench.arena, NULL))
    g_error ("no memory");
  take_buffers (&bench);
  set_targets (&bench);
  measure (&bench, "forward", forward, operations);
  measure (&bench, "backward", backward, operations);
  measure (&bench, "iteration", iteration, 2.0 * operations);
  drop_buffers (&bench);
  pst_arena_clear (&bench.arena);
  for (int t = 0; t < PST_MODEL_MAX_TAPS; t++)
    g_free (bench.grams[t]);
  g_free (bench.rgb);
}

int
main (int    argc,
      char **argv)
{
  const int            sides[] = { 256, 512 };
  g_autofree char     *path = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (PstModel) model = NULL;
  PstWorkers          *workers;

  check_init (&argc, &argv);
  path = sample_model_path ();
  model = pst_model_new_from_file (path, &error);
  if (! model)
    g_error ("%s", error->message);
  workers = pst_workers_new (0);
  g_print ("CPU level %s, %d threads, network %s\n", pst_cpu_level (),
           pst_workers_count (workers), pst_model_get_name (model));
  if (argc > 1)
    for (int i = 1; i < argc; i++)
      run_bench (model, workers, CLAMP (atoi (argv[i]), 1, 4096));
  else
    for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
      run_bench (model, workers, sides[i]);
  pst_workers_free (workers);
  return 0;
}
