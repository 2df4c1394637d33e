/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.h: a plot of the loss */
#pragma once

#include <gtk/gtk.h>

#include "core/pastiche.h"

typedef struct _PstPlot PstPlot;

PstPlot *pst_plot_new (void);

/* To be packed; destroyed before the plot is freed. */
GtkWidget *pst_plot_get_widget (PstPlot *plot);

/* Adds the loss at @progress, if there is a new one. */
void pst_plot_add (PstPlot *plot, const PstProgress *progress);

void pst_plot_free (PstPlot *plot);
