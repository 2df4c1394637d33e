/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-features.c: a picture's features: the mean of a tap */
#include "head-features.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/kernels/blas.h"
#include "core/net/net.h"
#include "core/picture/picture.h"
#include "core/picture/resample.h"

/* The average over a tap, as its rows are made. */
typedef struct
{
  PstShape     shape;
  const float *weights; /* [height][width], alpha at the tap's size, or NULL */
  double      *sums;    /* [channels] */
  double       total;   /* of the weights so far */
} Average;

int
pst_features_count (const PstModel *model, int tap)
{
  return model->layers[model->taps[tap]].out_channels;
}

static void
add_rows (void *data, int tap, int begin, int end, const float *f, float *df)
{
  Average *average = data;
  int      channels = average->shape.channels;
  gsize    first = (gsize) begin * average->shape.width;
  gsize    n = (gsize) (end - begin) * average->shape.width;

  for (gsize i = 0; i < n; i++, f += channels)
    {
      double weight = average->weights ? average->weights[first + i] : 1;

      average->total += weight;
      for (int c = 0; c < channels; c++)
        average->sums[c] += weight * f[c];
    }
}

static gboolean
fail_memory (GError **error)
{
  return pst_fail_memory (error);
}

/* Alpha at the size of the tap; NULL where there is none. */
static gboolean
take_weights (const PstPicture *picture,
              PstShape          shape,
              float           **ret_weights,
              GError          **error)
{
  gsize n = pst_shape_pixels (shape);

  *ret_weights = NULL;
  if (! picture->alpha)
    return TRUE;

  *ret_weights = g_try_new (float, n);
  if (! *ret_weights)
    return fail_memory (error);
  if (! pst_resample ((PstShape){ picture->height, picture->width, 1 },
                      picture->alpha, shape.height, shape.width, *ret_weights,
                      error))
    return FALSE;
  pst_clamp (*ret_weights, n);
  return TRUE;
}

static float *
average_tap (PstNet *net, int tap, const PstPicture *picture, GError **error)
{
  Average            average = { .shape = pst_net_tap_shape (net, tap) };
  int                channels = average.shape.channels;
  g_autofree float  *weights = NULL;
  g_autofree double *sums = g_try_new0 (double, channels);
  g_autofree float  *features = g_try_new (float, channels);

  if (! sums || ! features)
    {
      fail_memory (error);
      return NULL;
    }
  if (! take_weights (picture, average.shape, &weights, error))
    return NULL;
  average.weights = weights;
  average.sums = sums;
  pst_net_forward (net, picture->rgb, add_rows, &average);

  for (int c = 0; c < channels; c++)
    features[c] = average.total > 0 ? sums[c] / average.total : 0;
  return g_steal_pointer (&features);
}

/* @image with its longer side @size pixels long. */
static PstPicture *
resize (const PstImage *image, int size, GError **error)
{
  int    longer = MAX (image->width, image->height);
  double scale = (double) size / longer;
  int    width = MAX (1, (int) (image->width * scale + 0.5));
  int    height = MAX (1, (int) (image->height * scale + 0.5));

  return pst_picture_new (image,
                          _ ("The picture is fully transparent: there is "
                             "nothing to see in it."),
                          width, height, error);
}

float *
pst_features_new (const PstModel *model,
                  int             tap,
                  int             size,
                  int             threads,
                  const PstImage *image,
                  GError        **error)
{
  g_autoptr (PstPicture) picture = resize (image, size, error);
  PstNetLayout layout;
  PstWorkers  *workers;
  PstNet      *net;
  PstArena     arena;
  float       *features = NULL;

  if (! picture)
    return NULL;

  layout = (PstNetLayout){ .height = picture->height,
                           .width = picture->width,
                           .taps = (guint32) 1 << tap,
                           .memory = PST_NET_FORWARD_ONLY };
  workers = pst_workers_new (threads);
  pst_arena_init (&arena);
  net = pst_net_new (model, workers, &arena, &layout);
  pst_net_free (net);
  if (pst_arena_commit (&arena, error)
      && pst_blas_init (threads, /* bytes= */ 0, error))
    {
      net = pst_net_new (model, workers, &arena, &layout);
      features = average_tap (net, tap, picture, error);
      pst_net_free (net);
    }
  pst_arena_clear (&arena);
  pst_workers_free (workers);
  return features;
}
