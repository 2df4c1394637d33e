/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench.h: what the benchmarks share */
#pragma once

#include "core/picture/picture.h"

typedef void (*BenchWork) (void *data);

/* How often something is measured: at least min_runs times, then until seconds
 * have passed or max_runs are done. */
typedef struct
{
  int    warm_ups; /* not counted */
  int    min_runs;
  int    max_runs; /* 1..BENCH_MAX_RUNS */
  double seconds;
} BenchEffort;

#define BENCH_MAX_RUNS 1000

/* Seconds of one run. */
typedef struct
{
  double median;
  double best;
} BenchTimes;

/* Reads the command line into @entries; ends the program if it is wrong. */
void bench_parse (const GOptionEntry *entries, int *argc, char ***argv);

/* bench_measure:
 * Calls @work as often as @effort says. */
BenchTimes
bench_measure (const BenchEffort *effort, BenchWork work, void *data);

/* Seconds since @begin, which is of g_get_monotonic_time(). */
double bench_since (gint64 begin);

/* Bytes of memory that this process had at most so far: VmHWM of proc(5).  0
 * where the system does not tell. */
guint64 bench_peak_memory (void);

/* bench_model:
 * @network: "compact", the built-in network; "vgg19", as bench_vgg19_bytes();
 *   or a path
 * Returns a new reference.  Ends the program if it cannot be read. */
PstModel *bench_model (const char *network);

/* bench_vgg19_bytes:
 * A network file with the layers of VGG-19 up to relu5_1 (Simonyan and
 * Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", ICLR 2015, table 1, column E) and average pooling, with random
 * weights: as fast as the real one, and good for nothing else.  Style on
 * relu1_1 to relu5_1, content on relu4_2.  The caller owns it. */
GBytes *bench_vgg19_bytes (void);

/* The pictures that are worked on; the caller owns them. */
PstPicture *bench_content (int width, int height);
PstPicture *bench_style (int width, int height);
