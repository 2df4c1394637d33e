/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.h: the second procedure: repaints a layer with another's settings */
#pragma once

#include <glib/gi18n-lib.h>

#include "call.h"

#define PST_RESTYLE_NAME  "plug-in-pastiche-restyle"
#define PST_RESTYLE_LABEL N_ ("_Restyle with Settings of Layer…")
#define PST_RESTYLE_BLURB                                                 \
  N_ ("Repaint a layer with the style and settings of an earlier result " \
      "(Pastiche)")
#define PST_RESTYLE_HELP                                                      \
  N_ ("Every result of a neural style transfer keeps its settings and the "   \
      "names of its styles. This repaints the layer with those of a result "  \
      "in any open image. Its style layers must be open. In later sessions, " \
      "its style files are looked for in the folders of the image, of the "   \
      "style library and of the last styles.")
#define PST_RESTYLE_ARGUMENT "layer"
#define PST_RESTYLE_ARGUMENT_HELP \
  N_ ("Layer whose settings are used: the result of a neural style transfer")

/* Shows the results to choose from, with @first to begin with, which may be
 * none of them.  Returns PST_NO_ITEM if the user cancels. */
typedef PstLayerRef (*PstRestyleAsk) (PstCall           *call,
                                      const PstLayerRef *results,
                                      int                n_results,
                                      PstLayerRef        first);

/* pst_restyle:
 * @layer: the one with settings; PST_NO_ITEM: one selected with the content, or
 *   as the run mode says: the user is asked, or the last one is used again.
 * Returns the new layer.
 * Errors: as pst_result_settings_read(), pst_run(). */
PstLayerRef pst_restyle (PstCall      *call,
                         PstRestyleAsk ask,
                         PstLayerRef   layer,
                         GError      **error);
