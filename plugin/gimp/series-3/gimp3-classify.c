/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-classify.c: the procedure that classifies, in GIMP 3 */
#include "gimp3-classify.h"

#include <gegl.h>

#include "plugin/gimp/run/procedure.h"

static GimpValueArray *
run (GimpProcedure *procedure, GimpProcedureConfig *config, gpointer run_data)
{
  g_autoptr (GimpDrawable) drawable = NULL;
  g_autoptr (GFile) head = NULL;
  g_auto (PstClassification) result = { 0 };
  GError            *error = NULL;
  GimpValueArray    *values;
  const char *const *labels;

  gegl_init (NULL, NULL);
  g_object_get (config, "drawable", &drawable, "head", &head, NULL);
  if (! pst_classify_drawable (drawable, head, &result, &error))
    return gimp_procedure_new_return_values (procedure,
                                             pst_procedure_get_status (error),
                                             error);

  labels = pst_head_get_labels (result.head);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_STRING (values, 1, labels[result.best]);
  GIMP_VALUES_SET_DOUBLE (values, 2, result.probabilities[result.best]);
  g_value_set_boxed (gimp_value_array_index (values, 3), labels);
  GIMP_VALUES_SET_DOUBLE_ARRAY (values, 4, result.probabilities,
                                result.n_labels);
  return values;
}

GimpProcedure *
pst_classify_create (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure =
    gimp_procedure_new (plug_in, PST_CLASSIFY_NAME, GIMP_PDB_PROC_TYPE_PLUGIN,
                        run, NULL, NULL);

  gimp_procedure_set_documentation (procedure, _ (PST_CLASSIFY_BLURB),
                                    _ (PST_CLASSIFY_HELP), NULL);
  gimp_procedure_set_attribution (procedure, PST_PROCEDURE_AUTHORS,
                                  PST_PROCEDURE_AUTHORS, PST_PROCEDURE_DATE);
  gimp_procedure_add_drawable_argument (procedure, "drawable", _ ("Layer"),
                                        _ ("The layer"), FALSE,
                                        G_PARAM_READWRITE);
  /* ANY: GIMP's message about a file that cannot be opened does not name it. */
  gimp_procedure_add_file_argument (procedure, "head", _ ("Head"),
                                    _ ("The file of the head"),
                                    GIMP_FILE_CHOOSER_ACTION_ANY, FALSE, NULL,
                                    G_PARAM_READWRITE);
  gimp_procedure_add_string_return_value (procedure, "label", _ ("Label"),
                                          _ ("What the layer shows"), NULL,
                                          G_PARAM_READWRITE);
  gimp_procedure_add_double_return_value (procedure, "probability",
                                          _ ("Probability"),
                                          _ ("How likely that is, from 0 to 1"),
                                          0, 1, 0, G_PARAM_READWRITE);
  gimp_procedure_add_string_array_return_value (procedure, "labels",
                                                _ ("Labels"), _ ("All labels"),
                                                G_PARAM_READWRITE);
  gimp_procedure_add_double_array_return_value (
    procedure, "probabilities", _ ("Probabilities"),
    _ ("How likely each of them is"), G_PARAM_READWRITE);
  return procedure;
}
