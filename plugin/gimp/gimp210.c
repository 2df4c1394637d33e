/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210.c: the plug-in of GIMP 2.10: registration, arguments, last values */
#include <string.h>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp210-dialog.h"
#include "procedure.h"
#include "restyle.h"

/* run-mode, image, drawable, style, style-file; then the table. */
#define N_FIXED_ARGS 5

static void query (void);
static void run   (const gchar      *name,
                   gint              n_args,
                   const GimpParam  *args,
                   gint             *ret_n_values,
                   GimpParam       **ret_values);

const GimpPlugInInfo PLUG_IN_INFO = { NULL, NULL, query, run };

MAIN ()

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
  else if (param->kind != PST_PARAM_NETWORK)
    g_string_append_printf (text, " From %g to %g, normally %g.",
                            param->min, param->max, param->fallback);
  return g_string_free (text, FALSE);
}

static GimpPDBArgType
type_of_arg (const PstParam *param)
{
  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      return GIMP_PDB_FLOAT;

    case PST_PARAM_NETWORK:
      return GIMP_PDB_STRING;

    case PST_PARAM_INT:
    case PST_PARAM_BOOLEAN:
    case PST_PARAM_CHOICE:
      break;
    }
  return GIMP_PDB_INT32;
}

static void
query (void)
{
  static GimpParamDef fixed[N_FIXED_ARGS] =
  {
    { GIMP_PDB_INT32,    "run-mode",   "RUN-INTERACTIVE (0), "
                                       "RUN-NONINTERACTIVE (1), "
                                       "RUN-WITH-LAST-VALS (2)" },
    { GIMP_PDB_IMAGE,    "image",      "The image" },
    { GIMP_PDB_DRAWABLE, "drawable",   "The layer that is repainted" },
    { GIMP_PDB_DRAWABLE, "style",      "The layer whose style is taken, of any "
                                       "image; -1: the file" },
    { GIMP_PDB_STRING,   "style-file", "The picture file whose style is taken "
                                       "if there is no layer; \"\": none" }
  };
  static const GimpParamDef values[] =
  {
    { GIMP_PDB_LAYER, "layer", "The new layer" }
  };
  int                       n_params;
  const PstParam           *params = pst_params_table (&n_params);
  g_autofree GimpParamDef  *args = g_new (GimpParamDef,
                                          N_FIXED_ARGS + n_params);
  g_autofree char          *locale = pst_procedure_dup_path ("locale");
  g_autofree char          *icon = pst_procedure_dup_path ("pastiche.svg");
  g_autoptr (GPtrArray)     texts = g_ptr_array_new_with_free_func (g_free);

  memcpy (args, fixed, sizeof fixed);
  for (int i = 0; i < n_params; i++)
    {
      char *text = describe_arg (&params[i]);

      g_ptr_array_add (texts, text);
      args[N_FIXED_ARGS + i] = (GimpParamDef) { type_of_arg (&params[i]),
                                                (gchar *) params[i].name,
                                                text };
    }

  /* Has to come before the procedure, whose labels it translates. */
  gimp_plugin_domain_register (GETTEXT_PACKAGE, locale);
  gimp_install_procedure (PST_PROCEDURE_NAME,
                          PST_PROCEDURE_BLURB, PST_PROCEDURE_HELP,
                          PST_PROCEDURE_AUTHORS, PST_PROCEDURE_AUTHORS,
                          PST_PROCEDURE_DATE, PST_PROCEDURE_LABEL,
                          "*", GIMP_PLUGIN,
                          N_FIXED_ARGS + n_params, G_N_ELEMENTS (values),
                          args, values);
  gimp_plugin_menu_register (PST_PROCEDURE_NAME, PST_PROCEDURE_MENU);
  gimp_plugin_icon_register (PST_PROCEDURE_NAME, GIMP_ICON_TYPE_IMAGE_FILE,
                             (const guint8 *) icon);
}

/* ---- last values: a text that GIMP keeps for the session ---------------- */

static void
save_last (const PstStyle  *style,
           const PstParams *params)
{
  g_autoptr (GKeyFile)  values = g_key_file_new ();
  g_autofree char      *text = NULL;
  int                   n_params;
  const PstParam       *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_NETWORK)
      g_key_file_set_double (values, "last", table[i].name,
                             pst_params_get_number (params, &table[i]));
    else if (params->network)
      g_key_file_set_string (values, "last", table[i].name, params->network);

  if (style->file)
    {
      g_autofree char *uri = g_file_get_uri (style->file);

      g_key_file_set_string (values, "last", "style-file", uri);
    }

  text = g_key_file_to_data (values, NULL, NULL);
  gimp_set_data (PST_PROCEDURE_NAME, text, strlen (text) + 1);
  pst_style_remember (style->drawable);
}

