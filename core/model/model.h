/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.h: what the engine sees of a model file */
#pragma once

#include "core/layers/layer.h"
#include "core/pastiche.h"

/* Most taps that a model may have. */
#define PST_MODEL_MAX_TAPS 32

struct _PstModel
{
  int       ref_count; /* atomic */
  char     *name;
  char     *credits;
  char     *checksum; /* SHA-256 of the file, hexadecimal */
  float     mean[3];  /* network input = (rgb - mean) * scale, in rgb */
  float     scale[3]; /* order; the channels of BGR networks are swapped at
                       * loading */
  PstLayer *layers;   /* [n_layers] */
  int       n_layers;
  int       taps[PST_MODEL_MAX_TAPS]; /* layer index of each tap */
  int       n_taps;
  guint32   style_taps;   /* bit t: taps[t] is a style layer; never 0 */
  guint32   content_taps; /* likewise for content; never 0 */
  guint64   n_parameters;
};

/* Whether @taps, bits as in style_taps, has tap number @tap. */
static inline gboolean
pst_taps_have (guint32 taps, int tap)
{
  return (taps >> tap) & 1;
}

/* Index into model->taps of the tap called @name; -1 if there is none. */
int pst_model_find_tap (const PstModel *model, const char *name);
