/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.h: one whole run, from the active layer to the new one */
#pragma once

#include "compat.h"
#include "plugin/params.h"
#include "sketch.h"
#include "styles.h"

/* pst_restyle:
 * @drawable: the active layer, or its mask.
 * @sketch: of the same content, styles and parameters, for the run to begin
 *   from; empty or NULL: there is none.
 * @with_window: show a window and the developing picture; otherwise progress
 *   goes to GIMP.
 * Returns the new layer, just above the content.
 * Errors: those of the engine.  PST_ERROR_CANCELLED: the user wanted it so, no
 * message is due.  After an error the image is as before. */
PstLayerRef pst_restyle (PstImageRef      image,
                         PstDrawableRef   drawable,
                         const PstStyles *styles,
                         const PstParams *params,
                         const PstSketch *sketch,
                         gboolean         with_window,
                         GError         **error);

/* Whether GIMP runs with windows, so that the plug-in may show one. */
gboolean pst_restyle_can_show_window (void);
