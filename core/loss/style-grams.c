/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-grams.c: the Gram matrices of a style picture, in each style layer */
#include "style-grams.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/net/net.h"
#include "gram.h"
#include "mask.h"

/* The style picture on its way through the network. */
typedef struct
{
  const PstModel *model;
  PstWorkers     *workers;
  PstNet         *net;
  float          *scratch;
  PstMaskPool     pool;                        /* of its alpha */
  float          *weights[PST_MODEL_MAX_TAPS]; /* alpha at the taps, or NULL */
  PstGrams       *grams;
} Style;

/* ---- matrices ----------------------------------------------------------- */

/* Doubles in the matrix of tap @t. */
static gsize
matrix_size (const PstModel *model, int t)
{
  gsize c = model->layers[model->taps[t]].out_channels;

  return c * c;
}

static gsize
count_doubles (const PstModel *model, guint32 wanted)
{
  gsize n = 0;

  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (wanted, t))
      n += matrix_size (model, t);
  return n;
}

gsize
pst_grams_bytes (const PstModel *model, guint32 taps)
{
  return count_doubles (model, taps & model->style_taps) * sizeof (double);
}

gboolean
pst_grams_init (PstGrams       *grams,
                const PstModel *model,
                guint32         taps,
                GError        **error)
{
  guint32 wanted = taps & model->style_taps;
  double *next;

  *grams = (PstGrams){ .wanted = wanted, .n = count_doubles (model, wanted) };
  grams->block = g_try_new0 (double, grams->n);
  if (! grams->block)
    return pst_fail_memory (error);
  next = grams->block;
  for (int t = 0; t < model->n_taps; t++)
    if (pst_taps_have (wanted, t))
      {
        grams->taps[t] = next;
        next += matrix_size (model, t);
      }
  return TRUE;
}

void
pst_grams_clear (PstGrams *grams)
{
  g_free (grams->block);
  *grams = (PstGrams){ 0 };
}

void
pst_grams_add (PstGrams *grams, double share, const PstGrams *other)
{
  for (gsize i = 0; i < grams->n; i++)
    grams->block[i] += share * other->block[i];
}

/* ---- of a picture ------------------------------------------------------- */

gsize
pst_grams_scratch (const PstModel *model, PstWorkers *workers)
{
  int widest = 0;

  for (int t = 0; t < model->n_taps; t++)
    widest = MAX (widest, model->layers[model->taps[t]].out_channels);
  return pst_gram_scratch (widest, pst_workers_count (workers));
}

static void
take_buffers (Style    *style,
              PstArena *arena,
              guint32   wanted,
              int       height,
              int       width,
              gboolean  has_alpha)
{
  const PstModel *model = style->model;

  style->net = pst_net_new (model, style->workers, arena,
                            &(PstNetLayout){ .height = height,
                                             .width = width,
                                             .taps = wanted,
                                             .memory = PST_NET_FORWARD_ONLY });
  style->scratch =
    pst_arena_floats (arena, pst_grams_scratch (model, style->workers));
  pst_mask_pool_init (&style->pool, arena, style->workers, height, width,
                      has_alpha);
  for (int t = 0; has_alpha && t < model->n_taps; t++)
    if (pst_taps_have (wanted, t))
      style->weights[t] =
        pst_arena_floats (arena,
                          pst_shape_pixels (pst_net_tap_shape (style->net, t)));
}

gsize
pst_grams_measure (const PstModel *model,
                   guint32         taps,
                   PstWorkers     *workers,
                   int             height,
                   int             width)
{
  PstArena arena;
  Style    style = { .model = model, .workers = workers };

  pst_arena_init (&arena);
  take_buffers (&style, &arena, taps & model->style_taps, height, width, TRUE);
  pst_net_free (style.net);
  return arena.used;
}

static void
add_rows (void *data, int t, int begin, int end, const float *f, float *df)
{
  Style      *style = data;
  PstFeatures features =
    pst_features_of_rows (pst_net_tap_shape (style->net, t), begin, end, f,
                          style->weights[t]);

  pst_gram_add (style->workers, &features, FALSE, style->grams->taps[t],
                style->scratch);
}

static void
see_alpha (const Style *style, const PstPicture *picture)
{
  for (int t = 0; picture->alpha && t < style->model->n_taps; t++)
    if (style->weights[t])
      pst_mask_pool_run (&style->pool, picture->alpha,
                         pst_net_tap_shape (style->net, t), style->weights[t]);
}

static void
finish (const Style *style)
{
  for (int t = 0; t < style->model->n_taps; t++)
    if (style->grams->taps[t])
      {
        PstShape shape = pst_net_tap_shape (style->net, t);

        pst_gram_finish (shape.channels,
                         pst_mask_sum (shape, style->weights[t]),
                         style->grams->taps[t]);
      }
}

gboolean
pst_grams_compute (PstGrams         *grams,
                   const PstModel   *model,
                   PstWorkers       *workers,
                   const PstPicture *picture,
                   GError          **error)
{
  PstArena arena;
  Style    style = { .model = model, .workers = workers, .grams = grams };
  gboolean has_alpha = picture->alpha != NULL;
  gboolean complete;

  pst_arena_init (&arena);
  take_buffers (&style, &arena, grams->wanted, picture->height, picture->width,
                has_alpha);
  pst_net_free (style.net);
  if (! pst_arena_commit (&arena, error))
    return FALSE;
  take_buffers (&style, &arena, grams->wanted, picture->height, picture->width,
                has_alpha);
  see_alpha (&style, picture);
  memset (grams->block, 0, sizeof (double) * grams->n);
  complete = pst_net_forward (style.net, picture->rgb, add_rows, &style);
  if (complete)
    finish (&style);
  else
    pst_fail (error, PST_ERROR_CANCELLED, _ ("Cancelled."));
  pst_net_free (style.net);
  pst_arena_clear (&arena);
  return complete;
}
