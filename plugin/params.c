/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params.c: the one table of the user's parameters, and what is made of it
 *
 * A new setting is one row here and one field in PstParams; its way into the
 * engine is one line in pst_params_to_settings().  Rows are only added at the
 * end: GIMP 2.10 passes arguments by position.
 *
 * Mnemonics are unique in the dialog, which has more of them, in each language:
 * tests/check-translations.py.
 */
#include "params.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "network.h"

#define OFFSET(field) G_STRUCT_OFFSET (PstParams, field)

/* In the order of PstStructure, PstColors, PstQuality, PstPrecision. */
static const PstChoice structure_choices[] = {
  { "close", N_ ("Close to the content") },
  { "loose", N_ ("Loose, more painterly") },
  { "none", N_ ("None: the style as a texture") },
  { NULL },
};

static const PstChoice colors_choices[] = {
  { "style", N_ ("From the style") },
  { "content", N_ ("Keep the content's") },
  { "match", N_ ("Match the style to the content first") },
  { NULL },
};

static const PstChoice quality_choices[] = {
  { "draft", N_ ("Draft") },
  { "normal", N_ ("Normal") },
  { "best", N_ ("Best") },
  { NULL },
};

static const PstChoice precision_choices[] = {
  { "auto", N_ ("Automatic") },
  { "exact", N_ ("Exact") },
  { "fast", N_ ("Fast") },
  { NULL },
};

static const PstParam table[] = {
  { "strength", N_ ("S_trength"),
    N_ ("How much of the style is taken: 0 keeps the most of the content, 100 "
        "takes the most of the style."),
    PST_PARAM_DOUBLE, OFFSET (strength), .min = 0, .max = 100, .fallback = 50,
    .digits = 0, .step = 1 },

  { "freedom", N_ ("Fr_eedom"),
    N_ (
      "How far light and color may depart from the content: 0 keeps its light "
      "and shade, 100 paints them anew from the style. Another seed paints "
      "them elsewhere."),
    PST_PARAM_DOUBLE, OFFSET (freedom), .min = 0, .max = 100, .fallback = 50,
    .digits = 0, .step = 1 },

  { "structure", N_ ("Str_ucture"),
    N_ ("How faithfully contours are kept: close to the content, or loose as "
        "in a free painting; or none at all, which makes a texture of the "
        "style."),
    PST_PARAM_CHOICE, OFFSET (structure), .fallback = PST_STRUCTURE_CLOSE,
    .choices = structure_choices, .advanced = TRUE },

  { "style-scale", N_ ("Style sc_ale"),
    N_ ("Size of brush strokes and patterns: 2 makes them twice as large, 0.5 "
        "half as large."),
    PST_PARAM_DOUBLE, OFFSET (style_scale), .min = 0.25, .max = 4,
    .fallback = 1, .digits = 2, .step = 0.05 },

  { "colors", N_ ("Color _mode"),
    N_ ("Where the colors come from: the style, the content, or a style that "
        "is first given the content's colors."),
    PST_PARAM_CHOICE, OFFSET (colors), .fallback = PST_COLORS_STYLE,
    .choices = colors_choices },

  { "quality", N_ ("_Quality"),
    N_ ("How long to work on the picture: a draft is quick, the best takes "
        "several times as long as normal."),
    PST_PARAM_CHOICE, OFFSET (quality), .fallback = PST_QUALITY_NORMAL,
    .choices = quality_choices },

  { "size", N_ ("Si_ze"),
    N_ ("Longer side of the result in pixels; 0 is the size of the content, "
        "which is never enlarged."),
    PST_PARAM_INT, OFFSET (size), .min = 0, .max = PST_IMAGE_MAX_SIDE,
    .fallback = 0, .step = 64, .advanced = TRUE },

  { "seed", N_ ("See_d"),
    N_ ("Number that picks one of many equally good results; the same number "
        "gives the same result again."),
    PST_PARAM_INT, OFFSET (seed), .min = 0, .max = G_MAXINT32, .fallback = 0,
    .step = 1, .advanced = TRUE },

  { "model", N_ ("Networ_k"),
    N_ ("Neural network that looks at the pictures: the name of an installed "
        "one or a .safetensors file; empty is the built-in one."),
    PST_PARAM_NETWORK, OFFSET (network), .advanced = TRUE },

  { "tileable", N_ ("Seamless tilin_g"),
    N_ ("Whether the borders of the result meet without a seam when it is laid "
        "out in tiles."),
    PST_PARAM_BOOLEAN, OFFSET (tileable), .fallback = FALSE, .advanced = TRUE },

  { "smoothness", N_ ("Smooth_ness"),
    N_ ("How much fine ripples and grain are smoothed away; 0 leaves all of "
        "them."),
    PST_PARAM_DOUBLE, OFFSET (smoothness), .min = 0, .max = 100, .fallback = 20,
    .digits = 0, .step = 1, .advanced = TRUE },

  { "iterations", N_ ("Ma_x. iterations"),
    N_ ("Most steps at each size that the picture goes through; 0 is as many "
        "as the quality says."),
    PST_PARAM_INT, OFFSET (iterations), .min = 0, .max = 10000, .fallback = 0,
    .step = 10, .advanced = TRUE },

  { "detail", N_ ("_Fine detail"),
    N_ ("Which part of the style counts more: below 0 its large forms, above 0 "
        "its fine texture."),
    PST_PARAM_DOUBLE, OFFSET (detail), .min = -1, .max = 1, .fallback = 0,
    .digits = 2, .step = 0.05, .advanced = TRUE },

  { "precision", N_ ("_Precision"),
    N_ ("Automatic computes in half precision where the processor is quicker "
        "so, and the picture looks the same. Exact never does, fast whenever "
        "it can."),
    PST_PARAM_CHOICE, OFFSET (precision), .fallback = PST_PRECISION_AUTO,
    .choices = precision_choices, .advanced = TRUE },

  { "memory-limit", N_ ("Memory l_imit"),
    N_ ("Memory in megabytes that may be used; with less, large pictures take "
        "longer. 0 is half of what is free."),
    PST_PARAM_INT, OFFSET (memory_limit), .min = 0, .max = 1000000,
    .fallback = 0, .step = 100, .advanced = TRUE },
};

