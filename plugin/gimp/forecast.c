/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast.c: what a run with the choices in the dialog would make and need */
#include "forecast.h"

#include <glib/gi18n-lib.h>

#include "format.h"
#include "plugin/duration.h"

/* @content: as it is with these styles. */
static gboolean
estimate (const PstContent  *content,
          const PstStyles   *styles,
          const PstSettings *settings,
          PstModel          *model,
          PstEstimate       *ret_estimate,
          GError           **error)
{
  const GeglRectangle *area = &content->area;
  int                  width = area->width;
  int                  height = area->height;

  /* The size of a file may be unknown; then it is taken for the content's. */
  pst_styles_get_size (styles, &width, &height);
  return pst_transfer_estimate (model, area->width, area->height,
                                gimp_drawable_has_alpha (
                                  GIMP_DRAWABLE (content->layer)),
                                width, height, styles->n_styles,
                                pst_styles_count_regions (styles), settings,
                                ret_estimate, error);
}

static void
add_size (GString *text, const PstContent *content, const PstEstimate *need)
{
  const GeglRectangle *area = &content->area;

  if (need->width < area->width || need->height < area->height)
    g_string_append_printf (text,
                            _ ("Paints %d × %d pixels and enlarges them "
                               "to %d × %d."),
                            need->width, need->height, area->width,
                            area->height);
  else
    g_string_append_printf (text, _ ("Paints %d × %d pixels."), need->width,
                            need->height);
}

static void
add_need (GString             *text,
          const PstEstimate   *need,
          const PstSettings   *settings,
          const PstTrialFacts *facts)
{
  g_autofree char *memory = pst_format_memory (need->bytes);

  g_string_append_c (text, ' ');
  if (facts->speed > 0)
    {
      double seconds =
        pst_duration_expect (need, settings, facts->speed, facts->share);
      g_autofree char *duration = pst_format_duration (seconds);

      /* Translators: a time, as "3 minutes", and a size, as "1.2 GB". */
      g_string_append_printf (text, _ ("Takes about %s and %s of memory."),
                              duration, memory);
    }
  else
    {
      g_string_append_printf (text, _ ("Needs about %s of memory."), memory);
    }

  if (need->memory_level > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("Memory is short: it works in bands, which "
                                "takes longer."));
    }
}

char *
pst_forecast_describe (const PstContent    *content,
                       const PstStyles     *styles,
                       const PstParams     *params,
                       const PstTrialFacts *facts,
                       gboolean            *ret_possible)
{
  const PstSettings settings = pst_params_to_settings (params, 0);
  PstContent        fitted = *content;
  g_autoptr (GError) error = NULL;
  GString    *text;
  PstEstimate need;

  *ret_possible = FALSE;
  pst_styles_fit_content (styles, &fitted);
  if (! pst_styles_check (styles, &fitted, &error))
    return g_strdup (error->message);
  if (facts->problem)
    return g_strdup (facts->problem);

  if (facts->model
      && ! estimate (&fitted, styles, &settings, facts->model, &need, &error))
    return g_strdup (error->message);

  *ret_possible = TRUE;
  if (! facts->model)
    return g_strdup (_ ("Preparing…"));

  text = g_string_new (NULL);
  add_size (text, &fitted, &need);
  add_need (text, &need, &settings, facts);
  return g_string_free (text, FALSE);
}
