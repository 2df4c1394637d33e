/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights-file.c: a file of named tensors, in each format that is read */
#include "weights-file.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "torch-file.h"

/* One of the two is NULL. */
struct _PstWeightsFile
{
  PstSafetensors *safetensors;
  GPtrArray      *tensors; /* of safetensors: PstTensor, borrowed */
  PstTorchFile   *torch;
};

static gboolean
read_safetensors (PstWeightsFile *file, GBytes *bytes, GError **error)
{
  file->safetensors = pst_safetensors_new (bytes, error);
  if (! file->safetensors)
    return FALSE;
  if (pst_safetensors_get_metadata (file->safetensors, "pastiche"))
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("this is a model of Pastiche already; choose it with "
                        "--model"));

  file->tensors = pst_safetensors_list (file->safetensors);
  return TRUE;
}

PstWeightsFile *
pst_weights_file_new (GBytes *bytes, GError **error)
{
  g_autoptr (PstWeightsFile) file = g_new0 (PstWeightsFile, 1);

  if (pst_torch_file_detect (bytes))
    {
      file->torch = pst_torch_file_new (bytes, error);
      return file->torch ? g_steal_pointer (&file) : NULL;
    }
  return read_safetensors (file, bytes, error) ? g_steal_pointer (&file) : NULL;
}

void
pst_weights_file_free (PstWeightsFile *file)
{
  if (! file)
    return;

  g_clear_pointer (&file->tensors, g_ptr_array_unref);
  pst_safetensors_free (file->safetensors);
  pst_torch_file_free (file->torch);
  g_free (file);
}

guint
pst_weights_file_count (const PstWeightsFile *file)
{
  return file->torch ? pst_torch_file_count (file->torch) : file->tensors->len;
}

const PstTensor *
pst_weights_file_get (const PstWeightsFile *file, guint index)
{
  return file->torch ? pst_torch_file_get (file->torch, index)
                     : file->tensors->pdata[index];
}

const PstTensor *
pst_weights_file_find (const PstWeightsFile *file, const char *name)
{
  return file->torch ? pst_torch_file_find (file->torch, name)
                     : pst_safetensors_find (file->safetensors, name);
}

float *
pst_weights_file_dup_values (const PstWeightsFile *file,
                             const PstTensor      *tensor,
                             GError              **error)
{
  if (file->torch)
    return pst_torch_file_dup_values (file->torch, tensor, error);
  return pst_values_decode (tensor->name, tensor->dtype, tensor->n_values,
                            pst_safetensors_get_data (file->safetensors)
                              + tensor->begin,
                            error);
}
