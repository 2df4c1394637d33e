/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params.c: the one table of the user's parameters, and access to them
 *
 * A new setting is a field of PstSettings and one row here.  Rows are only
 * added at the end: GIMP 2.10 passes arguments by position.
 *
 * Mnemonics are unique in the dialog, which has more of them, in each language:
 * tests/style/check-translations.py.
 */
#include "params.h"

#include <glib/gi18n.h>

#include "find-model.h"

#define OFFSET(field) G_STRUCT_OFFSET (PstParams, settings.field)

/* In the order of PstStructure, PstColors, PstQuality, PstPrecision. */
static const PstChoice structure_choices[] = {
  { "close", N_ ("Keep the contours") },
  { "loose", N_ ("Loosen the contours") },
  { "none", N_ ("Make only a texture") },
  { NULL },
};

static const PstChoice colors_choices[] = {
  { "style", N_ ("Use the style's colors") },
  { "content", N_ ("Keep the content's colors") },
  { "match", N_ ("Match the content's colors") },
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
  { "strength", N_ ("Strengt_h"),
    N_ ("How strongly the style is applied: 0 stays closest to the content, "
        "100 follows the style most closely."),
    PST_PARAM_DOUBLE, OFFSET (strength), .min = 0, .max = 100, .fallback = 50,
    .digits = 0, .step = 1 },

  { "freedom", N_ ("_Freedom"),
    N_ ("How far light and color may depart from the content: 0 keeps its "
        "light and shade, 100 repaints them from the style. A different seed "
        "places them differently."),
    PST_PARAM_DOUBLE, OFFSET (freedom), .min = 0, .max = 100, .fallback = 50,
    .digits = 0, .step = 1 },

  { "structure", N_ ("Str_ucture"),
    N_ ("How faithfully contours are kept: close to the content, loose as in a "
        "free painting, or not at all, which makes a texture of the style."),
    PST_PARAM_CHOICE, OFFSET (structure), .fallback = PST_STRUCTURE_CLOSE,
    .choices = structure_choices, .phrases = TRUE, .advanced = TRUE },

  { "style-scale", N_ ("Style sc_ale"),
    N_ ("Size of brush strokes and patterns: 2 makes them twice as large, 0.5 "
        "half as large."),
    PST_PARAM_DOUBLE, OFFSET (style_scale), .min = 0.25, .max = 4,
    .fallback = 1, .digits = 2, .step = 0.05, .shown = PST_SHOWN_LOGARITHMIC },

  { "colors", N_ ("Color_ing"),
    N_ ("Where the colors come from: the style, the content, or the style "
        "after it has been matched to the content's colors."),
    PST_PARAM_CHOICE, OFFSET (colors), .fallback = PST_COLORS_STYLE,
    .choices = colors_choices, .phrases = TRUE },

  { "quality", N_ ("_Quality"),
    N_ ("How much time to spend on the picture: draft is quick, best takes "
        "several times as long as normal."),
    PST_PARAM_CHOICE, OFFSET (quality), .fallback = PST_QUALITY_NORMAL,
    .choices = quality_choices },

  { "size", N_ ("Si_ze"),
    N_ ("Longer side of the result in pixels; 0 (automatic) keeps the size of "
        "the content. The content is never enlarged."),
    PST_PARAM_INT, OFFSET (size), .min = 0, .max = PST_IMAGE_MAX_SIDE,
    .fallback = 0, .step = 64, .shown = PST_SHOWN_AUTOMATIC, .unit = N_ ("px"),
    .advanced = TRUE },

  { "seed", N_ ("See_d"),
    N_ ("Selects one of many equally good results; the same seed gives the "
        "same result again."),
    PST_PARAM_INT, OFFSET (seed), .min = 0, .max = G_MAXINT32, .fallback = 0,
    .step = 1, .shown = PST_SHOWN_SEED, .advanced = TRUE },

  { "model", N_ ("Mod_el"),
    N_ ("Neural network that compares the pictures: the name of an installed "
        "model or a .safetensors file; empty selects the built-in one."),
    PST_PARAM_MODEL, G_STRUCT_OFFSET (PstParams, model), .advanced = TRUE },

  { "tileable", N_ ("Seamless tilin_g"),
    N_ ("Whether the edges of the result match, so that it can be tiled "
        "without a seam."),
    PST_PARAM_BOOLEAN, OFFSET (tileable), .fallback = FALSE, .advanced = TRUE },

  { "smoothness", N_ ("Smoothness"),
    N_ ("How much fine ripple and grain is smoothed away; 0 keeps all of it."),
    PST_PARAM_DOUBLE, OFFSET (smoothness), .min = 0, .max = 100, .fallback = 20,
    .digits = 0, .step = 1, .advanced = TRUE },

  { "iterations", N_ ("Max. iterations"),
    N_ ("Maximum iterations at each scale; 0 (automatic) lets the quality "
        "decide."),
    PST_PARAM_INT, OFFSET (iterations), .min = 0, .max = 10000, .fallback = 0,
    .step = 10, .shown = PST_SHOWN_AUTOMATIC, .first = 60, .advanced = TRUE },

  { "detail", N_ ("Fine de_tail"),
    N_ ("Which part of the style counts more: its large forms below 0, its "
        "fine texture above 0."),
    PST_PARAM_DOUBLE, OFFSET (detail), .min = -1, .max = 1, .fallback = 0,
    .digits = 2, .step = 0.05, .advanced = TRUE },

  { "precision", N_ ("Precision"),
    N_ ("Automatic uses half precision where that is faster and the result "
        "looks the same; exact never uses it, fast whenever possible."),
    PST_PARAM_CHOICE, OFFSET (precision), .fallback = PST_PRECISION_AUTO,
    .choices = precision_choices, .advanced = TRUE },

  { "memory-limit", N_ ("Memory limit"),
    N_ ("Memory in megabytes that may be used; with less, large pictures take "
        "longer. 0 (automatic) uses up to half of the free memory."),
    PST_PARAM_INT, OFFSET (memory_limit), .min = 0, .max = 1000000,
    .fallback = 0, .step = 100, .shown = PST_SHOWN_AUTOMATIC, .first = 2000,
    .unit = N_ ("MB"), .advanced = TRUE },
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
  pst_settings_init (&params->settings);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].kind != PST_PARAM_MODEL)
      pst_params_set_number (params, &table[i], table[i].fallback);
}

void
pst_params_copy (PstParams *params, const PstParams *from)
{
  *params = *from;
  params->model = g_strdup (from->model);
}

void
pst_params_clear (PstParams *params)
{
  g_clear_pointer (&params->model, g_free);
}

static const char *
name_model (const PstParams *params)
{
  return params->model ? params->model : PST_MODEL_BUILT_IN;
}

gboolean
pst_params_equal (const PstParams *one, const PstParams *other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].kind != PST_PARAM_MODEL
        && pst_params_get_number (one, &table[i])
             != pst_params_get_number (other, &table[i]))
      return FALSE;
  return g_str_equal (name_model (one), name_model (other));
}

double
pst_params_get_number (const PstParams *params, const PstParam *param)
{
  g_return_val_if_fail (param->kind != PST_PARAM_MODEL, 0);

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
  g_return_if_fail (param->kind != PST_PARAM_MODEL);

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
                        ? _ ("This processor supports half precision.")
                        : _ ("This processor does not support half precision."),
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
