/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-presets.c: the settings to begin with */
#include "plugin/params-json.h"
#include "plugin/presets.h"

/* Whether the parameter is one that a preset may set. */
static gboolean
is_look (const PstParam *param)
{
  const char *const names[] = { "strength", "freedom", "style-scale",
                                "structure", NULL };

  return g_strv_contains (names, param->name);
}

/* Sets each number to its largest value, far from what presets say. */
static void
init_odd (PstParams *params)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  pst_params_init (params);
  params->model = g_strdup ("odd");
  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_MODEL)
      pst_params_set_number (params, &table[i], G_MAXINT);
}

/* A preset says how the picture is to look, within the ranges, and nothing
 * else. */
static void
test_apply (void)
{
  int              n_presets, n_params;
  const PstPreset *presets = pst_presets_table (&n_presets);
  const PstParam  *table = pst_params_table (&n_params);

  for (int p = 0; p < n_presets; p++)
    {
      PstParams params, before;

      init_odd (&params);
      init_odd (&before);
      pst_preset_apply (&presets[p], &params);
      g_assert_cmpstr (params.model, ==, "odd");
      for (int i = 0; i < n_params; i++)
        if (table[i].kind != PST_PARAM_MODEL)
          {
            double value = pst_params_get_number (&params, &table[i]);

            if (! is_look (&table[i]))
              g_assert_cmpfloat (value, ==,
                                 pst_params_get_number (&before, &table[i]));
            pst_params_set_number (&params, &table[i], value);
            g_assert_cmpfloat (value, ==,
                               pst_params_get_number (&params, &table[i]));
          }
      pst_params_clear (&params);
      pst_params_clear (&before);
    }
}

/* No two are the same. */
static void
test_different (void)
{
  int              n_presets;
  const PstPreset *presets = pst_presets_table (&n_presets);

  for (int p = 0; p < n_presets; p++)
    for (int q = 0; q < p; q++)
      {
        PstParams        a, b;
        g_autofree char *text_a = NULL;
        g_autofree char *text_b = NULL;

        g_assert_cmpstr (presets[p].label, !=, presets[q].label);
        pst_params_init (&a);
        pst_params_init (&b);
        pst_preset_apply (&presets[p], &a);
        pst_preset_apply (&presets[q], &b);
        text_a = pst_params_to_json (&a, "");
        text_b = pst_params_to_json (&b, "");
        g_assert_cmpstr (text_a, !=, text_b);
      }
}

/* A preset is on if what it sets is as it sets it, whatever the rest. */
static void
test_matches (void)
{
  int              n_presets, n_params;
  const PstPreset *presets = pst_presets_table (&n_presets);
  const PstParam  *table = pst_params_table (&n_params);

  for (int p = 0; p < n_presets; p++)
    {
      g_auto (PstParams) params;

      init_odd (&params);
      for (int q = 0; q < n_presets; q++)
        g_assert_false (pst_preset_matches (&presets[q], &params));
      pst_preset_apply (&presets[p], &params);
      for (int q = 0; q < n_presets; q++)
        g_assert_cmpint (pst_preset_matches (&presets[q], &params), ==, p == q);

      for (int i = 0; i < n_params; i++)
        if (table[i].kind != PST_PARAM_MODEL)
          {
            double value = pst_params_get_number (&params, &table[i]);

            /* The smallest or the largest, whichever it is not. */
            pst_params_set_number (&params, &table[i], -G_MAXINT);
            if (pst_params_get_number (&params, &table[i]) == value)
              pst_params_set_number (&params, &table[i], G_MAXINT);
            g_assert_cmpint (pst_preset_matches (&presets[p], &params), ==,
                             ! is_look (&table[i]));
            pst_params_set_number (&params, &table[i], value);
          }
      g_assert_cmpstr (params.model, ==, "odd");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presets/apply", test_apply);
  g_test_add_func ("/presets/different", test_different);
  g_test_add_func ("/presets/matches", test_matches);
  return g_test_run ();
}
