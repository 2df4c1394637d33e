/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vgg.c: VGG-16 and VGG-19, up to relu5_1
 *
 * torchvision numbers all modules of a network's convolutional part: each
 * convolution and the ReLU after it, each pooling.
 */
#include "vgg.h"

#define N_BLOCKS 5

static const char *const style_taps[] = { "relu1_1", "relu2_1", "relu3_1",
                                          "relu4_1", "relu5_1", NULL };
static const char *const content_taps[] = { "relu4_2", NULL };

static gboolean
has_module (const PstWeightsFile *file, int number)
{
  g_autofree char *name = g_strdup_printf ("features.%d.weight", number);

  return pst_weights_file_find (file, name) != NULL;
}

int
pst_vgg_detect (const PstWeightsFile *file)
{
  if (! has_module (file, 0) || ! has_module (file, 2))
    return 0;

  /* The fourth convolution of the third block, or the first of the fourth. */
  return has_module (file, 16) ? 19 : has_module (file, 17) ? 16 : 0;
}

static gboolean
is_tap (const char *name)
{
  return g_strv_contains (style_taps, name)
         || g_strv_contains (content_taps, name);
}

/* Convolution @index of block @block, both counted from 1. */
static gboolean
add_conv (PstBuilder *builder, int block, int index, int module, GError **error)
{
  g_autofree char         *name = g_strdup_printf ("conv%d_%d", block, index);
  g_autofree char         *tap = g_strdup_printf ("relu%d_%d", block, index);
  g_autofree char         *source = g_strdup_printf ("features.%d", module);
  const PstBuilderConvKind relu = { .relu = TRUE };

  if (! pst_builder_conv (builder, name, source, &relu, error))
    return FALSE;
  if (is_tap (tap))
    pst_builder_tap (builder, tap);
  return TRUE;
}

GBytes *
pst_vgg_build (const PstWeightsFile   *file,
               int                     n_weights,
               const PstImportOptions *options,
               GError                **error)
{
  /* Convolutions in each block; of the last one only the first is wanted. */
  const int blocks[2][N_BLOCKS] = { { 2, 2, 3, 3, 1 }, { 2, 2, 4, 4, 1 } };
  PstBuilderHeader head = {
    .name = n_weights == 19 ? "vgg19" : "vgg16",
    .credits = "K. Simonyan, A. Zisserman: Very Deep Convolutional Networks "
               "for Large-Scale Image Recognition, ICLR 2015 (CC BY 4.0). "
               "Changed: only the part up to relu5_1.",
    .style = style_taps,
    .content = content_taps
  };
  g_autoptr (PstBuilder) builder = pst_builder_new (file, &head, options);

  for (int block = 0, module = 0; block < N_BLOCKS; block++)
    {
      if (block > 0)
        {
          g_autofree char *pool = g_strdup_printf ("pool%d", block);

          pst_builder_pool (builder, options->pooling, 2, pool);
        }
      for (int i = 0; i < blocks[n_weights == 19][block]; i++, module += 2)
        if (! add_conv (builder, block + 1, i + 1, module, error))
          return NULL;
      module++;
    }

  return pst_builder_finish (builder, error);
}
