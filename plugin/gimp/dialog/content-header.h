/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content-header.h: the layer that will be painted, as a dialog shows it */
#pragma once

#include <gtk/gtk.h>

#include "plugin/gimp/run/call.h"

/* pst_content_header_new:
 * @call: whose content is shown.  If the active layer is a result of it, the
 *   user chooses whether the new one replaces that, which changes @call; must
 *   outlive the widget.
 * Returns the thumbnail, with the names of the layer and of its image. */
GtkWidget *pst_content_header_new (PstCall *call);
