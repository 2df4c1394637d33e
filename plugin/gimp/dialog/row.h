/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.h: one parameter of the table as a row of the dialog */
#pragma once

#include <gtk/gtk.h>

#include "plugin/params.h"

/* Where rows are put, so that those of several tables are aligned, and what
 * they are about. */
typedef struct
{
  GtkTable     *table;   /* of PST_ROW_COLUMNS columns */
  GtkSizeGroup *labels;  /* horizontal */
  GtkSizeGroup *numbers; /* beside sliders; horizontal */
  int           side;    /* longer one of the content, pixels */
} PstRowGrid;

#define PST_ROW_COLUMNS 3 /* label, slider or other control, number */

/* Freed with its table. */
typedef struct _PstRow PstRow;

/* Called after @params were changed by the user. */
typedef void (*PstRowChanged) (gpointer data);

/* pst_row_new:
 * @grid: used within the call only.
 * @line: of the table, from 0
 * @params: shown at first, changed by the user; must outlive the table. */
PstRow *pst_row_new (const PstRowGrid *grid,
                     int               line,
                     const PstParam   *param,
                     PstParams        *params,
                     PstRowChanged     changed,
                     gpointer          data);

/* Shows what the parameters are now. */
void pst_row_refresh (PstRow *row);
