/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.c: weights of convolutions from the tensors of a file */
#include "weights.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define MAX_CHANNELS 8192

static const PstTensor *
find_tensor (const PstSafetensors *file,
             const char           *name,
             const char           *suffix,
             int                   n_dimensions,
             GError              **error)
{
  g_autofree char *full_name = g_strconcat (name, suffix, NULL);
  const PstTensor *tensor = pst_safetensors_find (file, full_name);

  if (! tensor)
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("the tensor \"%s\" is missing"),
                full_name);
      return NULL;
    }

  if (tensor->n_dimensions != n_dimensions)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the tensor \"%s\" has %d dimensions instead of %d"),
                full_name, tensor->n_dimensions, n_dimensions);
      return NULL;
    }

  return tensor;
}

/* "1x1 or 3x3"; the caller owns it. */
static char *
list_kernels (guint kernels)
{
  GString *list = g_string_new (NULL);

  for (int n = 1; n <= 7; n++)
    if (kernels & PST_KERNEL (n))
      g_string_append_printf (list, "%s%d×%d", list->len ? ", " : "", n, n);
  return g_string_free (list, FALSE);
}

/* Whether @weight, [out][in][kernel][kernel], fits @place. */
static gboolean
check_weight (const PstTensor       *weight,
              const PstWeightsPlace *place,
              GError               **error)
{
  gint64 out = weight->shape[0];
  gint64 in = weight->shape[1];
  gint64 height = weight->shape[2];
  gint64 width = weight->shape[3];

  if (in != place->in_channels)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"%s\" takes %lld channels, but %d come from the "
                        "layer before"),
                     weight->name, (long long) in, place->in_channels);

  if (out < 1 || out > MAX_CHANNELS)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"%s\" gives %lld channels; possible are 1 to %d"),
                     weight->name, (long long) out, MAX_CHANNELS);

  if (height != width || height > 7 || ! (place->kernels & PST_KERNEL (height)))
    {
      g_autofree char *possible = list_kernels (place->kernels);

      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("\"%s\" has a kernel of %lld×%lld; possible: %s"),
                       weight->name, (long long) height, (long long) width,
                       possible);
    }

  return TRUE;
}

/* @weight: [out][3][kernel][kernel]; swaps the first and the last of the 3 */
static void
swap_red_and_blue (float *weight, int out, int kernel)
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

gboolean
pst_weights_load (const PstSafetensors  *file,
                  const char            *name,
                  const PstWeightsPlace *place,
                  PstWeights            *ret_weights,
                  GError               **error)
{
  const PstTensor *weight = find_tensor (file, name, ".weight", 4, error);
  if (! weight || ! check_weight (weight, place, error))
    return FALSE;

  const PstTensor *bias = find_tensor (file, name, ".bias", 1, error);
  if (! bias)
    return FALSE;

  if (bias->shape[0] != weight->shape[0])
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"%s\" and \"%s\" differ in the number of channels"),
                     bias->name, weight->name);

  g_auto (PstWeights)
    weights = { .out_channels = (int) weight->shape[0],
                .kernel = (int) weight->shape[2],
                .n_parameters = weight->n_values + bias->n_values };

  weights.weight = pst_safetensors_dup_values (file, weight, error);
  if (! weights.weight)
    return FALSE;

  weights.bias = pst_safetensors_dup_values (file, bias, error);
  if (! weights.bias)
    return FALSE;

  if (place->bgr)
    swap_red_and_blue (weights.weight, weights.out_channels, weights.kernel);

  *ret_weights = weights;
  weights = (PstWeights){ 0 };
  return TRUE;
}

void
pst_weights_clear (PstWeights *weights)
{
  g_free (weights->weight);
  g_free (weights->bias);
}
