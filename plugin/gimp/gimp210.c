/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210.c: the plug-in of GIMP 2.10: calls and last values */
#include <string.h>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp210-arguments.h"
#include "gimp210-classify.h"
#include "gimp210-dialog.h"
#include "like.h"
#include "plugin/params-read.h"
#include "plugin/settings-text.h"
#include "procedure.h"
#include "recall.h"
#include "restyle.h"

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
  const int        size = gimp_get_data_size (PST_PROCEDURE_NAME);
  g_autofree char *text = g_malloc0 (size + 1);
  g_autoptr (JsonObject) object = NULL;

  if (size == 0 || ! gimp_get_data (PST_PROCEDURE_NAME, text))
    return;
  object = pst_settings_text_parse (text, size, NULL);
  if (object)
    pst_params_read (params, object, NULL);
}

/* ---- the calls ---------------------------------------------------------- */

/* Asks the user. */
static gboolean
ask (const PstContent *content,
     PstStyles        *styles,
     PstParams        *params,
     PstSketch        *ret_sketch,
     GError          **error)
{
  load_last (params);
  pst_recall_choice (styles, content);
  if (! pst_dialog_run (content, styles, params, ret_sketch))
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED,
                           _ ("Cancelled"));
      return FALSE;
    }
  save_last (params);
  pst_recall_set_styles (styles);
  return TRUE;
}

/* Initialises what is needed to show a window.  Returns FALSE if none is to be
 * shown. */
static gboolean
begin_window (const GimpParam *args)
{
  const GimpRunMode run_mode = args[0].data.d_int32;

  if (run_mode == GIMP_RUN_NONINTERACTIVE || ! pst_restyle_can_show_window ())
    return FALSE;
  gimp_ui_init (GETTEXT_PACKAGE, FALSE);
  return TRUE;
}

static gint32
call (const char *name, int n_args, const GimpParam *args, GError **error)
{
  const gint32   image = args[1].data.d_image;
  const gint32   drawable = args[2].data.d_drawable;
  const gboolean with_window = begin_window (args);
  g_auto (PstStyles) styles = { 0 };
  g_auto (PstParams) params;
  g_auto (PstContent) content = { 0 };
  g_auto (PstSketch) sketch = { 0 };

  pst_params_init (&params);
  if (! pst_content_find (&content, image, drawable, error))
    return -1;

  switch ((GimpRunMode) args[0].data.d_int32)
    {
    case GIMP_RUN_INTERACTIVE:
      if (! ask (&content, &styles, &params, &sketch, error))
        return -1;
      break;

    case GIMP_RUN_NONINTERACTIVE:
      if (! pst_arguments_read (name, n_args, args, &content, &styles, &params,
                                error))
        return -1;
      break;

    case GIMP_RUN_WITH_LAST_VALS:
      load_last (&params);
      if (! pst_recall_styles (&styles))
        pst_styles_add_default (&styles, &content);
      break;
    }
  return pst_restyle (image, drawable, &styles, &params, &sketch, with_window,
                      error);
}

static gint32
call_like (int n_args, const GimpParam *args, GError **error)
{
  /* Interactive calls come without the layer. */
  const gint32 layer = n_args > 3 ? args[3].data.d_layer : -1;

  return pst_like (args[1].data.d_image, args[2].data.d_drawable, layer,
                   args[0].data.d_int32, begin_window (args), error);
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

  layer = g_str_equal (name, PST_LIKE_NAME) ? call_like (n_args, args, &error)
                                            : call (name, n_args, args, &error);
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
