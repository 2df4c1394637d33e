/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-arguments.c: the procedures and their arguments in GIMP 2.10 */
#include "gimp210-arguments.h"

#include "plugin/gimp/run/restyle.h"
#include "plugin/gimp/run/procedure.h"

#define RUN_ARGS                                          \
  { GIMP_PDB_INT32, "run-mode",                           \
    "RUN-INTERACTIVE (0), "                               \
    "RUN-NONINTERACTIVE (1), "                            \
    "RUN-WITH-LAST-VALS (2)" },                           \
    { GIMP_PDB_IMAGE, "image", "The image" },             \
  {                                                       \
    GIMP_PDB_DRAWABLE, "drawable", "The layer to repaint" \
  }

static const GimpParamDef one_style_args[] = {
  RUN_ARGS,
  { GIMP_PDB_DRAWABLE, "style", "The style layer, of any image; -1: the file" },
  { GIMP_PDB_STRING, "style-file",
    "The style picture file if there is no layer; \"\": none" }
};

/* Where the arrays of the other procedure are, each after its number. */
enum
{
  LAYERS = 4,
  FILES = 6,
  WEIGHTS = 8,
  REGIONS = 10
};

static const GimpParamDef styles_args[] = {
  RUN_ARGS,
  { GIMP_PDB_INT32, "num-layers", "Number of style layers" },
  { GIMP_PDB_INT32ARRAY, "layers", "Style layers, of any image" },
  { GIMP_PDB_INT32, "num-files", "Number of style files" },
  { GIMP_PDB_STRINGARRAY, "files", "More style picture files" },
  { GIMP_PDB_INT32, "num-weights", "Number of weights" },
  { GIMP_PDB_FLOATARRAY, "weights",
    "Weight of each style, first the layers, then the files; 1 where there "
    "is none" },
  { GIMP_PDB_INT32, "num-regions", "Number of regions" },
  { GIMP_PDB_INT32ARRAY, "regions",
    "Where each style goes, in the same "
    "order: the selection, the layer's "
    "mask or a channel; everywhere else "
    "for -1 and where there is none" }
};

static const GimpParamDef restyle_args[] = {
  RUN_ARGS,
  { GIMP_PDB_LAYER, PST_RESTYLE_ARGUMENT, PST_RESTYLE_ARGUMENT_HELP }
};

/* ---- registration ------------------------------------------------------- */

/* The description of an argument; choices get their numbers.  Owned by the
 * caller. */
static char *
describe_arg (const PstParam *param)
{
  GString *text = g_string_new (param->help);

  if (param->kind == PST_PARAM_CHOICE)
    for (int i = 0; param->choices[i].name; i++)
      g_string_append_printf (text, "%s %s (%d)", i == 0 ? "" : ",",
                              param->choices[i].name, i);
  else if (param->kind == PST_PARAM_BOOLEAN)
    g_string_append (text, " FALSE (0), TRUE (1)");
  else if (param->kind != PST_PARAM_MODEL)
    g_string_append_printf (text, " From %g to %g, normally %g.", param->min,
                            param->max, param->fallback);
  return g_string_free (text, FALSE);
}

static GimpPDBArgType
type_of_arg (const PstParam *param)
{
  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      return GIMP_PDB_FLOAT;

    case PST_PARAM_MODEL:
      return GIMP_PDB_STRING;

    case PST_PARAM_INT:
    case PST_PARAM_BOOLEAN:
    case PST_PARAM_CHOICE:
      break;
    }
  return GIMP_PDB_INT32;
}

static void
install (const char         *name,
         const char         *label,
         const char         *blurb,
         const char         *help,
         const GimpParamDef *args,
         int                 n_args)
{
  static const GimpParamDef values[] = {
    { GIMP_PDB_LAYER, "new-layer", "The new layer" },
  };

  gimp_install_procedure (name, blurb, help, PST_PROCEDURE_AUTHORS,
                          PST_PROCEDURE_AUTHORS, PST_PROCEDURE_DATE, label, "*",
                          GIMP_PLUGIN, n_args, G_N_ELEMENTS (values), args,
                          values);
}

static void
add_to_menu (const char *name)
{
  g_autofree char *icon = pst_procedure_dup_path ("pastiche.svg");

  gimp_plugin_menu_register (name, PST_PROCEDURE_MENU);
  /* GIMP complains at each start of one that it cannot read: where librsvg's
   * loader is missing. */
  if (gdk_pixbuf_get_file_info (icon, NULL, NULL))
    gimp_plugin_icon_register (name, GIMP_ICON_TYPE_IMAGE_FILE,
                               (const guint8 *) icon);
}

