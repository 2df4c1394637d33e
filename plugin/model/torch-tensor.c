/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-tensor.c: tensors in a file that torch.save() wrote: parts of storages,
 * with strides */
#include "torch-tensor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

void
pst_torch_tensor_free (PstTorchTensor *tensor)
{
  if (! tensor)
    return;

  g_free (tensor->tensor.name);
  g_free (tensor);
}

/* Reads shape and strides.  *@ret_reach: values of the storage from the first
 * to the last of the tensor's. */
static gboolean
read_shape (PstTorchTensor   *tensor,
            const PstPickled *pickled,
            gsize            *ret_reach,
            GError          **error)
{
  const PstPickled *shape = pickled->items->pdata[2];
  const PstPickled *strides = pickled->items->pdata[3];
  gsize             n = 1;
  gsize             last = 0;

  if (strides->items->len != shape->items->len)
    return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is invalid"));

  tensor->tensor.n_dimensions = shape->items->len;
  for (guint i = 0; i < shape->items->len; i++)
    {
      const PstPickled *side = pst_pickled_item (shape, i, PST_PICKLED_INT);
      const PstPickled *stride = pst_pickled_item (strides, i, PST_PICKLED_INT);
      gsize             step;

      if (! side || ! stride || side->number < 0 || stride->number < 0)
        return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is invalid"));
      if (! g_size_checked_mul (&n, n, (gsize) side->number)
          || ! g_size_checked_mul (&step, (gsize) MAX (side->number - 1, 0),
                                   (gsize) stride->number)
          || ! g_size_checked_add (&last, last, step))
        return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is too large"));
      tensor->tensor.shape[i] = side->number;
      tensor->strides[i] = stride->number;
    }

  tensor->tensor.n_values = n;
  *ret_reach = n > 0 ? last + 1 : 0;
  return TRUE;
}

gboolean
pst_torch_tensor_read (PstTorchTensor   *tensor,
                       const PstPickled *pickled,
                       GError          **error)
{
  const PstTorchStorage *storage = tensor->storage;
  gint64 offset = pst_pickled_item (pickled, 1, PST_PICKLED_INT)->number;
  gsize  reach = 0;
  gsize  room;

  tensor->tensor.dtype = storage->dtype;
  if (! read_shape (tensor, pickled, &reach, error))
    return FALSE;
  if (storage->value_size == 0)
    return TRUE;

  room = storage->size / storage->value_size;
  if (offset < 0 || (guint64) offset > room || reach > room - offset)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("it is larger than what is stored of it"));

  tensor->tensor.begin = offset * storage->value_size;
  tensor->tensor.end = tensor->tensor.begin + reach * storage->value_size;
  return TRUE;
}

/* ---- values ------------------------------------------------------------- */

gboolean
pst_torch_tensor_repeats (const PstTorchTensor *tensor)
{
  const PstTensor *of = &tensor->tensor;

  return of->n_values > (of->end - of->begin) / tensor->storage->value_size;
}

static gboolean
is_in_order (const PstTorchTensor *tensor)
{
  gsize n = 1;

  for (int i = tensor->tensor.n_dimensions - 1; i >= 0; i--)
    {
      if (tensor->tensor.shape[i] > 1 && tensor->strides[i] != n)
        return FALSE;
      n *= tensor->tensor.shape[i];
    }
  return TRUE;
}

/* @storage: bytes, from the tensor's first value.  Returns its values in order;
 * the caller owns them. */
static guint8 *
gather (const PstTorchTensor *tensor, const guint8 *storage, GError **error)
{
  gsize   value_size = tensor->storage->value_size;
  gsize   place[PST_TENSOR_MAX_DIMENSIONS] = { 0 };
  guint8 *values = g_try_malloc (MAX (tensor->tensor.n_values, 1) * value_size);

  if (! values)
    {
      pst_fail_memory (error);
      return NULL;
    }

  for (gsize i = 0, from = 0; i < tensor->tensor.n_values; i++)
    {
      memcpy (values + i * value_size, storage + from * value_size, value_size);
      for (int d = tensor->tensor.n_dimensions - 1; d >= 0; d--)
        {
          from += tensor->strides[d];
          if (++place[d] < (gsize) tensor->tensor.shape[d])
            break;
          from -= place[d] * tensor->strides[d];
          place[d] = 0;
        }
    }
  return values;
}

float *
pst_torch_tensor_dup_values (const PstTorchTensor *tensor,
                             const guint8         *data,
                             GError              **error)
{
  const PstTensor   *of = &tensor->tensor;
  const guint8      *values = data + of->begin;
  g_autofree guint8 *gathered = NULL;

  if (! is_in_order (tensor))
    {
      gathered = gather (tensor, values, error);
      if (! gathered)
        return NULL;
      values = gathered;
    }
  return pst_values_decode (of->name, of->dtype, of->n_values, values, error);
}
