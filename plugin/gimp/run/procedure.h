/* SPDX-License-Identifier: GPL-3.0-or-later */
/* procedure.h: name, texts and helpers of the procedure, for both series */
#pragma once

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/params.h"

#define PST_PROCEDURE_NAME  "plug-in-pastiche"
#define PST_PROCEDURE_MENU  "<Image>/Filters/Artistic"
#define PST_PROCEDURE_LABEL N_ ("_Neural Style Transfer…")
#define PST_PROCEDURE_BLURB \
  N_ ("Repaint a layer in the style of another picture (Pastiche)")
#define PST_PROCEDURE_HELP                                                    \
  N_ ("A neural network compares the layer with the style, another layer of " \
      "any open image or a picture file, and changes a copy of the layer "    \
      "until it has the layer's forms and the style's texture. The result "   \
      "is a new layer above the original. Only the bounding box of the "      \
      "selection is painted.")
#define PST_PROCEDURE_AUTHORS "Pastiche contributors"
#define PST_PROCEDURE_DATE    "2026"

/* Path of a file in the folder of the running plug-in; owned by the caller. */
char *pst_procedure_dup_path (const char *file);

/* Threads that GIMP's preferences allow, as PstSettings takes them. */
int pst_procedure_get_threads (void);

/* Names of the models to choose from, with @current among them unless it is
 * NULL or ""; NULL-ended, owned by the caller. */
char **pst_procedure_list_models (const char *current);

/* How GIMP is told about @error. */
GimpPDBStatusType pst_procedure_get_status (const GError *error);