/* A procedure that has the table of parameters after the fixed arguments. */
static void
install_with_table (const char         *name,
                    const char         *label,
                    const GimpParamDef *fixed,
                    int                 n_fixed)
{
  int                      n_params;
  const PstParam          *params = pst_params_table (&n_params);
  g_autofree GimpParamDef *args = g_new (GimpParamDef, n_fixed + n_params);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  memcpy (args, fixed, n_fixed * sizeof *args);
  for (int i = 0; i < n_params; i++)
    {
      char *text = describe_arg (&params[i]);

      g_ptr_array_add (texts, text);
      args[n_fixed + i] = (GimpParamDef){ type_of_arg (&params[i]),
                                          (gchar *) params[i].name, text };
    }
  install (name, label, PST_PROCEDURE_BLURB, PST_PROCEDURE_HELP, args,
           n_fixed + n_params);
}

void
pst_arguments_install (void)
{
  g_autofree char *locale = pst_procedure_dup_path ("locale");

  /* Has to come before the procedures, whose labels it translates. */
  gimp_plugin_domain_register (GETTEXT_PACKAGE, locale);
  install_with_table (PST_PROCEDURE_NAME, PST_PROCEDURE_LABEL, one_style_args,
                      G_N_ELEMENTS (one_style_args));
  add_to_menu (PST_PROCEDURE_NAME);
  install (PST_RESTYLE_NAME, PST_RESTYLE_LABEL, PST_RESTYLE_BLURB,
           PST_RESTYLE_HELP, restyle_args, G_N_ELEMENTS (restyle_args));
  add_to_menu (PST_RESTYLE_NAME);
  install_with_table (PST_STYLES_NAME, NULL, styles_args,
                      G_N_ELEMENTS (styles_args));
}

/* ---- reading ------------------------------------------------------------ */

static gboolean
read_number (PstParams      *params,
             const PstParam *param,
             double          value,
             GError        **error)
{
  pst_params_set_number (params, param, value);
  if (pst_params_get_number (params, param) == value)
    return TRUE;

  g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
               _ ("%g is not a valid value of \"%s\"."), value, param->name);
  return FALSE;
}

/* @args: those of the table. */
static gboolean
read_table (const GimpParam *args, PstParams *params, GError **error)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    {
      const GimpParamData *data = &args[i].data;

      if (table[i].kind == PST_PARAM_MODEL)
        params->model =
          data->d_string && *data->d_string ? g_strdup (data->d_string) : NULL;
      else if (! read_number (params, &table[i],
                              table[i].kind == PST_PARAM_DOUBLE ? data->d_float
                                                                : data->d_int32,
                              error))
        return FALSE;
    }
  return TRUE;
}

/* The layer, or the file if there is none or if it is the content; nothing if
 * both are none. */
static gboolean
read_style (const GimpParam  *args,
            const PstContent *content,
            PstStyles        *styles,
            GError          **error)
{
  gint32      layer = args[3].data.d_drawable;
  const char *file = args[4].data.d_string;
  gboolean    has_file = file && *file;

  if (layer != -1 && ! (layer == content->layer && has_file))
    return pst_styles_add_layers (styles, &layer, 1, error);
  return ! has_file || pst_styles_add_file (styles, file, error);
}

/* The length before an array, which GIMP has checked. */
static int
count (const GimpParam *args, int array)
{
  return args[array - 1].data.d_int32;
}

static gboolean
read_arrays (const GimpParam  *args,
             const PstContent *content,
             PstStyles        *styles,
             GError          **error)
{
  if (! pst_styles_add_layers (styles, args[LAYERS].data.d_int32array,
                               count (args, LAYERS), error))
    return FALSE;
  for (int i = 0; i < count (args, FILES); i++)
    if (! pst_styles_add_file (styles, args[FILES].data.d_stringarray[i],
                               error))
      return FALSE;

  return pst_styles_set_weights (styles, args[WEIGHTS].data.d_floatarray,
                                 count (args, WEIGHTS), error)
         && pst_styles_set_regions (styles, args[REGIONS].data.d_int32array,
                                    count (args, REGIONS), content, error);
}

gboolean
pst_arguments_read (const char       *name,
                    int               n_args,
                    const GimpParam  *args,
                    const PstContent *content,
                    PstStyles        *styles,
                    PstParams        *params,
                    GError          **error)
{
  gboolean has_arrays = g_str_equal (name, PST_STYLES_NAME);
  int      n_fixed =
    has_arrays ? G_N_ELEMENTS (styles_args) : G_N_ELEMENTS (one_style_args);
  int n_params;

  pst_params_table (&n_params);
  if (n_args != n_fixed + n_params)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                   _ ("The procedure has %d arguments, not %d."),
                   n_fixed + n_params, n_args);
      return FALSE;
    }

  if (has_arrays ? ! read_arrays (args, content, styles, error)
                 : ! read_style (args, content, styles, error))
    return FALSE;
  return read_table (args + n_fixed, params, error);
}
