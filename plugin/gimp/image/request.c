/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c: what a run is to do: content, styles and parameters */
#include "request.h"

#include <glib/gi18n-lib.h>

#include "region.h"

PstRequest *
pst_request_new (const PstContent *content,
                 const PstStyles  *styles,
                 const PstParams  *params)
{
  PstRequest *request = g_rc_box_new0 (PstRequest);

  request->content = *content;
  pst_content_set_regions (&request->content,
                           pst_styles_use_region (styles, PST_REGION_SELECTION),
                           pst_styles_use_region (styles, PST_REGION_MASK));
  pst_styles_copy (&request->styles, styles);
  pst_params_copy (&request->params, params);
  return request;
}

PstRequest *
pst_request_ref (PstRequest *request)
{
  return g_rc_box_acquire (request);
}

static void
clear (gpointer data)
{
  PstRequest *request = data;

  pst_styles_clear (&request->styles);
  pst_params_clear (&request->params);
}

void
pst_request_unref (PstRequest *request)
{
  if (request)
    g_rc_box_release_full (request, clear);
}

gboolean
pst_request_equal (const PstRequest *one, const PstRequest *other)
{
  if (! one || ! other)
    return one == other;
  return pst_content_equal (&one->content, &other->content)
         && pst_styles_equal (&one->styles, &other->styles)
         && pst_params_equal (&one->params, &other->params);
}

gboolean
pst_request_check (const PstRequest *request, GError **error)
{
  return pst_content_is_there (&request->content, error)
         && pst_styles_check (&request->styles, &request->content, error);
}

gboolean
pst_request_check_size (const PstRequest *request, GError **error)
{
  const GeglRectangle *area = &request->content.area;

  if (request->params.settings.size > 0
      || MAX (area->width, area->height) <= PST_IMAGE_MAX_SIDE)
    return TRUE;
  g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
               _ ("More than %d pixels in a row cannot be painted. Set Size, "
                  "under Advanced: the picture is painted at that size and "
                  "enlarged."),
               PST_IMAGE_MAX_SIDE);
  return FALSE;
}
