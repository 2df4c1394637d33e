/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c: defaults and ranges of PstSettings */
#include "settings.h"

#include "core/base/error.h"
#include "core/base/workers.h"

#define MAX_ITERATIONS 10000
#define MAX_MEMORY     1000000 /* MB */

void
pst_settings_init (PstSettings *settings)
{
  g_return_if_fail (settings);

  *settings = (PstSettings){ .strength = 50,
                             .style_scale = 1,
                             .colors = PST_COLORS_STYLE,
                             .structure = PST_STRUCTURE_CLOSE,
                             .quality = PST_QUALITY_NORMAL,
                             .freedom = 50,
                             .smoothness = 20 };
}

gboolean
pst_settings_check (const PstSettings *settings, GError **error)
{
  return pst_check_range ("strength", settings->strength, 0, 100, error)
         && pst_check_range ("style-scale", settings->style_scale, 0.25, 4,
                             error)
         && pst_check_range ("colors", settings->colors, 0, PST_COLORS_MATCH,
                             error)
         && pst_check_range ("structure", settings->structure, 0,
                             PST_STRUCTURE_NONE, error)
         && pst_check_range ("quality", settings->quality, 0, PST_QUALITY_BEST,
                             error)
         && pst_check_range ("precision", settings->precision, 0,
                             PST_PRECISION_FAST, error)
         && pst_check_range ("size", settings->size, 0, PST_IMAGE_MAX_SIDE,
                             error)
         && pst_check_range ("freedom", settings->freedom, 0, 100, error)
         && pst_check_range ("smoothness", settings->smoothness, 0, 100, error)
         && pst_check_range ("iterations", settings->iterations, 0,
                             MAX_ITERATIONS, error)
         && pst_check_range ("detail", settings->detail, -1, 1, error)
         && pst_check_range ("loss", settings->loss, 0, PST_LOSS_GATYS, error)
         && pst_check_range ("threads", settings->threads, 0, PST_MAX_THREADS,
                             error)
         && pst_check_range ("memory-limit", settings->memory_limit, 0,
                             MAX_MEMORY, error);
}
