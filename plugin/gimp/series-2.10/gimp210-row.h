/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-row.h: one parameter of the table as a row of the dialog */
#pragma once

#include <gtk/gtk.h>

#include "plugin/params.h"

/* Freed with its table. */
typedef struct _PstRow PstRow;

/* Called after @params were changed. */
typedef void (*PstRowChanged) (gpointer data);

/* pst_row_add:
 * @table: with three columns.
 * @params: shown at first, changed by the user; must outlive @table. */
PstRow *pst_row_add (GtkWidget      *table,
                     int             line,
                     const PstParam *param,
                     PstParams      *params,
                     PstRowChanged   changed,
                     gpointer        data);

/* Its label, for a size group. */
GtkWidget *pst_row_get_label (PstRow *row);

/* Shows what the parameters are now. */
void pst_row_refresh (PstRow *row);
