/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle.c: the second procedure: repaints a layer with another's settings */
#include "restyle.h"

#include "plugin/gimp/image/last-used.h"
#include "plugin/gimp/image/result-settings.h"

/* Adds the results in @image, but not the content. */
static void
add_results (GArray *results, PstImageRef image, const PstContent *content)
{
  int                     n_layers;
  g_autofree PstLayerRef *layers = pst_gimp_list_layers (image, &n_layers);

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != content->layer && pst_gimp_is_result (layers[i]))
      g_array_append_val (results, layers[i]);
}

/* All there are, those of the content's image first; owned by the caller. */
static GArray *
list_results (const PstContent *content)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (PstLayerRef));
  int     n_images;
  g_autofree PstImageRef *images = pst_gimp_list_images (&n_images);

  add_results (results, content->image, content);
  for (int i = 0; i < n_images; i++)
    if (images[i] != content->image)
      add_results (results, images[i], content);
  return results;
}

/* Asks the user, with @first to begin with.
 * Errors: PST_ERROR_CANCELLED; PST_ERROR_IMAGE, there is nothing to choose. */
static PstLayerRef
choose_from_all (PstCall      *call,
                 PstRestyleAsk ask,
                 PstLayerRef   first,
                 GError      **error)
{
  g_autoptr (GArray) results = list_results (&call->content);
  PstLayerRef chosen;

  if (results->len == 0)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                           _ ("No open image has a layer that is the result of "
                              "a neural style transfer."));
      return PST_NO_ITEM;
    }
  chosen = ask (call, (const PstLayerRef *) results->data, results->len, first);
  if (chosen == PST_NO_ITEM)
    pst_call_set_cancelled (error);
  return chosen;
}

/* The result among the layers that were selected with the content; PST_NO_ITEM
 * if there is none. */
static PstLayerRef
find_selected (const PstStyles *selected)
{
  for (int i = 0; i < selected->n_styles; i++)
    {
      PstLayerRef layer = GIMP_LAYER (selected->list[i].drawable);

      if (pst_gimp_is_result (layer))
        return layer;
    }
  return PST_NO_ITEM;
}

static PstLayerRef
choose (PstCall *call, PstRestyleAsk ask, GError **error)
{
  PstLayerRef layer = find_selected (&call->styles);

  if (layer == PST_NO_ITEM && call->run_mode != GIMP_RUN_NONINTERACTIVE)
    layer = pst_last_used_result ();
  if (call->run_mode == GIMP_RUN_INTERACTIVE && call->with_window)
    {
      layer = choose_from_all (call, ask, layer, error);
      if (layer != PST_NO_ITEM)
        pst_last_used_set_result (layer);
      return layer;
    }

  if (layer == PST_NO_ITEM)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                         _ ("There is no layer whose settings could be used."));
  return layer;
}

PstLayerRef
pst_restyle (PstCall      *call,
             PstRestyleAsk ask,
             PstLayerRef   layer,
             GError      **error)
{
  if (layer == PST_NO_ITEM || call->run_mode != GIMP_RUN_NONINTERACTIVE)
    layer = choose (call, ask, error);
  pst_styles_clear (&call->styles);
  if (layer == PST_NO_ITEM
      || ! pst_result_settings_read (layer, &call->params, &call->styles,
                                     error))
    return PST_NO_ITEM;
  return pst_call_paint (call, error);
}
