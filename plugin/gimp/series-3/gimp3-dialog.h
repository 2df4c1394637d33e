/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-dialog.h: the dialog of GIMP 3 */
#pragma once

#include "plugin/gimp/run/call.h"

/* Shows the styles of the call and @config, and changes both, and parameters
 * and sketch of the call, to what was chosen.  Returns TRUE if the user wants a
 * run. */
gboolean pst_dialog_run (PstCall             *call,
                         GimpProcedure       *procedure,
                         GimpProcedureConfig *config);
