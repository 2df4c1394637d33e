/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210.c: the plug-in of GIMP 2.10: calls and last values */
#include <string.h>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp210-arguments.h"
#include "gimp210-classify.h"
#include "gimp210-dialog.h"
#include "plugin/gimp/dialog/restyle-dialog.h"
#include "plugin/params-json.h"
#include "plugin/gimp/run/procedure.h"
#include "plugin/gimp/run/restyle.h"

static void query (void);
static void run (const gchar     *name,
                 gint             n_args,
                 const GimpParam *args,
                 gint            *ret_n_values,
                 GimpParam      **ret_values);

const GimpPlugInInfo PLUG_IN_INFO = { NULL, NULL, query, run };

MAIN ()

static void
query (void)
{
  pst_arguments_install ();
  pst_classify_install ();
}

/* ---- last values: a text that GIMP keeps for the session ---------------- */

static void
save_last (const PstParams *params)
{
  g_autofree char *text = pst_params_to_json (params, "");

  gimp_set_data (PST_PROCEDURE_NAME, text, strlen (text) + 1);
}

/* Leaves the parameters alone if there was no run. */
static void
load_last (PstParams *params)
{
  int              size = gimp_get_data_size (PST_PROCEDURE_NAME);
  g_autofree char *text = g_malloc0 (size + 1);
  g_autoptr (JsonObject) object = NULL;

  if (size == 0 || ! gimp_get_data (PST_PROCEDURE_NAME, text))
    return;
  object = pst_params_parse (text, size, NULL);
  if (object)
    pst_params_read (params, object, NULL);
}

/* ---- the calls ---------------------------------------------------------- */

static gboolean
ask (PstCall *call, gpointer data)
{
  if (! pst_dialog_run (call))
    return FALSE;
  save_last (&call->params);
  return TRUE;
}

static gint32
paint (PstCall         *call,
       const char      *name,
       int              n_args,
       const GimpParam *args,
       GError         **error)
{
  if (call->run_mode != GIMP_RUN_NONINTERACTIVE)
    load_last (&call->params);
  else if (! pst_arguments_read (name, n_args, args, &call->content,
                                 &call->styles, &call->params, error))
    return -1;
  return pst_call_run (call, ask, NULL, error);
}

static gint32
run_procedure (const char      *name,
               int              n_args,
               const GimpParam *args,
               GError         **error)
{
  g_auto (PstCall) call;

  if (! pst_call_init (&call, args[0].data.d_int32, args[1].data.d_image,
                       args[2].data.d_drawable, error))
    return -1;
  /* Interactive calls come without the layer. */
  if (g_str_equal (name, PST_RESTYLE_NAME))
    return pst_restyle (&call, pst_restyle_dialog_run,
                        n_args > 3 ? args[3].data.d_layer : -1, error);
  return paint (&call, name, n_args, args, error);
}

static void
run (const gchar     *name,
     gint             n_args,
     const GimpParam *args,
     gint            *ret_n_values,
     GimpParam      **ret_values)
{
  static GimpParam values[2];
  static char     *message;
  g_autoptr (GError) error = NULL;
  g_autofree char *locale = pst_procedure_dup_path ("locale");
  gint32           layer;

  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gegl_init (NULL, NULL);
  /* Failures are reported once, by this procedure. */
  gimp_plugin_set_pdb_error_handler (GIMP_PDB_ERROR_HANDLER_PLUGIN);

  if (g_str_equal (name, PST_CLASSIFY_NAME))
    {
      pst_classify_run (name, n_args, args, ret_n_values, ret_values);
      return;
    }

  layer = run_procedure (name, n_args, args, &error);
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
