/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-arguments.h: the procedure's arguments in GIMP 3 */
#pragma once

#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/gimp/image/content.h"
#include "plugin/params.h"
#include "plugin/gimp/image/styles.h"

void pst_arguments_add (GimpProcedure *procedure);

/* @params: initialized; overwritten. */
void pst_arguments_get_params (GimpProcedureConfig *config, PstParams *params);

void pst_arguments_set_params (GimpProcedureConfig *config,
                               const PstParams     *params);

/* pst_arguments_get_styles:
 * A script's choice: the one style, then the layers, then the files.
 * @styles: layers selected with the content, else empty.
 * Errors: PST_ERROR_SETTINGS, there are too many, or others than the selected
 * ones, or more weights or regions than styles, or a weight is out of range; as
 * pst_region_new(). */
gboolean pst_arguments_get_styles (GimpProcedureConfig *config,
                                   const PstContent    *content,
                                   PstStyles           *styles,
                                   GError             **error);
