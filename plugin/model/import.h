/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.h: network files from the weights that others publish */
#pragma once

#include "core/pastiche.h"

/* What the network was trained to be given. */
typedef enum
{
  PST_INPUT_TORCH, /* RGB, with the mean and deviation of ImageNet */
  PST_INPUT_CAFFE  /* BGR of 0..255 minus [103.939, 116.779, 123.68] */
} PstInput;

typedef enum
{
  PST_POOLING_MEAN, /* as Gatys et al. recommend for style transfer */
  PST_POOLING_MAX   /* as the networks were trained */
} PstPooling;

typedef struct
{
  PstInput   input;
  PstPooling pooling; /* of VGG */
  gboolean   float32; /* keep the values as they are; else half precision */
} PstImportOptions;

/* pst_import:
 * @weights: a file of a known network, VGG-16, VGG-19 or ResNet-50, with the
 *   names that torchvision and timm give to its tensors; only what is needed is
 *   read
 * Returns a network file (models/README.md), which the engine has accepted; the
 * caller owns it.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
GBytes *
pst_import (GBytes *weights, const PstImportOptions *options, GError **error);

/* Names of the networks that are known; NULL-ended, static. */
const char *const *pst_import_names (void);
