/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vgg.h: VGG-16 and VGG-19, up to relu5_1
 *
 * K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale
 * Image Recognition", ICLR 2015; configurations D and E.
 */
#pragma once

#include "builder.h"

/* Layers with weights, 16 or 19, of the network that @file holds; 0:
 * neither. */
int pst_vgg_detect (const PstWeightsFile *file);

/* As pst_import(), without a look at the result.
 * @n_weights: as pst_vgg_detect() found. */
GBytes *pst_vgg_build (const PstWeightsFile   *file,
                       int                     n_weights,
                       const PstImportOptions *options,
                       GError                **error);
