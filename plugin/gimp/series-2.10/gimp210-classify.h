/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-classify.h: the procedure that classifies, in GIMP 2.10 */
#pragma once

#include "plugin/gimp/run/classify.h"

/* Registers the procedure, which is in no menu. */
void pst_classify_install (void);

/* A GimpRunProc for it. */
void pst_classify_run (const gchar     *name,
                       gint             n_args,
                       const GimpParam *args,
                       gint            *ret_n_values,
                       GimpParam      **ret_values);
