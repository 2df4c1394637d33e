/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number-entry.h: the field in which a parameter's number is typed */
#pragma once

#include <gtk/gtk.h>

#include "plugin/params.h"

/* pst_number_entry_new:
 * A spin button, with the unit in its text.  Where the parameter is shown so,
 * it has the word "automatic" in place of 0, which can be typed as well, or its
 * beginning.  A number beyond the range means automatic, too.  What is no
 * number leaves the value as it was.
 * @first: where a step leads from automatic; not used for other parameters */
GtkWidget *pst_number_entry_new (const PstParam *param,
                                 GtkAdjustment  *adjustment,
                                 double          first);
