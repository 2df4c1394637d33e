/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-conv.c: how fast each layer of the networks is
 *
 * usage: bench-conv [SIDE]       pixels of a square picture; 512
 *
 * GFLOP/s are counted as direct convolution, GB/s are what is read and written
 * of activations if each goes through memory once.
 */
#include <stdlib.h>

#include "bench.h"
#include "check.h"
#include "core/base/arena.h"
#include "core/kernels/blas.h"
#include "core/layers/conv.h"
#include "core/model/model.h"
#include "whole-array.h"

static const BenchEffort effort = { .warm_ups = 1,
                                    .min_runs = 5,
                                    .max_runs = 40,
                                    .seconds = 0.5 };

/* One layer at one size. */
typedef struct
{
  const PstConv *conv;
  PstWorkers    *workers;
  PstShape       in;
  PstShape       out;
  gboolean       relu;
  float         *x; /* [in] */
  float         *y; /* [out] */
  float         *scratch;
} Bench;

static void
forward (void *data)
{
  Bench *bench = data;

  whole_conv_forward (bench->conv, bench->workers, bench->in.height,
                      bench->in.width, bench->x, bench->relu, bench->y,
                      bench->scratch);
}

static void
backward (void *data)
{
  Bench *bench = data;

  whole_conv_backward (bench->conv, bench->workers, bench->in.height,
                       bench->in.width, bench->y, FALSE, bench->x,
                       bench->scratch);
}

static void
measure (Bench *bench, BenchWork work)
{
  BenchTimes times = bench_measure (&effort, work, bench);
  int        kernel = pst_conv_spec (bench->conv)->kernel;
  double     operations =
    2.0 * kernel * kernel * bench->in.channels * pst_shape_size (bench->out);
  double bytes =
    sizeof (float)
    * (double) (pst_shape_size (bench->in) + pst_shape_size (bench->out));

  g_print ("  %7.2f ms %7.1f GFLOP/s %6.1f GB/s", times.median * 1e3,
           operations / times.median / 1e9, bytes / times.median / 1e9);
}

static void
take_buffers (Bench *bench, PstArena *arena)
{
  bench->x = pst_arena_floats (arena, pst_shape_size (bench->in));
  bench->y = pst_arena_floats (arena, pst_shape_size (bench->out));
  bench->scratch =
    pst_arena_floats (arena, pst_conv_scratch (bench->conv, FALSE, 0)
                               * pst_workers_count (bench->workers));
}

static void
run_layer (PstWorkers *workers, const PstLayer *layer, PstShape in)
{
  Bench       bench = { .conv = layer->conv,
                        .workers = workers,
                        .in = in,
                        .out = in,
                        .relu = layer->relu };
  PstArena    arena;
  CheckRandom random;

  bench.out.channels = layer->out_channels;
  pst_arena_init (&arena);
  take_buffers (&bench, &arena);
  if (! pst_arena_commit (&arena, NULL))
    g_error ("no memory");
  take_buffers (&bench, &arena);
  check_random_init (&random, 0);
  check_random_fill (&random, CHECK_FILL_UNIFORM, pst_shape_size (in), bench.x);
  g_print ("%-8s %4dx%-4d %3d to %3d, %dx%d", layer->name, in.width, in.height,
           in.channels, bench.out.channels, pst_conv_spec (layer->conv)->kernel,
           pst_conv_spec (layer->conv)->kernel);
  measure (&bench, forward);
  measure (&bench, backward);
  g_print ("\n");
  pst_arena_clear (&arena);
}

/* The layer before @i that had the same work, if there is one at its level. */
static gboolean
is_known (const PstModel *model, int i)
{
  for (int k = i - 1; k >= 0 && model->layers[k].kind != &pst_layer_avgpool;
       k--)
    if (model->layers[k].conv
        && model->layers[k].in_channels == model->layers[i].in_channels
        && model->layers[k].out_channels == model->layers[i].out_channels
        && pst_conv_spec (model->layers[k].conv)->kernel
             == pst_conv_spec (model->layers[i].conv)->kernel)
      return TRUE;
  return FALSE;
}

static void
run_network (PstWorkers *workers, const char *network, int side)
{
  g_autoptr (PstModel) model = bench_model (network);
  PstShape shape = { .height = side, .width = side };

  g_print ("\n%-7s %4d px%24sforward%32sbackward\n", network, side, "", "");
  for (int i = 0; i < model->n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      shape.channels = layer->in_channels;
      if (layer->kind == &pst_layer_avgpool)
        shape = pst_shape_halve (shape);
      else if (layer->conv && ! is_known (model, i))
        run_layer (workers, layer, shape);
    }
}

int
main (int argc, char **argv)
{
  int         side = argc > 1 ? CLAMP (atoi (argv[1]), 1, 4096) : 512;
  PstWorkers *workers;

  g_assert_true (pst_blas_init (0, 0, NULL));
  workers = pst_workers_new (0);
  g_print ("CPU level %s, %d threads\n", pst_cpu_level (),
           pst_workers_count (workers));
  run_network (workers, "vgg19", side);
  run_network (workers, "compact", side);
  pst_workers_free (workers);
  return 0;
}
