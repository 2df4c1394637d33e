/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3.c: the plug-in of GIMP 3: registration and call */
#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp3-arguments.h"
#include "gimp3-classify.h"
#include "gimp3-dialog.h"
#include "plugin/gimp/dialog/restyle-dialog.h"
#include "plugin/gimp/run/procedure.h"
#include "plugin/gimp/run/restyle.h"

G_DECLARE_FINAL_TYPE (PstPlugIn, pst_plug_in, PST, PLUG_IN, GimpPlugIn)

struct _PstPlugIn
{
  GimpPlugIn parent_instance;
};

G_DEFINE_TYPE (PstPlugIn, pst_plug_in, GIMP_TYPE_PLUG_IN)

GIMP_MAIN (pst_plug_in_get_type ())

/* What a procedure does with a call. */
typedef GimpLayer *(*CallFunction) (PstCall             *call,
                                    GimpProcedure       *procedure,
                                    GimpProcedureConfig *config,
                                    GError             **error);

typedef struct
{
  GimpProcedure       *procedure;
  GimpProcedureConfig *config;
} Asked;

static gboolean
ask (PstCall *call, gpointer data)
{
  const Asked *asked = data;

  return pst_dialog_run (call, asked->procedure, asked->config);
}

static GimpLayer *
call_pastiche (PstCall             *call,
               GimpProcedure       *procedure,
               GimpProcedureConfig *config,
               GError             **error)
{
  Asked asked = { procedure, config };

  pst_arguments_get_params (config, &call->params);
  if (call->run_mode == GIMP_RUN_NONINTERACTIVE
      && ! pst_arguments_get_styles (config, &call->content, &call->styles,
                                     error))
    return NULL;
  return pst_call_run (call, ask, &asked, error);
}

static GimpLayer *
call_restyle (PstCall             *call,
              GimpProcedure       *procedure,
              GimpProcedureConfig *config,
              GError             **error)
{
  g_autoptr (GimpLayer) layer = NULL;

  if (call->run_mode == GIMP_RUN_NONINTERACTIVE)
    g_object_get (config, PST_RESTYLE_ARGUMENT, &layer, NULL);
  return pst_restyle (call, pst_restyle_dialog_run, layer, error);
}

static gboolean
contains (GimpDrawable **drawables, GimpLayer *layer)
{
  while (*drawables && *drawables != GIMP_DRAWABLE (layer))
    drawables++;
  return *drawables != NULL;
}

/* The lowest of the layers.  To be restyled, the lowest that is no result, if
 * there is one: the settings are those of a result. */
static GimpDrawable *
find_content (GimpImage *image, GimpDrawable **drawables, gboolean is_restyle)
{
  int                     n_layers;
  g_autofree PstLayerRef *layers = pst_gimp_list_layers (image, &n_layers);
  GimpLayer              *lowest = NULL;

  for (int i = n_layers - 1; i >= 0; i--)
    if (contains (drawables, layers[i])
        && (! lowest
            || (is_restyle && pst_gimp_is_result (lowest)
                && ! pst_gimp_is_result (layers[i]))))
      lowest = layers[i];
  return lowest ? GIMP_DRAWABLE (lowest) : drawables[0];
}

/* The layers that were selected with the content become styles, from the top
 * down. */
static gboolean
add_selected (PstCall *call, GimpDrawable **drawables, GError **error)
{
  const PstContent       *content = &call->content;
  int                     n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (content->image, &n_layers);

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != content->layer && layers[i] != call->result
        && contains (drawables, layers[i]))
      {
        PstStyle style = PST_STYLE_NONE;

        style.drawable = GIMP_DRAWABLE (layers[i]);
        if (! pst_styles_add (&call->styles, &style, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
init_call (PstCall       *call,
           GimpRunMode    run_mode,
           GimpImage     *image,
           GimpDrawable **drawables,
           gboolean       is_restyle,
           GError       **error)
{
  if (! drawables || ! drawables[0])
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("Select a layer and try again."));
      return FALSE;
    }
  return pst_call_init (call, run_mode, image,
                        find_content (image, drawables, is_restyle), error)
         && add_selected (call, drawables, error);
}

static GimpValueArray *
pst_plug_in_run (GimpProcedure       *procedure,
                 GimpRunMode          run_mode,
                 GimpImage           *image,
                 GimpDrawable       **drawables,
                 GimpProcedureConfig *config,
                 gpointer             function)
{
  g_auto (PstCall) call = { 0 };
  GError           *error = NULL;
  GimpLayer        *layer = NULL;
  GimpPDBStatusType status;
  GimpValueArray   *values;

  gegl_init (NULL, NULL);
  /* Failures are reported once, by this procedure. */
  gimp_plug_in_set_pdb_error_handler (gimp_get_plug_in (),
                                      GIMP_PDB_ERROR_HANDLER_PLUGIN);

  if (init_call (&call, run_mode, image, drawables, function == call_restyle,
                 &error))
    layer = ((CallFunction) function) (&call, procedure, config, &error);

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
  const char *names[] = { PST_PROCEDURE_NAME, PST_RESTYLE_NAME,
                          PST_CLASSIFY_NAME };
  GList      *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    list = g_list_append (list, g_strdup (names[i]));
  return list;
}

/* What both procedures have in common. */
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
  /* For all types of images: but if they were named, GIMP would give them as
   * the reason why the entry is insensitive without an image. */
  gimp_procedure_set_sensitivity_mask (procedure,
                                       GIMP_PROCEDURE_SENSITIVE_DRAWABLE
                                         | GIMP_PROCEDURE_SENSITIVE_DRAWABLES);
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
  if (g_str_equal (name, PST_RESTYLE_NAME))
    {
      procedure =
        new_procedure (plug_in, name, _ (PST_RESTYLE_LABEL), call_restyle);
      gimp_procedure_set_documentation (procedure, _ (PST_RESTYLE_BLURB),
                                        _ (PST_RESTYLE_HELP), NULL);
      gimp_procedure_add_layer_argument (procedure, PST_RESTYLE_ARGUMENT,
                                         _ ("Layer"),
                                         _ (PST_RESTYLE_ARGUMENT_HELP), TRUE,
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

  /* GIMP finds the translations: locale/ next to the program. */
  plug_in_class->query_procedures = pst_plug_in_query_procedures;
  plug_in_class->create_procedure = pst_plug_in_create_procedure;
}

static void
pst_plug_in_init (PstPlugIn *plug_in)
{
}
