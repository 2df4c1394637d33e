/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.c: network files from the weights that others publish */
#include "import.h"

#include "core/base/error.h"
#include "resnet.h"
#include "vgg.h"

const char *const *
pst_import_names (void)
{
  static const char *const names[] = { "vgg19", "vgg16", "resnet50", NULL };

  return names;
}

/* By the names of its tensors. */
static GBytes *
build (const PstWeightsFile   *file,
       const PstImportOptions *options,
       GError                **error)
{
  int n_convs = pst_vgg_detect (file);

  if (n_convs > 0)
    return pst_vgg_build (file, n_convs, options, error);
  if (pst_resnet_detect (file))
    return pst_resnet_build (file, options, error);

  pst_fail (error, PST_ERROR_MODEL,
            "its tensor names match no known network; known are VGG-16, VGG-19 "
            "and ResNet-50 with the names of torchvision and timm");
  return NULL;
}

GBytes *
pst_import (GBytes *weights, const PstImportOptions *options, GError **error)
{
  g_autoptr (PstWeightsFile) file = pst_weights_file_new (weights, error);
  if (! file)
    return NULL;

  g_autoptr (GBytes) network = build (file, options, error);
  if (! network)
    return NULL;

  g_autoptr (PstModel) model = pst_model_new_from_bytes (network, "new", error);
  return model ? g_steal_pointer (&network) : NULL;
}
