/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presets.h: settings to start from
 *
 * A preset sets the look of the picture.  The quality, and what the user chose
 * under Advanced, are kept.
 */
#pragma once

#include "params.h"

typedef struct
{
  const char  *label;    /* "Painting", N_() */
  const char  *help;     /* one sentence, N_() */
  double       strength; /* see PstSettings */
  double       freedom;
  double       style_scale;
  PstStructure structure;
  PstColors    colors;
} PstPreset;

const PstPreset *pst_presets_table (int *ret_n_presets);

void pst_preset_apply (const PstPreset *preset, PstParams *params);

/* Whether the parameters look as the preset has set them. */
gboolean pst_preset_matches (const PstPreset *preset, const PstParams *params);
