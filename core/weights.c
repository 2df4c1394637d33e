/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.c: convolutions from the tensors of a file */
#include "weights.h"

#include "error.h"

#define MAX_CHANNELS 8192

static const PstTensor *
find_tensor (const PstSafetensors  *file,
             const char            *name,
             const char            *suffix,
             int                    n_dimensions,
             GError               **error)
{
  g_autofree char *full_name = g_strconcat (name, suffix, NULL);
  const PstTensor *tensor    = pst_safetensors_find (file, full_name);

  if (! tensor)
    {
      pst_fail (error, PST_ERROR_MODEL,
                "the tensor “%s” is missing", full_name);
      return NULL;
    }

  if (tensor->n_dimensions != n_dimensions)
    {
      pst_fail (error, PST_ERROR_MODEL,
                "the tensor “%s” has %d dimensions instead of %d", full_name,
                tensor->n_dimensions, n_dimensions);
      return NULL;
    }

  return tensor;
}

/* Whether @weight, [out][in][kernel][kernel], fits @place. */
static gboolean
check_weight (const PstTensor     *weight,
              const PstConvPlace  *place,
              GError             **error)
{
  gint64 out    = weight->shape[0];
  gint64 in     = weight->shape[1];
  gint64 height = weight->shape[2];
  gint64 width  = weight->shape[3];

  if (in != place->in_channels)
    return pst_fail (error, PST_ERROR_MODEL,
                     "“%s” takes %" G_GINT64_FORMAT " channels, but %d come "
                     "from the layer before", weight->name, in,
                     place->in_channels);

  if (out < 1 || out > MAX_CHANNELS)
    return pst_fail (error, PST_ERROR_MODEL,
                     "“%s” gives %" G_GINT64_FORMAT " channels; possible are "
                     "1 to %d", weight->name, out, MAX_CHANNELS);

  if (height != width || (height != 1 && height != 3) ||
      (place->kernel != 0 && height != place->kernel))
    return pst_fail (error, PST_ERROR_MODEL,
                     "“%s” has a kernel of %" G_GINT64_FORMAT "x%"
                     G_GINT64_FORMAT "; possible here %s", weight->name,
                     height, width,
                     place->kernel == 1 ? "is 1x1" : "are 1x1 and 3x3");

  return TRUE;
}

/* @weight: [out][3][kernel][kernel]; swaps the first and the last of the 3 */
static void
swap_red_and_blue (float *weight,
                   int    out,
                   int    kernel)
{
  int plane = kernel * kernel;

  for (int o = 0; o < out; o++, weight += 3 * plane)
    for (int i = 0; i < plane; i++)
      {
        float value = weight[i];

        weight[i] = weight[2 * plane + i];
        weight[2 * plane + i] = value;
      }
}

PstConv *
pst_conv_load (const PstSafetensors  *file,
               const char            *name,
               const PstConvPlace    *place,
               int                   *ret_out_channels,
               guint64               *ret_n_parameters,
               GError               **error)
{
  const PstTensor *weight = find_tensor (file, name, ".weight", 4, error);
  if (! weight || ! check_weight (weight, place, error))
    return NULL;

  const PstTensor *bias = find_tensor (file, name, ".bias", 1, error);
  if (! bias)
    return NULL;

  if (bias->shape[0] != weight->shape[0])
    {
      pst_fail (error, PST_ERROR_MODEL,
                "“%s” and “%s” differ in the number of channels", bias->name,
                weight->name);
      return NULL;
    }

  g_autofree float *weights = pst_safetensors_dup_values (file, weight, error);
  if (! weights)
    return NULL;

  g_autofree float *biases = pst_safetensors_dup_values (file, bias, error);
  if (! biases)
    return NULL;

  int out    = (int) weight->shape[0];
  int kernel = (int) weight->shape[2];
  if (place->bgr)
    swap_red_and_blue (weights, out, kernel);

  PstConv *conv = pst_conv_new (place->in_channels, out, kernel, place->padding,
                                weights, biases);
  if (! conv)
    {
      pst_fail (error, PST_ERROR_MEMORY,
                "there is not enough memory for “%s”", name);
      return NULL;
    }

  *ret_out_channels = out;
  *ret_n_parameters = weight->n_values + bias->n_values;
  return conv;
}
