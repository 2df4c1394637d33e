/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.h: the dialog of GIMP 3 */
#pragma once

#include "compat.h"
#include "content.h"
#include "sketch.h"
#include "styles.h"

/* pst_dialog_run:
 * @config, @styles: shown at first, changed to what was chosen.
 * @ret_sketch: for the run, owned by the caller; set if there is to be one
 * Returns TRUE if the user wants a run. */
gboolean pst_dialog_run (GimpProcedure       *procedure,
                         GimpProcedureConfig *config,
                         const PstContent    *content,
                         PstStyles           *styles,
                         PstSketch           *ret_sketch);
