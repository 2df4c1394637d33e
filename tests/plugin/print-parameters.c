/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print-parameters.c: prints the table of parameters in plugin/gimp/README.md
 *
 * Markdown, made from the table in plugin/params.c.  A test compares it with
 * what the README says.
 */
#include "plugin/find-model.h"
#include "plugin/params.h"

static void
print_values (const PstParam *param)
{
  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
    case PST_PARAM_INT:
      g_print ("%.10g to %.10g | %.10g", param->min, param->max,
               param->fallback);
      break;

    case PST_PARAM_BOOLEAN:
      g_print ("yes, no | %s", param->fallback ? "yes" : "no");
      break;

    case PST_PARAM_CHOICE:
      for (int i = 0; param->choices[i].name; i++)
        g_print ("%s`%s`", i > 0 ? ", " : "", param->choices[i].name);
      g_print (" | `%s`", param->choices[(int) param->fallback].name);
      break;

    case PST_PARAM_MODEL:
      g_print ("name or file | `%s`", PST_MODEL_BUILT_IN);
      break;
    }
}

int
main (void)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  g_print ("| parameter | values | default | meaning |\n"
           "|---|---|---|---|\n");
  for (int i = 0; i < n_params; i++)
    {
      g_print ("| `%s` | ", table[i].name);
      print_values (&table[i]);
      g_print (" | %s |\n", table[i].help);
    }
  return 0;
}