/* Leaves alone what there is no last value for. */
static void
load_last (PstStyle  *style,
           PstParams *params)
{
  const int             size = gimp_get_data_size (PST_PROCEDURE_NAME);
  g_autoptr (GKeyFile)  values = g_key_file_new ();
  g_autofree char      *text = g_malloc0 (size + 1);
  g_autofree char      *uri = NULL;
  int                   n_params;
  const PstParam       *table = pst_params_table (&n_params);

  if (size == 0 || ! gimp_get_data (PST_PROCEDURE_NAME, text) ||
      ! g_key_file_load_from_data (values, text, strlen (text), 0, NULL))
    return;

  for (int i = 0; i < n_params; i++)
    if (! g_key_file_has_key (values, "last", table[i].name, NULL))
      continue;
    else if (table[i].kind != PST_PARAM_NETWORK)
      pst_params_set_number (params, &table[i],
                             g_key_file_get_double (values, "last",
                                                    table[i].name, NULL));
    else
      params->network = g_key_file_get_string (values, "last", table[i].name,
                                               NULL);

  uri = g_key_file_get_string (values, "last", "style-file", NULL);
  if (uri)
    style->file = g_file_new_for_uri (uri);
}

/* ---- arguments ---------------------------------------------------------- */

static gboolean
read_number (PstParams        *params,
             const PstParam   *param,
             double            value,
             GError          **error)
{
  pst_params_set_number (params, param, value);
  if (pst_params_get_number (params, param) == value)
    return TRUE;

  g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
               _("%g is not a possible value of \"%s\"."), value, param->name);
  return FALSE;
}

static gboolean
read_args (int               n_args,
           const GimpParam  *args,
           PstStyle         *style,
           PstParams        *params,
           GError          **error)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);
  const char     *file;

  if (n_args != N_FIXED_ARGS + n_params)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                   _("The procedure has %d arguments, not %d."),
                   N_FIXED_ARGS + n_params, n_args);
      return FALSE;
    }

  style->drawable = args[3].data.d_drawable;
  file = args[4].data.d_string;
  if (file && *file)
    style->file = g_file_new_for_commandline_arg (file);

  for (int i = 0; i < n_params; i++)
    {
      const GimpParamData *data = &args[N_FIXED_ARGS + i].data;

      if (table[i].kind == PST_PARAM_NETWORK)
        params->network = data->d_string && *data->d_string
                          ? g_strdup (data->d_string) : NULL;
      else if (! read_number (params, &table[i],
                              table[i].kind == PST_PARAM_DOUBLE
                              ? data->d_float : data->d_int32, error))
        return FALSE;
    }
  return TRUE;
}

/* The style of the last run, or what there is to begin with. */
static void
recall_style (const PstContent *content,
              PstStyle         *style)
{
  if (! pst_style_recall (&style->drawable) && ! style->file)
    style->drawable = pst_style_find_layer (content->image, content->layer);
}

/* ---- the call ----------------------------------------------------------- */

/* Asks the user. */
static gboolean
ask (const PstContent  *content,
     PstStyle          *style,
     PstParams         *params,
     GError           **error)
{
  load_last (style, params);
  recall_style (content, style);
  if (! style->file && ! pst_style_check (style, content->layer, NULL))
    style->drawable = pst_style_find_layer (content->image, content->layer);

  if (! pst_dialog_run (content, style, params))
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED,
                           _("Cancelled"));
      return FALSE;
    }
  save_last (style, params);
  return TRUE;
}

static gint32
call (int               n_args,
      const GimpParam  *args,
      GError          **error)
{
  const GimpRunMode   run_mode = args[0].data.d_int32;
  const gint32        image = args[1].data.d_image;
  const gint32        drawable = args[2].data.d_drawable;
  const gboolean      with_window = run_mode != GIMP_RUN_NONINTERACTIVE &&
                                    pst_restyle_can_show_window ();
  g_auto (PstStyle)   style = PST_STYLE_NONE;
  g_auto (PstParams)  params;
  g_auto (PstContent) content = { 0 };

  pst_params_init (&params);
  if (! pst_content_find (&content, image, drawable, error))
    return -1;
  if (with_window)
    gimp_ui_init (GETTEXT_PACKAGE, FALSE);

  switch (run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      if (! ask (&content, &style, &params, error))
        return -1;
      break;

    case GIMP_RUN_NONINTERACTIVE:
      if (! read_args (n_args, args, &style, &params, error))
        return -1;
      break;

    case GIMP_RUN_WITH_LAST_VALS:
      load_last (&style, &params);
      recall_style (&content, &style);
      break;
    }
  return pst_restyle (image, drawable, &style, &params, with_window, error);
}

static void
run (const gchar      *name,
     gint              n_args,
     const GimpParam  *args,
     gint             *ret_n_values,
     GimpParam       **ret_values)
{
  static GimpParam    values[2];
  static char        *message;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *locale = pst_procedure_dup_path ("locale");
  gint32              layer;

  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gegl_init (NULL, NULL);
  /* Failures are reported once, by this procedure. */
  gimp_plugin_set_pdb_error_handler (GIMP_PDB_ERROR_HANDLER_PLUGIN);

  layer = call (n_args, args, &error);
  if (args[0].data.d_int32 != GIMP_RUN_NONINTERACTIVE)
    gimp_displays_flush ();

  *ret_values = values;
  *ret_n_values = 1;
  values[0].type = GIMP_PDB_STATUS;
  values[0].data.d_status = pst_procedure_get_status (error);
  if (! error)
    {
      *ret_n_values = 2;
      values[1].type = GIMP_PDB_LAYER;
      values[1].data.d_layer = layer;
    }
  else if (values[0].data.d_status != GIMP_PDB_CANCEL)
    {
      message = g_strdup (error->message);
      *ret_n_values = 2;
      values[1].type = GIMP_PDB_STRING;
      values[1].data.d_string = message;
    }
}
