/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.h: what the engine sees of a model file */
#pragma once

#include "core/layers/conv-strided.h"
#include "core/layers/conv.h"
#include "core/pastiche.h"

/* Number of tap layers that a model may have. */
#define PST_MODEL_MAX_TAPS 32

typedef enum
{
  PST_LAYER_CONV,    /* convolution, and ReLU where relu is set */
  PST_LAYER_STRIDED, /* the same with stride 2 */
  PST_LAYER_AVGPOOL, /* means of 2x2, stride 2; a cut-off window at the right
                      * or lower border is averaged over what is there */
  PST_LAYER_MAXPOOL, /* the largest of a window, stride 2 */
  PST_LAYER_ADD,     /* sum of two activations, and ReLU where relu is set */
  PST_LAYER_MEAN,    /* of the whole picture; only taps follow */
  PST_LAYER_TAP      /* hands out the activation here, or a 1x1 linear
                      * projection of it */
} PstLayerKind;

typedef struct
{
  PstLayerKind kind;
  char        *name;      /* owned */
  int          inputs[2]; /* layers before it whose activation it takes; -1:
                           * of the first, the picture; of the second, which
                           * a sum has, none */
  int          in_channels;
  int          out_channels;
  PstConv     *conv;    /* owned; a conv's, or a tap's projection, else NULL */
  PstStrided  *strided; /* owned; a strided convolution's, else NULL */
  gboolean     relu;
  int          size; /* of a maxpool's windows */
} PstLayer;

struct _PstModel
{
  int       ref_count; /* atomic */
  char     *name;
  char     *credits;
  char     *checksum; /* SHA-256 of the file, hexadecimal */
  float     mean[3];  /* network input = (rgb - mean) * scale, in rgb */
  float     scale[3]; /* order; bgr networks are turned at loading */
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
