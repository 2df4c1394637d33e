/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presets.c: settings to start from */
#include "presets.h"

#include <glib/gi18n.h>

static const PstPreset table[] = {
  { N_ ("Subtle"),
    N_ ("Adds a touch of the style and keeps the light and shade of the "
        "layer."),
    .strength = 20, .freedom = 10, .style_scale = 0.75,
    .structure = PST_STRUCTURE_CLOSE },

  { N_ ("Painting"), N_ ("Paints the layer in the style."), .strength = 50,
    .freedom = 50, .style_scale = 1, .structure = PST_STRUCTURE_CLOSE },

  { N_ ("Bold"),
    N_ ("Paints with broad strokes, free forms and a strong style."),
    .strength = 65, .freedom = 70, .style_scale = 1.5,
    .structure = PST_STRUCTURE_LOOSE },

  { N_ ("Texture"),
    N_ ("Makes a pattern from the style alone; the layer only sets its size."),
    .strength = 50, .freedom = 100, .style_scale = 1,
    .structure = PST_STRUCTURE_NONE },
};

const PstPreset *
pst_presets_table (int *ret_n_presets)
{
  *ret_n_presets = G_N_ELEMENTS (table);
  return table;
}

void
pst_preset_apply (const PstPreset *preset, PstParams *params)
{
  params->settings.strength = preset->strength;
  params->settings.freedom = preset->freedom;
  params->settings.style_scale = preset->style_scale;
  params->settings.structure = preset->structure;
}

gboolean
pst_preset_matches (const PstPreset *preset, const PstParams *params)
{
  PstParams applied = *params; /* borrows the model */

  pst_preset_apply (preset, &applied);
  return pst_params_equal (&applied, params);
}
