/* SPDX-License-Identifier: GPL-3.0-or-later */
/* known-file.c: published files of weights, recognized by their hash
 *
 * Sources: torchvision/models/vgg.py and resnet.py, with the transforms of each
 * file; jcjohnson/pytorch-vgg; the configurations of SSD in mmdetection.
 */
#include "known-file.h"

#include <string.h>

#define N_DIGITS 8

static const PstKnownFile files[] = {
  { "vgg19-dcbb9e9d.pth", PST_INPUT_TORCH },
  { "vgg16-397923af.pth", PST_INPUT_TORCH },
  { "vgg19_bn-c79401a0.pth", PST_INPUT_TORCH },
  { "vgg16_bn-6c64b313.pth", PST_INPUT_TORCH },
  { "resnet50-0676ba61.pth", PST_INPUT_TORCH },
  { "resnet50-11ad3fa6.pth", PST_INPUT_TORCH },
  { "resnet50-19c8e357.pth", PST_INPUT_TORCH },
  { "vgg19-d01eb7cb.pth", PST_INPUT_CAFFE },
  { "vgg16-00b39a1b.pth", PST_INPUT_CAFFE },
  { "vgg16_features-amdegroot-88682ab5.pth", PST_INPUT_CAFFE_RGB },
  { "vgg16_caffe-292e1171.pth", PST_INPUT_CAFFE_RGB },
};

const PstKnownFile *
pst_known_file_find (const char *hash)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (strncmp (strrchr (files[i].name, '-') + 1, hash, N_DIGITS) == 0)
      return &files[i];
  return NULL;
}
