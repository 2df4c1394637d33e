/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.h: the dialog of GIMP 2.10 */
#pragma once

#include "content.h"
#include "plugin/params.h"
#include "sketch.h"
#include "styles.h"

/* pst_dialog_run:
 * @styles, @params: shown at first, changed to what was chosen.
 * @ret_sketch: for the run, owned by the caller; set if there is to be one
 * Returns TRUE if the user wants a run. */
gboolean pst_dialog_run (const PstContent *content,
                         PstStyles        *styles,
                         PstParams        *params,
                         PstSketch        *ret_sketch);
