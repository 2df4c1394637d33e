/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.h: the dialog of GIMP 3 */
#pragma once

#include "compat.h"
#include "content.h"
#include "styles.h"

/* pst_dialog_run:
 * @config, @styles: shown at first, changed to what was chosen.
 * Returns TRUE if the user wants a run. */
gboolean pst_dialog_run (GimpProcedure       *procedure,
                         GimpProcedureConfig *config,
                         const PstContent    *content,
                         PstStyles           *styles);
