/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presets.h: the settings to begin with
 *
 * A preset says how the picture is to look.  How much work goes into it, and
 * what the user chose under Advanced, stay as they are.
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
