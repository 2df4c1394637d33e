/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump-features.c: features and gradient of a network, for test-torch.py
 *
 * usage: dump-features NETWORK HEIGHT WIDTH <PICTURE >FEATURES
 *
 * PICTURE: [HEIGHT][WIDTH][3] floats.  Writes, as raw numbers of this machine,
 * for each tap its height, width and channels (int32) and the features (float),
 * then the gradient at the pixels of the sum over taps of the mean of f^2 / 2.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/net/net.h"
#include "whole-array.h"

static void
write_all (const void *data, gsize size)
{
  if (fwrite (data, 1, size, stdout) != size)
    exit (1);
}

static void
tap_gradient (void        *data,
              int          tap,
              int          begin,
              int          end,
              const float *f,
              float       *df)
{
  PstShape shape = pst_net_tap_shape (data, tap);
  gsize    n = (gsize) (end - begin) * shape.width * shape.channels;

  for (gsize i = 0; df && i < n; i++)
    df[i] += f[i] / pst_shape_size (shape);
}

static void
dump (const PstModel *model,
      int             height,
      int             width,
      const float    *rgb,
      float          *drgb)
{
  guint32      all = (guint32) ((G_GUINT64_CONSTANT (1) << model->n_taps) - 1);
  PstNetLayout layout = {
    .height = height, .width = width, .taps = all, .memory = PST_NET_KEEP_ALL
  };
  float   *f[PST_MODEL_MAX_TAPS];
  PstArena arena;
  PstNet  *net;

  pst_arena_init (&arena);
  pst_net_free (pst_net_new (model, NULL, &arena, &layout));
  g_assert_true (pst_arena_commit (&arena, NULL));
  net = pst_net_new (model, NULL, &arena, &layout);
  whole_net_forward (net, all, rgb, f);
  for (int t = 0; t < model->n_taps; t++)
    {
      PstShape shape = pst_net_tap_shape (net, t);

      write_all (&shape, sizeof shape);
      write_all (f[t], pst_shape_size (shape) * sizeof (float));
      g_free (f[t]);
    }
  pst_net_forward (net, rgb, tap_gradient, net);
  pst_net_backward (net, tap_gradient, net, drgb);
  pst_net_free (net);
  pst_arena_clear (&arena);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = NULL;
  int               height = argc == 4 ? atoi (argv[2]) : 0;
  int               width = argc == 4 ? atoi (argv[3]) : 0;
  gsize             n = 3 * (gsize) height * width;
  g_autofree float *rgb = g_new (float, n);
  g_autofree float *drgb = g_new (float, n);

  if (n == 0 || fread (rgb, sizeof (float), n, stdin) != n)
    return 2;
  model = pst_model_new_from_file (argv[1], &error);
  if (! model)
    g_error ("%s", error->message);
  dump (model, height, width, rgb, drgb);
  write_all (drgb, n * sizeof (float));
  return 0;
}
