/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-transfer.c: how long a user waits, with the defaults
 *
 * usage: bench-transfer [WIDTHxHEIGHT...]       512x384 1024x768
 *
 * First the time from nothing to the first picture that a user sees, with the
 * engine as a program that has just started finds it; then whole runs.  Give
 * sizes in rising order: a process' peak memory never falls.
 */
#include <stdio.h>

#include "bench.h"
#include "sample-pictures.h"

#define FIRST_WIDTH  256
#define FIRST_HEIGHT 192

#define MIB (1024.0 * 1024.0)

/* Steps until the scale that is worked on has had @iterations, or, with 0, to
 * the end. */
static void
step_until (PstTransfer *transfer, int iterations)
{
  PstProgress progress = { 0 };

  while (! progress.done
         && (iterations == 0 || progress.iteration < iterations))
    {
      g_autoptr (GError) error = NULL;

      if (! pst_transfer_step (transfer, &progress, &error))
        g_error ("%s", error->message);
    }
}

static PstTransfer *
start (PstModel *model, const PstImage *content, const PstImage *style)
{
  g_autoptr (GError) error = NULL;
  PstSettings  settings;
  PstTransfer *transfer;

  pst_settings_init (&settings);
  transfer = sample_transfer (model, content, style, &settings, &error);
  if (! transfer)
    g_error ("%s", error->message);
  return transfer;
}

/* What pst_transfer_estimate() says, in MiB. */
static double
estimate (const PstModel *model, int width, int height)
{
  PstSettings settings;
  PstEstimate needed;

  pst_settings_init (&settings);
  if (! sample_estimate (model, (PstSize){ width, height },
                         (PstSize){ width, height }, &settings, &needed, NULL))
    g_error ("no estimate for %dx%d", width, height);
  return needed.bytes / MIB;
}

/* Returns the network, which is loaded within the time. */
static PstModel *
run_first (void)
{
  g_autoptr (PstImage) content = sample_content (FIRST_WIDTH, FIRST_HEIGHT, 1);
  g_autoptr (PstImage) style = sample_style (FIRST_WIDTH, FIRST_HEIGHT, 1);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (PstModel) model = bench_model ("compact");
  double loaded = bench_since (begin);
  g_autoptr (PstTransfer) transfer = start (model, content, style);
  g_autoptr (PstImage) picture = NULL;

  step_until (transfer, 1);
  picture = pst_transfer_dup_result (transfer, NULL);
  g_print ("first picture after %.3f s (%.3f s of it: loading the network)\n",
           bench_since (begin), loaded);
  return g_steal_pointer (&model);
}

static void
print_scales (const PstTransfer *transfer)
{
  int                   n_scales;
  const PstScaleReport *scales = pst_transfer_get_scales (transfer, &n_scales);

  for (int i = 0; i < n_scales; i++)
    g_print ("  %dx%d: %d iterations in %.2f s, total loss %.5f\n",
             scales[i].width, scales[i].height, scales[i].iterations,
             scales[i].seconds, scales[i].total_loss);
}

static void
run_whole (PstModel *model, int width, int height)
{
  g_autoptr (PstImage) content = sample_content (width, height, 1);
  g_autoptr (PstImage) style = sample_style (width, height, 1);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (PstTransfer) transfer = start (model, content, style);
  g_autoptr (PstImage) result = NULL;

  step_until (transfer, 0);
  result = pst_transfer_dup_result (transfer, NULL);
  g_print ("%dx%d: whole run %.2f s, peak memory %.0f MiB (%.0f MiB were "
           "estimated)\n",
           width, height, bench_since (begin), bench_peak_memory () / MIB,
           estimate (model, width, height));
  print_scales (transfer);
}

int
main (int argc, char **argv)
{
  const char *const  usual[] = { "512x384", "1024x768" };
  const char *const *sizes = argc > 1 ? (const char *const *) argv + 1 : usual;
  int                n_sizes = argc > 1 ? argc - 1 : (int) G_N_ELEMENTS (usual);
  g_autoptr (PstModel) model = run_first ();

  g_print ("CPU level %s, network %s\n", pst_cpu_level (),
           pst_model_get_name (model));
  for (int i = 0; i < n_sizes; i++)
    {
      int width, height;

      if (sscanf (sizes[i], "%dx%d", &width, &height) != 2)
        {
          g_printerr ("usage: bench-transfer [WIDTHxHEIGHT...]\n");
          return 2;
        }
      run_whole (model, width, height);
    }
  return 0;
}
