/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model-file.c: model files
 *
 * A safetensors file whose metadata entry "pastiche" describes, in JSON, how
 * its tensors make a network; models/README.md is the reference.  Everything
 * in a file is checked before the engine sees it.
 */
#include "core/base/error.h"

#include <glib/gi18n-lib.h>
#include "description.h"
#include "file.h"
#include "model.h"
#include "safetensors.h"

static PstModel *
read_model (GBytes *bytes, GError **error)
{
  g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, error);
  if (! file)
    return NULL;

  const char *text = pst_safetensors_get_metadata (file, "pastiche");
  if (! text)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the metadata entry \"pastiche\", which describes the "
                   "network, is missing; published weights are converted with "
                   "\"pastiche-model import\""));
      return NULL;
    }

  g_autoptr (PstModel) model = g_new0 (PstModel, 1);
  model->ref_count = 1;
  if (! pst_description_read (model, file, text, error))
    return NULL;

  return g_steal_pointer (&model);
}

PstModel *
pst_model_new_from_bytes (GBytes *bytes, const char *label, GError **error)
{
  g_return_val_if_fail (bytes && label, NULL);

  PstModel *model = read_model (bytes, error);
  if (model)
    model->checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  else
    g_prefix_error (error, _ ("The model \"%s\" cannot be used: "), label);

  return model;
}

PstModel *
pst_model_new_from_file (const char *path, GError **error)
{
  g_return_val_if_fail (path, NULL);

  g_autoptr (GBytes) bytes = pst_file_read (path, PST_FILE_MAX, error);
  if (! bytes)
    return NULL;

  g_autofree char *label = g_filename_display_name (path);
  return pst_model_new_from_bytes (bytes, label, error);
}
