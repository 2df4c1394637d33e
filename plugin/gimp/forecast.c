/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast.c: what a run with the choices in the dialog would make and need */
#include "forecast.h"

#include <glib/gi18n-lib.h>

#include "plugin/network.h"

struct _PstForecast
{
  const PstContent *content;
  PstModel         *model;     /* the last one used; owned, NULL: none */
  char             *network;   /* its name; owned */
};

PstForecast *
pst_forecast_new (const PstContent *content)
{
  PstForecast *forecast = g_new0 (PstForecast, 1);

  forecast->content = content;
  return forecast;
}

/* Loads the network unless it is the one in hand. */
static gboolean
load_network (PstForecast  *forecast,
              const char   *network,
              GError      **error)
{
  if (forecast->model && g_strcmp0 (forecast->network, network) == 0)
    return TRUE;

  g_clear_pointer (&forecast->model, pst_model_unref);
  g_free (forecast->network);
  forecast->network = g_strdup (network);
  forecast->model = pst_network_load (network, gimp_get_progname (), error);
  return forecast->model != NULL;
}

/* @content: as it is with these styles. */
static gboolean
estimate (PstForecast       *forecast,
          const PstContent  *content,
          const PstStyles   *styles,
          const PstParams   *params,
          PstEstimate       *ret_estimate,
          GError           **error)
{
  const PstSettings settings = pst_params_to_settings (params, 0);
  int               width = content->area.width;
  int               height = content->area.height;

  if (! pst_styles_check (styles, content, error) ||
      ! load_network (forecast, params->network, error))
    return FALSE;

  /* The size of a file may be unknown; then it is taken for the content's. */
  pst_styles_get_size (styles, &width, &height);
  return pst_transfer_estimate (forecast->model,
                                content->area.width, content->area.height,
                                gimp_drawable_has_alpha
                                  (GIMP_DRAWABLE (content->layer)),
                                width, height, styles->n_styles,
                                pst_styles_count_regions (styles), &settings,
                                ret_estimate, error);
}

/* Rounded to what the number is good for; owned by the caller. */
static char *
format_memory (guint64 bytes)
{
  if (bytes < 995e6)
    return g_strdup_printf (_("%d MB"), 10 * (int) (bytes / 10e6 + 0.5));
  return g_strdup_printf (_("%.1f GB"), bytes / 1e9);
}

char *
pst_forecast_describe (PstForecast      *forecast,
                       const PstStyles  *styles,
                       const PstParams  *params,
                       gboolean         *ret_possible)
{
  PstContent           content = *forecast->content;
  const GeglRectangle *area = &content.area;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *memory = NULL;
  PstEstimate          need;

  pst_styles_fit_content (styles, &content);
  *ret_possible = estimate (forecast, &content, styles, params, &need, &error);
  if (! *ret_possible)
    return g_strdup (error->message);

  memory = format_memory (need.bytes);
  if (need.width < area->width || need.height < area->height)
    return g_strdup_printf (_("Paints %d × %d pixels and enlarges them to "
                              "%d × %d. Needs about %s of memory."),
                            need.width, need.height,
                            area->width, area->height, memory);

  return g_strdup_printf (_("Paints %d × %d pixels. Needs about %s of "
                            "memory."),
                          need.width, need.height, memory);
}

void
pst_forecast_free (PstForecast *forecast)
{
  if (! forecast)
    return;

  pst_model_unref (forecast->model);
  g_free (forecast->network);
  g_free (forecast);
}
