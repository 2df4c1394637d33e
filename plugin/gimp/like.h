/* SPDX-License-Identifier: GPL-3.0-or-later */
/* like.h: the second procedure: repaint a layer with the settings of another */
#pragma once

#include <glib/gi18n-lib.h>

#include "compat.h"

#define PST_LIKE_NAME  "plug-in-pastiche-restyle"
#define PST_LIKE_LABEL N_ ("_Restyle with Settings of Layer…")
#define PST_LIKE_BLURB \
  N_ ("Repaint a layer with the style and the settings of an earlier result")
#define PST_LIKE_HELP                                                         \
  N_ (                                                                        \
    "Every result of a neural style transfer keeps its settings and says "    \
    "which styles it has. This repaints the layer with those of a result "    \
    "that is chosen, of any open image. Style layers have to be open, style " \
    "files where they were.")
#define PST_LIKE_ARGUMENT "layer"
#define PST_LIKE_ARGUMENT_HELP \
  N_ ("Layer whose settings are taken: the result of a neural style transfer")

/* pst_like:
 * @drawable: the active layer, or its mask.
 * @layer: the one with settings; PST_NO_ITEM: none.  The user is asked, and the
 *   last one is taken again, as @run_mode says.
 * Returns the new layer, as pst_restyle().
 * Errors: as pst_layer_settings_read(), pst_restyle(). */
PstLayerRef pst_like (PstImageRef    image,
                      PstDrawableRef drawable,
                      PstLayerRef    layer,
                      GimpRunMode    run_mode,
                      gboolean       with_window,
                      GError       **error);
