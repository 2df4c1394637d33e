/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c: a call of a procedure, in each of GIMP's three run modes */
#include "call.h"

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/last-used.h"
#include "plugin/gimp/image/request.h"
#include "plugin/gimp/image/result-settings.h"
#include "procedure.h"
#include "replacement.h"
#include "run.h"

/* The layer to be painted, when @drawable is active: of a result, that which it
 * was painted from, if it is there. */
static PstDrawableRef
find_drawable (PstCall *call, PstDrawableRef drawable)
{
  PstLayerRef layer = pst_content_find_layer (drawable);

  if (layer == PST_NO_ITEM || ! pst_gimp_is_result (layer))
    return drawable;
  call->result = layer;
  pst_origin_read (layer, &call->origin);
  return GIMP_DRAWABLE (
    call->origin.content == PST_NO_ITEM ? layer : call->origin.content);
}

gboolean
pst_call_init (PstCall       *call,
               GimpRunMode    run_mode,
               PstImageRef    image,
               PstDrawableRef drawable,
               GError       **error)
{
  *call = (PstCall){ .run_mode = run_mode,
                     .result = PST_NO_ITEM,
                     .origin = { .content = PST_NO_ITEM } };
  pst_params_init (&call->params);
  call->params.settings.threads = pst_procedure_get_threads ();

  call->with_window =
    run_mode != GIMP_RUN_NONINTERACTIVE && pst_gimp_has_windows ();
  if (call->with_window)
    pst_gtk_init ();
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    drawable = find_drawable (call, drawable);
  return pst_content_find (&call->content, image, drawable, error);
}

void
pst_call_clear (PstCall *call)
{
  pst_styles_clear (&call->styles);
  pst_params_clear (&call->params);
  pst_sketch_clear (&call->sketch);
  pst_origin_clear (&call->origin);
}

gboolean
pst_call_is_orphan (const PstCall *call)
{
  return call->result != PST_NO_ITEM && call->content.layer == call->result;
}

gboolean
pst_call_may_replace (const PstCall *call)
{
  return call->result != PST_NO_ITEM && ! pst_call_is_orphan (call)
         && pst_replacement_is_possible (call->result, &call->content);
}

gboolean
pst_call_set_cancelled (GError **error)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED, _ ("Cancelled"));
  return FALSE;
}

/* Whether the active layer is to be replaced, unless the user wants it
 * otherwise. */
static gboolean
should_replace (const PstCall *call)
{
  g_autoptr (PstRequest) request =
    pst_request_new (&call->content, &call->styles, &call->params);

  return pst_call_may_replace (call)
         && pst_replacement_covers (call->result, &request->content);
}

/* What the dialog begins with. */
static void
prepare_choices (PstCall *call)
{
  if (call->styles.n_styles > 0)
    return;
  if (call->result != PST_NO_ITEM
      && pst_result_settings_read (call->result, &call->params, &call->styles,
                                   NULL))
    {
      call->replaces = should_replace (call);
      return;
    }
  pst_styles_clear (&call->styles);
  pst_last_used_choice (&call->styles, &call->content);
}

PstLayerRef
pst_call_run (PstCall *call, PstCallAsk ask, gpointer data, GError **error)
{
  switch (call->run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      prepare_choices (call);
      if (! ask (call, data))
        {
          pst_call_set_cancelled (error);
          return PST_NO_ITEM;
        }
      pst_last_used_set_styles (&call->styles);
      break;

    case GIMP_RUN_NONINTERACTIVE:
      break;

    case GIMP_RUN_WITH_LAST_VALS:
      if (call->styles.n_styles == 0)
        pst_last_used_styles (&call->styles);
      if (call->styles.n_styles == 0)
        pst_styles_add_default (&call->styles, &call->content);
      break;
    }
  return pst_call_paint (call, error);
}

static void
set_gone (const char *name, GError **error)
{
  if (name)
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("The layer \"%s\", from which the selected one was "
                    "painted, is no longer in the image. Select the layer to "
                    "be painted and try again."),
                 name);
  else
    g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                         _ ("It is not known from which layer the selected one "
                            "was painted. Select the layer to be painted and "
                            "try again."));
}

PstLayerRef
pst_call_paint (PstCall *call, GError **error)
{
  PstContent   *content = &call->content;
  PstRunOptions options = { .sketch = &call->sketch,
                            .promised = call->promised,
                            .has_window = call->with_window,
                            .replaced =
                              call->replaces ? call->result : PST_NO_ITEM };
  g_autoptr (PstRequest) request = NULL;

  if (call->run_mode == GIMP_RUN_WITH_LAST_VALS && pst_call_is_orphan (call))
    {
      set_gone (call->origin.content_name, error);
      return PST_NO_ITEM;
    }

  /* The image may have changed while the user was asked. */
  if (! pst_content_find (content, content->image,
                          GIMP_DRAWABLE (content->layer), error))
    return PST_NO_ITEM;

  request = pst_request_new (content, &call->styles, &call->params);
  return pst_run (request, &options, error);
}
