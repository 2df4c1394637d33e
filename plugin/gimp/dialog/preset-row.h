/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preset-row.h: the presets as a row of buttons, of which one may be on */
#pragma once

#include <gtk/gtk.h>

#include "plugin/presets.h"

/* Called after the parameters were changed by a click. */
typedef void (*PstPresetChosen) (gpointer data);

/* @params: changed by the user; must outlive the widget. */
GtkWidget *
pst_preset_row_new (PstParams *params, PstPresetChosen chosen, gpointer data);

/* Shows which preset the parameters are, if any. */
void pst_preset_row_refresh (GtkWidget *row);
