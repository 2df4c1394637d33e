/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presets.h: settings to start from
 *
 * A preset owns how much of the style there is, and in which form: strength,
 * freedom, style scale and structure.  All else is kept: colors, quality, size,
 * seed, and the rest.
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
} PstPreset;

const PstPreset *pst_presets_table (int *ret_n_presets);

/* Sets what a preset owns. */
void pst_preset_apply (const PstPreset *preset, PstParams *params);

/* Whether what a preset owns is as this one sets it. */
gboolean pst_preset_matches (const PstPreset *preset, const PstParams *params);
