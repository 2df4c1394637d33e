/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.h: the dialog of GIMP 2.10 */
#pragma once

#include "plugin/gimp/run/call.h"

/* Shows the styles and parameters of the call, and changes them, and the
 * sketch, to what was chosen.  Returns TRUE if the user wants a run. */
gboolean pst_dialog_run (PstCall *call);
