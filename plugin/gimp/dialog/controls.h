/* SPDX-License-Identifier: GPL-3.0-or-later */
/* controls.h: all parameters: presets, rows, and the rows under Advanced */
#pragma once

#include <gtk/gtk.h>

#include "plugin/params.h"

/* Called after the parameters were changed by the user. */
typedef void (*PstControlsChanged) (gpointer data);

/* @params: shown at first, changed by the user; must outlive the widget.
 * @side: longer one of the content, pixels */
GtkWidget *pst_controls_new (PstParams         *params,
                             int                side,
                             PstControlsChanged changed,
                             gpointer           data);

/* Shows what the parameters are now, after they were changed elsewhere. */
void pst_controls_refresh (GtkWidget *controls);
