/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.h: how the loss falls, drawn */
#pragma once

#include <gtk/gtk.h>

#include "core/pastiche.h"

typedef struct _PstPlot PstPlot;

PstPlot *pst_plot_new (void);

/* To be packed; destroyed before the plot is freed. */
GtkWidget *pst_plot_get_widget (PstPlot *plot);

/* The loss at @progress, unless it is known already or there is none yet. */
void pst_plot_add (PstPlot *plot, const PstProgress *progress);

void pst_plot_free (PstPlot *plot);
