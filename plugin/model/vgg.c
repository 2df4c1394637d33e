/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vgg.c: VGG-16 and VGG-19, up to relu5_1
 *
 * torchvision numbers all modules of a network's convolutional part: each
 * convolution, the batch normalization, if there are any, and the ReLU after
 * it, each pooling.
 */
#include "vgg.h"

#define N_BLOCKS 5

static const char *const style_taps[] = { "relu1_1", "relu2_1", "relu3_1",
                                          "relu4_1", "relu5_1", NULL };
static const char *const content_taps[] = { "relu4_2", NULL };

/* ---- names -------------------------------------------------------------- */

/* The tensor @prefix + @number + @ending, or NULL. */
static const PstTensor *
find_numbered (const PstWeightsFile *file,
               const char           *prefix,
               int                   number,
               const char           *ending)
{
  g_autofree char *name = g_strdup_printf ("%s%d%s", prefix, number, ending);

  return pst_weights_file_find (file, name);
}

/* Whether it is a convolution of colors, of any width. */
static gboolean
is_first (const PstTensor *tensor, int kernel)
{
  return tensor && tensor->n_dimensions == 4 && tensor->shape[1] == 3
         && tensor->shape[2] == kernel && tensor->shape[3] == kernel;
}

static gboolean
is_conv (const PstTensor *tensor)
{
  return tensor && tensor->n_dimensions == 4;
}

/* The depth shows at the place of conv3_4, @step after conv3_3: it is there, or
 * a pooling before conv4_1 is. */
static int
detect_depth (const PstWeightsFile *file,
              const char           *prefix,
              int                   conv3_4,
              int                   step)
{
  if (! is_conv (find_numbered (file, prefix, conv3_4 - step, ".weight")))
    return 0;
  if (is_conv (find_numbered (file, prefix, conv3_4, ".weight")))
    return 19;
  return is_conv (find_numbered (file, prefix, conv3_4 + 1, ".weight")) ? 16
                                                                        : 0;
}

static PstVgg
detect_numbers (const PstWeightsFile *file, const char *prefix)
{
  PstVgg           vgg = { 0 };
  const PstTensor *first = find_numbered (file, prefix, 0, ".weight");

  if (is_first (first, 1)
      && is_first (find_numbered (file, prefix, 2, ".weight"), 3))
    {
      vgg.names = PST_VGG_PADS;
      vgg.n_weights = detect_depth (file, prefix, 25, 3);
    }
  if (! is_first (first, 3))
    return vgg;
  if (is_conv (find_numbered (file, prefix, 2, ".weight")))
    vgg.n_weights = detect_depth (file, prefix, 16, 2);
  else if (is_conv (find_numbered (file, prefix, 3, ".weight"))
           && find_numbered (file, prefix, 1, ".running_mean"))
    {
      vgg.names = PST_VGG_NORMS;
      vgg.n_weights = detect_depth (file, prefix, 23, 3);
    }
  return vgg;
}

static const PstTensor *
find_block (const PstWeightsFile *file, const char *prefix, const char *conv)
{
  g_autofree char *name = g_strconcat (prefix, conv, ".weight", NULL);

  return pst_weights_file_find (file, name);
}

PstVgg
pst_vgg_detect (const PstWeightsFile *file, const char *prefix)
{
  PstVgg vgg = { .names = PST_VGG_BLOCKS };

  if (! is_first (find_block (file, prefix, "conv1_1"), 3))
    return detect_numbers (file, prefix);
  if (is_conv (find_block (file, prefix, "conv3_3")))
    vgg.n_weights = is_conv (find_block (file, prefix, "conv3_4")) ? 19 : 16;
  return vgg;
}

PstInput
pst_vgg_input (const PstVgg *vgg)
{
  return vgg->names == PST_VGG_BLOCKS ? PST_INPUT_CAFFE
         : vgg->names == PST_VGG_PADS ? PST_INPUT_PLAIN
                                      : PST_INPUT_ANY;
}

/* ---- layers ------------------------------------------------------------- */

/* A network that is being built. */
typedef struct
{
  PstBuilder   *builder;
  const char   *prefix;
  const PstVgg *vgg;
  int           module; /* number of torchvision's next one */
} Build;

static gboolean
is_tap (const char *name)
{
  return g_strv_contains (style_taps, name)
         || g_strv_contains (content_taps, name);
}

/* Convolution @index of block @block, both counted from 1. */
static gboolean
add_conv (Build *build, int block, int index, GError **error)
{
  g_autofree char   *name = g_strdup_printf ("conv%d_%d", block, index);
  g_autofree char   *tap = g_strdup_printf ("relu%d_%d", block, index);
  g_autofree char   *source = NULL;
  g_autofree char   *norm = NULL;
  PstBuilderConvKind kind = { .relu = TRUE };

  if (build->vgg->names == PST_VGG_BLOCKS)
    source = g_strconcat (build->prefix, name, NULL);
  else
    source = g_strdup_printf ("%s%d", build->prefix, build->module);
  if (build->vgg->names == PST_VGG_NORMS)
    kind.norm = norm =
      g_strdup_printf ("%s%d", build->prefix, build->module + 1);
  build->module += build->vgg->names == PST_VGG_NUMBERS ? 2 : 3;

  if (! pst_builder_conv (build->builder, name, source, &kind, error))
    return FALSE;
  if (is_tap (tap))
    pst_builder_tap (build->builder, tap);
  return TRUE;
}

/* Converts colors to the input of the network. */
static gboolean
add_colors (Build *build, GError **error)
{
  g_autofree char         *source = g_strconcat (build->prefix, "0", NULL);
  const PstBuilderConvKind linear = { .relu = FALSE };

  build->module = 2;
  return pst_builder_conv (build->builder, "colors", source, &linear, error);
}

GBytes *
pst_vgg_build (const PstWeightsFile   *file,
               const char             *prefix,
               const PstVgg           *vgg,
               const PstImportOptions *options,
               GError                **error)
{
  /* Convolutions in each block; of the last one only the first is wanted. */
  const int blocks[2][N_BLOCKS] = { { 2, 2, 3, 3, 1 }, { 2, 2, 4, 4, 1 } };
  PstBuilderHeader head = {
    .name = vgg->n_weights == 19 ? "vgg19" : "vgg16",
    .credits = "K. Simonyan, A. Zisserman: Very Deep Convolutional Networks "
               "for Large-Scale Image Recognition, ICLR 2015 (CC BY 4.0). "
               "Changed: only the part up to relu5_1.",
    .replicate = vgg->names == PST_VGG_PADS,
    .style = style_taps,
    .content = content_taps
  };
  g_autoptr (PstBuilder) builder = pst_builder_new (file, &head, options);

  Build build = { .builder = builder, .prefix = prefix, .vgg = vgg };

  if (vgg->names == PST_VGG_PADS && ! add_colors (&build, error))
    return NULL;
  for (int block = 0; block < N_BLOCKS; block++)
    {
      if (block > 0)
        {
          g_autofree char *pool = g_strdup_printf ("pool%d", block);

          pst_builder_pool (builder, options->pooling, 2, pool);
          build.module++;
        }
      for (int i = 0; i < blocks[vgg->n_weights == 19][block]; i++)
        if (! add_conv (&build, block + 1, i + 1, error))
          return NULL;
    }

  return pst_builder_finish (builder, error);
}
