/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights-file.c: a file of named tensors, in any of the formats that are
 * read */
#include "weights-file.h"

#include "core/base/error.h"
#include "torch-file.h"

/* One of the two. */
struct _PstWeightsFile
{
  PstSafetensors *safetensors;
  PstTorchFile   *torch;
};

/* What a server sends that does not have the file, or asks first. */
static gboolean
is_web_page (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize       i = 0;

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  return i < size && data[i] == '<';
}

PstWeightsFile *
pst_weights_file_new (GBytes *bytes, GError **error)
{
  g_autoptr (PstWeightsFile) file = g_new0 (PstWeightsFile, 1);

  if (is_web_page (bytes))
    pst_fail (error, PST_ERROR_MODEL,
              "it is a web page, not a file of weights");
  else if (pst_torch_file_detect (bytes))
    file->torch = pst_torch_file_new (bytes, error);
  else
    file->safetensors = pst_safetensors_new (bytes, error);

  return file->torch || file->safetensors ? g_steal_pointer (&file) : NULL;
}

void
pst_weights_file_free (PstWeightsFile *file)
{
  if (! file)
    return;

  pst_safetensors_free (file->safetensors);
  pst_torch_file_free (file->torch);
  g_free (file);
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
  return file->torch
           ? pst_torch_file_dup_values (file->torch, tensor, error)
           : pst_safetensors_dup_values (file->safetensors, tensor, error);
}
