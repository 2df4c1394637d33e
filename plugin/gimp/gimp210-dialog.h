/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-dialog.h: the dialog of GIMP 2.10 */
#pragma once

#include "content.h"
#include "plugin/params.h"
#include "style.h"

/* pst_dialog_run:
 * @style, @params: shown at first, changed to what was chosen.
 * @style's layer and file may both be set at first; the layer is then the one
 * chosen.  Returns TRUE if the user wants a run. */
gboolean pst_dialog_run (const PstContent *content,
                         PstStyle         *style,
                         PstParams        *params);
