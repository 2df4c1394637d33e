/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench.c: what the benchmarks share */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include "sample-pictures.h"
#include "small-model.h"

#define VGG19_SEED 19

/* ---- time --------------------------------------------------------------- */

static int
compare (const void *a, const void *b)
{
  double apart = *(const double *) a - *(const double *) b;

  return apart < 0 ? -1 : apart > 0;
}

double
bench_since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / 1e6;
}

BenchTimes
bench_measure (const BenchEffort *effort, BenchWork work, void *data)
{
  double seconds[BENCH_MAX_RUNS];
  double total = 0;
  int    n = 0;

  for (int i = 0; i < effort->warm_ups; i++)
    work (data);
  while (n < effort->min_runs
         || (n < effort->max_runs && total < effort->seconds))
    {
      gint64 begin = g_get_monotonic_time ();

      work (data);
      seconds[n] = bench_since (begin);
      total += seconds[n++];
    }
  qsort (seconds, n, sizeof *seconds, compare);
  return (BenchTimes){ .median = (seconds[(n - 1) / 2] + seconds[n / 2]) / 2,
                       .best = seconds[0] };
}

/* ---- memory ------------------------------------------------------------- */

guint64
bench_peak_memory (void)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (! g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024
              : 0;
}

/* ---- networks ----------------------------------------------------------- */

#define CONV(layer, width)                                      \
  {                                                             \
    .op = "conv", .name = layer, .channels = width, .kernel = 3 \
  }
#define TAP(layer)             \
  {                            \
    .op = "tap", .name = layer \
  }
#define POOL        \
  {                 \
    .op = "avgpool" \
  }

static const SmallLayer vgg19_layers[] = { CONV ("conv1_1", 64),
                                           TAP ("relu1_1"),
                                           CONV ("conv1_2", 64),
                                           POOL,
                                           CONV ("conv2_1", 128),
                                           TAP ("relu2_1"),
                                           CONV ("conv2_2", 128),
                                           POOL,
                                           CONV ("conv3_1", 256),
                                           TAP ("relu3_1"),
                                           CONV ("conv3_2", 256),
                                           CONV ("conv3_3", 256),
                                           CONV ("conv3_4", 256),
                                           POOL,
                                           CONV ("conv4_1", 512),
                                           TAP ("relu4_1"),
                                           CONV ("conv4_2", 512),
                                           TAP ("relu4_2"),
                                           CONV ("conv4_3", 512),
                                           CONV ("conv4_4", 512),
                                           POOL,
                                           CONV ("conv5_1", 512),
                                           TAP ("relu5_1"),
                                           { .op = NULL } };

GBytes *
bench_vgg19_bytes (void)
{
  return small_model_bytes (vgg19_layers, PST_PADDING_ZERO,
                            "[\"relu1_1\",\"relu2_1\",\"relu3_1\","
                            "\"relu4_1\",\"relu5_1\"]",
                            "[\"relu4_2\"]", VGG19_SEED);
}

PstModel *
bench_model (const char *network)
{
  g_autoptr (GError) error = NULL;
  PstModel *model;

  if (g_str_equal (network, "vgg19"))
    {
      g_autoptr (GBytes) bytes = bench_vgg19_bytes ();

      model = pst_model_new_from_bytes (bytes, network, &error);
    }
  else if (g_str_equal (network, "compact"))
    model =
      pst_model_new_from_file (BENCH_MODELS "/compact.safetensors", &error);
  else
    model = pst_model_new_from_file (network, &error);
  if (! model)
    g_error ("%s", error->message);
  return model;
}

/* ---- pictures ----------------------------------------------------------- */

/* Takes @image. */
static PstPicture *
make_picture (PstImage *image)
{
  PstPicture *picture =
    pst_picture_new (image, "picture", image->width, image->height, NULL);

  pst_image_free (image);
  return picture;
}

PstPicture *
bench_content (int width, int height)
{
  return make_picture (sample_content (width, height, 1));
}

PstPicture *
bench_style (int width, int height)
{
  return make_picture (sample_style (width, height, 1));
}

void
bench_parse (const GOptionEntry *entries, int *argc, char ***argv)
{
  GOptionContext *context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (! g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error->message);
      exit (2);
    }
  g_option_context_free (context);
}
