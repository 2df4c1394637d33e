/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-arguments.c: the procedure's arguments in GIMP 3 */
#include "gimp3-arguments.h"

#include "plugin/network.h"
#include "procedure.h"

static GimpChoice *
new_choice (const PstParam *param)
{
  GimpChoice *choice = gimp_choice_new ();

  for (int i = 0; param->choices[i].name; i++)
    gimp_choice_add (choice, param->choices[i].name, i,
                     _(param->choices[i].label), NULL);
  return choice;
}

static void
add_param (GimpProcedure  *procedure,
           const PstParam *param)
{
  const char *name = param->name;
  const char *label = _(param->label);
  const char *help = _(param->help);
  const int   fallback = param->fallback;

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      gimp_procedure_add_double_argument (procedure, name, label, help,
                                          param->min, param->max,
                                          param->fallback, G_PARAM_READWRITE);
      break;

    case PST_PARAM_INT:
      gimp_procedure_add_int_argument (procedure, name, label, help,
                                       param->min, param->max,
                                       fallback, G_PARAM_READWRITE);
      break;

    case PST_PARAM_BOOLEAN:
      gimp_procedure_add_boolean_argument (procedure, name, label, help,
                                           fallback, G_PARAM_READWRITE);
      break;

    case PST_PARAM_CHOICE:
      gimp_procedure_add_choice_argument (procedure, name, label, help,
                                          new_choice (param),
                                          param->choices[fallback].name,
                                          G_PARAM_READWRITE);
      break;

    case PST_PARAM_NETWORK:
      gimp_procedure_add_string_argument (procedure, name, label, help,
                                          PST_NETWORK_BUILT_IN,
                                          G_PARAM_READWRITE);
      break;
    }
}

void
pst_arguments_add (GimpProcedure *procedure)
{
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);
  GimpChoice     *from = gimp_choice_new ();

  gimp_procedure_add_drawable_argument
    (procedure, "style", _("Style la_yer"),
     _("Layer of any open image whose style is taken"),
     TRUE, G_PARAM_READWRITE);
  gimp_procedure_add_file_argument
    (procedure, "style-file", _("Style _file"),
     _("Picture file whose style is taken if there is no style layer"),
     GIMP_FILE_CHOOSER_ACTION_OPEN, TRUE, NULL, G_PARAM_READWRITE);
  for (int i = 0; i < n_params; i++)
    add_param (procedure, &params[i]);

  gimp_choice_add (from, PST_STYLE_FROM_LAYER, 0, _("A layer"), NULL);
  gimp_choice_add (from, PST_STYLE_FROM_FILE, 1, _("A file"), NULL);
  gimp_procedure_add_choice_aux_argument
    (procedure, PST_STYLE_FROM, _("Styl_e from"),
     _("Whether the style is a layer of an open image or a picture file"),
     from, PST_STYLE_FROM_LAYER, G_PARAM_READWRITE);

  gimp_procedure_add_layer_return_value (procedure, "layer", _("Layer"),
                                         _("The new layer"), TRUE,
                                         G_PARAM_READWRITE);
}

static void
get_param (GimpProcedureConfig *config,
           const PstParam      *param,
           PstParams           *params)
{
  double number = 0;
  int    integer = 0;

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      g_object_get (config, param->name, &number, NULL);
      break;

    case PST_PARAM_INT:
    case PST_PARAM_BOOLEAN:
      g_object_get (config, param->name, &integer, NULL);
      number = integer;
      break;

    case PST_PARAM_CHOICE:
      number = gimp_procedure_config_get_choice_id (config, param->name);
      break;

    case PST_PARAM_NETWORK:
      g_free (params->network);
      g_object_get (config, param->name, &params->network, NULL);
      /* Scripts may say "" for the built-in one. */
      if (params->network && ! *params->network)
        g_clear_pointer (&params->network, g_free);
      return;
    }
  pst_params_set_number (params, param, number);
}

void
pst_arguments_get_params (GimpProcedureConfig *config,
                          PstParams           *params)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    get_param (config, &table[i], params);
}

void
pst_arguments_get_style (GimpProcedureConfig *config,
                         PstStyle            *style)
{
  g_autoptr (GimpDrawable) drawable = NULL;

  pst_style_clear (style);
  g_object_get (config, "style", &drawable, "style-file", &style->file, NULL);
  /* libgimp holds its items until the procedure returns. */
  style->drawable = drawable;
}

void
pst_arguments_get_chosen (GimpProcedureConfig *config,
                          PstStyle            *style)
{
  g_autofree char *from = NULL;

  pst_arguments_get_style (config, style);
  g_object_get (config, PST_STYLE_FROM, &from, NULL);
  if (g_strcmp0 (from, PST_STYLE_FROM_FILE) == 0)
    style->drawable = PST_NO_ITEM;
  else
    g_clear_object (&style->file);
}

void
pst_arguments_recall_style (GimpProcedureConfig *config,
                            const PstContent    *content)
{
  GimpDrawable *drawable;

  if (! pst_style_recall (&drawable))
    drawable = pst_style_find_layer (content->image, content->layer);
  g_object_set (config, "style", drawable, NULL);
}
