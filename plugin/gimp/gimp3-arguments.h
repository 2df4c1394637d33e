/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-arguments.h: the procedure's arguments in GIMP 3 */
#pragma once

#include "compat.h"
#include "content.h"
#include "plugin/params.h"
#include "style.h"

/* Which of the two the dialog takes: an argument that scripts do not see. */
#define PST_STYLE_FROM       "style-from"
#define PST_STYLE_FROM_LAYER "layer"
#define PST_STYLE_FROM_FILE  "file"

void     pst_arguments_add          (GimpProcedure       *procedure);

/* @params: initialised; overwritten. */
void     pst_arguments_get_params   (GimpProcedureConfig *config,
                                     PstParams           *params);

/* The layer if there is one, else the file: a script's choice. */
void     pst_arguments_get_style    (GimpProcedureConfig *config,
                                     PstStyle            *style);

/* What PST_STYLE_FROM says: the choice in the dialog. */
void     pst_arguments_get_chosen   (GimpProcedureConfig *config,
                                     PstStyle            *style);

/* GIMP does not keep drawables among the last values.  This puts the style
 * layer of the last run back; without a last run, the first layer that will
 * do. */
void     pst_arguments_recall_style (GimpProcedureConfig *config,
                                     const PstContent    *content);
