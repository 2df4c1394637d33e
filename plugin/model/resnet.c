/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resnet.c: ResNet-50, without its classifier
 *
 * Four levels of 3, 4, 6 and 3 blocks.  A block has three convolutions, 1x1,
 * 3x3 and 1x1, each with a batch normalization; its input is added to their
 * output, through one more convolution where the shape changes.
 */
#include "resnet.h"

#define N_LEVELS 4

static const char *const style_taps[] = { "relu1", "layer1", "layer2", "layer3",
                                          NULL };
static const char *const content_taps[] = { "layer2", NULL };

static gboolean
has_conv (const PstWeightsFile *file, const char *prefix, const char *conv)
{
  g_autofree char *name = g_strconcat (prefix, conv, ".weight", NULL);

  return pst_weights_file_find (file, name) != NULL;
}

gboolean
pst_resnet_detect (const PstWeightsFile *file, const char *prefix)
{
  return has_conv (file, prefix, "conv1")
         && has_conv (file, prefix, "layer3.5.conv3")
         && ! has_conv (file, prefix, "layer3.6.conv3")
         && has_conv (file, prefix, "layer4.2.conv3");
}

/* A network that is being built. */
typedef struct
{
  PstBuilder *builder;
  const char *prefix; /* of the tensors' names */
} Build;

/* Convolution @conv of a block with its batch normalization @norm; @block ends
 * in a dot. */
static gboolean
add_conv (Build             *build,
          const char        *block,
          const char        *conv,
          const char        *norm,
          PstBuilderConvKind kind,
          GError           **error)
{
  g_autofree char *name = g_strconcat (block, conv, NULL);
  g_autofree char *source = g_strconcat (build->prefix, name, NULL);
  g_autofree char *full_norm = g_strconcat (build->prefix, block, norm, NULL);

  kind.norm = full_norm;
  return pst_builder_conv (build->builder, name, source, &kind, error);
}

/* @before: name of the layer before the block; its last layer is called
 *   @block. */
static gboolean
add_block (Build      *build,
           const char *block,
           const char *before,
           gboolean    first,
           int         stride,
           GError    **error)
{
  g_autofree char         *prefix = g_strconcat (block, ".", NULL);
  g_autofree char         *branch = g_strconcat (block, ".conv3", NULL);
  const PstBuilderConvKind relu = { .relu = TRUE };
  const PstBuilderConvKind middle = { .relu = TRUE, .stride = stride };
  const PstBuilderConvKind last = { .relu = FALSE };
  const PstBuilderConvKind shortcut = { .stride = stride, .input = before };

  if (! add_conv (build, prefix, "conv1", "bn1", relu, error)
      || ! add_conv (build, prefix, "conv2", "bn2", middle, error)
      || ! add_conv (build, prefix, "conv3", "bn3", last, error)
      || (first
          && ! add_conv (build, prefix, "downsample.0", "downsample.1",
                         shortcut, error)))
    return FALSE;

  pst_builder_add (build->builder, block, first ? branch : before);
  return TRUE;
}

/* Level @level, counted from 1. */
static gboolean
add_level (Build *build, int level, char **before, GError **error)
{
  const int        n_blocks[N_LEVELS] = { 3, 4, 6, 3 };
  g_autofree char *tap = g_strdup_printf ("layer%d", level);

  for (int i = 0; i < n_blocks[level - 1]; i++)
    {
      g_autofree char *block = g_strdup_printf ("%s.%d", tap, i);

      if (! add_block (build, block, *before, i == 0,
                       i == 0 && level > 1 ? 2 : 1, error))
        return FALSE;
      g_free (*before);
      *before = g_steal_pointer (&block);
    }

  pst_builder_tap (build->builder, tap);
  return TRUE;
}

GBytes *
pst_resnet_build (const PstWeightsFile   *file,
                  const char             *prefix,
                  const PstImportOptions *options,
                  GError                **error)
{
  const PstBuilderHeader head = {
    .name = "resnet50",
    .credits = "K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for "
               "Image Recognition, CVPR 2016. Changed: without the classifier, "
               "batch normalizations folded into the convolutions.",
    .style = style_taps,
    .content = content_taps
  };
  const PstBuilderConvKind stem = { .relu = TRUE, .stride = 2 };
  g_autoptr (PstBuilder) builder = pst_builder_new (file, &head, options);
  Build            build = { .builder = builder, .prefix = prefix };
  g_autofree char *before = g_strdup ("pool");

  if (! add_conv (&build, "", "conv1", "bn1", stem, error))
    return NULL;
  pst_builder_tap (builder, "relu1");
  pst_builder_pool (builder, PST_POOLING_MAX, 3, before);
  for (int level = 1; level <= N_LEVELS; level++)
    if (! add_level (&build, level, &before, error))
      return NULL;
  pst_builder_mean (builder);
  pst_builder_tap (builder, "features");

  return pst_builder_finish (builder, error);
}
