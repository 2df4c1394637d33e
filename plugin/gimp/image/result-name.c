/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-name.c: names that tell results apart */
#include "result-name.h"

#include <glib/gi18n-lib.h>

#include "origin.h"
#include "param-text.h"
#include "plugin/find-model.h"
#include "region.h"
#include "result-settings.h"

/* An earlier result, to compare with. */
typedef struct
{
  PstParams params;
  PstStyles styles;
} Earlier;

static void
free_earlier (gpointer data)
{
  Earlier *earlier = data;

  pst_params_clear (&earlier->params);
  pst_styles_clear (&earlier->styles);
  g_free (earlier);
}

/* ---- what differs ------------------------------------------------------- */

static gboolean
params_differ (const PstParam  *param,
               const PstParams *one,
               const PstParams *other)
{
  g_autofree char *name = NULL;
  g_autofree char *other_name = NULL;

  if (param->kind != PST_PARAM_MODEL)
    return pst_params_get_number (one, param)
           != pst_params_get_number (other, param);
  name = pst_model_dup_name (one->model);
  other_name = pst_model_dup_name (other->model);
  return ! g_str_equal (name, other_name);
}

static gboolean
weights_differ (const PstStyles *one, const PstStyles *other)
{
  for (int i = 1; i < one->n_styles; i++)
    if (one->list[i].weight * other->list[0].weight
        != other->list[i].weight * one->list[0].weight)
      return TRUE;
  return FALSE;
}

static gboolean
regions_differ (const PstStyles *one, const PstStyles *other)
{
  for (int i = 0; i < one->n_styles; i++)
    if (g_strcmp0 (one->list[i].region, other->list[i].region) != 0)
      return TRUE;
  return FALSE;
}

/* ---- in words ----------------------------------------------------------- */

static char *
describe_weights (const PstStyles *styles)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < styles->n_styles; i++)
    g_string_append_printf (text, i > 0 ? " : %g" : "%g",
                            styles->list[i].weight);
  return g_string_free (text, FALSE);
}

static char *
describe_regions (const PstStyles *styles)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < styles->n_styles; i++)
    {
      const char      *region = styles->list[i].region;
      g_autofree char *label = region
                                 ? pst_region_dup_label (region)
                                 : g_strdup (pst_styles_name_rest (styles, i));

      g_string_append_printf (text, i > 0 ? " + %s" : "%s", label);
    }
  return g_string_free (text, FALSE);
}

/* ---- public ------------------------------------------------------------- */

/* Results of the same content in styles of these names. */
static GPtrArray *
find_earlier (const PstRequest *request, const char *styles, PstLayerRef but)
{
  const PstContent       *content = &request->content;
  GPtrArray              *list = g_ptr_array_new_with_free_func (free_earlier);
  int                     n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (content->image, &n_layers);

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != but && pst_origin_is (layers[i], content->layer))
      {
        Earlier         *earlier = g_new0 (Earlier, 1);
        g_autofree char *name = NULL;

        pst_params_init (&earlier->params);
        if (pst_result_settings_read (layers[i], &earlier->params,
                                      &earlier->styles, NULL))
          name = pst_styles_dup_name (&earlier->styles);
        if (g_strcmp0 (name, styles) == 0
            && earlier->styles.n_styles == request->styles.n_styles)
          g_ptr_array_add (list, earlier);
        else
          free_earlier (earlier);
      }
  return list;
}

/* Adds what differs from any of them; the texts are owned by the list. */
static void
add_differences (GPtrArray        *texts,
                 const PstRequest *request,
                 const GPtrArray  *list)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);
  gboolean        weights = FALSE;
  gboolean        regions = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const Earlier *earlier = list->pdata[i];

      weights |= weights_differ (&request->styles, &earlier->styles);
      regions |= regions_differ (&request->styles, &earlier->styles);
    }
  if (weights)
    g_ptr_array_add (texts, describe_weights (&request->styles));
  if (regions)
    g_ptr_array_add (texts, describe_regions (&request->styles));

  for (int p = 0; p < n_params; p++)
    {
      gboolean differs = FALSE;

      for (guint i = 0; i < list->len && ! differs; i++)
        differs = params_differ (&table[p], &request->params,
                                 &((const Earlier *) list->pdata[i])->params);
      if (differs)
        g_ptr_array_add (texts,
                         pst_param_text_new (&table[p], &request->params));
    }
}

char *
pst_result_name_new (const PstRequest *request, PstLayerRef replaced)
{
  g_autofree char *styles = pst_styles_dup_name (&request->styles);
  g_autoptr (GPtrArray) list = find_earlier (request, styles, replaced);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *differences = NULL;

  add_differences (texts, request, list);
  if (texts->len == 0)
    /* Translators: name of the new layer; %s is the name of the style. */
    return g_strdup_printf (_ ("Pastiche (%s)"), styles);

  g_ptr_array_add (texts, NULL);
  differences = g_strjoinv (", ", (char **) texts->pdata);
  /* Translators: name of the new layer: the style, and how the result differs
   * from earlier ones, as "Pastiche (waves): Strength 75". */
  return g_strdup_printf (_ ("Pastiche (%s): %s"), styles, differences);
}
