/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-arguments.h: the procedures and their arguments in GIMP 2.10
 *
 * Arguments have a fixed order: what is fixed for each procedure, then the
 * table of parameters.
 */
#pragma once

#include "plugin/params.h"
#include "plugin/gimp/image/styles.h"

/* As PST_PROCEDURE_NAME, but with arrays of styles. */
#define PST_STYLES_NAME "plug-in-pastiche-styles"

/* Tells GIMP of all procedures. */
void pst_arguments_install (void);

/* pst_arguments_read:
 * Reads the call of the procedure @name, by a script.
 * @styles: empty; @params: initialized.
 * Errors: PST_ERROR_SETTINGS, a number is wrong, of arguments or in one; as
 * pst_styles_set_weights(), pst_styles_set_regions(). */
gboolean pst_arguments_read (const char       *name,
                             int               n_args,
                             const GimpParam  *args,
                             const PstContent *content,
                             PstStyles        *styles,
                             PstParams        *params,
                             GError          **error);
