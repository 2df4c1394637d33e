/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c: a call of a procedure, in each of GIMP's three run modes */
#include "call.h"

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/last-used.h"
#include "procedure.h"
#include "plugin/gimp/image/request.h"
#include "run.h"

gboolean
pst_call_init (PstCall       *call,
               GimpRunMode    run_mode,
               PstImageRef    image,
               PstDrawableRef drawable,
               GError       **error)
{
  *call = (PstCall){ .run_mode = run_mode };
  pst_params_init (&call->params);
  call->params.settings.threads = pst_procedure_get_threads ();

  call->with_window =
    run_mode != GIMP_RUN_NONINTERACTIVE && pst_gimp_has_windows ();
  if (call->with_window)
    pst_gtk_init ();
  return pst_content_find (&call->content, image, drawable, error);
}

void
pst_call_clear (PstCall *call)
{
  pst_styles_clear (&call->styles);
  pst_params_clear (&call->params);
  pst_sketch_clear (&call->sketch);
}

gboolean
pst_call_set_cancelled (GError **error)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_CANCELLED, _ ("Cancelled"));
  return FALSE;
}

PstLayerRef
pst_call_run (PstCall *call, PstCallAsk ask, gpointer data, GError **error)
{
  switch (call->run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      if (call->styles.n_styles == 0)
        pst_last_used_choice (&call->styles, &call->content);
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

PstLayerRef
pst_call_paint (PstCall *call, GError **error)
{
  PstContent *content = &call->content;
  g_autoptr (PstRequest) request = NULL;

  /* The image may have changed while the user was asked. */
  if (! pst_content_find (content, content->image,
                          GIMP_DRAWABLE (content->layer), error))
    return PST_NO_ITEM;
  request = pst_request_new (content, &call->styles, &call->params);
  return pst_run (request, &call->sketch, call->with_window, error);
}
