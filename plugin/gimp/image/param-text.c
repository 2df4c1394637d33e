/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param-text.c: settings in words */
#include "param-text.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>

#include "plugin/find-model.h"

char *
pst_param_text_new (const PstParam *param, const PstParams *params)
{
  g_autofree char *label = gimp_strip_uline (_ (param->label));
  g_autofree char *value = NULL;
  double           number;

  if (param->kind == PST_PARAM_MODEL)
    return pst_model_dup_name (params->model);

  number = pst_params_get_number (params, param);
  switch (param->kind)
    {
    case PST_PARAM_CHOICE:
      value = g_strdup (_ (param->choices[(int) number].label));
      if (param->phrases)
        return g_steal_pointer (&value);
      break;

    case PST_PARAM_BOOLEAN:
      /* Translators: a setting that is off, as "Seamless tiling". */
      return number ? g_steal_pointer (&label)
                    : g_strdup_printf (_ ("%s off"), label);

    default:
      value = g_strdup_printf ("%.*f", param->digits, number);
      break;
    }
  /* Translators: a setting and its value, as "Strength 75", "Quality Best". */
  return g_strdup_printf (_ ("%s %s"), label, value);
}

static gboolean
is_usual (const PstParam *param, const PstParams *params)
{
  g_autofree char *name = NULL;

  if (param->kind != PST_PARAM_MODEL)
    return pst_params_get_number (params, param) == param->fallback;
  name = pst_model_dup_name (params->model);
  return g_str_equal (name, PST_MODEL_BUILT_IN);
}

char *
pst_param_text_list (const PstParams *params)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < n_params; i++)
    if (! table[i].advanced || ! is_usual (&table[i], params))
      g_ptr_array_add (texts, pst_param_text_new (&table[i], params));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (", ", (char **) texts->pdata);
}