const PstParam *
pst_params_table (int *ret_n_params)
{
  *ret_n_params = G_N_ELEMENTS (table);
  return table;
}

void
pst_params_init (PstParams *params)
{
  *params = (PstParams){ 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].kind != PST_PARAM_NETWORK)
      pst_params_set_number (params, &table[i], table[i].fallback);
}

void
pst_params_copy (PstParams *params, const PstParams *from)
{
  *params = *from;
  params->network = g_strdup (from->network);
}

void
pst_params_clear (PstParams *params)
{
  g_clear_pointer (&params->network, g_free);
}

double
pst_params_get_number (const PstParams *params, const PstParam *param)
{
  g_return_val_if_fail (param->kind != PST_PARAM_NETWORK, 0);

  if (param->kind == PST_PARAM_DOUBLE)
    return G_STRUCT_MEMBER (double, params, param->offset);
  return G_STRUCT_MEMBER (int, params, param->offset);
}

static double
largest_value (const PstParam *param)
{
  int n_choices = 0;

  if (param->kind == PST_PARAM_BOOLEAN)
    return TRUE;
  if (param->kind != PST_PARAM_CHOICE)
    return param->max;
  while (param->choices[n_choices].name)
    n_choices++;
  return n_choices - 1;
}

void
pst_params_set_number (PstParams *params, const PstParam *param, double value)
{
  g_return_if_fail (param->kind != PST_PARAM_NETWORK);

  /* Written so that NaN becomes the smallest value. */
  if (! (value >= param->min))
    value = param->min;
  value = MIN (value, largest_value (param));

  if (param->kind == PST_PARAM_DOUBLE)
    G_STRUCT_MEMBER (double, params, param->offset) = value;
  else
    G_STRUCT_MEMBER (int, params, param->offset) = (int) (value + 0.5);
}

char *
pst_param_describe (const PstParam *param)
{
  const char *help = _ (param->help);

  if (param->offset != OFFSET (precision))
    return g_strdup (help);
  return g_strconcat (help, " ",
                      pst_cpu_has_bf16 ()
                        ? _ ("This processor has half precision.")
                        : _ ("This processor has no half precision."),
                      NULL);
}

int
pst_param_find_choice (const PstParam *param, const char *name)
{
  g_return_val_if_fail (param->kind == PST_PARAM_CHOICE, -1);

  for (int i = 0; param->choices[i].name; i++)
    if (g_str_equal (param->choices[i].name, name))
      return i;
  return -1;
}

PstSettings
pst_params_to_settings (const PstParams *params, int threads)
{
  PstSettings settings;

  pst_settings_init (&settings);
  settings.strength = params->strength;
  settings.style_scale = params->style_scale;
  settings.colors = params->colors;
  settings.structure = params->structure;
  settings.quality = params->quality;
  settings.size = params->size;
  settings.seed = params->seed;
  settings.threads = threads;
  settings.freedom = params->freedom;
  settings.tileable = params->tileable;
  settings.smoothness = params->smoothness;
  settings.iterations = params->iterations;
  settings.detail = params->detail;
  settings.precision = params->precision;
  settings.memory_limit = params->memory_limit;
  return settings;
}

static void
add_param (JsonBuilder *builder, const PstParams *params, const PstParam *param)
{
  json_builder_set_member_name (builder, param->name);

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      json_builder_add_double_value (builder,
                                     pst_params_get_number (params, param));
      break;

    case PST_PARAM_INT:
      json_builder_add_int_value (builder,
                                  pst_params_get_number (params, param));
      break;

    case PST_PARAM_BOOLEAN:
      json_builder_add_boolean_value (builder,
                                      pst_params_get_number (params, param));
      break;

    case PST_PARAM_CHOICE:
      {
        int choice = pst_params_get_number (params, param);

        json_builder_add_string_value (builder, param->choices[choice].name);
      }
      break;

    case PST_PARAM_NETWORK:
      json_builder_add_string_value (builder, params->network
                                                ? params->network
                                                : PST_NETWORK_BUILT_IN);
      break;
    }
}

char *
pst_params_to_json (const PstParams *params, const char *style)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "style");
  json_builder_add_string_value (builder, style);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    add_param (builder, params, &table[i]);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, /* pretty= */ FALSE);
}
