/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vgg.h: VGG-16 and VGG-19, up to relu5_1
 *
 * K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale
 * Image Recognition", ICLR 2015; configurations D and E.
 */
#pragma once

#include "builder.h"

/* How the tensors of a file are named, after the common prefix. */
typedef enum
{
  PST_VGG_NUMBERS, /* 0.weight, 2.weight ...: torchvision's modules */
  PST_VGG_NORMS,   /* 0.weight, 1.running_mean, 3.weight ...: the same, each
                    * convolution followed by a batch normalization */
  PST_VGG_PADS,    /* 0.weight, 2.weight, 5.weight ...: those of Huang and
                    * Belongie's normalized VGG-19, converted for PyTorch: a
                    * convolution of the colors, then each one after a module
                    * that pads */
  PST_VGG_BLOCKS   /* conv1_1.weight, conv1_2.weight ...: those of Gatys */
} PstVggNames;

typedef struct
{
  int         n_weights; /* layers with weights, 16 or 19; 0: it is no VGG */
  PstVggNames names;
} PstVgg;

/* pst_vgg_detect:
 * Which VGG, if any, @file contains.
 * @prefix: before the names of its convolutions, "features." in torchvision's
 *   files */
PstVgg pst_vgg_detect (const PstWeightsFile *file, const char *prefix);

/* The input that the names of the tensors imply, or PST_INPUT_ANY. */
PstInput pst_vgg_input (const PstVgg *vgg);

/* As pst_import(), without checking the result.
 * @vgg: as pst_vgg_detect() found with @prefix. */
GBytes *pst_vgg_build (const PstWeightsFile   *file,
                       const char             *prefix,
                       const PstVgg           *vgg,
                       const PstImportOptions *options,
                       GError                **error);
