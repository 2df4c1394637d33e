/* SPDX-License-Identifier: GPL-3.0-or-later */
/* description-layers.h: the layers of a description
 *
 * models/README.md is the reference.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "core/layers/conv-window.h"
#include "model.h"
#include "safetensors.h"

/* The state while layers are parsed. */
typedef struct
{
  const PstSafetensors *file;
  PstPadding            padding;
  gboolean              bgr; /* the picture comes blue first */
} PstLayerNeeds;

/* pst_layers_read:
 * Reads the member "layers" of @description into @model.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in safetensors.h. */
gboolean pst_layers_read (PstModel            *model,
                          const PstLayerNeeds *needs,
                          JsonObject          *description,
                          GError             **error);
