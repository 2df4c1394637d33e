/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3.c: the plug-in of GIMP 3: registration and call */
#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp3-arguments.h"
#include "gimp3-dialog.h"
#include "procedure.h"
#include "restyle.h"

G_DECLARE_FINAL_TYPE (PstPlugIn, pst_plug_in, PST, PLUG_IN, GimpPlugIn)

struct _PstPlugIn
{
  GimpPlugIn parent_instance;
};

G_DEFINE_TYPE (PstPlugIn, pst_plug_in, GIMP_TYPE_PLUG_IN)

GIMP_MAIN (pst_plug_in_get_type ())

/* Asks the user; the choice is left in @config. */
static gboolean
ask (GimpProcedure        *procedure,
     GimpProcedureConfig  *config,
     const PstContent     *content,
     GError              **error)
{
  g_auto (PstStyle) style = PST_STYLE_NONE;

  pst_arguments_recall_style (config, content);
  pst_arguments_get_style (config, &style);
  if (style.drawable == PST_NO_ITEM ||
      ! pst_style_check (&style, content->layer, NULL))
    {
      style.drawable = pst_style_find_layer (content->image, content->layer);
      g_object_set (config, "style", style.drawable, NULL);
    }
  if (style.drawable == PST_NO_ITEM)
    g_object_set (config, PST_STYLE_FROM, PST_STYLE_FROM_FILE, NULL);

  if (pst_dialog_run (procedure, config, content))
    return TRUE;

  g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED, _("Cancelled"));
  return FALSE;
}

static GimpLayer *
call (GimpProcedure        *procedure,
      GimpRunMode           run_mode,
      GimpImage            *image,
      GimpDrawable         *drawable,
      GimpProcedureConfig  *config,
      GError              **error)
{
  const gboolean      with_window = run_mode != GIMP_RUN_NONINTERACTIVE &&
                                    pst_restyle_can_show_window ();
  g_auto (PstStyle)   style = PST_STYLE_NONE;
  g_auto (PstParams)  params;
  g_auto (PstContent) content = { 0 };

  pst_params_init (&params);
  if (! pst_content_find (&content, image, drawable, error))
    return NULL;
  if (with_window)
    gimp_ui_init (GETTEXT_PACKAGE);

  switch (run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      if (! ask (procedure, config, &content, error))
        return NULL;
      pst_arguments_get_chosen (config, &style);
      pst_style_remember (style.drawable);
      break;

    case GIMP_RUN_NONINTERACTIVE:
      pst_arguments_get_style (config, &style);
      break;

    case GIMP_RUN_WITH_LAST_VALS:
      pst_arguments_recall_style (config, &content);
      pst_arguments_get_chosen (config, &style);
      break;
    }
  pst_arguments_get_params (config, &params);
  return pst_restyle (image, drawable, &style, &params, with_window, error);
}

static GimpValueArray *
pst_plug_in_run (GimpProcedure        *procedure,
              GimpRunMode           run_mode,
              GimpImage            *image,
              GimpDrawable        **drawables,
              GimpProcedureConfig  *config,
              gpointer              run_data)
{
  GError            *error = NULL;
  GimpLayer         *layer = NULL;
  GimpPDBStatusType  status;
  GimpValueArray    *values;

  gegl_init (NULL, NULL);
  /* Failures are reported once, by this procedure. */
  gimp_plug_in_set_pdb_error_handler (gimp_get_plug_in (),
                                      GIMP_PDB_ERROR_HANDLER_PLUGIN);

  if (gimp_core_object_array_get_length ((GObject **) drawables) == 1)
    layer = call (procedure, run_mode, image, drawables[0], config, &error);
  else
    g_set_error_literal (&error, PST_ERROR, PST_ERROR_SETTINGS,
                         _("Select exactly one layer and try again."));

  /* Drawables cannot be kept among the last values; GIMP would complain. */
  g_object_set (config, "style", NULL, NULL);
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_displays_flush ();

  status = pst_procedure_get_status (error);
  if (status == GIMP_PDB_CANCEL)
    g_clear_error (&error);
  values = gimp_procedure_new_return_values (procedure, status, error);
  if (layer)
    GIMP_VALUES_SET_LAYER (values, 1, layer);
  return values;
}

static GList *
pst_plug_in_query_procedures (GimpPlugIn *plug_in)
{
  return g_list_append (NULL, g_strdup (PST_PROCEDURE_NAME));
}

static GimpProcedure *
pst_plug_in_create_procedure (GimpPlugIn *plug_in,
                           const char *name)
{
  g_autofree char  *icon_path = pst_procedure_dup_path ("pastiche.svg");
  g_autoptr (GFile) icon = g_file_new_for_path (icon_path);
  GimpProcedure    *procedure;

  procedure = gimp_image_procedure_new (plug_in, name,
                                        GIMP_PDB_PROC_TYPE_PLUGIN,
                                        pst_plug_in_run, NULL, NULL);
  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_sensitivity_mask (procedure,
                                       GIMP_PROCEDURE_SENSITIVE_DRAWABLE);
  gimp_procedure_set_menu_label (procedure, _(PST_PROCEDURE_LABEL));
  gimp_procedure_add_menu_path (procedure, PST_PROCEDURE_MENU);
  gimp_procedure_set_icon_file (procedure, icon);
  gimp_procedure_set_documentation (procedure, _(PST_PROCEDURE_BLURB),
                                    _(PST_PROCEDURE_HELP), NULL);
  gimp_procedure_set_attribution (procedure, PST_PROCEDURE_AUTHORS,
                                  PST_PROCEDURE_AUTHORS, PST_PROCEDURE_DATE);
  pst_arguments_add (procedure);
  return procedure;
}

static void
pst_plug_in_class_init (PstPlugInClass *klass)
{
  GimpPlugInClass *plug_in_class = GIMP_PLUG_IN_CLASS (klass);

  /* GIMP finds the translations: locale/ beside the program. */
  plug_in_class->query_procedures = pst_plug_in_query_procedures;
  plug_in_class->create_procedure = pst_plug_in_create_procedure;
}

static void
pst_plug_in_init (PstPlugIn *plug_in)
{
}
