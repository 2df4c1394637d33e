/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h: one whole run, from the content to the new layer */
#pragma once

#include "plugin/gimp/image/request.h"
#include "sketch.h"

/* pst_run:
 * @sketch: of the same request, for the run to begin from; may be empty.
 * @with_window: show a window and the developing picture; otherwise progress
 *   goes to GIMP.
 * Returns the new layer, just above the content.
 * Errors: those of the engine; as pst_request_check().  PST_ERROR_CANCELLED:
 * the user wanted it so, no message is due.  After an error the image is as
 * before. */
PstLayerRef pst_run (const PstRequest *request,
                     const PstSketch  *sketch,
                     gboolean          with_window,
                     GError          **error);
