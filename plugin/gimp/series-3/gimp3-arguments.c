/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-arguments.c: the procedure's arguments in GIMP 3 */
#include "gimp3-arguments.h"

#include "plugin/find-model.h"
#include "plugin/gimp/run/procedure.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GimpArray, gimp_array_free)

static GimpChoice *
new_choice (const PstParam *param)
{
  GimpChoice *choice = gimp_choice_new ();

  for (int i = 0; param->choices[i].name; i++)
    gimp_choice_add (choice, param->choices[i].name, i,
                     _ (param->choices[i].label), NULL);
  return choice;
}

static void
add_param (GimpProcedure *procedure, const PstParam *param)
{
  const char      *name = param->name;
  const char      *label = _ (param->label);
  int              fallback = param->fallback;
  g_autofree char *help = pst_param_describe (param);

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      gimp_procedure_add_double_argument (procedure, name, label, help,
                                          param->min, param->max,
                                          param->fallback, G_PARAM_READWRITE);
      break;

    case PST_PARAM_INT:
      gimp_procedure_add_int_argument (procedure, name, label, help, param->min,
                                       param->max, fallback, G_PARAM_READWRITE);
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

    case PST_PARAM_MODEL:
      gimp_procedure_add_string_argument (procedure, name, label, help,
                                          PST_MODEL_BUILT_IN,
                                          G_PARAM_READWRITE);
      break;
    }
}

static void
add_styles (GimpProcedure *procedure)
{
  gimp_procedure_add_drawable_argument (procedure, "style", _ ("Style layer"),
                                        _ ("Style layer, of any open image"),
                                        TRUE, G_PARAM_READWRITE);
  /* ANY: GIMP's message about a file that cannot be opened does not name it. */
  gimp_procedure_add_file_argument (
    procedure, "style-file", _ ("Style file"),
    _ ("Style picture file if there is no style layer, or if that is the layer "
       "to be repainted"),
    GIMP_FILE_CHOOSER_ACTION_ANY, TRUE, NULL, G_PARAM_READWRITE);
  /* GIMP 3.0 refuses arrays of objects that are empty or not given. */
  gimp_procedure_add_int32_array_argument (procedure, "styles",
                                           _ ("Style layers"),
                                           _ ("Numbers of more style layers"),
                                           G_PARAM_READWRITE);
  gimp_procedure_add_string_array_argument (procedure, "style-files",
                                            _ ("Style files"),
                                            _ ("More style picture files"),
                                            G_PARAM_READWRITE);
  gimp_procedure_add_double_array_argument (
    procedure, "style-weights", _ ("Weights"),
    _ ("Weight of each style, in the order of these arguments; 1 where there "
       "is none"),
    G_PARAM_READWRITE);
  gimp_procedure_add_int32_array_argument (
    procedure, "regions", _ ("Regions"),
    _ ("Where each style goes, in the same order: number of the selection, of "
       "the layer's mask or of a channel; everywhere else for -1 and where "
       "there is none"),
    G_PARAM_READWRITE);
}

void
pst_arguments_add (GimpProcedure *procedure)
{
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);

  add_styles (procedure);
  for (int i = 0; i < n_params; i++)
    add_param (procedure, &params[i]);

  gimp_procedure_add_layer_return_value (procedure, "layer", _ ("Layer"),
                                         _ ("The new layer"), TRUE,
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

    case PST_PARAM_MODEL:
      g_free (params->model);
      g_object_get (config, param->name, &params->model, NULL);
      /* Scripts may say "" for the built-in one. */
      if (params->model && ! *params->model)
        g_clear_pointer (&params->model, g_free);
      return;
    }
  pst_params_set_number (params, param, number);
}

void
pst_arguments_get_params (GimpProcedureConfig *config, PstParams *params)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    get_param (config, &table[i], params);
}

static void
set_param (GimpProcedureConfig *config,
           const PstParam      *param,
           const PstParams     *params)
{
  double number;

  if (param->kind == PST_PARAM_MODEL)
    {
      g_object_set (config, param->name, params->model, NULL);
      return;
    }

  number = pst_params_get_number (params, param);
  if (param->kind == PST_PARAM_DOUBLE)
    g_object_set (config, param->name, number, NULL);
  else if (param->kind == PST_PARAM_CHOICE)
    g_object_set (config, param->name, param->choices[(int) number].name, NULL);
  else
    g_object_set (config, param->name, (int) number, NULL);
}

void
pst_arguments_set_params (GimpProcedureConfig *config, const PstParams *params)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    set_param (config, &table[i], params);
}

/* Scripts may say "" for none. */
static gboolean
is_none (GFile *file)
{
  g_autofree char *name = file ? g_file_get_parse_name (file) : NULL;

  return ! name || ! *name;
}

/* The arguments "style" and "style-file". */
static gboolean
add_one_picture (GimpProcedureConfig *config,
                 const PstContent    *content,
                 gboolean             has_more,
                 PstStyles           *styles,
                 GError             **error)
{
  g_autoptr (GimpDrawable) layer = NULL;
  g_autoptr (GFile) file = NULL;
  PstStyle style = PST_STYLE_NONE;

  g_object_get (config, "style", &layer, "style-file", &file, NULL);
  if (is_none (file))
    g_clear_object (&file);
  /* Batcher, a batch plug-in, presets the content for every layer argument. */
  if (layer == GIMP_DRAWABLE (content->layer) && (file || has_more))
    g_clear_object (&layer);

  /* libgimp holds its items until the procedure returns. */
  style.drawable = layer;
  if (! layer)
    style.file = g_steal_pointer (&file);
  return (! style.drawable && ! style.file)
         || pst_styles_add (styles, &style, error);
}

static gboolean
add_pictures (GimpProcedureConfig *config,
              const PstContent    *content,
              PstStyles           *styles,
              GError             **error)
{
  g_autoptr (GimpArray) layers = NULL;
  g_auto (GStrv) files = NULL;
  const gint32 *ids;
  gsize         n_ids = 0;

  g_object_get (config, "styles", &layers, "style-files", &files, NULL);
  ids = layers ? gimp_int32_array_get_values (layers, &n_ids) : NULL;
  if (! add_one_picture (config, content, n_ids > 0 || (files && *files),
                         styles, error)
      || ! pst_styles_add_layers (styles, ids, n_ids, error))
    return FALSE;
  for (int i = 0; files && files[i]; i++)
    if (! pst_styles_add_file (styles, files[i], error))
      return FALSE;
  return TRUE;
}

gboolean
pst_arguments_get_styles (GimpProcedureConfig *config,
                          const PstContent    *content,
                          PstStyles           *styles,
                          GError             **error)
{
  g_autoptr (GimpArray) weights = NULL;
  g_autoptr (GimpArray) regions = NULL;
  const double *values;
  const gint32 *ids;
  gsize         n_values, n_ids;
  int           n_selected = styles->n_styles;

  if (! add_pictures (config, content, styles, error))
    return FALSE;
  if (n_selected > 0 && styles->n_styles > n_selected)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("Several layers were given, and a style too. "
                              "Give only the layer to be repainted."));
      return FALSE;
    }

  g_object_get (config, "style-weights", &weights, "regions", &regions, NULL);
  values = weights ? gimp_double_array_get_values (weights, &n_values) : NULL;
  ids = regions ? gimp_int32_array_get_values (regions, &n_ids) : NULL;
  return (! values || pst_styles_set_weights (styles, values, n_values, error))
         && (! ids
             || pst_styles_set_regions (styles, ids, n_ids, content, error));
}
