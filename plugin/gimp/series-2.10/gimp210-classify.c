/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-classify.c: the procedure that classifies, in GIMP 2.10 */
#include "gimp210-classify.h"

#include "plugin/gimp/run/procedure.h"

/* run-mode, image, drawable, head */
#define N_ARGS 4

/* Status, label, probability, and two arrays, each after its length. */
#define N_VALUES 7

void
pst_classify_install (void)
{
  static const GimpParamDef args[N_ARGS] = {
    { GIMP_PDB_INT32, "run-mode", "RUN-NONINTERACTIVE (1)" },
    { GIMP_PDB_IMAGE, "image", "The image" },
    { GIMP_PDB_DRAWABLE, "drawable", "The layer" },
    { GIMP_PDB_STRING, "head", "The file of the head" },
  };
  static const GimpParamDef values[N_VALUES - 1] = {
    { GIMP_PDB_STRING, "label", "What the layer shows" },
    { GIMP_PDB_FLOAT, "probability", "How likely that is, from 0 to 1" },
    { GIMP_PDB_INT32, "num-labels", "How many labels there are" },
    { GIMP_PDB_STRINGARRAY, "labels", "All labels" },
    { GIMP_PDB_INT32, "num-probabilities", "The same number" },
    { GIMP_PDB_FLOATARRAY, "probabilities", "How likely each of them is" },
  };

  gimp_install_procedure (PST_CLASSIFY_NAME, PST_CLASSIFY_BLURB,
                          PST_CLASSIFY_HELP, PST_PROCEDURE_AUTHORS,
                          PST_PROCEDURE_AUTHORS, PST_PROCEDURE_DATE, NULL, "*",
                          GIMP_PLUGIN, N_ARGS, N_VALUES - 1, args, values);
}

static void
set_values (const PstClassification *result, GimpParam *values)
{
  char **labels = (char **) pst_head_get_labels (result->head);

  values[1].type = GIMP_PDB_STRING;
  values[1].data.d_string = labels[result->best];
  values[2].type = GIMP_PDB_FLOAT;
  values[2].data.d_float = result->probabilities[result->best];
  values[3].type = values[5].type = GIMP_PDB_INT32;
  values[3].data.d_int32 = values[5].data.d_int32 = result->n_labels;
  values[4].type = GIMP_PDB_STRINGARRAY;
  values[4].data.d_stringarray = labels;
  values[6].type = GIMP_PDB_FLOATARRAY;
  values[6].data.d_floatarray = result->probabilities;
}

void
pst_classify_run (const gchar     *name,
                  gint             n_args,
                  const GimpParam *args,
                  gint            *ret_n_values,
                  GimpParam      **ret_values)
{
  static GimpParam         values[N_VALUES];
  static PstClassification result; /* GIMP reads it after the return */
  static char             *message;
  const char *path = n_args == N_ARGS ? args[3].data.d_string : NULL;
  g_autoptr (GFile) head =
    path && *path ? g_file_new_for_commandline_arg (path) : NULL;
  g_autoptr (GError) error = NULL;

  pst_classification_clear (&result);
  result = (PstClassification){ 0 };
  if (pst_classify_drawable (n_args == N_ARGS ? args[2].data.d_drawable : -1,
                             head, &result, &error))
    set_values (&result, values);

  values[0].type = GIMP_PDB_STATUS;
  values[0].data.d_status = pst_procedure_get_status (error);
  *ret_values = values;
  *ret_n_values = error ? 2 : N_VALUES;
  if (error)
    {
      g_free (message);
      message = g_strdup (error->message);
      values[1].type = GIMP_PDB_STRING;
      values[1].data.d_string = message;
    }
}
