/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import-options.h: how published weights are converted to a model file */
#pragma once

#include <glib.h>

/* The input that the network was trained on. */
typedef enum
{
  PST_INPUT_ANY,       /* unknown; only as an option: recognized or assumed */
  PST_INPUT_TORCH,     /* RGB, with the mean and deviation of ImageNet */
  PST_INPUT_CAFFE,     /* BGR of 0..255 minus [103.939, 116.779, 123.68] */
  PST_INPUT_CAFFE_RGB, /* RGB of 0..255 minus [123, 117, 104] */
  PST_INPUT_PLAIN      /* RGB of 0..1; not an option */
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
