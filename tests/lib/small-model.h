/* SPDX-License-Identifier: GPL-3.0-or-later */
/* small-model.h: small networks with random weights, as files in memory */
#pragma once

#include <glib.h>

#include "core/layers/conv.h"
#include "core/pastiche.h"

typedef struct
{
  const char *op;       /* as in a description; NULL ends the list */
  const char *name;     /* of all but avgpool and mean */
  int         channels; /* conv: of its output; tap: of its projection or 0 */
  int         kernel;   /* conv, maxpool */
  gboolean    linear;   /* conv, add: without ReLU */
  int         stride;   /* conv; 0: 1 */
  const char *input;    /* conv: another than the layer before; add: with */
  int         from;     /* conv with input: channels of that */
} SmallLayer;

/* Three levels with the taps relu1_1 and relu3_1 (style) and relu4_2 (content),
 * the deeper two projected. */
extern const SmallLayer small_layers[];

/* small_model_bytes:
 * A safetensors file of F32 tensors; weights are normal with the variance that
 * keeps the size of activations from layer to layer.
 * @style, @content: names of taps, as a JSON list: "[\"relu1_1\"]" */
GBytes *small_model_bytes (const SmallLayer *layers,
                           PstPadding        padding,
                           const char       *style,
                           const char       *content,
                           guint64           seed);

/* The network of small_layers[]; a new reference.  Fails the program if the
 * core refuses it. */
PstModel *small_model_new (PstPadding padding);
