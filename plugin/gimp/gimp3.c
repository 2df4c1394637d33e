/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3.c: the plug-in of GIMP 3: registration and call */
#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp3-arguments.h"
#include "gimp3-classify.h"
#include "gimp3-dialog.h"
#include "like.h"
#include "procedure.h"
#include "recall.h"
#include "restyle.h"

G_DECLARE_FINAL_TYPE (PstPlugIn, pst_plug_in, PST, PLUG_IN, GimpPlugIn)

struct _PstPlugIn
{
  GimpPlugIn parent_instance;
};

G_DEFINE_TYPE (PstPlugIn, pst_plug_in, GIMP_TYPE_PLUG_IN)

GIMP_MAIN (pst_plug_in_get_type ())

/* What is called, and what it is called with. */
typedef struct
{
  GimpProcedure       *procedure;
  GimpRunMode          run_mode;
  GimpImage           *image;
  GimpDrawable        *drawable;
  GimpProcedureConfig *config;
  gboolean             with_window;
} Call;

typedef GimpLayer *(*CallFunction) (const Call *call, GError **error);

static gboolean
cancelled (GError **error)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED, _ ("Cancelled"));
  return FALSE;
}

static GimpLayer *
call_pastiche (const Call *call, GError **error)
{
  g_auto (PstStyles) styles = { 0 };
  g_auto (PstParams) params;
  g_auto (PstContent) content = { 0 };
  g_auto (PstSketch) sketch = { 0 };

  pst_params_init (&params);
  if (! pst_content_find (&content, call->image, call->drawable, error))
    return NULL;

  switch (call->run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      pst_recall_choice (&styles, &content);
      if (! pst_dialog_run (call->procedure, call->config, &content, &styles,
                            &sketch))
        {
          cancelled (error);
          return NULL;
        }
      pst_recall_set_styles (&styles);
      break;

    case GIMP_RUN_NONINTERACTIVE:
      if (! pst_arguments_get_styles (call->config, &content, &styles, error))
        return NULL;
      break;

    case GIMP_RUN_WITH_LAST_VALS:
      if (! pst_recall_styles (&styles))
        pst_styles_add_default (&styles, &content);
      break;
    }
  pst_arguments_get_params (call->config, &params);
  return pst_restyle (call->image, call->drawable, &styles, &params, &sketch,
                      call->with_window, error);
}

static GimpLayer *
call_like (const Call *call, GError **error)
{
  g_autoptr (GimpLayer) layer = NULL;

  if (call->run_mode == GIMP_RUN_NONINTERACTIVE)
    g_object_get (call->config, PST_LIKE_ARGUMENT, &layer, NULL);
  return pst_like (call->image, call->drawable, layer, call->run_mode,
                   call->with_window, error);
}

static GimpValueArray *
pst_plug_in_run (GimpProcedure       *procedure,
                 GimpRunMode          run_mode,
                 GimpImage           *image,
                 GimpDrawable       **drawables,
                 GimpProcedureConfig *config,
                 gpointer             function)
{
  Call              call = { procedure, run_mode, image, .config = config };
  GError           *error = NULL;
  GimpLayer        *layer = NULL;
  GimpPDBStatusType status;
  GimpValueArray   *values;

  gegl_init (NULL, NULL);
  /* Failures are reported once, by this procedure. */
  gimp_plug_in_set_pdb_error_handler (gimp_get_plug_in (),
                                      GIMP_PDB_ERROR_HANDLER_PLUGIN);

  if (gimp_core_object_array_get_length ((GObject **) drawables) == 1)
    {
      call.drawable = drawables[0];
      call.with_window =
        run_mode != GIMP_RUN_NONINTERACTIVE && pst_restyle_can_show_window ();
      if (call.with_window)
        gimp_ui_init (GETTEXT_PACKAGE);
      layer = ((CallFunction) function) (&call, &error);
    }
  else
    g_set_error_literal (&error, PST_ERROR, PST_ERROR_SETTINGS,
                         _ ("Select exactly one layer and try again."));

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
  const char *names[] = { PST_PROCEDURE_NAME, PST_LIKE_NAME,
                          PST_CLASSIFY_NAME };
  GList      *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    list = g_list_append (list, g_strdup (names[i]));
  return list;
}

/* What both procedures have alike. */
static GimpProcedure *
new_procedure (GimpPlugIn  *plug_in,
               const char  *name,
               const char  *label,
               CallFunction function)
{
  g_autofree char *icon_path = pst_procedure_dup_path ("pastiche.svg");
  g_autoptr (GFile) icon = g_file_new_for_path (icon_path);
  GimpProcedure *procedure;

  procedure =
    gimp_image_procedure_new (plug_in, name, GIMP_PDB_PROC_TYPE_PLUGIN,
                              pst_plug_in_run, function, NULL);
  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_sensitivity_mask (procedure,
                                       GIMP_PROCEDURE_SENSITIVE_DRAWABLE);
  gimp_procedure_set_menu_label (procedure, label);
  gimp_procedure_add_menu_path (procedure, PST_PROCEDURE_MENU);
  gimp_procedure_set_icon_file (procedure, icon);
  gimp_procedure_set_attribution (procedure, PST_PROCEDURE_AUTHORS,
                                  PST_PROCEDURE_AUTHORS, PST_PROCEDURE_DATE);
  return procedure;
}

static GimpProcedure *
pst_plug_in_create_procedure (GimpPlugIn *plug_in, const char *name)
{
  GimpProcedure *procedure;

  if (g_str_equal (name, PST_CLASSIFY_NAME))
    return pst_classify_create (plug_in);
  if (g_str_equal (name, PST_LIKE_NAME))
    {
      procedure = new_procedure (plug_in, name, _ (PST_LIKE_LABEL), call_like);
      gimp_procedure_set_documentation (procedure, _ (PST_LIKE_BLURB),
                                        _ (PST_LIKE_HELP), NULL);
      gimp_procedure_add_layer_argument (procedure, PST_LIKE_ARGUMENT,
                                         _ ("Layer"),
                                         _ (PST_LIKE_ARGUMENT_HELP), TRUE,
                                         G_PARAM_READWRITE);
      gimp_procedure_add_layer_return_value (procedure, "new-layer",
                                             _ ("New layer"),
                                             _ ("The new layer"), TRUE,
                                             G_PARAM_READWRITE);
      return procedure;
    }

  procedure =
    new_procedure (plug_in, name, _ (PST_PROCEDURE_LABEL), call_pastiche);
  gimp_procedure_set_documentation (procedure, _ (PST_PROCEDURE_BLURB),
                                    _ (PST_PROCEDURE_HELP), NULL);
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
