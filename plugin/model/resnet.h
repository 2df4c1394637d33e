/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resnet.h: ResNet-50, without its classifier
 *
 * K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, with
 * the stride in the blocks' 3x3 convolution, as torchvision and timm have it.
 */
#pragma once

#include "builder.h"

/* Whether @file contains a ResNet-50 whose tensors' names begin with
 * @prefix. */
gboolean pst_resnet_detect (const PstWeightsFile *file, const char *prefix);

/* As pst_import(), without checking the result. */
GBytes *pst_resnet_build (const PstWeightsFile   *file,
                          const char             *prefix,
                          const PstImportOptions *options,
                          GError                **error);
